"""System Defaults: periods in which the system gave no number to go by."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine.frames import SystemPeriod
from settlement_engine.given import ContractVolumes
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.defaults.event import DefaultsUsed, event
from settlement_engine.saa.losses.transmission_loss_adjustment import TransmissionLossAdjustment
from settlement_engine.saa.prices.market_price import MarketPrice
from settlement_engine.saa.prices.replacement_price import ReplacementPrice

_PERIOD = SystemPeriod.column_names()


class SystemDefaults(DefaultsUsed):
    """Sides without volume, prices without a market, contracts that do not add up."""


def nothing_to_go_by(
    transmission_loss_adjustment: dy.LazyFrame[TransmissionLossAdjustment],
    replacement_price: dy.LazyFrame[ReplacementPrice],
    market_price: dy.LazyFrame[MarketPrice],
    contract_volumes: dy.LazyFrame[ContractVolumes],
) -> dy.LazyFrame[SystemDefaults]:
    """No volume bears no losses, no market makes no price, contracts count as notified."""
    events = [
        _sides_without_volume(transmission_loss_adjustment),
        _no_market_price(replacement_price, market_price),
        _unbalanced_contracts(contract_volumes),
    ]
    return pl.concat(events).pipe(SystemDefaults.cast)


def _sides_without_volume(adjustments: pl.LazyFrame) -> pl.LazyFrame:
    idle = (pl.col("delivering_volume_mwh") == 0) | (pl.col("offtaking_volume_mwh") == 0)
    return event(
        adjustments.filter(idle),
        "no_loss_adjustment",
        "A side without metered volume bears no losses",
        pl.col("total_metered_volume_mwh").abs(),
    )


def _no_market_price(replaced: pl.LazyFrame, market: pl.LazyFrame) -> pl.LazyFrame:
    liquid = market.filter(pl.col("eligible_volume_mwh") > 0)
    return event(
        replaced.filter(pl.col("averaged_volume_mwh") == 0).join(liquid, on=_PERIOD, how="anti"),
        "no_market_price",
        "The Replacement Price is zero: no unflagged action and no liquid Market Price",
        pl.lit(0, pl.Int64),
    )


def _unbalanced_contracts(contracts: pl.LazyFrame) -> pl.LazyFrame:
    sums = contracts.group_by(_PERIOD).agg(left=pl.col("contract_volume_mwh").sum())
    return event(
        sums.filter(pl.col("left") != 0),
        "unbalanced_contracts",
        "What accounts sold and bought in a period does not add up to zero",
        pl.col("left").abs(),
    )


system_defaults = Rule(
    "system_defaults",
    produces=SystemDefaults,
    versions=(
        Version(
            date(2001, 3, 27), nothing_to_go_by, modification="Kinnect", source="T2.3, T4.3A, T4.2"
        ),
    ),
)
