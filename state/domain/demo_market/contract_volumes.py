"""Contract volumes: who sold to whom ahead of time. Sold is positive; all adds to zero."""

from typing import Final

import polars as pl

from state.domain.demo_market.companies import Company, live_with_role
from state.domain.demo_market.metered_volume_reallocations import expected_reallocations
from state.domain.demo_market.metered_volumes import KWH_PLACES, notified_kwh, supplier_weights
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import decimal, whole

_HEDGE_MINUTES: Final = 480
_HEDGE_SHARE: Final = 0.03
_LEFT_OPEN_KWH: Final = 3_000
_SUPPLIER_ERROR: Final = 0.010
_ACCOUNT_OF_FLAG: Final = {"P": "production", "C": "consumption"}


def contract_volumes(
    seed: int,
    companies: tuple[Company, ...],
    units: pl.DataFrame,
    notified: pl.DataFrame,
    periods: pl.DataFrame,
) -> pl.DataFrame:
    """Whoever notifies sells what they notify, Suppliers buy it, traders trade.

    What a unit gives away by reallocation its lead does not sell: who is given it does.
    """
    given = expected_reallocations(notified)
    sold = pl.concat([_sold(seed, notified, given), _sold_on(given)])
    bought = _bought(seed, units, sold, periods)
    traded = _traded(seed, companies, periods)
    accounts = (
        pl.concat([sold, bought, traded])
        .group_by("tick", "party_id", "energy_account")
        .agg(contract_kwh=pl.col("contract_kwh").sum())
    )
    return (
        periods.join(accounts, on="tick", how="inner")
        .with_columns(contract_volume_mwh=decimal(pl.col("contract_kwh"), KWH_PLACES))
        .sort("settlement_date", "settlement_period", "party_id", "energy_account")
    )


def _sold(seed: int, notified: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Each account sells about what its units notified: export from one, import to the other."""
    account = pl.col("production_consumption_flag").replace_strict(_ACCOUNT_OF_FLAG)
    own = notified.select(
        "tick", "lead_party", "party_key", energy_account=account, kwh=whole(notified_kwh())
    )
    away = given.select(
        "tick",
        "lead_party",
        "party_key",
        energy_account=pl.lit("production"),
        kwh=-pl.col("given_kwh"),
    )
    physical = (
        pl.concat([own, away])
        .group_by("tick", "lead_party", "party_key", "energy_account")
        .agg(pl.col("kwh").sum())
    )
    minute = pl.col("tick") * 30
    drift = smooth_noise(seed, "hedge", minute, _HEDGE_MINUTES, pl.col("party_key")) - 0.5
    return physical.select(
        "tick",
        "energy_account",
        party_id=pl.col("lead_party"),
        contract_kwh=whole(pl.col("kwh") * (1 + _HEDGE_SHARE * drift)),
    ).select(_COLUMNS)


def _sold_on(given: pl.DataFrame) -> pl.DataFrame:
    """Traders sell what they expect to be given."""
    return given.select(
        "tick",
        "party_id",
        energy_account=pl.lit("production"),
        contract_kwh=pl.col("given_kwh"),
    ).select(_COLUMNS)


def _bought(
    seed: int, units: pl.DataFrame, sold: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """Suppliers buy all of it by their shares of demand, a little wrong; the first the rest."""
    totals = sold.group_by("tick").agg(total_kwh=pl.col("contract_kwh").sum())
    parties = (
        supplier_weights(seed, units)
        .group_by("lead_party", maintain_order=True)
        .agg(weight=pl.col("weight").sum())
        .with_row_index("number")
        .with_columns(share=pl.col("weight") / pl.col("weight").sum())
    )
    frame = periods.join(totals, on="tick", how="left", maintain_order="left").join(
        parties, how="cross", maintain_order="left_right"
    )
    error = (
        smooth_noise(seed, "forecast of supplier", pl.col("minute"), 300, pl.col("number")) - 0.5
    )
    frame = frame.with_columns(
        kwh=whole(pl.col("total_kwh") * pl.col("share") * (1 + 2 * _SUPPLIER_ERROR * error))
    )
    rest = pl.col("total_kwh") - pl.col("kwh").sum().over("tick")
    is_first = pl.col("number") == 0
    return frame.select(
        "tick",
        party_id=pl.col("lead_party"),
        energy_account=pl.lit("consumption"),
        contract_kwh=-(pl.col("kwh") + pl.when(is_first).then(rest).otherwise(0)),
    ).select(_COLUMNS)


def _traded(seed: int, companies: tuple[Company, ...], periods: pl.DataFrame) -> pl.DataFrame:
    """Traders stand in a ring, each between two others; a little of what they trade stays open."""
    traders = [company.party_id for company in live_with_role(companies, "TN")]
    ring = pl.DataFrame({"party_id": traders}).with_row_index("number")
    frame = periods.join(ring, how="cross", maintain_order="left_right")
    own, following = pl.col("number"), (pl.col("number") + 1) % len(traders)
    return frame.select(
        "tick",
        "party_id",
        energy_account=pl.lit("production"),
        contract_kwh=_left_open(seed, own) - _left_open(seed, following),
    ).select(_COLUMNS)


_COLUMNS: Final = ("tick", "party_id", "energy_account", "contract_kwh")


def _left_open(seed: int, number: pl.Expr) -> pl.Expr:
    """Kilowatt-hours in whole tenths of a megawatt: contracts are round."""
    block = noise(seed, "deal", pl.col("tick") // 4, number)
    return whole(block * _LEFT_OPEN_KWH / 100) * 100
