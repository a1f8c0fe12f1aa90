"""Each crossing is told once, however its values were published."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.alert import AlertCrossingRow, AlertRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.person import PersonRow
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.transaction import reading, transaction
from state.services import alert_watch, alerts, notices
from state.services.ingest import store_rows
from state.services.publishing import show_what_was_held_back
from tests.market import tiny_market
from tests.public_data import close_by_hand, lag_by_hand

DAY = date(2026, 11, 22)
START = datetime(2026, 11, 22, tzinfo=UTC)
NOW = START + timedelta(hours=12)
DEMAND = "national_demand.demand_mw"


@pytest.fixture
def ann(either_database):
    return tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)


@pytest.fixture
def one(database):
    """The same on SQLite alone, where it is all about values."""
    return tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)


def publish(values: Mapping[int, float], at: datetime = NOW, day: date = DAY) -> None:
    """Demand in MW of some Settlement Periods, published at a moment and taken in then."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    rows = [
        {
            "start_at": midnight + timedelta(minutes=30 * (period - 1)),
            "settlement_date": day,
            "settlement_period": period,
            "published_at": at,
            "demand_mw": value,
        }
        for period, value in values.items()
    ]
    store_rows(
        actor=CONSOLE_OPERATOR,
        name="national_demand",
        rows=pl.DataFrame(rows),
        source="test",
        now=at,
    )


def watching(actor, line: str = "40000", side: str = "above", now: datetime = NOW) -> str:
    return alerts.set_value_alert(actor=actor, series=DEMAND, side=side, line=line, now=now)


def told(now: datetime = NOW) -> int:
    return alert_watch.tell_of_crossings(actor=THE_CLOCK, now=now)


def sentences(actor) -> list[str]:
    page = notices.notices_of(actor=actor, unread_only=False, page=1)
    return [one.sentence for one in page.notices]


def test_a_crossing_is_told_in_the_app_and_by_mail_once(ann) -> None:
    publish({1: 30_000, 2: 35_000})
    watching(ann)
    publish({3: 41_000.5})
    assert (told(), told()) == (1, 0)
    words = (
        "National demand was 41,000.5 MW on 22 Nov 2026, 01:00; you asked to be told when it is "
        "above 40,000 MW."
    )
    assert sentences(ann) == [words]
    with reading() as session:
        mail = session.exec(select(OutboxMailRow)).one()
        assert mail.subject == "National demand is above 40,000 MW"
        assert "41,000" not in mail.body
        assert session.exec(select(NoticeRow)).one().link == (
            "/insights/series?series=national_demand.demand_mw&range=day&date=2026-11-22"
        )
        row = session.exec(select(AlertRow)).one()
        assert (row.times_told, row.last_told_at) == (1, NOW)


def test_it_is_told_again_only_after_it_fell_back(one) -> None:
    watching(one)
    for period, value in enumerate((41_000, 42_000, 43_000, 39_000, 38_000, 41_000), start=1):
        publish({period: value}, NOW + timedelta(minutes=period))
        told()
    assert len(sentences(one)) == 2


@pytest.mark.parametrize(
    ("publications", "times"),
    [
        ([{3: 41_000}, {3: 41_000}], 1),  # published twice
        ([{3: 41_000, 4: 30_000}, {1: 20_000, 2: 20_000}], 1),  # what is earlier comes late
        ([{4: 30_000}, {3: 41_000}], 1),  # the crossing itself comes late
        ([{3: 39_000}, {3: 41_000}], 1),  # revised over the line
        ([{3: 41_000}, {3: 39_000}, {3: 41_000}], 1),  # revised over it again
        ([{3: 41_000}, {3: 39_000}, {4: 41_000}], 2),  # taken back, and another crosses
        ([{2: 41_000, 4: 41_000}, {3: 30_000}, {5: 41_000}], 1),  # a gap that is filled
    ],
)
def test_late_repeated_and_revised_publications_tell_a_crossing_once(
    one, publications, times
) -> None:
    watching(one)
    for minutes, values in enumerate(publications):
        publish(values, NOW + timedelta(minutes=minutes))
        told()
    assert len(sentences(one)) == times


def test_looking_at_all_at_once_and_after_each_finds_the_same_crossings(one) -> None:
    watching(one)
    publish({1: 41_000, 2: 30_000, 3: 42_000, 4: 43_000, 5: 30_000})
    assert told() == 1
    assert "It was so 2 times in what has come." in sentences(one)[0]
    with reading() as session:
        assert len(session.exec(select(AlertCrossingRow)).all()) == 2


def test_what_is_beyond_as_the_alert_is_set_is_not_told_until_it_crosses_again(one) -> None:
    publish({1: 41_000})
    watching(one)
    publish({2: 42_000}, NOW + timedelta(minutes=1))
    assert (told(), sentences(one)) == (0, [])
    publish({3: 30_000, 4: 41_000}, NOW + timedelta(minutes=2))
    assert told() == 1


def test_history_that_is_taken_in_tells_nobody(one) -> None:
    watching(one)
    publish({1: 41_000}, day=DAY - timedelta(days=30))
    assert told() == 0


def test_what_crosses_while_an_alert_is_paused_is_not_told_afterwards(one) -> None:
    alert = watching(one)
    alerts.pause_alert(actor=one, public_id=alert, now=NOW)
    publish({1: 41_000})
    assert told() == 0
    alerts.resume_alert(actor=one, public_id=alert, now=NOW)
    publish({2: 42_000}, NOW + timedelta(minutes=1))
    assert told() == 0
    publish({3: 30_000, 4: 41_000}, NOW + timedelta(minutes=2))
    assert told() == 1


def test_what_flutters_around_the_line_tells_ten_times_a_day_and_says_so(one) -> None:
    watching(one)
    for n in range(12):
        publish({2 * n + 1: 41_000, 2 * n + 2: 30_000}, NOW + timedelta(minutes=n))
        told(NOW + timedelta(minutes=n))
    assert len(sentences(one)) == 10
    assert sentences(one)[0].endswith("We tell you no more of this alert for a day.")
    later = NOW + timedelta(days=1, hours=1)
    publish({1: 45_000}, later, DAY + timedelta(days=1))
    assert told(later) == 1


def test_a_worker_that_dies_before_the_end_tells_it_the_next_time_and_once(
    ann, monkeypatch
) -> None:
    watching(ann)
    publish({1: 41_000})
    with monkeypatch.context() as broken:
        broken.setattr(alert_watch, "write_down", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            told()
    assert sentences(ann) == []
    assert (told(), told()) == (1, 0)


def test_many_workers_at_once_tell_it_once(ann) -> None:
    watching(ann)
    publish({1: 41_000})
    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(lambda _: told(), range(8))) == 1
    assert len(sentences(ann)) == 1


def test_a_mail_is_not_sent_to_who_muted_the_topic(one) -> None:
    notices.choose_mail(actor=one, topics=[], now=NOW)
    watching(one)
    publish({1: 41_000})
    told()
    assert len(sentences(one)) == 1
    with reading() as session:
        assert session.exec(select(OutboxMailRow)).all() == []


def late(now: datetime) -> int:
    return alert_watch.tell_of_late_datasets(actor=THE_CLOCK, now=now)


def test_a_dataset_that_is_late_is_told_once_until_it_came_and_is_late_again(ann) -> None:
    publish({1: 30_000})
    alerts.set_late_alert(actor=ann, name="national_demand", now=NOW)
    assert late(NOW + timedelta(minutes=59)) == 0
    assert [late(NOW + timedelta(minutes=m)) for m in (61, 62, 600)] == [1, 0, 0]
    words = (
        "Nothing new of National demand outturn came in time; it was due by 22 Nov 2026, 13:00, "
        "and comes every 30 minutes."
    )
    assert sentences(ann) == [words]
    publish({2: 30_000}, NOW + timedelta(minutes=700))
    assert late(NOW + timedelta(minutes=701)) == 0
    assert late(NOW + timedelta(minutes=761)) == 1


def test_what_is_late_as_the_alert_is_set_is_not_told(one) -> None:
    publish({1: 30_000}, NOW - timedelta(days=2))
    alerts.set_late_alert(actor=one, name="national_demand", now=NOW)
    assert late(NOW + timedelta(hours=1)) == 0


def test_what_was_found_is_forgotten_after_a_month_but_not_that_something_is_late(one) -> None:
    publish({1: 30_000})
    watching(one)
    alerts.set_late_alert(actor=one, name="national_demand", now=NOW)
    publish({2: 41_000})
    told()
    late(NOW + timedelta(hours=2))
    after = NOW + timedelta(days=31)
    assert alert_watch.remove_old_crossings(actor=THE_CLOCK, now=after) == 1
    assert (told(after), late(after)) == (0, 0)


def test_a_person_who_may_not_sign_in_is_told_nothing(one) -> None:
    watching(one)
    with transaction() as session:
        session.get_one(PersonRow, one.person_id).status = "suspended"
    publish({1: 41_000})
    told()
    with reading() as session:
        assert session.exec(select(NoticeRow)).all() == []


def test_an_alert_on_what_is_published_no_more_holds_nobody_up_and_can_be_removed(one) -> None:
    gone = watching(one)
    watching(one, line="40001")
    with transaction() as session:
        row = session.exec(select(AlertRow).where(AlertRow.public_id == gone)).one()
        row.series = "national_demand.a_column_that_was"
    publish({1: 41_000})
    assert told() == 1
    held = {one.public_id: one.definition for one in alerts.own_alerts(actor=one)}
    assert held.pop(gone) is None
    assert None not in held.values()
    alerts.remove_alert(actor=one, public_id=gone, now=NOW)


def test_of_what_is_closed_to_the_public_nobody_is_told_until_it_is_open(one) -> None:
    publish({1: 30_000})
    watching(one)
    alerts.set_late_alert(actor=one, name="national_demand", now=NOW)
    close_by_hand("national_demand")
    publish({2: 41_000}, NOW + timedelta(minutes=1))
    assert (told(), late(NOW + timedelta(hours=3))) == (0, 0)
    with transaction() as session:
        session.execute(sa.delete(PublishingSettingRow))
    assert told() == 0
    publish({3: 30_000}, NOW + timedelta(minutes=2))
    assert told() == 1


def test_of_what_a_lag_holds_back_nobody_is_told_until_it_is_shown(one) -> None:
    lag_by_hand("national_demand")
    watching(one)
    publish({1: 41_000})
    assert (told(), told()) == (0, 0)
    show_what_was_held_back(actor=THE_CLOCK, now=NOW + timedelta(minutes=60))
    assert (told(), told()) == (1, 0)


def test_only_the_clock_looks(one) -> None:
    with pytest.raises(NotAllowedError):
        alert_watch.tell_of_crossings(actor=one, now=NOW)
