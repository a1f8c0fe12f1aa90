"""Holds on volumes: more than a unit can do, or more than it has to give away."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import polars as pl

from settlement_engine import rounding
from settlement_engine.faults import Fault
from settlement_engine.frames import LAST_DATE
from settlement_engine.holds.finding import faults, numbered, period
from settlement_engine.rounding import LEVEL_DIGITS, PERCENT_DIGITS, VOLUME_DIGITS

_ALL_OF_IT: Final = 100 * 10**PERCENT_DIGITS
_MINUTES_AN_HOUR: Final = 60


def beyond_physical_limits(
    metered_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    largest_meter_reading_per_unit: Decimal,
    settlement_period_minutes: Decimal,
) -> Iterator[Fault]:
    """A metered volume is no more than the registered capacity can give or take, and some more."""
    on_the_day = pl.col("settlement_date").is_between(
        pl.col("effective_from"), pl.col("effective_to").fill_null(LAST_DATE)
    )
    capacity = pl.max_horizontal("generation_capacity_mw", "demand_capacity_mw")
    hours = settlement_period_minutes / _MINUTES_AN_HOUR
    a_megawatt: int = rounding.whole(
        largest_meter_reading_per_unit * hours, VOLUME_DIGITS - LEVEL_DIGITS
    )
    largest = capacity * a_megawatt
    volume = pl.col("metered_volume_mwh")
    yield from faults(
        numbered(metered_volumes)
        .join(bm_unit_registrations.lazy(), on="bm_unit")
        .filter(on_the_day, volume.abs() > largest)
        .with_columns(
            volume=rounding.decimal_column(volume, VOLUME_DIGITS),
            capacity=rounding.decimal_column(capacity, LEVEL_DIGITS),
        ),
        source="metered_volumes",
        column="metered_volume_mwh",
        what=pl.format(
            "{} is metered at {} MWh in {}; its registered capacity is {} MW.",
            "bm_unit",
            "volume",
            period(),
            "capacity",
        ),
        cure="Check the meter and the unit of the volume, or the registered capacity.",
    )


def contracts_without_meters(
    contract_volumes: pl.DataFrame, metered_volumes: pl.DataFrame
) -> Iterator[Fault]:
    """A period with contracts is metered: without meters a contract is all imbalance."""
    period_of = ["settlement_date", "settlement_period"]
    unmetered = (
        contract_volumes.lazy()
        .join(metered_volumes.lazy(), on=period_of, how="anti")
        .select(period_of)
        .unique()
    )
    yield from faults(
        unmetered,
        source="metered_volumes",
        column="settlement_period",
        what=pl.format("There are contracts for {} and no metered volume.", period()),
        cure="Give the metered volumes of the period, or take its contracts out.",
    )


def one_name_for_two_actions(
    adjustment_actions: pl.DataFrame, demand_control: pl.DataFrame
) -> Iterator[Fault]:
    """An adjustment and an instruction of demand control have names of their own."""
    key = ["settlement_date", "settlement_period", "action_id"]
    yield from faults(
        numbered(demand_control).join(adjustment_actions.lazy(), on=key, how="semi"),
        source="demand_control",
        column="action_id",
        what=pl.format("{} names an adjustment action of {} too.", "action_id", period()),
        cure="Give each action of a period a name of its own.",
    )


def names_of_acceptances(
    adjustment_actions: pl.DataFrame, bm_unit_registrations: pl.DataFrame
) -> Iterator[Fault]:
    """No adjustment is named as an accepted offer or bid is: unit, acceptance, pair and side."""
    unit = pl.col("action_id").str.split("/").list.first()
    yield from faults(
        numbered(adjustment_actions)
        .with_columns(bm_unit=unit)
        .filter(pl.col("action_id").str.contains("/"))
        .join(bm_unit_registrations.lazy(), on="bm_unit", how="semi"),
        source="adjustment_actions",
        column="action_id",
        what=pl.format("{} is a name that an acceptance would have.", "action_id"),
        cure="Name the adjustment without the name of a BM Unit and a stroke.",
    )


def more_than_all_reallocated(metered_volume_reallocations: pl.DataFrame) -> Iterator[Fault]:
    """The shares of a unit that are given away come to no more than all of it."""
    unit_period = ["settlement_date", "settlement_period", "bm_unit"]
    given_away = (
        metered_volume_reallocations.lazy()
        .group_by(unit_period)
        .agg(share=pl.col("reallocation_percent").sum())
        .filter(pl.col("share") > _ALL_OF_IT)
        .with_columns(share=rounding.decimal_column(pl.col("share"), PERCENT_DIGITS))
    )
    yield from faults(
        given_away,
        source="metered_volume_reallocations",
        column="reallocation_percent",
        what=pl.format("{} gives away {} percent in {}.", "bm_unit", "share", period()),
        cure="A unit can give away 100 percent at most.",
    )
