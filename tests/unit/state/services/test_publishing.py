from datetime import timedelta

import pytest
import sqlalchemy as sa

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.datasets import datasets
from state.persistence.models.feed import FeedRow
from state.persistence.transaction import transaction
from state.services import query, series
from state.services.change_beginnings import record_to_change
from state.services.changes import ChangeRefusedError, Proposal
from state.services.completeness import status_of_all
from state.services.datasets import changes_after, dataset_rows, datasets_held, latest_ingest
from state.services.due_changes import take_due_changes_up
from state.services.feed_runs import feed_to_run
from state.services.feeds import feed_to_see
from state.services.generation import generation_now
from state.services.price_stack import NoSuchPriceError, latest_stack, price_stack
from state.services.publishing import NotPublishedError, closed_datasets, end_embargoes
from state.services.system_prices import latest_price_start, price_series
from tests.api import asking, whole_api
from tests.changing import approved, prepared, sent
from tests.market import NOW
from tests.public_data import (
    DAY,
    close_by_hand,
    small_market_with_prices,
)

TODAY = NOW.date()
CLOSED = {"published": "no", "closed_because": "It names a person", "feed": "on"}
OPEN = {"published": "yes", "feed": "on"}


@pytest.fixture
def market(request):
    return small_market_with_prices(request)


def proposed(actor, values: dict[str, str], *, name="system_prices", on=None) -> str:
    held = record_to_change(
        actor=actor, organisation_id=None, kind=ChangeKind.PUBLISHING, subject=name
    )
    proposal = Proposal(
        ChangeKind.PUBLISHING,
        ChangeAction.CHANGE,
        name,
        values,
        base_version=held.row_version,
        effective_on=on,
        seen=dict(held.values),
    )
    public_id = prepared(actor, proposal)
    sent(actor, public_id)
    return public_id


def test_two_people_close_a_dataset_and_open_it_again(either_database, isla, adam) -> None:
    public_id = proposed(isla, CLOSED)
    assert dataset_rows(actor=ANYONE, name="system_prices").rows.height == 1
    assert approved(adam, public_id) == ChangeStatus.APPLIED
    with pytest.raises(NotPublishedError, match="It names a person"):
        dataset_rows(actor=ANYONE, name="system_prices")
    assert dataset_rows(actor=CONSOLE_OPERATOR, name="system_prices").rows.height == 1
    listed = {one.definition.name: one for one in datasets_held(actor=ANYONE)}["system_prices"]
    assert (listed.rows, listed.closed and listed.closed.reason) == (0, "It names a person")
    approved(isla, proposed(adam, OPEN))
    assert dataset_rows(actor=ANYONE, name="system_prices").rows.height == 1
    assert closed_datasets(actor=ANYONE) == {}


def test_what_pages_show_holds_nothing_of_what_is_closed(market) -> None:
    close_by_hand(*datasets())
    assert price_series(actor=ANYONE).rows.is_empty()
    assert latest_price_start(actor=ANYONE) is None
    assert generation_now(actor=ANYONE) is None
    assert latest_stack(actor=ANYONE) is None
    with pytest.raises(NoSuchPriceError):
        price_stack(actor=ANYONE, settlement_date=DAY, settlement_period=19)
    assert series.series_choices(actor=ANYONE) == ()
    status = status_of_all(actor=ANYONE, today=TODAY)
    assert (status.held, status.empty) == ((), ())
    assert query.askable(actor=ANYONE) == ()
    assert (changes_after(actor=ANYONE, ingest=0), latest_ingest(actor=ANYONE)) == ((), 0)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bmrs/api/v1/balancing/settlement/system-prices/2026-11-10", 404),
        ("/bmrs/api/v1/datasets/DISEBSP/stream", 404),
        ("/api/v1/insights/system-prices", 403),
        ("/api/v1/insights/series?series=system_prices.system_buy_price_gbp_per_mwh", 403),
        ("/api/v1/insights/price-stack/2026-11-10/19", 403),
        ("/api/v1/insights/query?sql=SELECT * FROM system_prices", 400),
        ("/api/v1/insights/query?sql=SELECT * FROM DISEBSP", 400),
    ],
)
async def test_every_door_says_why_and_gives_out_nothing_that_it_kept(
    path: str, status: int, market
) -> None:
    """Answers are kept by their tags: one of before the closing is not given to who has the tag."""
    async with asking(whole_api()) as client:
        client.base_url = "http://test"
        before = await client.get(path)
        close_by_hand("system_prices")
        after = await client.get(path, headers={"If-None-Match": before.headers.get("etag", "")})
    assert (before.status_code, after.status_code) in {(200, status), (status, status)}
    if before.status_code == 200:
        assert "It names a person" in after.text


def test_an_embargo_ends_by_itself_on_the_day_after(isla, adam) -> None:
    last = TODAY + timedelta(days=2)
    spoken = {"closed_until": f"{last.day} {last.month} {last.year}"}
    approved(adam, proposed(isla, CLOSED | spoken))
    assert end_embargoes(actor=THE_CLOCK, now=NOW + timedelta(days=2)) == 0
    assert closed_datasets(actor=ANYONE)["system_prices"].until == last
    assert end_embargoes(actor=THE_CLOCK, now=NOW + timedelta(days=3)) == 1
    assert closed_datasets(actor=ANYONE) == {}


def test_a_setting_counts_from_its_date_on(isla, adam) -> None:
    later = TODAY + timedelta(days=5)
    assert approved(adam, proposed(isla, CLOSED, on=later)) == ChangeStatus.SCHEDULED
    assert closed_datasets(actor=ANYONE) == {}
    take_due_changes_up(actor=THE_CLOCK, now=NOW + timedelta(days=5))
    assert closed_datasets(actor=ANYONE)["system_prices"].since == later


def test_everything_wrong_with_a_setting_is_told_at_once(isla) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        proposed(isla, {"published": "no"})
    assert {one.field for one in refused.value.reasons} == {"closed_because", "feed"}
    yesterday = TODAY - timedelta(days=1)
    until = {"closed_until": f"{yesterday.day} {yesterday.month} {yesterday.year}", "feed": "off"}
    with pytest.raises(ChangeRefusedError) as refused:
        proposed(isla, CLOSED | until, name="action_stack")
    assert {one.field for one in refused.value.reasons} == {"closed_until"} | (
        set() if datasets()["action_stack"].feed else {"feed"}
    )


def test_a_feed_that_is_off_is_not_asked_for(isla, adam) -> None:
    approved(adam, proposed(isla, OPEN | {"feed": "off"}))
    line = feed_to_see(actor=isla, code="DISEBSP", now=NOW).line
    assert (line.is_off, line.paused) == (True, True)
    assert feed_to_run(actor=THE_CLOCK, now=NOW) is not None
    with transaction() as session:
        session.execute(sa.update(FeedRow).values(paused=True).where(FeedRow.code != "DISEBSP"))
    assert feed_to_run(actor=THE_CLOCK, now=NOW) is None
    approved(isla, proposed(adam, OPEN))
    run = feed_to_run(actor=THE_CLOCK, now=NOW)
    assert run is not None
    assert run.code == "DISEBSP"
