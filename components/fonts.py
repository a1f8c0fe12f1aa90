"""The typefaces, served by ourselves from the packages of Fontsource."""

import reflex as rx


class Fonts(rx.Fragment):  # type: ignore[misc]  # Reflex types it as Any
    """Nothing to see: it brings the style sheets of the fonts into the build."""

    lib_dependencies: list[str] = [
        "@fontsource-variable/inter@5.3.0",
        "@fontsource-variable/jetbrains-mono@5.3.0",
    ]

    def add_imports(self) -> dict[str, list[str]]:
        """The style sheets."""
        return {"": ["@fontsource-variable/inter", "@fontsource-variable/jetbrains-mono"]}


def fonts(_stateful: bool) -> rx.Component:  # noqa: FBT001  # Reflex calls it so
    """The component, as the app wraps every page in it."""
    return Fonts.create()
