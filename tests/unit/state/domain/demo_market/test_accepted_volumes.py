"""The closed form against the Code's own words: clamp to each band, minute by minute (T3.4, T3.5).

The integration here knows nothing of how the demo market makes its moves. It reads the published
frames alone, finds every crossing of a band's edge, and applies the trapezium rule between.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest

DAYS = (date(2026, 10, 24), date(2026, 10, 25))
SAMPLE = 24
_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def sample(market) -> list[str]:
    """Units of every kind that makes bids and offers."""
    units = [unit for unit in market.bm_units if unit.unit_type in {"T", "E", "V"}]
    return [unit.bm_unit for unit in units][:: len(units) // SAMPLE]


def test_actions_agree_with_a_fine_integration_of_the_frames(frames, sample):
    days = {name: _of_days(frame, sample) for name, frame in frames.items() if _has_units(frame)}
    expected = _integrated(
        days, frames["acceptance_points"].filter(pl.col("bm_unit").is_in(sample))
    )
    got = {
        row[:5]: row[5]
        for row in days["balancing_actions"]
        .select(
            "settlement_date", "settlement_period", "bm_unit",
            "acceptance_number", "pair_number", "volume_mwh",
        )
        .iter_rows()
    }  # fmt: skip
    assert len(got) > 400
    assert {key[4] for key in got} == {-2, -1, 1, 2}
    assert set(got) == set(expected)
    assert max(abs(got[key] - expected[key]) for key in got) < 1e-9


def _has_units(frame: pl.DataFrame) -> bool:
    return {"settlement_date", "bm_unit"} <= set(frame.columns)


def _of_days(frame: pl.DataFrame, units: list[str]) -> pl.DataFrame:
    return frame.filter(pl.col("settlement_date").is_in(DAYS) & pl.col("bm_unit").is_in(units))


def _integrated(days: dict[str, pl.DataFrame], points: pl.DataFrame) -> dict[tuple, float]:
    """Volume by period, unit, acceptance and pair, without the rows that come to nothing."""
    lines = defaultdict(list)
    for row in days["physical_notifications"].iter_rows(named=True):
        lines[row["bm_unit"]].append(row)
    bands = _bands(days["bid_offer_data"])
    volumes: dict[tuple, float] = defaultdict(float)
    for (unit, number), group in points.sort("point_order").group_by(
        "bm_unit", "acceptance_number", maintain_order=True
    ):
        profile = list(group.select("at", "level_mw").iter_rows())
        for line in lines[unit]:
            period = (line["settlement_date"], line["settlement_period"])
            for pair, lower, upper in bands[(*period, unit)]:
                key = (*period, unit, number, pair)
                volumes[key] += _volume(profile, line, lower, upper)
    return {key: volume for key, volume in volumes.items() if abs(volume) > 1e-10}


def _bands(pairs: pl.DataFrame) -> dict[tuple, list[tuple[int, float, float]]]:
    """Each pair's edges as distances from the notification; widths add up, outwards."""
    found: dict[tuple, list[tuple[int, float, float]]] = defaultdict(list)
    for sign in (1, -1):
        edge: dict[tuple, float] = defaultdict(float)
        side = pairs.filter(pl.col("pair_number") * sign > 0).sort(pl.col("pair_number").abs())
        for row in side.iter_rows(named=True):
            key = (row["settlement_date"], row["settlement_period"], row["bm_unit"])
            inner, outer = edge[key], edge[key] + row["from_mw"]
            found[key].append((row["pair_number"], min(inner, outer), max(inner, outer)))
            edge[key] = outer
    return found


def _volume(profile: list[tuple], line: dict, lower: float, upper: float) -> float:
    """Clamp the acceptance and the notification to the band and integrate the difference."""
    total = 0.0
    for (start, _), (end, _) in pairwise(profile):
        first, last = max(start, line["from_at"]), min(end, line["to_at"])
        if first >= last:
            continue
        whole_minutes = int((last - first) / timedelta(minutes=1))
        minutes = [first + timedelta(minutes=minute) for minute in range(whole_minutes + 1)]
        for one, other in pairwise(minutes):
            away = [_level(profile, at) - _notified(line, at) for at in (one, other)]
            total += _trapezia(away, lower, upper) * ((other - one) / _HOUR)
    return total


def _trapezia(away: list[float], lower: float, upper: float) -> float:
    """Mean of the clamped line, cut at each crossing of zero and of the band's edges."""
    start, end = away
    cuts = {0.0, 1.0}
    if start != end:
        crossings = ((edge - start) / (end - start) for edge in (lower, upper, 0.0))
        cuts |= {cut for cut in crossings if 0 < cut < 1}
    values = [
        (cut, min(max(start + (end - start) * cut, lower), upper) - min(max(0.0, lower), upper))
        for cut in sorted(cuts)
    ]
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(values))


def _level(profile: list[tuple], at: datetime) -> float:
    for (start, low), (end, high) in pairwise(profile):
        if start <= at <= end:
            return low + (high - low) * ((at - start) / (end - start))
    raise AssertionError(at)


def _notified(line: dict, at: datetime) -> float:
    way = (at - line["from_at"]) / (line["to_at"] - line["from_at"])
    return line["from_mw"] + (line["to_mw"] - line["from_mw"]) * way
