from datetime import timedelta

import pytest
import sqlalchemy as sa

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.datasets import datasets
from state.persistence.folding import small_files
from state.persistence.models.feed import FeedRow
from state.persistence.transaction import reading, transaction
from state.services import query, series
from state.services.change_beginnings import record_to_change
from state.services.changes import ChangeRefusedError, Proposal
from state.services.completeness import status_of_all
from state.services.datasets import (
    changes_after,
    dataset_rows,
    dataset_versions,
    datasets_held,
    latest_ingest,
)
from state.services.due_changes import take_due_changes_up
from state.services.feed_runs import feed_to_run
from state.services.feeds import feed_to_see
from state.services.generation import generation_now
from state.services.ingest import store_rows
from state.services.price_stack import NoSuchPriceError, latest_stack, price_stack
from state.services.publishing import (
    NotPublishedError,
    closed_datasets,
    end_embargoes,
    publishing_lags,
    show_what_was_held_back,
)
from state.services.system_prices import latest_price_start, price_series
from tests.api import asking, whole_api
from tests.changing import approved, prepared, sent
from tests.market import NOW
from tests.public_data import DAY, close_by_hand, lag_by_hand, small_market_with_prices

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
        ("/bmrs/api/v1/balancing/settlement/system-prices/2026-11-10?format=csv", 404),
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


AS_OF = "2027-01-01T00:00:00Z"
SERIES = "system_prices.system_buy_price_gbp_per_mwh&from=2026-11-10&to=2026-11-10"
ASKED_FOR_A_PRICE = [
    "/bmrs/api/v1/balancing/settlement/system-prices/2026-11-10",
    f"/bmrs/api/v1/balancing/settlement/system-prices/2026-11-10?asOf={AS_OF}",
    "/bmrs/api/v1/balancing/settlement/system-prices/2026-11-10/19?format=csv",
    "/api/v1/insights/system-prices",
    f"/api/v1/insights/system-prices?format=csv&as_of={AS_OF}",
    f"/api/v1/insights/series?series={SERIES}",
    f"/api/v1/insights/series?series={SERIES}&as_of={AS_OF}",
    "/api/v1/insights/price-stack/2026-11-10/19",
    "/api/v1/insights/query?sql=SELECT * FROM system_prices",
    f"/api/v1/insights/query?sql=SELECT * FROM revisions.DISEBSP&as_of={AS_OF}",
]
SHOWN = 4242.5


def revise_the_price(minutes_ago: int = 10) -> None:
    """The price that is held, published anew some minutes ago with figures to look for."""
    held = dataset_rows(actor=CONSOLE_OPERATOR, name="system_prices").rows
    rows = held.select(*datasets()["system_prices"].polars_schema).with_columns(
        system_buy_price_gbp_per_mwh=SHOWN,
        system_sell_price_gbp_per_mwh=SHOWN,
        published_at=NOW - timedelta(minutes=minutes_ago),
    )
    store_rows(
        actor=CONSOLE_OPERATOR, name="system_prices", rows=rows.head(1), source="test", now=NOW
    )


async def test_no_door_shows_a_figure_before_its_time(market) -> None:
    """Answers are asked for with the tag of the last: what is shown at last is not 304."""
    lag_by_hand("system_prices")
    tags: dict[str, str] = {}
    async with asking(whole_api()) as client:
        client.base_url = "http://test"

        async def shown(path: str) -> bool:
            answer = await client.get(path, headers={"If-None-Match": tags.get(path, "")})
            tags[path] = answer.headers.get("etag", "")
            assert answer.status_code in {200, 304}, answer.text
            return "4242" in answer.text

        before = [await shown(path) for path in ASKED_FOR_A_PRICE]
        revise_the_price()
        listed = (await client.get("/api/v1/insights/datasets")).json()["datasets"]
        facts = next(one for one in listed if one["name"] == "system_prices")
        held_back = [await shown(path) for path in ASKED_FOR_A_PRICE]
        assert show_what_was_held_back(actor=THE_CLOCK, now=NOW + timedelta(minutes=49)) == 0
        assert show_what_was_held_back(actor=THE_CLOCK, now=NOW + timedelta(minutes=50)) == 1
        after = {path: await shown(path) for path in ASKED_FOR_A_PRICE}
    assert not any([*before, *held_back])
    assert (facts["rows"], facts["shown_after_minutes"], facts["kept"]) == (1, 60, None)
    assert all(after.values()), after


def test_what_is_held_back_is_no_news_until_it_is_shown(either_database, isla, adam) -> None:
    approved(adam, proposed(isla, OPEN | {"shown_after": "60"}))
    assert publishing_lags(actor=ANYONE) == {"system_prices": 60}
    seen, versions = latest_ingest(actor=ANYONE), versions_of_prices()
    status = status_of_all(actor=ANYONE, today=TODAY)
    revise_the_price()
    assert (latest_ingest(actor=ANYONE), versions_of_prices()) == (seen, versions)
    assert changes_after(actor=ANYONE, ingest=seen) == ()
    assert status_of_all(actor=ANYONE, today=TODAY) == status
    assert buy_price(ANYONE) != SHOWN
    assert buy_price(CONSOLE_OPERATOR) == SHOWN
    shown_at = NOW + timedelta(minutes=50)
    assert show_what_was_held_back(actor=THE_CLOCK, now=shown_at) == 1
    assert show_what_was_held_back(actor=THE_CLOCK, now=shown_at) == 0
    (news,) = changes_after(actor=ANYONE, ingest=seen)
    assert (news.dataset, news.rows, buy_price(ANYONE)) == ("system_prices", 1, SHOWN)
    assert versions_of_prices() > versions
    assert {
        one.definition.name: one.updated_at for one in status_of_all(actor=ANYONE, today=TODAY).held
    }["system_prices"] == shown_at


def versions_of_prices() -> tuple[int, ...]:
    return dataset_versions(actor=ANYONE, names=["system_prices"])


def buy_price(actor) -> float:
    found = dataset_rows(actor=actor, name="system_prices").rows
    return found["system_buy_price_gbp_per_mwh"][0]


def test_what_was_published_long_ago_and_what_has_no_lag_is_shown_at_once(market) -> None:
    lag_by_hand("system_prices", "action_stack")
    revise_the_price(minutes_ago=60)
    assert buy_price(ANYONE) == SHOWN
    lag_by_hand("system_prices", minutes=0)
    revise_the_price(minutes_ago=1)
    assert latest_ingest(actor=ANYONE) == latest_ingest(actor=CONSOLE_OPERATOR)


def test_a_lag_that_is_taken_off_shows_what_it_held_back(market) -> None:
    lag_by_hand("system_prices")
    revise_the_price()
    with reading() as session:
        small = list(small_files(session, least_files=1, most_rows=100))
    assert small
    assert not any(part.held_since for one in small for part in one.parts)
    lag_by_hand("system_prices", minutes=0)
    assert show_what_was_held_back(actor=THE_CLOCK, now=NOW) == 1
    assert buy_price(ANYONE) == SHOWN


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
    for minutes in ("-1", "soon", "10081", "1.5"):
        with pytest.raises(ChangeRefusedError, match="whole number from 0 to 10,080"):
            proposed(isla, OPEN | {"shown_after": minutes})
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
