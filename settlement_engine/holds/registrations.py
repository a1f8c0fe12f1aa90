"""Holds on the register: units it does not know, knows twice, or hears nothing from."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from settlement_engine.faults import Fault
from settlement_engine.frames import LAST_DATE
from settlement_engine.given import SECONDARY_TYPE, SUPPLIER_TYPES
from settlement_engine.holds.finding import faults, numbered

_PERIOD: Final = ("settlement_date", "settlement_period")
_REGISTER: Final = "Register the unit for the date, or mend its name."
_UNTIL: Final = pl.col("effective_to").fill_null(LAST_DATE)


def overlapping_registrations(bm_unit_registrations: pl.DataFrame) -> Iterator[Fault]:
    """A unit is registered once on each Settlement Date, from a date to a later one."""
    rows = numbered(bm_unit_registrations)
    yield from faults(
        rows.filter(pl.col("effective_from") > _UNTIL),
        source="bm_unit_registrations",
        column="effective_to",
        what=pl.format("{} ends on {}, before it starts.", "bm_unit", "effective_to"),
        cure="End it on or after its first date.",
    )
    earlier = pl.col("until").cum_max().shift().over("bm_unit")
    ordered = rows.with_columns(until=_UNTIL).sort("bm_unit", "effective_from")
    yield from faults(
        ordered.with_columns(earlier=earlier).filter(pl.col("effective_from") <= pl.col("earlier")),
        source="bm_unit_registrations",
        column="effective_from",
        what=pl.format(
            "{} is registered from {} while another registration of it runs to {}.",
            "bm_unit",
            "effective_from",
            "earlier",
        ),
        cure="End the earlier one the day before.",
    )


def unknown_in_metered_volumes(
    metered_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A metered volume is of a registered unit."""
    return _unknown("metered_volumes", metered_volumes, bm_unit_registrations, settlement_periods)


def unknown_in_notifications(
    physical_notifications: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A notification is of a registered unit."""
    return _unknown(
        "physical_notifications", physical_notifications, bm_unit_registrations, settlement_periods
    )


def unknown_in_bid_offer_data(
    bid_offer_data: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A bid-offer pair is of a registered unit."""
    return _unknown("bid_offer_data", bid_offer_data, bm_unit_registrations, settlement_periods)


def unknown_in_reallocations(
    metered_volume_reallocations: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A reallocation is of a registered unit."""
    return _unknown(
        "metered_volume_reallocations",
        metered_volume_reallocations,
        bm_unit_registrations,
        settlement_periods,
    )


def unknown_in_applicable_volumes(
    applicable_balancing_services_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """An applicable balancing services volume is of a registered unit."""
    return _unknown(
        "applicable_balancing_services_volumes",
        applicable_balancing_services_volumes,
        bm_unit_registrations,
        settlement_periods,
    )


def unknown_in_delivered_volumes(
    delivered_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A delivered volume is of a registered unit."""
    return _unknown(
        "delivered_volumes", delivered_volumes, bm_unit_registrations, settlement_periods
    )


def unknown_in_disconnected_demand(
    demand_disconnection_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """Disconnected demand is of a registered unit."""
    return _unknown(
        "demand_disconnection_volumes",
        demand_disconnection_volumes,
        bm_unit_registrations,
        settlement_periods,
    )


def unknown_in_expected_volumes(
    settlement_expected_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A Settlement Expected Volume is of a registered unit."""
    return _unknown(
        "settlement_expected_volumes",
        settlement_expected_volumes,
        bm_unit_registrations,
        settlement_periods,
    )


def metered_secondary_units(
    metered_volumes: pl.DataFrame, bm_unit_registrations: pl.DataFrame
) -> Iterator[Fault]:
    """A Secondary BM Unit has no meter of its own: what it did is a delivered volume."""
    secondary = bm_unit_registrations.lazy().filter(pl.col("unit_type") == SECONDARY_TYPE)
    yield from faults(
        numbered(metered_volumes).join(secondary, on="bm_unit", how="semi"),
        source="metered_volumes",
        column="bm_unit",
        what=pl.format("{} is a Secondary BM Unit and cannot be metered.", "bm_unit"),
        cure="Give what it delivered among the delivered_volumes.",
    )


def unknown_in_acceptances(
    acceptances: pl.DataFrame, bm_unit_registrations: pl.DataFrame
) -> Iterator[Fault]:
    """An acceptance is of a unit that is, or was, registered."""
    known = bm_unit_registrations.lazy()
    yield from faults(
        numbered(acceptances).join(known, on="bm_unit", how="anti"),
        source="acceptances",
        column="bm_unit",
        what=pl.format("{} is not registered.", "bm_unit"),
        cure=_REGISTER,
    )


def missing_metered_volumes(
    metered_volumes: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """Every registered unit has one in each period that any has; a Secondary BM Unit has none."""
    wanted = (
        _registered(bm_unit_registrations, settlement_periods)
        .filter(pl.col("unit_type") != SECONDARY_TYPE)
        .pipe(_in_periods_of, metered_volumes)
    )
    yield from faults(
        _silent(wanted, metered_volumes),
        source="metered_volumes",
        column=None,
        what=_silence("has no metered volume"),
        cure="Give it, estimated if need be: zero is a volume too.",
    )


def missing_notifications(
    physical_notifications: pl.DataFrame,
    bm_unit_registrations: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """Every unit but a Supplier's notifies each period that any does; a Supplier's may be zero."""
    defaults = pl.col("unit_type").is_in(SUPPLIER_TYPES) | pl.col("is_baselined")
    wanted = (
        _registered(bm_unit_registrations, settlement_periods)
        .filter(~defaults)
        .pipe(_in_periods_of, physical_notifications)
    )
    yield from faults(
        _silent(wanted, physical_notifications),
        source="physical_notifications",
        column=None,
        what=_silence("has no Physical Notification"),
        cure="Give the one that was in force; the last valid one counts where none was sent.",
    )


def _registered(register: pl.DataFrame, periods: pl.DataFrame) -> pl.LazyFrame:
    """Each unit in each period of the dates on which it is registered."""
    on_the_day = pl.col("settlement_date").is_between(pl.col("effective_from"), _UNTIL)
    days = periods.lazy().select("settlement_date").unique()
    units = days.join(register.lazy(), how="cross").filter(on_the_day)
    return (
        periods.lazy()
        .select(_PERIOD)
        .join(
            units.select("settlement_date", "bm_unit", "unit_type", "is_baselined"),
            on="settlement_date",
        )
    )


def _in_periods_of(units: pl.LazyFrame, said: pl.DataFrame) -> pl.LazyFrame:
    return units.join(said.lazy().select(_PERIOD).unique(), on=_PERIOD, how="semi")


def _silent(wanted: pl.LazyFrame, said: pl.DataFrame) -> pl.LazyFrame:
    """Units that said nothing, with how many periods of the day they said nothing of."""
    return (
        wanted.join(said.lazy(), on=[*_PERIOD, "bm_unit"], how="anti")
        .group_by("settlement_date", "bm_unit")
        .agg(
            first=pl.col("settlement_period").min(),
            periods=pl.col("settlement_period").n_unique(),
        )
    )


def _silence(lack: str) -> pl.Expr:
    return pl.format(
        "{} " + lack + " in {} periods of {}, the first of them {}.",
        "bm_unit",
        "periods",
        "settlement_date",
        "first",
    )


def _unknown(
    name: str, frame: pl.DataFrame, register: pl.DataFrame, periods: pl.DataFrame
) -> Iterator[Fault]:
    days = periods.lazy().select("settlement_date").unique()
    inside = numbered(frame).join(days, on="settlement_date", how="semi")
    known = _registered(register, periods).select("settlement_date", "bm_unit").unique()
    yield from faults(
        inside.join(known, on=["settlement_date", "bm_unit"], how="anti"),
        source=name,
        column="bm_unit",
        what=pl.format("{} is not registered on {}.", "bm_unit", "settlement_date"),
        cure=_REGISTER,
    )
