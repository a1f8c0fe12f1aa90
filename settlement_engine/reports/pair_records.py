"""Records of bid-offer pairs and acceptances."""

from typing import Final

import polars as pl

from settlement_engine.reports.reported_day import PERIOD, UNIT_PERIOD, ReportedDay, total
from settlement_engine.reports.stack_outcomes import OUTCOMES, stack_outcomes
from settlement_engine.reports.unit_records import lines_of_periods, with_party
from settlement_engine.saa.volumes.unit_periods import in_periods

_PAIR: Final = (*UNIT_PERIOD, "pair_number")
_ACCEPTANCE: Final = ("bm_unit", "acceptance_number")
_ACCEPTED: Final = (
    "accepted_bid_volume_mwh",
    "accepted_offer_volume_mwh",
    "bid_cashflow_gbp",
    "offer_cashflow_gbp",
)


def pair_data(day: ReportedDay) -> pl.DataFrame:
    """BOD: the prices of each pair, what was accepted of it, what became of that and its cash."""
    prices = ("bid_price_gbp_per_mwh", "offer_price_gbp_per_mwh")
    accepted = day.units("accepted_pair_cashflow").select(*_PAIR, *_ACCEPTED)
    return (
        day.units("bid_offer_data")
        .select(*_PAIR, *prices)
        .unique(_PAIR, keep="first", maintain_order=True)
        .join(accepted, on=_PAIR, how="left", maintain_order="left")
        .join(_outcomes(day), on=_PAIR, how="left", maintain_order="left")
        .with_columns(pl.col(pl.Float64).fill_null(0.0))
        .pipe(with_party, day)
        .sort(_PAIR)
    )


def pair_lines(day: ReportedDay) -> pl.DataFrame:
    """BOS: the widths of each pair, in minutes of the period."""
    return lines_of_periods(day, day.units("bid_offer_data"), "pair_number")


def acceptance_data(day: ReportedDay) -> pl.DataFrame:
    """BOA: the acceptances in force in each period, with their flags.

    Replacement Reserve has never been bought: both its flags are false.
    """
    repriced = (
        day.system("action_stack")
        .filter("reserve_repriced")
        .select(*UNIT_PERIOD, "acceptance_number", reserve_scarcity_price_flag=pl.lit(value=True))
        .unique()
    )
    return (
        day.units("continuous_acceptance")
        .join(_issued(day), on=_ACCEPTANCE)
        .join(repriced, on=[*UNIT_PERIOD, "acceptance_number"], how="left")
        .pipe(with_party, day)
        .select(
            *UNIT_PERIOD,
            "party_id",
            "acceptance_number",
            "accepted_at",
            "cadl_flag",
            "so_flag",
            "stor_flag",
            pl.col("reserve_scarcity_price_flag").fill_null(value=False),
            replacement_reserve_instruction_flag=pl.lit(value=False),
            replacement_reserve_schedule_flag=pl.lit(value=False),
        )
        .sort(*UNIT_PERIOD, "accepted_at", "acceptance_number")
    )


def acceptance_lines(day: ReportedDay) -> pl.DataFrame:
    """BO5: the lines each acceptance asks for, cut to the periods it is in force in."""
    following = pl.all_horizontal(pl.col(name) == pl.col(name).shift(-1) for name in _ACCEPTANCE)
    lines = (
        day.units("acceptance_points")
        .sort(*_ACCEPTANCE, "at", "point_order")
        .select(
            *_ACCEPTANCE,
            from_at="at",
            from_mw="level_mw",
            to_at=pl.col("at").shift(-1),
            to_mw=pl.col("level_mw").shift(-1),
            follows=following,
        )
        .filter("follows", pl.col("from_at") < pl.col("to_at"))
        .drop("follows")
        .join(_issued(day), on=_ACCEPTANCE)
    )
    placed = in_periods(lines.lazy(), day.periods().lazy(), "from_at", "to_at").collect()
    keys = ("acceptance_number", "accepted_at")
    return lines_of_periods(day, placed.select([*lines.columns, "settlement_date", PERIOD]), *keys)


def acceptance_volumes(day: ReportedDay) -> pl.DataFrame:
    """BO8: what each acceptance moved within each pair."""
    return (
        day.units("accepted_volume")
        .join(_issued(day), on=_ACCEPTANCE)
        .drop("settlement_date")
        .pipe(with_party, day)
        .sort(*UNIT_PERIOD, "accepted_at", "acceptance_number", "pair_number")
    )


def _issued(day: ReportedDay) -> pl.DataFrame:
    return day.units("acceptances").select(*_ACCEPTANCE, "accepted_at")


def _outcomes(day: ReportedDay) -> pl.DataFrame:
    """What became of the bids and offers of each pair."""
    return (
        stack_outcomes(day)
        .filter(pl.col("action_type").is_in(("bid", "offer")))
        .group_by(_PAIR)
        .agg(
            total(pl.col(f"{outcome}_volume_mwh").filter(pl.col("action_type") == side)).alias(
                f"{outcome}_{side}_volume_mwh"
            )
            for outcome in OUTCOMES
            for side in ("bid", "offer")
        )
    )
