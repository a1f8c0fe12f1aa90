"""The short tables: input tables by the names and columns of the specification (its section 23).

A table `qm` of columns `bmu`, `sp`, `volume` is the frame `metered_volumes`. `sp` is the start of
the period in UTC; `account` is a Party and P or C with a colon between. Columns the engine has no
use for are passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from settlement_engine.periods import settlement_date_of, settlement_period_of_expression

_UNIT: Final = {"bmu": "bm_unit"}
_LINE: Final = {"t_from": "from_at", "mw_from": "from_mw", "t_to": "to_at", "mw_to": "to_mw"}


@dataclass(frozen=True, slots=True)
class ShortTable:
    """The frame that a short table is, its columns by their short names, and those passed over."""

    frame: str
    columns: Mapping[str, str]
    passed_over: tuple[str, ...] = ()
    period_of: str = "sp"


SHORT_TABLES: Final[Mapping[str, ShortTable]] = {
    "fpn": ShortTable("physical_notifications", {**_UNIT, **_LINE}, period_of="t_from"),
    "bod": ShortTable(
        "bid_offer_data",
        {
            **_UNIT,
            **_LINE,
            "pair": "pair_number",
            "offer": "offer_price_gbp_per_mwh",
            "bid": "bid_price_gbp_per_mwh",
        },
    ),
    "boalf": ShortTable(
        "acceptances",
        {
            **_UNIT,
            "acc_no": "acceptance_number",
            "acc_time": "accepted_at",
            "so": "so_flag",
            "stor": "stor_flag",
            "emergency": "emergency_flag",
            "deemed": "deemed_flag",
        },
        passed_over=("rr", "ngse"),
    ),
    "boalf_points": ShortTable(
        "acceptance_points",
        {
            **_UNIT,
            "acc_no": "acceptance_number",
            "t": "at",
            "mw": "level_mw",
            "order": "point_order",
        },
    ),
    "bsaa": ShortTable(
        "adjustment_actions",
        {
            "id": "action_id",
            "cost": "cost_gbp",
            "volume": "volume_mwh",
            "so": "so_flag",
            "stor": "stor_flag",
        },
        passed_over=("service",),
    ),
    "price_adjust": ShortTable(
        "price_adjusters",
        {"bpa": "buy_price_adjuster_gbp_per_mwh", "spa": "sell_price_adjuster_gbp_per_mwh"},
    ),
    "mid": ShortTable(
        "market_index",
        {"provider": "provider", "price": "price_gbp_per_mwh", "volume": "volume_mwh"},
    ),
    "lolp": ShortTable("loss_of_load", {"lolp": "loss_of_load_probability"}, passed_over=("drm",)),
    "stor_window": ShortTable("stor_windows", {"from": "starts_at", "to": "ends_at"}),
    "qm": ShortTable(
        "metered_volumes",
        {**_UNIT, "volume": "metered_volume_mwh"},
        passed_over=("source", "estimated"),
    ),
    "qsev": ShortTable("settlement_expected_volumes", {**_UNIT, "volume": "expected_volume_mwh"}),
    "qas_bm": ShortTable(
        "applicable_balancing_services_volumes", {**_UNIT, "volume": "applicable_volume_mwh"}
    ),
    "q_delivered": ShortTable("delivered_volumes", {**_UNIT, "volume": "delivered_volume_mwh"}),
    "bmu_reg": ShortTable(
        "bm_unit_registrations",
        {
            **_UNIT,
            "from": "effective_from",
            "to": "effective_to",
            "type": "unit_type",
            "party": "party_id",
            "trading_unit": "trading_unit",
            "pc": "production_consumption_flag",
            "tlf": "transmission_loss_factor_per_unit",
            "gc": "generation_capacity_mw",
            "dc": "demand_capacity_mw",
            "baseline": "is_baselined",
        },
        passed_over=(
            "group",
            "calf_wd",
            "calf_nwd",
            "secalf",
            "interconnector",
            "exempt",
            "final_demand",
        ),
    ),
    "mvrn": ShortTable(
        "metered_volume_reallocations",
        {
            **_UNIT,
            "account_to": "party_id",
            "pct": "reallocation_percent",
            "fixed": "reallocation_mwh",
        },
    ),
    "contract": ShortTable(
        "contract_volumes", {"account": "party_id", "qabc": "contract_volume_mwh"}
    ),
}


def frame_of(name: str, table: pl.DataFrame) -> tuple[str, pl.DataFrame]:
    """The frame that a table is, with the frame's own column names; any other as it stands."""
    if name not in SHORT_TABLES:
        return name, table
    short = SHORT_TABLES[name]
    here = table.drop("variant", "run", *short.passed_over, strict=False)
    if short.period_of in here.columns:
        here = _with_period(here, short.period_of)
    if "account" in here.columns or "account_to" in here.columns:
        here = _with_account(here, "account" if "account" in here.columns else "account_to")
    return short.frame, here.drop("sp", strict=False).rename(dict(short.columns), strict=False)


def _with_period(table: pl.DataFrame, moment: str) -> pl.DataFrame:
    at = pl.col(moment)
    if table.schema[moment] == pl.String:
        at = at.str.to_datetime("%+", time_unit="us", time_zone="UTC", strict=False)
    return table.with_columns(
        settlement_date=settlement_date_of(at),
        settlement_period=settlement_period_of_expression(at),
    )


def _with_account(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """The Party of the account and which of its two; a reallocation needs the Party alone."""
    party, letter = (pl.col(column).str.split(":").list.get(n, null_on_oob=True) for n in (0, 1))
    if column == "account_to":
        return table.with_columns(party.alias(column))
    words = {"P": "production", "C": "consumption"}
    kind = letter.replace_strict(words, default=None).alias("energy_account")
    return table.with_columns(party.alias(column), kind)
