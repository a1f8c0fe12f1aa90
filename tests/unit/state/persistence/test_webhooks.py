"""Whoever asked for it is told that rows of a public dataset have come, and where to read them."""

import json
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.query import Question
from state.domain.webhooks import PUBLISHED
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.transaction import reading, transaction
from state.services import webhooks
from state.services.datasets import changes_after
from state.services.ingest import store_rows
from state.services.publishing import show_what_was_held_back
from state.services.query import answer_query
from tests.market import NOW, tiny_market
from tests.programs import ann
from tests.public_data import close_by_hand, lag_by_hand

DAY = date(2026, 11, 20)
START = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def asked(either_database):
    return _asked()


@pytest.fixture
def one(database):
    return _asked()


def _asked():
    actor = ann(tiny_market())
    webhooks.add_webhook(
        actor=actor,
        organisation_id=actor.organisation_id,
        url="https://hooks.alpha.example/",
        events=[PUBLISHED],
        datasets=["INDO"],
        now=NOW,
    )
    return actor


def publish(periods=(1, 2), name="national_demand", now=NOW, value=30_000.0):
    rows = [
        {
            "start_at": START + timedelta(minutes=30 * (period - 1)),
            "settlement_date": DAY,
            "settlement_period": period,
            "published_at": now - timedelta(minutes=period),
            "demand_mw": value,
        }
        for period in periods
    ]
    frame = pl.DataFrame(rows)
    return store_rows(actor=CONSOLE_OPERATOR, name=name, rows=frame, source="test", now=now)


def told() -> list[dict]:
    with reading() as session:
        rows = session.exec(select(WebhookDeliveryRow).order_by(WebhookDeliveryRow.id)).all()
        assert {row.event for row in rows} <= {PUBLISHED}
        return [json.loads(row.payload)["data"] for row in rows]


def test_it_is_told_what_came_and_the_address_reads_just_that(asked) -> None:
    publish((5,), now=NOW - timedelta(minutes=5))
    receipt = publish()
    facts = told()[-1]
    address = urlsplit(facts.pop("url"))
    assert facts == {
        "dataset": "national_demand",
        "code": "INDO",
        "published_at": (NOW - timedelta(minutes=1)).isoformat(),
        "taken_in_at": NOW.isoformat(),
        "rows": 2,
        "from": "2026-11-20",
        "to": "2026-11-20",
        "cursor": receipt.ingest,
        "version": receipt.version,
    }
    assert address.path == "/api/v1/insights/query"
    question = Question(parse_qs(address.query)["sql"][0])
    found = answer_query(actor=ANYONE, question=question, asker="test", on=DAY)
    assert found.rows["settlement_period"].sort().to_list() == [1, 2]


def test_what_is_held_already_and_other_datasets_are_not_told(one) -> None:
    publish()
    publish(now=NOW)
    publish(name="transmission_system_demand")
    assert len(told()) == 1


def test_an_address_that_ended_or_is_switched_off_is_told_nothing(one) -> None:
    with transaction() as session:
        session.exec(select(WebhookEndpointRow)).one().disabled_at = NOW
    publish()
    assert told() == []
    [hook] = webhooks.webhooks_of(actor=one, organisation_id=one.organisation_id)
    where = {"actor": one, "organisation_id": one.organisation_id, "now": NOW}
    webhooks.end_webhook(**where, public_id=hook.public_id)
    publish((3,))
    assert told() == []


def test_confidential_rows_are_told_to_nobody_even_where_an_address_names_them(one) -> None:
    with transaction() as session:
        session.exec(select(WebhookEndpointRow)).one().datasets = "metered_volumes national_demand"
    rows = pl.DataFrame(
        {
            "settlement_date": [DAY],
            "settlement_period": [1],
            "bm_unit": ["T_A-1"],
            "metered_volume_mwh": [1.0],
        }
    )
    store_rows(actor=CONSOLE_OPERATOR, name="metered_volumes", rows=rows, source="test", now=NOW)
    publish()
    assert [one["dataset"] for one in told()] == ["national_demand"]


def test_of_what_is_closed_to_the_public_nobody_is_told(one) -> None:
    close_by_hand("national_demand")
    publish()
    assert told() == []


def test_what_a_lag_holds_back_is_told_when_it_is_shown(one) -> None:
    lag_by_hand("national_demand")
    publish()
    assert told() == []
    later = NOW + timedelta(minutes=59)
    assert show_what_was_held_back(actor=THE_CLOCK, now=later) == 1
    (facts,) = told()
    (news,) = changes_after(actor=ANYONE, ingest=0)
    assert (facts["rows"], facts["cursor"], facts["version"]) == (2, news.ingest, news.version)
    assert facts["published_at"] == (NOW - timedelta(minutes=1)).isoformat()
    assert facts["taken_in_at"] == NOW.isoformat()
    question = Question(parse_qs(urlsplit(facts["url"]).query)["sql"][0])
    assert answer_query(actor=ANYONE, question=question, asker="test", on=DAY).rows.height == 2


def test_what_is_not_stored_is_not_told(one, monkeypatch) -> None:
    monkeypatch.setattr("state.persistence.storing.version", _moves())
    with pytest.raises(Exception, match="added to all the time"):
        publish()
    assert told() == []


def _moves():
    count = iter(range(10_000))
    return lambda *_: next(count)
