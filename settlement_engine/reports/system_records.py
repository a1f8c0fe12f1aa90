"""Records of the whole system: period data, market index data and adjustment actions."""

from collections.abc import Mapping
from functools import reduce
from typing import Final

import polars as pl

from settlement_engine.reports.reported_day import PERIOD, ReportedDay, total
from settlement_engine.reports.stack_outcomes import stack_outcomes, totals_by_kind

_INFORMATION: Final = (
    "system_buy_price_gbp_per_mwh",
    "system_sell_price_gbp_per_mwh",
    "price_derivation_code",
    "total_applicable_balancing_services_volume_mwh",
    "information_imbalance_price_1_gbp_per_mwh",
    "information_imbalance_price_2_gbp_per_mwh",
    "total_net_imbalance_tagged_volume_mwh",
    "net_imbalance_volume_mwh",
    "replacement_price_gbp_per_mwh",
    "replacement_price_volume_mwh",
    "stor_availability_window_flag",
    "loss_of_load_probability_per_unit",
    "value_of_lost_load_gbp_per_mwh",
    "reserve_scarcity_price_gbp_per_mwh",
)


def period_headers(day: ReportedDay) -> pl.DataFrame:
    """SPH: the periods of the day."""
    return day.periods().select(PERIOD)


def system_period_data(day: ReportedDay) -> pl.DataFrame:
    """SSD: prices, totals and how the price came about, period by period."""
    parts = (
        _prices(day),
        _money(day),
        _volumes(day),
        totals_by_kind(day),
        _reserve(day),
        day.system("price_adjusters").select(
            PERIOD, "buy_price_adjuster_gbp_per_mwh", "sell_price_adjuster_gbp_per_mwh"
        ),
    )
    return reduce(_beside, parts, period_headers(day)).sort(PERIOD)


def period_information(day: ReportedDay) -> pl.DataFrame:
    """SPI: what S0142 says of a period. Total demand is negative, as every off-take is."""
    metered = pl.col("metered_volume_mwh")
    modes = (
        day.system("delivery_mode")
        .group_by(PERIOD)
        .agg(
            total_demand_mwh=total(metered.filter(~pl.col("is_delivering"))),
            total_generation_mwh=total(metered.filter("is_delivering")),
        )
    )
    arbitrage = day.system("arbitrage_volume").select(PERIOD).unique()
    values = day.values()
    limit = values["continuous_acceptance_duration_limit_minutes"]
    return (
        system_period_data(day)
        .select(PERIOD, *_INFORMATION)
        .join(modes, on=PERIOD, how="left", maintain_order="left")
        .with_columns(
            arbitrage_flag=pl.col(PERIOD).is_in(arbitrage[PERIOD].implode()),
            continuous_acceptance_duration_limit_minutes=pl.lit(int(limit)),
            de_minimis_acceptance_threshold_mwh=_value(
                values, "de_minimis_acceptance_threshold_mwh"
            ),
        )
    )


def market_index_data(day: ReportedDay) -> pl.DataFrame:
    """MD2: what each Market Index Data Provider said, and the threshold it is measured by."""
    threshold = _value(day.values(), "individual_liquidity_threshold_mwh")
    return (
        day.system("market_index")
        .join(period_headers(day), on=PERIOD, how="semi", maintain_order="left")
        .select(
            PERIOD,
            "provider",
            "price_gbp_per_mwh",
            "volume_mwh",
            individual_liquidity_threshold_mwh=threshold,
        )
    )


def adjustment_action_data(day: ReportedDay) -> pl.DataFrame:
    """DB2: each adjustment and what became of it.

    The number is the place of its name among those of the period, shorter names first: names that
    are whole numbers from 1 keep them.
    """
    outcome = ["tagged_volume_mwh", "repriced_volume_mwh", "originally_priced_volume_mwh"]
    became = stack_outcomes(day).select(PERIOD, "action_id", *outcome, "reserve_repriced")
    return (
        day.system("adjustment_actions")
        .join(period_headers(day), on=PERIOD, how="semi")
        .sort(PERIOD, pl.col("action_id").str.len_chars(), "action_id")
        .join(became, on=[PERIOD, "action_id"], how="left", maintain_order="left")
        .select(
            PERIOD,
            "cost_gbp",
            "volume_mwh",
            *(pl.col(name).fill_null(0.0) for name in outcome),
            "so_flag",
            "stor_flag",
            adjustment_action_number=pl.int_range(1, pl.len() + 1).over(PERIOD),
            reserve_scarcity_price_flag=pl.col("reserve_repriced").fill_null(value=False),
        )
    )


def _beside(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return one.join(other, on=PERIOD, how="left")


def _prices(day: ReportedDay) -> pl.DataFrame:
    information = _value(day.values(), "information_imbalance_price_gbp_per_mwh")
    replaced = day.system("replacement_price").select(
        PERIOD, "replacement_price_gbp_per_mwh", replacement_price_volume_mwh="averaged_volume_mwh"
    )
    return (
        day.system("energy_imbalance_price")
        .drop("settlement_date")
        .with_columns(
            information_imbalance_price_1_gbp_per_mwh=information,
            information_imbalance_price_2_gbp_per_mwh=information,
        )
        .pipe(_beside, replaced)
    )


def _money(day: ReportedDay) -> pl.DataFrame:
    units = _sums(
        day.system("bm_unit_cashflow"),
        total_bm_cashflow_gbp="bm_unit_cashflow_gbp",
        total_non_delivery_charge_gbp="non_delivery_charge_gbp",
        total_information_imbalance_charge_gbp="information_imbalance_charge_gbp",
    )
    accounts = _sums(
        day.system("energy_imbalance_cashflow"),
        total_energy_imbalance_cashflow_gbp="energy_imbalance_cashflow_gbp",
    ).with_columns(total_residual_cashflow_gbp="total_energy_imbalance_cashflow_gbp")
    operator = day.system("system_operator_cashflow").drop("settlement_date")
    return (reduce(_beside, (units, accounts, operator), period_headers(day))).with_columns(
        pl.col(name).fill_null(0.0) for name in units.columns if name != PERIOD
    )


def _volumes(day: ReportedDay) -> pl.DataFrame:
    parts = (
        _sums(
            day.system("accepted_volume"),
            total_accepted_bid_volume_mwh="accepted_bid_volume_mwh",
            total_accepted_offer_volume_mwh="accepted_offer_volume_mwh",
        ),
        _sums(
            day.system("energy_imbalance_volume"),
            total_energy_contract_volume_mwh="contract_volume_mwh",
            total_energy_imbalance_volume_mwh="energy_imbalance_volume_mwh",
        ),
        _sums(
            day.system("residual_reallocation"),
            residual_cashflow_denominator_mwh="counted_volume_mwh",
        ),
        _sums(
            day.system("applicable_balancing_services_volumes"),
            total_applicable_balancing_services_volume_mwh="applicable_volume_mwh",
        ),
    )
    whole = reduce(_beside, parts, period_headers(day))
    return whole.with_columns(pl.col(pl.Float64).fill_null(0.0))


def _reserve(day: ReportedDay) -> pl.DataFrame:
    windows = day.system("stor_windows").rename({"starts_at": "opens_at", "ends_at": "closes_at"})
    inside = day.periods().join_where(
        windows,
        pl.col("starts_at") >= pl.col("opens_at"),
        pl.col("starts_at") < pl.col("closes_at"),
    )
    scarcity = day.system("reserve_scarcity_price").drop("settlement_date")
    likely = day.system("loss_of_load").select(
        PERIOD, loss_of_load_probability_per_unit="loss_of_load_probability"
    )
    return (reduce(_beside, (scarcity, likely), period_headers(day))).with_columns(
        stor_availability_window_flag=pl.col(PERIOD).is_in(inside[PERIOD].implode()),
        value_of_lost_load_gbp_per_mwh=_value(day.values(), "value_of_lost_load_gbp_per_mwh"),
    )


def _sums(frame: pl.DataFrame, **columns: str) -> pl.DataFrame:
    return frame.group_by(PERIOD).agg(total(pl.col(name)).alias(to) for to, name in columns.items())


def _value(values: Mapping[str, object], name: str) -> pl.Expr:
    """A parameter as a column; null on a date that has none."""
    value = values.get(name)
    return pl.lit(None if value is None else float(str(value)), pl.Float64)
