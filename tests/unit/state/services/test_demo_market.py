from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK, Actor, NotSignedInError
from state.domain.information_requests import RequestStatus
from state.domain.permissions import StaffRole
from state.domain.settlement_runs import DueStatus, RunState
from state.services import datasets, demo_market, settlement_runs, settlement_timetable
from state.services.demo_market import NotEmptyError
from state.services.demo_runs import CORRECTED_PARTY, LEFT_TO_DO
from state.services.information_requests import request_for_staff, requests_of_all
from state.services.settlement_comparison import compare_runs
from tests.databases import fresh_installation
from tests.market import NOW, tiny_market

FIRST_DAY, LONG_DAY = date(2026, 10, 19), date(2026, 10, 25)


def seed(until: date = LONG_DAY, now: datetime = NOW, runs: int | None = None) -> None:
    """Seed a week; or what comes before the runs, and some of those."""
    _, steps = demo_market.demo_steps(actor=CONSOLE_OPERATOR, seed=3, until=until, weeks=1, now=now)
    for _, do in steps:
        do()
        if runs is not None and len(made_runs()) == runs:
            break


def stored(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in (home / "datasets").rglob("*.parquet"))


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with a week that ends on a long day."""
    with fresh_installation(tmp_path_factory.mktemp("week")) as home:
        assert not demo_market.market_is_invented(actor=ANYONE)
        seed()
        yield home


def test_a_week_that_ends_on_a_long_day(week: Path) -> None:
    assert demo_market.market_is_invented(actor=ANYONE)
    held = datasets.dataset_rows(
        actor=ANYONE, name="system_prices", since=LONG_DAY, until=LONG_DAY
    ).rows
    assert held["settlement_period"].to_list() == list(range(1, 51))
    stacks = datasets.dataset_rows(
        actor=ANYONE, name="action_stack", since=LONG_DAY, until=LONG_DAY
    ).rows
    assert stacks["settlement_period"].n_unique() == 50


def test_seeding_it_again_changes_nothing(week: Path) -> None:
    once, made = stored(week), made_runs()
    seed()
    assert stored(week) == once
    assert made_runs() == made


def test_of_the_requests_for_information_one_is_open_one_answered_and_one_overdue(
    week: Path,
) -> None:
    roles = frozenset({StaffRole.AUDITOR})
    auditor = Actor(kind="person", name="Audrey", person_id=1, staff_roles=roles)
    lines = requests_of_all(actor=auditor, now=NOW)
    assert [(line.organisation_name, line.status, line.is_overdue) for line in lines] == [
        ("ALBION POWER LTD", RequestStatus.ANSWERED, False),
        ("CALDER GENERATION LLP", RequestStatus.ASKED, True),
        ("ALBION POWER LTD", RequestStatus.ASKED, False),
    ]
    answered = request_for_staff(actor=auditor, reference=lines[0].reference, now=NOW)
    assert [file.name for file in answered.files] == ["Meters of our sites.csv"]


def test_another_day_on_postgresql_it_is_the_same_bytes(week: Path, postgresql: Path) -> None:
    seed(now=NOW + timedelta(days=3), runs=3)
    assert len(made_runs()) == 3
    found = stored(postgresql)  # a file is named by its content
    assert len(found) > 50
    assert set(found) <= set(stored(week))


def made_runs() -> tuple[settlement_runs.Run, ...]:
    return settlement_runs.runs(actor=THE_CLOCK, since=FIRST_DAY, until=LONG_DAY)


def test_its_runs_were_made_when_they_fell_due_but_for_the_last_three(week: Path) -> None:
    made = made_runs()
    today = settlement_timetable.runs_due(actor=THE_CLOCK, today=NOW.date())
    late = [due for due in today if due.status is DueStatus.LATE]
    assert len(late) == LEFT_TO_DO
    assert len(made) == 2 * 7 - LEFT_TO_DO
    assert {run.state for run in made} == {RunState.PUBLISHED, RunState.SUPERSEDED}
    assert all(run.requested_at < run.published_at < NOW for run in made)
    assert {(run.requested_by, run.published_by) for run in made} == {
        ("The timetable", "The demo market")
    }
    pairs = [
        (before, after)
        for before in made
        for after in made
        if after.supersedes == before.public_id and after.result_digest != before.result_digest
    ]
    (restated,) = pairs  # one meter was corrected; the other days came out the same
    found = compare_runs(
        actor=THE_CLOCK, before=restated[0].public_id, after=restated[1].public_id
    ).differences
    net = found.by_party.filter(charge="net_to_party_gbp")
    assert net.sort(net["difference_gbp"].abs())["party_id"][-1] == CORRECTED_PARTY


def test_no_invented_market_among_real_companies(database: Path) -> None:
    tiny_market("https://id.example")
    with pytest.raises(NotEmptyError, match="an installation of its own"):
        seed()
    assert stored(database) == []


def test_only_the_console_seeds(database: Path) -> None:
    with pytest.raises(NotSignedInError):
        demo_market.demo_steps(actor=ANYONE, seed=1, until=LONG_DAY, weeks=1, now=NOW)
