"""DISEBSP: system prices and imbalance volume, as Elexon Insights names its columns."""

from typing import Final

from state.domain.feeds import Feed

SYSTEM_PRICES: Final = Feed(
    name="system-prices",
    dataset="system_prices",
    names={
        "settlement_date": ("settlementDate",),
        "settlement_period": ("settlementPeriod",),
        "start_at": ("startTime", "startTimeUTC"),
        "published_at": ("createdDateTime", "publishTime", "publishTimeUTC"),
        "system_buy_price_gbp_per_mwh": ("systemBuyPrice",),
        "system_sell_price_gbp_per_mwh": ("systemSellPrice",),
        "net_imbalance_volume_mwh": ("netImbalanceVolume",),
        "price_derivation_code": ("priceDerivationCode",),
        "source_run": ("vintage", "settlementRunType"),
    },
    optional=frozenset({"start_at", "published_at", "price_derivation_code", "source_run"}),
    grid_minutes=30,
)
