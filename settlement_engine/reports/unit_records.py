"""Records of BM Units: period data, notifications and reallocations."""

from functools import reduce
from typing import Final

import polars as pl

from settlement_engine import rounding
from settlement_engine.given import SECONDARY_TYPE
from settlement_engine.reports.reported_day import PERIOD, UNIT_PERIOD, ReportedDay
from settlement_engine.saa.volumes.lines import cut_to_period

WRITTEN_DIGITS: Final = 3  # of a volume in a report
_FROM_OTHERS: Final = (
    "non_delivery_charge_gbp",
    "information_imbalance_charge_gbp",
    "non_delivered_bid_volume_mwh",
    "non_delivered_offer_volume_mwh",
    "applicable_balancing_services_volume_mwh",
)


def unit_period_data(day: ReportedDay) -> pl.DataFrame:
    """BPD and BP7: what each unit notified, delivered and was metered at, and what it is charged.

    The metered volume of a Secondary BM Unit is what it delivered.
    """
    base = (
        day.units("delivery_mode")
        .drop("metered_volume_mwh")
        .rename({"actual_volume_mwh": "metered_volume_mwh"})
    )
    parts = (
        day.units("transmission_loss_multiplier"),
        _expected(day),
        day.units("bm_unit_cashflow").drop("party_id", "bm_unit_cashflow_gbp"),
        day.units("non_delivered_volume"),
        _applicable(day),
        _delivered_behind(day),
    )
    return (
        reduce(_beside, parts, base)
        .with_columns(pl.col(_FROM_OTHERS).fill_null(0.0))
        .with_columns(information_imbalance_volume_mwh=_gap())
        .drop("settlement_date", "energy_account", "unit_type", "is_delivering")
        .sort(PERIOD, "party_id", "bm_unit")
    )


def notification_lines(day: ReportedDay) -> pl.DataFrame:
    """FPN: the lines of each notification, in minutes of the period."""
    return lines_of_periods(day, day.units("physical_notifications"))


def reallocation_data(day: ReportedDay) -> pl.DataFrame:
    """MVR: what was given away of the Party's own units, and to whom."""
    subsidiary = {"party_id": "subsidiary_party_id"}
    credited = (
        day.units("credited_energy_volume").filter(~pl.col("is_lead")).rename(subsidiary)
    ).select(*UNIT_PERIOD, "subsidiary_party_id", "energy_account", "credited_energy_volume_mwh")
    return (
        day.units("metered_volume_reallocations")
        .rename(subsidiary)
        .join(credited, on=[*UNIT_PERIOD, "subsidiary_party_id"])
        .drop("settlement_date")
        .pipe(with_party, day)
        .sort(*UNIT_PERIOD, "subsidiary_party_id")
    )


def with_party(frame: pl.DataFrame, day: ReportedDay) -> pl.DataFrame:
    """The rows of settled units, with the lead Party of each."""
    return frame.join(_leads(day), on=UNIT_PERIOD, maintain_order="left")


def lines_of_periods(day: ReportedDay, lines: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Lines of units cut to their periods, in minutes from the start of each."""
    start = pl.col("starts_at")
    return (
        lines.lazy()
        .join(day.periods().lazy(), on=["settlement_date", PERIOD])
        .pipe(cut_to_period)
        .join(_leads(day).lazy(), on=UNIT_PERIOD)
        .sort(*UNIT_PERIOD, *keys, "from_at", "to_at")
        .select(
            PERIOD,
            "party_id",
            "bm_unit",
            *keys,
            "from_mw",
            "to_mw",
            from_minutes=(pl.col("from_at") - start).dt.total_minutes(),
            to_minutes=(pl.col("to_at") - start).dt.total_minutes(),
        )
        .collect()
    )


def _leads(day: ReportedDay) -> pl.DataFrame:
    return day.units("delivery_mode").select(*UNIT_PERIOD, "party_id")


def _beside(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    other = other.drop("settlement_date", strict=False)
    return one.join(other, on=UNIT_PERIOD, how="left", maintain_order="left")


def _expected(day: ReportedDay) -> pl.DataFrame:
    """What was notified and expected; a baseline has a field of its own."""
    baselined = day.units("registered_bm_unit").filter("is_baselined")["bm_unit"].implode()
    planned, is_baseline = pl.col("planned_volume_mwh"), pl.col("bm_unit").is_in(baselined)
    return day.units("expected_metered_volume").select(
        *UNIT_PERIOD,
        "balancing_services_volume_mwh",
        "expected_metered_volume_mwh",
        notified_volume_mwh=pl.when(~is_baseline).then(planned),
        settlement_expected_volume_mwh=pl.when(is_baseline).then(planned),
    )


def _applicable(day: ReportedDay) -> pl.DataFrame:
    return day.units("applicable_balancing_services_volumes").rename(
        {"applicable_volume_mwh": "applicable_balancing_services_volume_mwh"}
    )


def _delivered_behind(day: ReportedDay) -> pl.DataFrame:
    """What Virtual Lead Parties delivered behind the meters of a Supplier's unit."""
    secondary = day.units("registered_bm_unit").filter(unit_type=SECONDARY_TYPE)
    return (
        day.units("delivered_volumes")
        .join(secondary, on="bm_unit", how="anti")
        .rename({"delivered_volume_mwh": "supplier_delivered_volume_mwh"})
    )


def _gap() -> pl.Expr:
    """QII as the difference of what is written, as published files have it."""
    metered, expected = (
        rounding.whole_column(pl.col(name), WRITTEN_DIGITS)
        for name in ("metered_volume_mwh", "expected_metered_volume_mwh")
    )
    return rounding.decimal_column((metered - expected).abs(), WRITTEN_DIGITS)
