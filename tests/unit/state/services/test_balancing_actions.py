from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.services.balancing_actions import actions_of_day
from state.services.ingest import store_rows
from tests.public_data import close_by_hand
from tests.unit.state.services.stacks import stack_rows

DAY = date(2026, 11, 10)
NOW = datetime(2026, 11, 11, tzinfo=UTC)


def store(*rows: pl.DataFrame, now: datetime = NOW) -> None:
    store_rows(
        actor=CONSOLE_OPERATOR,
        name="action_stack",
        rows=pl.concat(rows),
        source="test",
        now=now,
    )


def action(period: int, unit: str | None, volume: float, **more: object) -> pl.DataFrame:
    row = stack_rows(DAY, period, 1).with_columns(
        bm_unit=pl.lit(unit, pl.String),
        action_id=pl.lit(f"{unit} {volume}"),
        volume_mwh=pl.lit(volume),
        side=pl.lit("buy" if volume > 0 else "sell"),
        published_at=pl.lit(NOW),
    )
    return row.with_columns(**{name: pl.lit(value) for name, value in more.items()})


def test_sums_by_unit_those_with_most_volume_first(database: Path) -> None:
    store(
        action(1, "T_A-1", 10.0),
        action(2, "T_A-1", -4.0, first_stage_flag=True, volume_after_price_average_mwh=0.0),
        action(2, "T_B-1", 30.0),
        action(2, None, 1.0, volume_after_price_average_mwh=0.0),
    )
    units = actions_of_day(actor=ANYONE, day=DAY).units
    sums = ["bm_unit", "bought_mwh", "sold_mwh", "flagged_mwh", "cost_gbp", "actions"]
    assert units.select(*sums, "priced_periods").rows() == [
        ("T_B-1", 30.0, 0.0, 0.0, 2400.0, 1, 1),
        ("T_A-1", 10.0, -4.0, 4.0, 480.0, 2, 1),
        (None, 1.0, 0.0, 0.0, 80.0, 1, 0),
    ]


def test_the_periods_of_one_unit(database: Path) -> None:
    store(action(1, "T_A-1", 10.0), action(2, "T_B-1", 30.0), action(3, "T_A-1", -5.0))
    periods = actions_of_day(actor=ANYONE, day=DAY, unit="T_A-1").periods
    assert periods.select("settlement_period", "bought_mwh", "sold_mwh").rows() == [
        (1, 10.0, 0.0),
        (3, 0.0, -5.0),
    ]
    assert periods["start_at"][1] == datetime(2026, 11, 10, 1, tzinfo=UTC)


def test_the_actions_of_a_run_that_was_replaced_do_not_count(database: Path) -> None:
    later = NOW.replace(day=12)
    store(action(1, "T_A-1", 10.0))
    store(action(1, "T_B-1", 7.0).with_columns(published_at=pl.lit(later)), now=later)
    units = actions_of_day(actor=ANYONE, day=DAY).units
    assert units["bm_unit"].to_list() == ["T_B-1"]


def test_a_day_without_a_stack_is_empty(database: Path) -> None:
    found = actions_of_day(actor=ANYONE, day=DAY)
    assert (found.units.height, found.periods.height) == (0, 0)


def test_a_closed_stack_tells_of_no_action(database: Path) -> None:
    store(action(1, "T_A-1", 10.0))
    close_by_hand("action_stack")
    found = actions_of_day(actor=ANYONE, day=DAY)
    assert found.units.is_empty()
    assert found.periods.is_empty()
