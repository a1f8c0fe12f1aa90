import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.datasets import PUBLISHED_AT
from state.domain.demo_market.market import demo_market
from state.domain.demo_market.schemas import NOTHING_HAPPENED, SCHEMAS

ROOT = Path(__file__).parents[5]
SOMETIMES = {"applicable_balancing_services_volumes", *NOTHING_HAPPENED}
TWO_DAYS = {"since": date(2026, 10, 24), "until": date(2026, 10, 25)}


def _digests(frames: dict[str, pl.DataFrame]) -> dict[str, str]:
    found = {}
    for name, frame in frames.items():
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        found[name] = hashlib.sha256(buffer.getvalue()).hexdigest()
    return found


def test_every_frame_has_its_shape(frames):
    assert set(frames) == set(SCHEMAS)
    for name, frame in frames.items():
        assert dict(frame.schema) == SCHEMAS[name], name
        assert frame.is_empty() == (name in NOTHING_HAPPENED), name


def test_the_same_seed_gives_the_same_bytes(market, frames):
    again = demo_market(market.seed, market.until, weeks=1)
    assert again == market
    assert _digests(again.frames()) == _digests(frames)


def test_one_thread_gives_the_same_bytes_as_many(market):
    program = (
        "import sys; sys.path.insert(0, 'tests/unit/state/domain/demo_market')\n"
        "from test_market import TWO_DAYS, _digests, demo_market\n"
        "import datetime\n"
        "market = demo_market(7, datetime.date(2026, 10, 27), weeks=1)\n"
        "print(sorted(_digests(market.frames(**TWO_DAYS)).items()))\n"
    )
    alone = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert alone.stdout.strip() == str(sorted(_digests(market.frames(**TWO_DAYS)).items()))


def test_another_seed_gives_other_bytes(market):
    other = demo_market(market.seed + 1, market.until, weeks=1)
    ours, theirs = (_digests(m.frames(**TWO_DAYS)) for m in (market, other))
    same = {name for name in ours if ours[name] == theirs[name]}
    # The clock alone decides the windows, and notices of reallocation are the same every period.
    assert same == {"stor_windows", "metered_volume_reallocations", *NOTHING_HAPPENED}


def test_a_day_is_the_same_whatever_range_it_is_made_in(market, frames):
    alone = market.frames(since=TWO_DAYS["until"], until=TWO_DAYS["until"])
    for name, frame in frames.items():
        if "settlement_date" in frame.columns:
            in_week = frame.filter(pl.col("settlement_date") == TWO_DAYS["until"])
            assert alone[name].equals(in_week), name


def test_an_acceptance_over_midnight_is_in_the_frames_of_both_days(market):
    keys = ["bm_unit", "acceptance_number"]
    days = [market.frames(since=day, until=day) for day in TWO_DAYS.values()]
    both = market.frames(**TWO_DAYS)
    one, other = (day["acceptances"] for day in days)
    over = one.join(other, on=keys, how="semi")
    assert over.height > 0
    assert pl.concat([one, other]).unique().sort(keys).equals(both["acceptances"].sort(keys))
    points = [
        frames["acceptance_points"].join(over, on=keys, how="semi").sort(*keys, "point_order")
        for frames in (*days, both)
    ]
    assert points[0].equals(points[1])
    assert points[0].equals(points[2])
    assert points[0].select(keys).unique().height == over.height


@pytest.mark.parametrize(("day", "count"), [(date(2026, 10, 25), 50), (date(2026, 3, 29), 46)])
def test_a_clock_change_day_has_its_own_count_of_periods(day, count):
    frames = demo_market(3, day).frames(since=day, until=day)
    for name, frame in frames.items():
        if "settlement_period" in frame.columns and name not in SOMETIMES:
            periods = frame["settlement_period"].unique().sort().to_list()
            assert periods == list(range(1, count + 1)), name
    assert frames["generation_by_fuel"].height == 20 * 6 * count


def test_four_weeks_end_with_the_day_named():
    market = demo_market(1, date(2026, 11, 20))
    assert (market.since, market.until) == (date(2026, 10, 24), date(2026, 11, 20))


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2026, 3, 29)])
def test_a_clock_change_day_alone_can_be_settled_to_the_last_charge(day):
    """Nothing given contradicts itself, nothing is lacking, and the money comes out even."""
    frames = demo_market(3, day).frames(since=day, until=day)
    given = {
        name: frames[name].drop(PUBLISHED_AT, strict=False)
        for name in TRADING_CHARGES.given
        if not frames[name].is_empty()
    }
    settled = TRADING_CHARGES.settle(given, since=day, until=day)
    assert not settled.lacking
    accounts = settled.decimals("energy_imbalance_volume")
    assert accounts["contract_volume_mwh"].sum() == pytest.approx(0, abs=1e-6)
    balance = settled.decimals("settlement_balance")
    assert balance["rounding_remainder_gbp"].abs().max() < 0.01
    leads = frames["bm_unit_registrations"]
    secondary = leads.filter(pl.col("unit_type") == "V")["party_id"].unique()
    flexible = accounts.filter(pl.col("party_id").is_in(secondary.implode()))
    assert flexible["energy_imbalance_volume_mwh"].abs().max() < 2
