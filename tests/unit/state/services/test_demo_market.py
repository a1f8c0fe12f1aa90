from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.services import datasets, demo_market
from state.services.demo_market import NotEmptyError
from tests.databases import fresh_installation
from tests.market import NOW, tiny_market

LONG_DAY = date(2026, 10, 25)


def seed(until: date = LONG_DAY, now: datetime = NOW) -> None:
    _, steps = demo_market.demo_steps(actor=CONSOLE_OPERATOR, seed=3, until=until, weeks=1, now=now)
    for _, do in steps:
        do()


def stored(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in (home / "datasets").rglob("*.parquet"))


def test_a_week_that_ends_on_a_long_day_twice_over(either_database: Path, tmp_path_factory) -> None:
    assert not demo_market.market_is_invented(actor=ANYONE)
    seed()
    assert demo_market.market_is_invented(actor=ANYONE)
    held = datasets.dataset_rows(
        actor=ANYONE, name="system_prices", since=LONG_DAY, until=LONG_DAY
    ).rows
    assert held["settlement_period"].to_list() == list(range(1, 51))
    stacks = datasets.dataset_rows(
        actor=ANYONE, name="action_stack", since=LONG_DAY, until=LONG_DAY
    ).rows
    assert stacks["settlement_period"].n_unique() == 50
    once = stored(either_database)
    seed()
    assert stored(either_database) == once
    with fresh_installation(tmp_path_factory.mktemp("again")) as other:
        seed(now=NOW + timedelta(days=3))
        assert stored(other) == once  # a file is named by its content: the same bytes


def test_no_invented_market_among_real_companies(database: Path) -> None:
    tiny_market("https://id.example")
    with pytest.raises(NotEmptyError, match="an installation of its own"):
        seed()
    assert stored(database) == []


def test_only_the_console_seeds(database: Path) -> None:
    with pytest.raises(NotSignedInError):
        demo_market.demo_steps(actor=ANYONE, seed=1, until=LONG_DAY, weeks=1, now=NOW)
