"""What the server says when it answers: where it is, who can sign in, and what to try first."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from kinnect_app import routes
from kinnect_app.settings import settings
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.services.demo_market import market_is_invented
from state.services.reference import use_reference_data

_PEOPLE: Final = (
    ("Alice Harrowgate", "Category A of a supplier and generator"),
    ("Arun Selby", "its Assistant, who may look and not change"),
    ("Bridget Fairweather-Lowe", "of two companies"),
    ("Esther Newcombe", "staff, market entry"),
    ("Parveen Maddox", "staff, participant management"),
    ("Audrey Checkland", "staff, auditor"),
)
"""A few of the demo market's people; the sign-in page has them all."""


@asynccontextmanager
async def welcome() -> AsyncIterator[None]:
    """Say it once, when the server starts to answer; from then on rules read what was agreed."""
    use_reference_data(actor=CONSOLE_OPERATOR)
    invented = settings().development_sign_in and await asyncio.to_thread(
        market_is_invented, actor=ANYONE
    )
    sys.stdout.write(words(invented=invented))
    sys.stdout.flush()
    yield


def words(*, invented: bool) -> str:
    """The lines; with the demo people where the market is invented."""
    origin = settings().origin
    lines = ["", f"  Kinnect is at {origin}", ""]
    if invented:
        lines += [
            "  The market in it is invented. Sign in as one of its people:",
            *(f"    {name:26}{what}" for name, what in _PEOPLE),
            "",
            "  Try first:",
            f"    1. {origin}{routes.SYSTEM_PRICE.path}   open a price, see what made it",
            f"    2. {origin}{routes.MARKET_ENTRY.path}   then sign in as Esther and decide",
            f"    3. {origin}{routes.SIGN_IN.path}   as Alice: change a contact, propose to leave",
            "",
        ]
    return "\n".join([*lines, "  Ctrl-C stops it.", "", ""])
