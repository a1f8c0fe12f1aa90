"""What a run comes to for each Party, in words: the largest amounts first."""

from decimal import Decimal
from typing import Final

import polars as pl

from state.domain.actor import Actor
from state.domain.settlement_differences import CHARGES, NET
from state.domain.settlement_words import figure
from state.services import settlement_explanation
from state.ui.figure_links import figure_address
from state.ui.session import ask
from state.ui.staff.run_explanation import EXPLANATION

PARTIES_SHOWN: Final = 100
"""The Parties with the largest nets; the rest is counted."""


async def run_parties(actor: Actor, public_id: str) -> tuple[list[dict[str, str]], str]:
    """A line a Party, each the way to its explanation; and how many are left out."""
    charges = await ask(settlement_explanation.charges_of_run, actor=actor, run=public_id)
    size = pl.col(NET.column).abs()
    largest = charges.sort(size, "party_id", descending=[True, False]).head(PARTIES_SHOWN)
    more = charges.height - largest.height
    return [_line(public_id, row) for row in largest.iter_rows(named=True)], _left_out(more)


def _left_out(more: int) -> str:
    if more == 1:
        return "1 more Party, with a smaller amount, is not shown."
    return f"{more:,} more Parties, with smaller amounts, are not shown." if more else ""


def _line(public_id: str, row: dict[str, object]) -> dict[str, str]:
    key = [("settlement_date", row["settlement_date"]), ("party_id", row["party_id"])]
    amounts = {each.column: figure(Decimal(str(row[each.column])), 2) for each in (*CHARGES, NET)}
    return {
        "party": str(row["party_id"]),
        "href": figure_address(
            EXPLANATION, public_id, settlement_explanation.DAILY, key, NET.column
        ),
        **amounts,
    }
