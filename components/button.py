"""What a person presses: one look for what is done, one for where one goes."""

import reflex as rx
from reflex_components_core.el.element import Element


class PlainForm(Element):  # type: ignore[misc]  # Reflex types it as Any
    """The browser's own form. Reflex's stops the browser from sending it, whatever its action."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def button(*content: rx.Component | rx.Var | str, kind: str = "primary", **props) -> rx.Component:
    """A button that does something. Kinds: primary, secondary, quiet, warning."""
    props.setdefault("type", "button")
    return rx.el.button(*content, class_name=f"k-button k-button-{kind}", **props)


def link_button(
    *content: rx.Component | str, href: str | rx.Var, kind: str = "primary", **props
) -> rx.Component:
    """A link that looks like a button, for the one thing to do next."""
    return rx.el.a(*content, href=href, class_name=f"k-button k-button-{kind}", **props)


def post_button(
    *content: rx.Component | rx.Var | str,
    action: str,
    kind: str = "quiet",
    hidden: dict[str, str | rx.Var] | None = None,
    **props,
) -> rx.Component:
    """A button that leaves the app by a POST: signing in and out are never links."""
    return PlainForm.create(
        *(
            rx.el.input(type="hidden", name=name, value=value)
            for name, value in (hidden or {}).items()
        ),
        button(*content, kind=kind, type="submit", **props),
        method="post",
        action=action,
        class_name="k-post",
    )
