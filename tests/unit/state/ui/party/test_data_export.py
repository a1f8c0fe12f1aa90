from datetime import UTC, datetime

from state.domain.actor import THE_CLOCK
from state.domain.permissions import Capacity
from state.services.data_exports import make_exports
from state.ui.party.data_export import DataExportState
from tests.market import tiny_market
from tests.screens import event, screen_at


async def test_a_copy_is_asked_for_once_followed_and_offered(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(DataExportState, ann, "/account/export")
    await event(screen, "load")
    assert (screen.copies, screen.is_waiting) == ([], False)
    await event(screen, "ask_for_one")
    assert (screen.copies[0]["status"], screen.is_waiting) == ("Waits to be made", True)
    await event(screen, "ask_for_one")
    assert "being made already" in screen.problems[""]
    make_exports(actor=THE_CLOCK, now=datetime.now(UTC))  # noqa: TID251  # the screen's own clock
    await event(screen, "refresh")
    assert (screen.copies[0]["status"], screen.is_waiting) == ("Ready", False)
    assert screen.copies[0]["href"].startswith("/api/v1/account/exports/")
    assert {"name": "contacts.json and contacts.parquet", "rows": "1"} in screen.files
