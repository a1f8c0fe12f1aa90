"""A day of the size of Great Britain's, invented: 3,000 BM Units, 600 Parties, 48 periods.

About 50,000 rows of acceptance and pair, 280,000 bid-offer pairs, 144,000 metered volumes.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from settlement_engine.periods import period_frame

SEED = 2026
UNITS = 3_000
PARTIES = 600
NOTIFYING = 1_200
SUBMITTING = 900
ACTIVE = 170
PAIRS = (-3, -2, -1, 1, 2, 3)
WIDTH_MW = 40.0


def day_of_frames(day: date) -> dict[str, pl.DataFrame]:
    """Every frame that the whole of Trading Charges starts from, in no order."""
    random = np.random.default_rng([SEED, day.toordinal()])
    periods = period_frame(day, day)
    units = _units()
    levels = np.round(random.uniform(50, 400, NOTIFYING))
    acceptances, points = _acceptances(random, periods, levels)
    frames = {
        "bm_unit_registrations": units,
        "physical_notifications": _notifications(periods, levels),
        "bid_offer_data": _pairs(random, periods),
        "acceptances": acceptances,
        "acceptance_points": points,
        "adjustment_actions": _adjustments(random, periods),
        "market_index": periods.select(
            "settlement_date",
            "settlement_period",
            provider=pl.lit("APXMIDP"),
            price_gbp_per_mwh=80.0,
            volume_mwh=900.0,
        ),
        "metered_volumes": _metered(random, periods),
        "contract_volumes": _contracts(random, periods),
    }
    return {
        name: frame.sample(fraction=1.0, shuffle=True, seed=SEED) for name, frame in frames.items()
    }


def _name(number: str = "number") -> pl.Expr:
    return pl.format("T_U{}-1", pl.col(number).cast(pl.String).str.zfill(4))


def _units() -> pl.DataFrame:
    supplies = pl.col("number") >= NOTIFYING
    return pl.DataFrame({"number": range(UNITS)}).select(
        bm_unit=_name(),
        effective_from=date(2020, 1, 1),
        party_id=pl.format("PARTY{}", pl.col("number") % PARTIES),
        trading_unit=pl.when(supplies)
        .then(pl.format("DEFAULT__{}", pl.col("number") % 14))
        .otherwise(pl.format("TU{}", pl.col("number") // 2)),
        unit_type=pl.when(supplies).then(pl.lit("G")).otherwise(pl.lit("T")),
        production_consumption_flag=pl.when(supplies).then(pl.lit("C")).otherwise(pl.lit("P")),
        transmission_loss_factor_per_unit=(pl.col("number") % 14 - 7) * 0.0023,
    )


def _by_period(periods: pl.DataFrame, count: int) -> pl.DataFrame:
    return periods.join(pl.DataFrame({"number": range(count)}), how="cross")


def _notifications(periods: pl.DataFrame, levels: np.ndarray) -> pl.DataFrame:
    level = pl.lit(pl.Series(levels)).gather("number")
    return _by_period(periods, NOTIFYING).select(
        "settlement_date",
        "settlement_period",
        bm_unit=_name(),
        from_at="starts_at",
        from_mw=level,
        to_at="ends_at",
        to_mw=level,
    )


def _pairs(random: np.random.Generator, periods: pl.DataFrame) -> pl.DataFrame:
    base = pl.lit(pl.Series(np.round(random.uniform(40, 120, SUBMITTING), 2))).gather("number")
    pair = pl.col("pair_number")
    return (
        _by_period(periods, SUBMITTING)
        .join(pl.DataFrame({"pair_number": PAIRS}), how="cross")
        .select(
            "settlement_date",
            "settlement_period",
            "pair_number",
            bm_unit=_name(),
            from_at="starts_at",
            from_mw=pair.sign() * WIDTH_MW,
            to_at="ends_at",
            to_mw=pair.sign() * WIDTH_MW,
            offer_price_gbp_per_mwh=base + 15 * pair + 30,
            bid_price_gbp_per_mwh=base + 15 * pair - 30,
        )
    )


def _acceptances(
    random: np.random.Generator, periods: pl.DataFrame, levels: np.ndarray
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One acceptance a unit and period, 25 to 45 minutes long, and a second one on top of some."""
    rows = []
    starts = periods["starts_at"].to_list()
    for unit in range(ACTIVE):
        name, number = f"T_U{unit:04}-1", 0
        for start in starts:
            for _ in range(1 + int(random.random() < 0.35)):
                number += 1
                begins = start + timedelta(minutes=int(random.integers(0, 15)))
                length = int(random.integers(25, 45))
                target = levels[unit] + float(np.round(random.uniform(-110, 110)))
                rows.append((name, number, begins, length, levels[unit], target))
    columns = ["bm_unit", "acceptance_number", "begins", "minutes", "notified", "target"]
    table = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        pl.col("begins").cast(pl.Datetime("us", "UTC"))
    )
    key = ["bm_unit", "acceptance_number"]
    acceptances = table.select(
        *key,
        accepted_at=pl.col("begins") - timedelta(minutes=10),
        so_flag=pl.col("acceptance_number") % 7 == 0,
    )
    spots = (
        ("notified", pl.duration(minutes=0)),
        ("target", pl.duration(minutes=5)),
        ("target", pl.duration(minutes=pl.col("minutes") - 5)),
        ("notified", pl.duration(minutes=pl.col("minutes"))),
    )
    points = pl.concat(
        table.select(*key, at=pl.col("begins") + after, point_order=order, level_mw=level)
        for order, (level, after) in enumerate(spots, start=1)
    )
    return acceptances, points


def _adjustments(random: np.random.Generator, periods: pl.DataFrame) -> pl.DataFrame:
    rows = _by_period(periods, 40)
    size = np.round(random.normal(0, 20, rows.height), 3)
    return rows.select(
        "settlement_date",
        "settlement_period",
        action_id=pl.format("ADJ-{}-{}", "settlement_period", "number"),
        cost_gbp=pl.Series(np.round(size * random.uniform(40, 160, rows.height), 2)),
        volume_mwh=pl.Series(size),
        so_flag=pl.col("number") % 3 == 0,
    )


def _metered(random: np.random.Generator, periods: pl.DataFrame) -> pl.DataFrame:
    rows = _by_period(periods, UNITS)
    given = np.round(random.uniform(0, 40, rows.height), 3)
    taken = np.round(random.uniform(-27, 1, rows.height), 3)
    return rows.with_columns(given=pl.Series(given), taken=pl.Series(taken)).select(
        "settlement_date",
        "settlement_period",
        bm_unit=_name(),
        metered_volume_mwh=pl.when(pl.col("number") < NOTIFYING).then("given").otherwise("taken"),
    )


def _contracts(random: np.random.Generator, periods: pl.DataFrame) -> pl.DataFrame:
    rows = _by_period(periods, PARTIES)
    return rows.select(
        "settlement_date",
        "settlement_period",
        party_id=pl.format("PARTY{}", "number"),
        energy_account=pl.when(pl.col("number") % 2 == 0)
        .then(pl.lit("production"))
        .otherwise(pl.lit("consumption")),
        contract_volume_mwh=pl.Series(np.round(random.normal(0, 40, rows.height), 3)),
    )
