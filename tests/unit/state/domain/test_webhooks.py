from datetime import timedelta
from itertools import pairwise

import pytest

from state.domain.changes import ChangeStatus
from state.domain.webhooks import EVENTS, PUBLISHED, endpoint_refusals, event_of, wait_after
from tests.market import NOW


def test_every_state_but_a_draft_is_told_of() -> None:
    told = {event_of(status) for status in ChangeStatus}
    assert told == {*EVENTS, ""}
    assert event_of(ChangeStatus.DRAFT) == ""
    assert event_of(ChangeStatus.AWAITING_APPROVAL) == "change.submitted"


def test_the_waits_grow_from_five_seconds_to_a_day() -> None:
    waits = [wait_after(tries, NOW.date()) for tries in range(1, 11)]
    assert waits[-1] is None
    assert (waits[0], waits[8]) == (timedelta(seconds=5), timedelta(days=1))
    assert all(b / a == pytest.approx(3.39, abs=0.1) for a, b in pairwise(waits[:9]))


def test_a_developers_own_host_is_let_in_by_host_and_port() -> None:
    own = frozenset({"127.0.0.1:9000"})
    assert endpoint_refusals("http://127.0.0.1:9000/x", ["change.applied"], [], own) == ()
    for url in ("http://127.0.0.1:9001/x", "ftp://127.0.0.1:9000/", "http://127.0.0.1/"):
        assert endpoint_refusals(url, ["change.applied"], [], own)


@pytest.mark.parametrize(
    ("events", "named", "wrong"),
    [
        ([PUBLISHED], ["DISEBSP", "generation_by_fuel", "fuelinst"], ""),
        ([PUBLISHED], [], "Name at least one dataset"),
        (["change.applied"], ["DISEBSP"], "Select that rows"),
        ([PUBLISHED], ["DISEBSP", "metered_volumes", "x"], "no public dataset metered_volumes, x"),
    ],
)
def test_datasets_are_public_and_named_where_their_rows_are_told_of(events, named, wrong) -> None:
    found = endpoint_refusals("https://hooks.alpha.example/", events, named, frozenset())
    assert [one.field for one in found] == (["datasets"] if wrong else [])
    assert wrong in "".join(one.reason for one in found)
