"""Reserve Scarcity Price: what a MWh of reserve is worth when demand might not be met."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import SystemPeriod
from settlement_engine.given import LossOfLoad
from settlement_engine.rounding import PRICE_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.stack import PERIOD


class ReserveScarcityPrice(SystemPeriod):
    """Null where the Loss of Load Probability is not known: then no reserve is repriced."""

    reserve_scarcity_price_gbp_per_mwh = frames.price(
        "RSVP_j", nullable=True, says="Least price of a STOR action within its window"
    )


def probability_at_value_of_lost_load(
    loss_of_load: dy.LazyFrame[LossOfLoad], value_of_lost_load_gbp_per_mwh: Decimal
) -> dy.LazyFrame[ReserveScarcityPrice]:
    """RSVP_j = LoLP_j x VoLL."""
    worth = rounding.whole(value_of_lost_load_gbp_per_mwh, PRICE_DIGITS)
    product = pl.col("loss_of_load_probability").cast(pl.Int128) * worth
    return loss_of_load.select(
        *PERIOD,
        reserve_scarcity_price_gbp_per_mwh=rounding.quotient(
            product, pl.lit(10**VOLUME_DIGITS, pl.Int128)
        ),
    ).pipe(ReserveScarcityPrice.cast)


reserve_scarcity_price = Rule(
    "reserve_scarcity_price",
    produces=ReserveScarcityPrice,
    versions=(
        Version(
            date(2015, 11, 5),
            probability_at_value_of_lost_load,
            modification="P305",
            source="T3.13",
        ),
    ),
)
