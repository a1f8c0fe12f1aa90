"""Queries to begin with: each answers something people ask, on whatever data are held."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SQL."""

    title: str
    sql: str


EXAMPLES: Final = (
    Example(
        "The price of each day",
        """\
SELECT settlement_date,
       avg(system_buy_price_gbp_per_mwh) AS average_price,
       min(system_buy_price_gbp_per_mwh) AS lowest_price,
       max(system_buy_price_gbp_per_mwh) AS highest_price
FROM system_prices
GROUP BY settlement_date
ORDER BY settlement_date""",
    ),
    Example(
        "Generation of the last day, hour by hour",
        """\
SELECT date_trunc('hour', start_at) AS hour,
       fuel_code,
       avg(generation_mw) AS generation_mw
FROM generation_by_fuel
WHERE start_at > (SELECT max(start_at) - INTERVAL 1 DAY FROM generation_by_fuel)
GROUP BY ALL
ORDER BY hour, fuel_code""",
    ),
    Example(
        "Wind beside the price",
        """\
WITH wind AS (
  SELECT time_bucket(INTERVAL 30 MINUTES, start_at) AS start_at,
         avg(generation_mw) AS wind_mw
  FROM generation_by_fuel
  WHERE fuel_code = 'WIND'
  GROUP BY 1
)
SELECT start_at, wind_mw, system_buy_price_gbp_per_mwh
FROM wind
JOIN system_prices USING (start_at)
ORDER BY start_at""",
    ),
    Example(
        "The dearest half-hours",
        """\
SELECT settlement_date, settlement_period,
       system_buy_price_gbp_per_mwh, net_imbalance_volume_mwh
FROM system_prices
ORDER BY system_buy_price_gbp_per_mwh DESC
LIMIT 20""",
    ),
    Example(
        "Prices that were revised",
        """\
SELECT settlement_date, settlement_period,
       count(*) AS publications,
       max(system_buy_price_gbp_per_mwh) - min(system_buy_price_gbp_per_mwh) AS moved_by
FROM revisions.system_prices
GROUP BY ALL
HAVING moved_by > 0
ORDER BY moved_by DESC
LIMIT 100""",
    ),
    Example(
        "The official names of a dataset",
        """\
SELECT settlementDate, settlementPeriod, systemBuyPrice, netImbalanceVolume
FROM DISEBSP
ORDER BY settlementDate DESC, settlementPeriod DESC
LIMIT 48""",
    ),
)
