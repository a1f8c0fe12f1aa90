"""A state in a word: colour only ever beside the word."""

import reflex as rx

_TONES = {
    "received": "info",
    "proposed": "info",
    "accepted": "good",
    "active": "good",
    "declined": "bad",
    "ended": "plain",
    "invented": "warn",
}


def tag(text: str | rx.Var, tone: str | rx.Var = "plain") -> rx.Component:
    """A chip. Tones: plain, info, good, warn, bad."""
    if isinstance(tone, rx.Var):
        return rx.el.span(text, class_name="k-tag k-tag-" + tone.to(str))
    return rx.el.span(text, class_name=f"k-tag k-tag-{tone}")


def status_tag(status: rx.Var[str]) -> rx.Component:
    """The chip of a record's status."""
    tone = rx.match(status.lower(), *_TONES.items(), "plain")
    return tag(status, tone)
