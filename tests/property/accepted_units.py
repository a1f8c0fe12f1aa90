"""Random notifications, pairs and acceptances of a unit, and the frames made of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import polars as pl
from hypothesis import strategies as st

from settlement_engine.periods import period_start, settlement_period_of
from tests.property.accepted_volume_reference import Acceptance, Line, Period

DAY = datetime(2026, 1, 15, tzinfo=UTC).date()
FIRST = 21
BEGINS = period_start(DAY, FIRST)
HALF_HOUR = 1800
UNIT = "T_A-1"

levels = st.integers(-200, 200).map(lambda tenths: 10 * tenths) | st.integers(-2_000, 2_000)


@dataclass(frozen=True)
class Unit:
    """A unit in two half-hours; seconds count from the start of the first."""

    periods: tuple[Period, ...]
    acceptances: tuple[Acceptance, ...]


@st.composite
def units(draw):
    periods = tuple(draw(_period(number * HALF_HOUR)) for number in range(2))
    numbers = draw(st.permutations(range(10, 70, 10)))
    acceptances = tuple(draw(_acceptance(number)) for number in numbers[: draw(st.integers(1, 6))])
    return Unit(periods, acceptances)


@st.composite
def _period(draw, start):
    """Lines of the notification over the period, and up to three pairs of each sign."""
    inner = sorted({0, HALF_HOUR, *draw(st.lists(_minutes(1, 29), max_size=2))})
    times = [start + time for time in inner]
    notified = [Line(begin, end, draw(levels), draw(levels)) for begin, end in pairwise(times)]
    steps = sorted({0, HALF_HOUR, *draw(st.lists(_minutes(1, 29), max_size=1))})
    pairs = {}
    chosen = draw(st.sets(st.sampled_from([-3, -2, -1, 1, 2, 3]), min_size=1))
    for pair in sorted(chosen):
        sign = 1 if pair > 0 else -1
        pairs[pair] = tuple(
            Line(start + begin, start + end, sign * draw(_widths), sign * draw(_widths))
            for begin, end in pairwise(steps)
        )
    return Period(start, start + HALF_HOUR, tuple(notified), pairs)


_widths = st.integers(0, 1_000)


def _minutes(low, high):
    return st.integers(low, high).map(lambda minute: 60 * minute)


@st.composite
def _acceptance(draw, number):
    """Two to five times, a step at some of them; it may begin before and end after the periods."""
    grid = st.integers(-10, 70).map(lambda minute: 60 * minute) | st.integers(-600, 4_200)
    times = sorted(draw(st.sets(grid, min_size=2, max_size=5)))
    points = []
    for time in times:
        points += [(time, draw(levels))]
        if draw(st.sampled_from([False, False, True])):
            points += [(time, draw(levels))]
    issued = draw(st.sampled_from([-1_200, -900, -900, -700]))
    return Acceptance(number, issued, tuple(points))


def frames_of(unit):
    """The four frames as a person would give them."""
    acceptances = unit.acceptances
    spots = [
        (a.number, _moment(at), order, level / 10)
        for a in acceptances
        for order, (at, level) in enumerate(a.points, start=1)
    ]
    lines = [_line(period, line) for period in unit.periods for line in period.notified]
    widths = [
        (*_line(period, line), pair, 10.0, 5.0)
        for period in unit.periods
        for pair, parts in period.pairs.items()
        for line in parts
    ]
    columns = [
        "settlement_date", "settlement_period", "bm_unit", "from_at", "from_mw", "to_at", "to_mw"
    ]  # fmt: skip
    prices = ["pair_number", "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh"]
    return {
        "physical_notifications": pl.DataFrame(lines, schema=columns, orient="row"),
        "bid_offer_data": pl.DataFrame(widths, schema=[*columns, *prices], orient="row"),
        "acceptances": pl.DataFrame(
            {
                "bm_unit": [UNIT] * len(acceptances),
                "acceptance_number": [a.number for a in acceptances],
                "accepted_at": [_moment(a.issued) for a in acceptances],
            }
        ),
        "acceptance_points": pl.DataFrame(
            spots, schema=["acceptance_number", "at", "point_order", "level_mw"], orient="row"
        ).with_columns(bm_unit=pl.lit(UNIT)),
    }


def _line(period, line):
    settlement_date, number = settlement_period_of(_moment(period.start))
    return (
        settlement_date, number, UNIT, _moment(line.start), line.low / 10, _moment(line.end),
        line.high / 10,
    )  # fmt: skip


def _moment(seconds):
    return BEGINS + timedelta(seconds=seconds)
