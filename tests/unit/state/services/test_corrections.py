from datetime import timedelta

import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotAllowedError, NotSignedInError
from state.domain.changes import ChangeStatus, Slot
from state.domain.corrections import Cell, correctable_datasets
from state.domain.permissions import StaffRole
from state.services import audit
from state.services.changes import ChangeRefusedError
from state.services.corrections import (
    Correction,
    RowsWanted,
    correction_typed,
    propose_correction,
    rows_to_correct,
)
from state.services.datasets import dataset_rows
from state.services.feeds import feed_to_see
from state.services.ingest import store_rows
from tests import changing
from tests.changing import approved, view
from tests.market import NOW
from tests.public_data import DAY, START, small_market_with_prices

PRICE = Cell((str(DAY), "19"), "system_buy_price_gbp_per_mwh").name
VOLUME = Cell((str(DAY), "19"), "net_imbalance_volume_mwh").name
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def market(request):
    return small_market_with_prices(request)


def found(actor, name="system_prices", **more):
    return rows_to_correct(actor=actor, wanted=RowsWanted(name, DAY, **more))


def proposed(actor, cells: dict[str, str], name="system_prices", reason="The meter was misread"):
    seen = {cell: text for row in found(actor, name).rows for cell, text in row.cells.items()}
    return propose_correction(
        actor=actor, correction=Correction(name, DAY, cells, seen, reason), now=NOW
    )


def sent(actor, public_id: str) -> str:
    changing.sent(actor, public_id)
    return public_id


def approve(actor, public_id: str) -> ChangeStatus:
    return approved(actor, public_id, now=LATER)


def price(as_of=None) -> float:
    rows = dataset_rows(actor=ANYONE, name="system_prices", since=DAY, until=DAY, as_of=as_of).rows
    return rows["system_buy_price_gbp_per_mwh"].item()


def test_a_correction_of_two_people_revises_and_the_past_stays(either_database, isla, adam) -> None:
    old = price()
    public_id = sent(isla, proposed(isla, {PRICE: "90.25"}))
    told = view(adam, public_id)
    assert (price(), Slot.APPROVE in told.may) == (old, True)
    assert [(one.label, one.after) for one in told.fields] == [
        ("Settlement Period 19: System Buy Price, GBP/MWh", "90.25")
    ]
    assert approve(adam, public_id) == ChangeStatus.APPLIED
    assert (price(), price(as_of=NOW)) == (90.25, old)
    newest = feed_to_see(actor=isla, code="DISEBSP", now=LATER).ingests[0]
    assert (newest.sources, newest.rows_stored) == ((f"correction {public_id}",), 1)


def test_it_is_audited_where_it_is_stored(isla, adam, market) -> None:
    public_id = sent(isla, proposed(isla, {PRICE: "90.25"}))
    approve(adam, public_id)
    auditor = market.staff("ada", StaffRole.AUDITOR)
    trail = {one.event for one in audit.audit_trail(actor=auditor, page=1).entries}
    assert {"dataset.rows.ingested", "account.correction.change_applied"} <= trail


def test_every_problem_is_told_at_once_and_nothing_is_kept(isla) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        proposed(isla, {PRICE: "123456", VOLUME: "a lot"}, reason=" ")
    told = {one.field: one.reason for one in refused.value.reasons}
    assert set(told) == {PRICE, VOLUME, "reason"}
    assert "between -99,999 and 99,999 GBP/MWh" in told[PRICE]
    assert "type a number" in told[VOLUME]


def test_its_maker_cannot_approve_it_and_others_neither_see_nor_make_one(isla, market) -> None:
    public_id = sent(isla, proposed(isla, {PRICE: "90.25"}))
    with pytest.raises(NotAllowedError):
        approve(isla, public_id)
    esther = market.staff("peter", StaffRole.MARKET_ENTRY)
    with pytest.raises(NotAllowedError):
        view(esther, public_id)
    for anybody, error in ((esther, NotAllowedError), (ANYONE, NotSignedInError)):
        with pytest.raises(error):
            found(anybody)


def test_one_that_met_a_newer_revision_goes_back_to_its_maker(isla, adam) -> None:
    public_id = sent(isla, proposed(isla, {PRICE: "90.25"}))
    rows = dataset_rows(actor=ANYONE, name="system_prices", since=DAY, until=DAY).rows
    newer = rows.drop("ingested_at").with_columns(
        system_buy_price_gbp_per_mwh=77.0, published_at=NOW
    )
    store_rows(actor=CONSOLE_OPERATOR, name="system_prices", rows=newer, source="feed", now=NOW)
    assert approve(adam, public_id) == ChangeStatus.RETURNED
    assert "is 77 now" in view(isla, public_id).answer
    assert price() == 77
    again = correction_typed(actor=isla, public_id=public_id)
    assert (again.cells, again.day) == ({PRICE: "90.25"}, DAY)


def test_what_is_revised_together_is_published_again_whole(isla, adam) -> None:
    stack = found(isla, "action_stack").rows
    assert len(stack) == 2
    cell = next(name for name in stack[0].cells if "volume_mwh" in name)
    approve(adam, sent(isla, proposed(isla, {cell: "2.5"}, "action_stack")))
    rows = dataset_rows(actor=ANYONE, name="action_stack", since=DAY, until=DAY).rows
    assert rows.height == 2
    assert 2.5 in rows["volume_mwh"].to_list()


def test_rows_are_found_by_period_and_by_what_their_key_holds(isla) -> None:
    assert found(isla, "generation_by_fuel", holds="intfr").total == 6
    assert found(isla, "generation_by_fuel", holds="intfr", period=19).total == 6
    assert found(isla, "generation_by_fuel", period=20).total == 0
    first = found(isla, "generation_by_fuel", holds="wind").rows[0]
    assert START.strftime("%H:%M") in first.words


def test_what_is_confidential_or_told_apart_by_its_publishing_is_not_corrected(isla) -> None:
    names = {one.name for one in correctable_datasets()}
    assert {"system_prices", "generation_by_fuel"} <= names
    assert not {"metered_volumes", "system_warnings"} & names
    with pytest.raises(ChangeRefusedError, match="not corrected here"):
        propose_correction(
            actor=isla,
            correction=Correction("metered_volumes", DAY, {PRICE: "1"}, {}, "why"),
            now=NOW,
        )


def test_only_what_can_be_wrong_is_offered(isla) -> None:
    names = [one.name for one in found(isla).columns]
    assert names == [
        "system_buy_price_gbp_per_mwh",
        "system_sell_price_gbp_per_mwh",
        "net_imbalance_volume_mwh",
        "price_derivation_code",
    ]
