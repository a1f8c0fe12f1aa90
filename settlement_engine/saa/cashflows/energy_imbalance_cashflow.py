"""Energy Imbalance Cashflow: what an account's imbalance costs it, or earns."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import AccountPeriod, SystemPeriod
from settlement_engine.rounding import MONEY_DIGITS, PRICE_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.energy_imbalance_price import EnergyImbalancePrice
from settlement_engine.saa.volumes.energy_imbalance_volume import EnergyImbalanceVolume


class EnergyImbalanceCashflow(AccountPeriod):
    """Positive: the Party pays."""

    energy_imbalance_cashflow_gbp = frames.money("CAEI_aj", says="Positive: the Party pays")


def volume_at_price(
    energy_imbalance_volume: dy.LazyFrame[EnergyImbalanceVolume],
    energy_imbalance_price: dy.LazyFrame[EnergyImbalancePrice],
) -> dy.LazyFrame[EnergyImbalanceCashflow]:
    """CAEI_aj = -QAEI_aj x SBP_j where QAEI_aj < 0, -QAEI_aj x SSP_j where it is not.

    At a negative price an account that is long pays.
    """
    imbalance = pl.col("energy_imbalance_volume_mwh")
    price = (
        pl.when(imbalance < 0)
        .then("system_buy_price_gbp_per_mwh")
        .otherwise("system_sell_price_gbp_per_mwh")
    )
    return (
        energy_imbalance_volume.join(energy_imbalance_price, on=SystemPeriod.column_names())
        .with_columns(
            energy_imbalance_cashflow_gbp=rounding.product(
                (-imbalance, VOLUME_DIGITS), (price, PRICE_DIGITS), digits=MONEY_DIGITS
            )
        )
        .pipe(EnergyImbalanceCashflow.cast)
    )


energy_imbalance_cashflow = Rule(
    "energy_imbalance_cashflow",
    produces=EnergyImbalanceCashflow,
    versions=(Version(date(2001, 3, 27), volume_at_price, modification="NETA", source="T4.7"),),
)
