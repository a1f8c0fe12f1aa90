"""A short film with its words: who cannot or will not watch it reads the same."""

import reflex as rx


def introduction(
    title: str, transcript: list[str], *, icon: str, minutes: int, media: str = ""
) -> rx.Component:
    """`transcript` is what the film says, a paragraph each; without `media` it stands alone."""
    return rx.el.article(
        rx.el.video(src=media, controls=True, preload="none", class_name="k-poster")
        if media
        else _poster(title, icon),
        rx.el.details(
            rx.el.summary(
                "Read it", rx.el.span(f": {title}", class_name="k-hidden"), " (", minutes, " min)"
            ),
            *(rx.el.p(words) for words in transcript),
            class_name="k-transcript",
        ),
        class_name="k-introduction",
    )


def _poster(title: str, icon: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.icon(icon, size=28, aria_hidden="true"),
            rx.el.h3(title),
            rx.el.p("The film is still to come. Its words are here to read."),
        ),
        rx.el.div(
            *(rx.el.span() for _ in range(9)), class_name="k-poster-bars", aria_hidden="true"
        ),
        class_name="k-poster",
    )
