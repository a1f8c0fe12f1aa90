import pytest

from state.domain.permissions import StaffRole
from state.ui.staff.reference import ReferenceState
from state.ui.staff.reference_change import ReferenceChangeState
from state.ui.staff.reference_value import ReferenceValueState
from tests.market import tiny_market
from tests.screens import event, go_to, screen_at


@pytest.fixture
def market(database):
    return tiny_market()


async def test_a_value_is_proposed_and_waits_in_the_list(market) -> None:
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    form = await screen_at(
        ReferenceValueState, stella, "/staff/reference-value?id=par:draft_kept_days"
    )
    await event(form, "load")
    assert form.title == "How long what was typed in a form and not sent is kept"
    assert form.values["value"] == "30"
    await event(form, "keep", {"value": "none", "source": ""})
    assert set(form.problems) == {"source"}
    went = await event(form, "keep", {"value": "21", "source": "Our board"})
    change = await form.get_state(ReferenceChangeState)
    go_to(change, went.args[0][1]._var_value)
    await event(change, "load")
    assert change.send_words == "Send for approval"
    await event(change, "submit")
    assert change.said == "Sent. A colleague who may approve it has been told."
    listed = await form.get_state(ReferenceState)
    go_to(listed, "/staff/reference?kind=parameter")
    await event(listed, "load")
    assert [(row["status"], row["by"]) for row in listed.waiting] == [("Waits for approval", "You")]
    assert listed.may_propose
    assert [row["tag"] for row in listed.history["par:draft_kept_days"]] == ["Now"]


async def test_an_auditor_reads_and_proposes_nothing(market) -> None:
    sid = market.staff("sid", StaffRole.AUDITOR)
    listed = await screen_at(ReferenceState, sid, "/staff/reference?kind=nothing")
    await event(listed, "load")
    assert [row["name"] for row in listed.items] == ["Accession fee", "Base monthly charge"]
    assert not listed.may_propose
    form = await screen_at(ReferenceValueState, sid, "/staff/reference-value?id=fee:accession")
    went = await event(form, "load")
    assert went is not None
    assert form.loaded == ""
