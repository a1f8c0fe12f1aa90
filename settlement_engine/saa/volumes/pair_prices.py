"""The prices of bid-offer pairs that were accepted."""

import polars as pl

from settlement_engine.frames import BM_UNIT_PERIOD


def prices_of(pairs: pl.LazyFrame, accepted: pl.LazyFrame) -> pl.LazyFrame:
    """Both prices of each pair of the units that were accepted; a pair has one in a period."""
    key = [*BM_UNIT_PERIOD, "pair_number"]
    units = accepted.select("bm_unit").unique()
    return (
        pairs.join(units, on="bm_unit", how="semi")
        .select(*key, "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh")
        .unique(key, keep="any")
    )
