"""What a run came to for each Party."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from components.page_header import section
from components.table import table


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """An amount of each Party: where a row has it, its name, and who is paid where positive."""

    column: str
    name: str
    paid_to_party: bool


def run_parties(
    rows: rx.Var[list[dict[str, str]]], left_out: rx.Var[str], amounts: Sequence[AmountColumn]
) -> rx.Component:
    """A line a Party, the way to how it was worked out; narrow screens keep the first amount."""
    first, *parts = amounts
    to_it = ", ".join(each.name for each in amounts if each.paid_to_party)
    by_it = ", ".join(each.name for each in amounts if not each.paid_to_party)
    return section(
        "What it came to",
        rx.el.p(
            "Every Party, the largest first. Choose one to see how its amounts were worked out. "
            f"A positive amount is paid to the Party ({to_it}) or by it ({by_it}).",
            class_name="k-soft k-prose",
        ),
        rx.el.div(
            table(
                "Charges of each Party",
                [
                    ("Party", "text"),
                    (f"{first.name} (£)", "figure"),
                    *((f"{part.name} (£)", "figure k-wide-only") for part in parts),
                ],
                rows,
                lambda row: [
                    rx.el.a(row["party"], href=row["href"], class_name="k-mono"),
                    rx.el.strong(row[first.column]),
                    *(row[part.column] for part in parts),
                ],
            ),
            class_name="k-run-parties",
        ),
        rx.cond(left_out != "", rx.el.p(left_out, class_name="k-small k-soft")),
    )
