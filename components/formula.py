"""A formula as it is written: subscripts below, exponents above, names of the code in mono."""

import reflex as rx


def formula(paragraphs: rx.Var[list[list[dict[str, str]]]]) -> rx.Component:
    """Each paragraph is a list of {text, kind}: kind is text, sub, sup or code."""
    return rx.el.div(
        rx.foreach(paragraphs, lambda pieces: rx.el.p(set_pieces(pieces))), class_name="k-formula"
    )


def set_pieces(pieces: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """Pieces of one line."""
    return rx.foreach(
        pieces,
        lambda piece: rx.match(
            piece["kind"],
            ("sub", rx.el.sub(piece["text"])),
            ("sup", rx.el.sup(piece["text"])),
            ("code", rx.el.code(piece["text"])),
            rx.el.span(piece["text"]),
        ),
    )
