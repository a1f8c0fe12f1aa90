"""A small market of six units and six Parties that settles: every unit at one power all day.

Powers are whole multiples of 12 MW, so that a period of 30, 15 or 5 minutes has whole MWh. The
System Operator turns T_A-1 up by 30 MW for the network, T_B-1 down by 12 MW, and buys 24 MW
outside the Balancing Mechanism: it is 42 MW short. T_A-1 delivers 6 MW less than it should.
"""

from datetime import date

import polars as pl

from settlement_engine.periods import period_frame

SECONDARY_SINCE, BASELINED_SINCE = date(2019, 2, 28), date(2023, 2, 23)
MINUTES_AN_HOUR = 60

# name: Party, Trading Unit, type, P/C, notified and metered MW; a Supplier does not notify
UNITS = {
    "T_A-1": ("ALPHA", "SITE_A", "T", "P", 240.0, 264.0),
    "T_B-1": ("BETA", "SITE_B", "T", "P", 240.0, 228.0),
    "I_X-1": ("TRADER", "LINK", "I", "P", 60.0, 60.0),
    "2__ASUPP000": ("SUPPLY", "DEFAULT__A", "G", "C", None, -300.0),
    "2__BBETA000": ("BETA", "DEFAULT__B", "G", "C", None, -240.0),
}
SECONDARY = "V__AAGGR000"
# unit, pair, MW, offer price, bid price
PAIRS = (
    ("T_A-1", -1, -12.0, 45.0, 40.0),
    ("T_A-1", 1, 12.0, 60.0, 55.0),
    ("T_A-1", 2, 24.0, 150.0, 145.0),
    ("T_B-1", -1, -12.0, 25.0, 20.0),
    ("T_B-1", -2, -24.0, 10.0, 5.0),
    ("T_B-1", 1, 12.0, 70.0, 65.0),
)
# unit, level in MW, SO-flag
ACCEPTED = (("T_A-1", 270.0, True), ("T_B-1", 228.0, False))
CONTRACTS = (
    ("ALPHA", "production", 180.0),
    ("BETA", "production", 240.0),
    ("TRADER", "production", 60.0),
    ("SUPPLY", "consumption", -288.0),
    ("BETA", "consumption", -252.0),
    ("BANK", "production", 60.0),
)


def small_market(day: date, minutes: int = 30, periods: int | None = None) -> dict:
    """Frames of a day, or of its first periods, in periods of a length."""
    grid = period_frame(day, day, minutes)
    hours = minutes / MINUTES_AN_HOUR
    kept = grid.head(periods) if periods else grid
    notified = [(name, *_both(level)) for name, (*_, level, _) in UNITS.items() if level]
    return {
        "bm_unit_registrations": _register(day),
        "physical_notifications": _lines(kept, notified),
        "bid_offer_data": _pairs(kept),
        **_acceptances(grid),
        "adjustment_actions": _each(
            kept, action_id="ADJ", cost_gbp=24 * hours * 100, volume_mwh=24 * hours
        ),
        "market_index": _each(
            kept, provider="APXMIDP", price_gbp_per_mwh=80.0, volume_mwh=600 * hours
        ),
        "price_adjusters": _each(
            kept, buy_price_adjuster_gbp_per_mwh=1.25, sell_price_adjuster_gbp_per_mwh=0.0
        ),
        "metered_volumes": _volumes(
            kept, hours, {name: (metered,) for name, (*_, metered) in UNITS.items()},
            ["bm_unit", "metered_volume_mwh"],
        ),
        "metered_volume_reallocations": _each(
            kept, bm_unit="T_A-1", party_id="BANK", reallocation_percent=25.0,
            reallocation_mwh=12 * hours,
        ),
        "contract_volumes": _volumes(
            kept, hours, {(party, account): (mw,) for party, account, mw in CONTRACTS},
            ["party_id", "energy_account", "contract_volume_mwh"],
        ),
        "applicable_balancing_services_volumes": _each(
            kept, bm_unit="T_B-1", applicable_volume_mwh=-12 * hours
        ),
        **_delivered(kept, hours, day),
    }  # fmt: skip


def _both(level):
    return (level, level)


def _register(day: date) -> pl.DataFrame:
    rows = [(name, date(2009, 1, 1), *says, False, 500.0) for name, (*says, _, _) in UNITS.items()]
    if day >= SECONDARY_SINCE:
        says = ("VLP", "AGGREGATED", "V", "C", True, None)
        rows.append((SECONDARY, SECONDARY_SINCE, *says))
    columns = [
        "bm_unit", "effective_from", "party_id", "trading_unit", "unit_type",
        "production_consumption_flag", "is_baselined", "generation_capacity_mw",
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        transmission_loss_factor_per_unit=pl.when(pl.col("bm_unit") == "T_A-1")
        .then(-0.0123456)
        .otherwise(0.0065432)
    )


def _each(grid: pl.DataFrame, **columns) -> pl.DataFrame:
    """The same in every period."""
    return grid.select("settlement_date", "settlement_period", **{
        name: pl.lit(value) for name, value in columns.items()
    })  # fmt: skip


def _lines(grid: pl.DataFrame, rows: list[tuple], *columns: str) -> pl.DataFrame:
    names = ["bm_unit", "from_mw", "to_mw", *columns]
    said = pl.DataFrame(rows, schema=names, orient="row")
    return grid.join(said, how="cross").rename({"starts_at": "from_at", "ends_at": "to_at"})


def _pairs(grid: pl.DataFrame) -> pl.DataFrame:
    rows = [(unit, width, width, pair, *prices) for unit, pair, width, *prices in PAIRS]
    return _lines(grid, rows, "pair_number", "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh")


def _acceptances(grid: pl.DataFrame) -> dict[str, pl.DataFrame]:
    since, until = grid["starts_at"][0], grid["ends_at"][-1]
    return {
        "acceptances": pl.DataFrame(
            [(unit, 1, since, flagged) for unit, _, flagged in ACCEPTED],
            schema=["bm_unit", "acceptance_number", "accepted_at", "so_flag"],
            orient="row",
        ),
        "acceptance_points": pl.DataFrame(
            [(unit, 1, at, level) for unit, level, _ in ACCEPTED for at in (since, until)],
            schema=["bm_unit", "acceptance_number", "at", "level_mw"],
            orient="row",
        ),
    }


def _volumes(grid: pl.DataFrame, hours: float, powers: dict, columns: list[str]) -> pl.DataFrame:
    rows = [
        (*((key,) if isinstance(key, str) else key), *(power * hours for power in values))
        for key, values in powers.items()
    ]
    said = pl.DataFrame(rows, schema=columns, orient="row")
    return grid.select("settlement_date", "settlement_period").join(said, how="cross")


def _delivered(grid: pl.DataFrame, hours: float, day: date) -> dict[str, pl.DataFrame]:
    """What the aggregator delivered behind a Supplier, on the days that know such a thing."""
    if day < SECONDARY_SINCE:
        return {}
    names = ["bm_unit", "delivered_volume_mwh"]
    delivered = _volumes(grid, hours, {SECONDARY: (12.0,), "2__ASUPP000": (12.0,)}, names)
    expected = _each(grid, bm_unit=SECONDARY, expected_volume_mwh=0.0)
    found = {"delivered_volumes": delivered}
    return found | ({"settlement_expected_volumes": expected} if day >= BASELINED_SINCE else {})
