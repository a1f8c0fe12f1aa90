import pytest

from state.domain.permissions import StaffRole
from state.ui.staff.correction import CorrectionState
from state.ui.staff.data_change import DataChangeState
from state.ui.staff.published_data import PublishedDataState
from tests.market import tiny_market
from tests.public_data import DAY, store_a_row_of_everything
from tests.screens import event, go_to, screen_at

ADDRESS = f"/staff/correction?dataset=system_prices&on={DAY}"


@pytest.fixture
def market(database):
    store_a_row_of_everything("system_prices")
    return tiny_market()


async def test_a_row_is_found_typed_over_and_waits_for_a_second_person(market) -> None:
    isla = market.staff("stella", StaffRole.INSIGHTS_PUBLISHER)
    form = await screen_at(CorrectionState, isla, ADDRESS)
    await event(form, "load")
    assert [row["words"] for row in form.rows] == ["Settlement Period 19"]
    typed = {box["name"]: box["value"] for box in form.boxes["0"]}
    await event(form, "propose", typed | {"cell-0-0": "1e9", "reason": ""})
    assert set(form.problems) == {"cell-0-0", "reason"}
    went = await event(form, "propose", typed | {"cell-0-0": "90.25", "reason": "Misread"})
    change = await form.get_state(DataChangeState)
    go_to(change, went.args[0][1]._var_value)
    await event(change, "load")
    assert [row["after"] for row in change.fields] == ["90.25"]
    await event(change, "submit")
    listed = await form.get_state(PublishedDataState)
    go_to(listed, "/staff/published-data")
    await event(listed, "load")
    assert [(row["status"], row["by"]) for row in listed.waiting] == [("Waits for approval", "You")]
    go_to(form, f"/staff/correction?draft={change.change['public_id']}")
    assert await event(form, "load") is not None  # it was sent: a draft no more


async def test_a_draft_is_typed_again(market) -> None:
    isla = market.staff("stella", StaffRole.INSIGHTS_PUBLISHER)
    form = await screen_at(CorrectionState, isla, ADDRESS)
    await event(form, "load")
    went = await event(form, "propose", {"cell-0-0": "90.25", "reason": "Misread"})
    draft = went.args[0][1]._var_value.rpartition("=")[2]
    go_to(form, f"/staff/correction?draft={draft}")
    await event(form, "load")
    assert (form.boxes["0"][0]["value"], form.reason) == ("90.25", "Misread")
    again = await event(form, "propose", {"cell-0-0": "91", "reason": "Misread"})
    assert again.args[0][1]._var_value.endswith(draft)


async def test_what_to_look_for_is_told_in_full(market) -> None:
    isla = market.staff("stella", StaffRole.INSIGHTS_PUBLISHER)
    form = await screen_at(CorrectionState, isla, "/staff/correction")
    await event(form, "load")
    assert form.rows == []
    await event(form, "find", {"on_day": "31", "on_month": "2", "on_year": "2026", "period": "51"})
    assert set(form.problems) == {"dataset", "on", "period"}


async def test_an_auditor_sees_what_waits_and_corrects_nothing(market) -> None:
    auditor = market.staff("ada", StaffRole.AUDITOR)
    listed = await screen_at(PublishedDataState, auditor, "/staff/published-data")
    await event(listed, "load")
    assert listed.datasets
    assert not listed.may_propose
    form = await screen_at(CorrectionState, auditor, ADDRESS)
    assert await event(form, "load") is not None
    assert form.rows == []
