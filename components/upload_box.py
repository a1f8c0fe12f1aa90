"""A file chosen here is sent at once, with its progress; `assets/upload.js` does it.

Not Reflex's own upload: that takes files from anyone. What is typed elsewhere stays as it is.
"""

import reflex as rx

from components.button import button

_BOX = "upload-file"
_ACCEPTS = ".pdf,.png,.jpg,.jpeg,.csv"


def upload_box(
    label: str, *, to: rx.Var[str] | str, most_megabytes: rx.Var[int], on_done: rx.EventHandler
) -> rx.Component:
    """`to` is the door that takes one file as its body; `on_done` is called after each."""
    return rx.el.div(
        rx.el.label(label, html_for=_BOX, class_name="k-label"),
        rx.el.p(
            "PDF, PNG, JPEG or CSV, each smaller than ",
            most_megabytes,
            "MB. You can choose several. Each is checked for viruses.",
            id=f"{_BOX}-hint",
            class_name="k-hint",
        ),
        rx.el.div(id=f"{_BOX}-problem", role="alert"),
        rx.el.input(
            id=_BOX,
            type="file",
            multiple=True,
            accept=_ACCEPTS,
            class_name="k-input k-upload",
            custom_attrs={
                "data-upload": to,
                "data-most": most_megabytes,
                "aria-describedby": f"{_BOX}-hint {_BOX}-problem",
            },
        ),
        rx.el.progress(
            id=f"{_BOX}-progress",
            max=100,
            hidden=True,
            class_name="k-upload-progress",
            aria_label="How much of the file is sent",
        ),
        rx.el.p(id=f"{_BOX}-said", role="status", aria_live="polite", class_name="k-soft k-small"),
        button("Look again", id=f"{_BOX}-done", on_click=on_done, hidden=True),
        class_name="k-field",
    )
