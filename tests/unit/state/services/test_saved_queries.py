from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.domain.query import Question
from state.services.saved_queries import (
    NoSuchQueryError,
    SavedQueryRefusedError,
    delete_query,
    own_queries,
    save_query,
    saved_query,
)
from tests.market import NOW, tiny_market

ASKED = Question("SELECT 1 -- “why”", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.VIEWER)


def test_a_saved_query_is_read_by_whoever_has_its_link(ann) -> None:
    kept = save_query(actor=ann, name="  Prices ", question=ASKED, now=NOW)
    found = saved_query(actor=ANYONE, public_id=kept.public_id)
    assert (found.name, found.sql, found.as_of) == ("Prices", ASKED.sql, ASKED.as_of)
    assert own_queries(actor=ann) == (found,)


def test_the_newest_stands_first_and_nobody_elses_is_there(ann, market) -> None:
    for number in (1, 2):
        at = NOW + timedelta(minutes=number)
        save_query(actor=ann, name=f"Query {number}", question=Question("SELECT 1"), now=at)
    assert [one.name for one in own_queries(actor=ann)] == ["Query 2", "Query 1"]
    assert own_queries(actor=market.acting("ben", "ALPHA", Capacity.VIEWER)) == ()


def test_only_its_person_deletes_it_and_its_link_ends(ann, market) -> None:
    kept = save_query(actor=ann, name="Prices", question=ASKED, now=NOW)
    ben = market.acting("ben", "ALPHA", Capacity.CATEGORY_A)
    with pytest.raises(NoSuchQueryError):
        delete_query(actor=ben, public_id=kept.public_id, now=NOW)
    delete_query(actor=ann, public_id=kept.public_id, now=NOW)
    with pytest.raises(NoSuchQueryError, match="may have deleted it"):
        saved_query(actor=ANYONE, public_id=kept.public_id)


def test_what_is_no_id_is_no_query(either_database) -> None:
    for given in ("", "x" * 41, "' OR 1=1 --", "0" * 16):
        with pytest.raises(NoSuchQueryError):
            saved_query(actor=ANYONE, public_id=given)


def test_a_nameless_or_impossible_query_is_refused_in_full(ann) -> None:
    with pytest.raises(SavedQueryRefusedError) as refused:
        save_query(actor=ann, name=" ", question=Question("DROP TABLE a"), now=NOW)
    assert [one.field for one in refused.value.reasons] == ["sql", "query_name"]
    assert own_queries(actor=ann) == ()


def test_there_is_room_for_so_many(ann, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("state.domain.query_limits.queries_saved_most", lambda _on: 1)
    save_query(actor=ann, name="One", question=ASKED, now=NOW)
    with pytest.raises(SavedQueryRefusedError, match="Delete one first"):
        save_query(actor=ann, name="Two", question=ASKED, now=NOW)


def test_a_stranger_saves_nothing_nor_does_who_only_looks(ann) -> None:
    with pytest.raises(NotSignedInError):
        save_query(actor=ANYONE, name="Prices", question=ASKED, now=NOW)
    looker = replace(ann, looking_only=True)
    with pytest.raises(NotAllowedError):
        save_query(actor=looker, name="Prices", question=ASKED, now=NOW)
