"""A stack of two actions for tests."""

from datetime import date

import polars as pl


def stack_rows(settlement_date: date, settlement_period: int, count: int = 2) -> pl.DataFrame:
    """Actions a, b, ... of one period, each with 1 MWh left."""
    rows = [
        {
            "settlement_date": settlement_date,
            "settlement_period": settlement_period,
            "action_id": "abcdef"[n],
            "action_type": "offer",
            "volume_mwh": 10.0,
            "price_gbp_per_mwh": 80.0 + n,
            "so_flag": False,
            "cadl_flag": False,
            "emergency_flag": False,
            "stor_flag": False,
            "transmission_loss_multiplier_per_unit": 1.0,
            "side": "buy",
            "reserve_repriced": False,
            "stack_price_gbp_per_mwh": 80.0 + n,
            "price_weight_per_unit": 1.0,
            "first_stage_flag": False,
            "stack_rank": n + 1,
            "stack_place": n + 1,
            "volume_after_de_minimis_mwh": 10.0,
            "volume_after_arbitrage_mwh": 10.0,
            "second_stage_flag": False,
            "volume_after_net_imbalance_mwh": 5.0,
            "volume_after_price_average_mwh": 1.0,
            "final_price_gbp_per_mwh": 80.0 + n,
        }
        for n in range(count)
    ]
    return pl.DataFrame(rows)
