"""The frames of the demo market: every column and its type, in order."""

from typing import Final

import polars as pl

_AT = pl.Datetime("us", "UTC")
_PERIOD: Final = {"settlement_date": pl.Date(), "settlement_period": pl.Int64()}
_PAIR: Final = {"bm_unit": pl.String(), "acceptance_number": pl.Int64()}

SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    "generation_by_fuel": {
        "start_at": _AT,
        "published_at": _AT,
        "fuel_code": pl.String(),
        "generation_mw": pl.Int64(),
    },
    "physical_notifications": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "from_at": _AT,
        "from_mw": pl.Float64(),
        "to_at": _AT,
        "to_mw": pl.Float64(),
    },
    "bid_offer_data": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "pair_number": pl.Int64(),
        "from_at": _AT,
        "from_mw": pl.Float64(),
        "to_at": _AT,
        "to_mw": pl.Float64(),
        "offer_price_gbp_per_mwh": pl.Float64(),
        "bid_price_gbp_per_mwh": pl.Float64(),
    },
    "acceptances": {
        **_PAIR,
        "accepted_at": _AT,
        "so_flag": pl.Boolean(),
        "stor_flag": pl.Boolean(),
        "emergency_flag": pl.Boolean(),
        "deemed_flag": pl.Boolean(),
    },
    "acceptance_points": {
        **_PAIR,
        "at": _AT,
        "level_mw": pl.Float64(),
        "point_order": pl.Int64(),
    },
    "adjustment_actions": {
        **_PERIOD,
        "action_id": pl.String(),
        "cost_gbp": pl.Float64(),
        "volume_mwh": pl.Float64(),
        "so_flag": pl.Boolean(),
        "stor_flag": pl.Boolean(),
    },
    "balancing_actions": {
        **_PERIOD,
        "action_id": pl.String(),
        "action_type": pl.String(),
        "bm_unit": pl.String(),
        "acceptance_number": pl.Int64(),
        "pair_number": pl.Int64(),
        "volume_mwh": pl.Float64(),
        "price_gbp_per_mwh": pl.Float64(),
        "so_flag": pl.Boolean(),
        "cadl_flag": pl.Boolean(),
        "emergency_flag": pl.Boolean(),
        "stor_flag": pl.Boolean(),
        "transmission_loss_multiplier_per_unit": pl.Float64(),
    },
    "market_index": {
        **_PERIOD,
        "published_at": _AT,
        "provider": pl.String(),
        "price_gbp_per_mwh": pl.Float64(),
        "volume_mwh": pl.Float64(),
    },
    "price_adjusters": {
        **_PERIOD,
        "buy_price_adjuster_gbp_per_mwh": pl.Float64(),
        "sell_price_adjuster_gbp_per_mwh": pl.Float64(),
    },
    "loss_of_load": {**_PERIOD, "loss_of_load_probability": pl.Float64()},
    "stor_windows": {"starts_at": _AT, "ends_at": _AT},
    "metered_volumes": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "metered_volume_mwh": pl.Float64(),
    },
    "contract_volumes": {
        **_PERIOD,
        "party_id": pl.String(),
        "energy_account": pl.String(),
        "contract_volume_mwh": pl.Float64(),
    },
    "bm_unit_registrations": {
        "bm_unit": pl.String(),
        "effective_from": pl.Date(),
        "effective_to": pl.Date(),
        "party_id": pl.String(),
        "trading_unit": pl.String(),
        "unit_type": pl.String(),
        "production_consumption_flag": pl.String(),
        "transmission_loss_factor_per_unit": pl.Float64(),
        "is_baselined": pl.Boolean(),
        "generation_capacity_mw": pl.Float64(),
        "demand_capacity_mw": pl.Float64(),
    },
    "metered_volume_reallocations": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "party_id": pl.String(),
        "reallocation_percent": pl.Float64(),
        "reallocation_mwh": pl.Float64(),
    },
    "applicable_balancing_services_volumes": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "applicable_volume_mwh": pl.Float64(),
    },
    "demand_control": {
        **_PERIOD,
        "action_id": pl.String(),
        "volume_mwh": pl.Float64(),
        "so_flag": pl.Boolean(),
    },
    "demand_disconnection_volumes": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "disconnected_volume_mwh": pl.Float64(),
    },
    "settlement_expected_volumes": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "expected_volume_mwh": pl.Float64(),
    },
    "delivered_volumes": {
        **_PERIOD,
        "bm_unit": pl.String(),
        "delivered_volume_mwh": pl.Float64(),
    },
}

NOTHING_HAPPENED: Final = (
    "demand_control",
    "demand_disconnection_volumes",
    "settlement_expected_volumes",
)
"""Frames of what the demo market has none of: they are there, and empty."""


def shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns and types of its name, in one piece."""
    schema = SCHEMAS[name]
    return frame.select(pl.col(column).cast(kind) for column, kind in schema.items()).rechunk()
