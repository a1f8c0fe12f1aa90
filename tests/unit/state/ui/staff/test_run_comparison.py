import pytest

from settlement_engine.runs import RunType
from state.domain.permissions import Capacity, StaffRole
from state.ui.staff.run_comparison import ROWS_SHOWN, RunComparisonState
from tests.screens import event, screen_at
from tests.settled_market import DAYS, asked_for, correct_meters, published, small_frames


@pytest.fixture
def auditor(market):
    return market.staff("peter", StaffRole.AUDITOR)


async def screen_of(actor, before: str, after: str) -> RunComparisonState:
    where = f"/staff/runs/compare?before={before}&after={after}"
    screen = await screen_at(RunComparisonState, actor, where)
    await event(screen, "load")
    return screen


async def test_the_largest_differences_stand_first(auditor) -> None:
    first = published()
    correct_meters(small_frames()["bm_unit_registrations"]["bm_unit"][0], 3.0)
    second = published(RunType.SF)
    screen = await screen_of(auditor, first.public_id, second.public_id)
    assert (screen.before["state"], screen.after["state"]) == ("Superseded", "Published")
    assert len(screen.by_charge) == 6
    sizes = [
        abs(float(row["difference"].replace("−", "-").replace(",", ""))) for row in screen.by_period
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == ROWS_SHOWN
    assert "smaller differences are not shown" in screen.left_out
    assert {row["difference"][0] for row in screen.by_party} <= {"+", "−"}
    assert {row["tone"] for row in screen.by_party} <= {"up", "down"}


async def test_two_runs_of_the_same_data_agree(auditor) -> None:
    first, second = published(), published(RunType.SF)
    screen = await screen_of(auditor, first.public_id, second.public_id)
    assert {row["difference"] for row in screen.by_charge} == {"0.00"}
    assert (screen.by_party, screen.by_period, screen.left_out) == ([], [], "")


async def test_what_cannot_be_compared_says_why(auditor) -> None:
    first, other, waiting = published(), published(day=DAYS[0]), asked_for(RunType.SF)
    for after, why in (
        (other.public_id, "of different Settlement Dates"),
        (waiting.public_id, "it has no figures"),
        ("nothing", "There is no such run."),
    ):
        screen = await screen_of(auditor, first.public_id, after)
        assert why in screen.missing
        assert screen.title == ""


async def test_a_company_compares_nothing_here(market) -> None:
    actor = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(RunComparisonState, actor, "/staff/runs/compare?before=x&after=y")
    assert "/not-allowed?activity=settlement.run_view" in str(await event(screen, "load"))
