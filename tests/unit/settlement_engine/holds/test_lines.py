import polars as pl
import pytest

from tests.unit.settlement_engine.holds.held import FIRST_UNIT, KEY, at, held, is_unit, market

PRICES = {"offer_price_gbp_per_mwh": 60.0, "bid_price_gbp_per_mwh": 55.0}
OTHERS = ~(is_unit() & (pl.col("settlement_period") == 1))


def notified(*lines: tuple[int, int]) -> dict[str, pl.DataFrame]:
    """The market with other lines of T_A-1 for the first period, in minutes."""
    frames = market()
    kept = frames["physical_notifications"].filter(OTHERS)
    rows = [
        KEY
        | {
            "bm_unit": FIRST_UNIT,
            "from_at": at(start),
            "from_mw": 240.0,
            "to_at": at(end),
            "to_mw": 240.0,
        }
        for start, end in lines
    ]
    return frames | {"physical_notifications": pl.concat([kept, typed(rows, kept)])}


def submitted(*pairs: tuple[int, int, int, float], **prices: float) -> dict[str, pl.DataFrame]:
    """The market with other pairs of T_A-1 for the first period: number, minutes, MW."""
    frames = market()
    kept = frames["bid_offer_data"].filter(OTHERS)
    rows = [
        KEY
        | PRICES
        | prices
        | {
            "bm_unit": FIRST_UNIT,
            "pair_number": pair,
            "from_at": at(start),
            "from_mw": width,
            "to_at": at(end),
            "to_mw": width,
        }
        for pair, start, end, width in pairs
    ]
    return frames | {"bid_offer_data": pl.concat([kept, typed(rows, kept)])}


def typed(rows: list[dict], like: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(rows, schema_overrides=dict(like.schema)).select(like.columns)


def row_of(frames: dict[str, pl.DataFrame], name: str, back: int = 1) -> int:
    """The row of the last line, or of one before it, as a person counts."""
    return frames[name].height - back + 1


def test_lines_that_follow_each_other_and_reach_beyond_the_period_are_not_held():
    assert held(notified((0, 10), (10, 30))) == []
    assert held(notified((0, 45))) == []


@pytest.mark.parametrize("second", [12, 8], ids=["a gap", "an overlap"])
def test_lines_that_leave_a_gap_or_overlap_are_held(second):
    frames = notified((0, 10), (second, 30))
    [fault] = held(frames)
    row = row_of(frames, "physical_notifications")
    assert fault.startswith(
        f"physical_notifications, row {row}, column from_at: A line of T_A-1 starts at "
    )
    assert fault.endswith("Lines must follow each other without a gap or an overlap.")


@pytest.mark.parametrize("line", [(5, 30), (0, 25)])
def test_a_notification_that_does_not_cover_its_period_is_held(line):
    assert held(notified(line)) == [
        (
            "physical_notifications: T_A-1 does not cover all of 2026-01-05 period 1. "
            "Its lines must reach from the start of the period to the end."
        )
    ]


def test_a_line_that_leads_backwards_is_held():
    frames = notified((0, 30), (30, 20))
    [fault] = held(frames)
    row = row_of(frames, "physical_notifications")
    assert fault.startswith(
        f"physical_notifications, row {row}, column to_at: A line of T_A-1 ends at "
    )
    assert fault.endswith("A step is two lines: one ends where the next begins.")


def test_pairs_of_the_same_times_are_not_held():
    pairs = [(pair, *times, 12.0) for pair in (1, 2) for times in ((0, 10), (10, 30))]
    assert held(submitted(*pairs)) == []


@pytest.mark.parametrize(("pair", "width"), [(1, -12.0), (-1, 12.0), (0, 12.0)])
def test_a_width_of_the_wrong_sign_is_held(pair, width):
    frames = submitted((2, 0, 30, 12.0), (pair, 0, 30, width))
    row = row_of(frames, "bid_offer_data")
    assert held(frames) == [
        (
            f"bid_offer_data, row {row}, column from_mw: Pair {pair} of T_A-1 has a width of the "
            "wrong sign. Widths are above zero for pairs above zero, below for those below; no "
            "pair is 0."
        )
    ]


def test_a_pair_with_a_gap_is_held():
    frames = submitted((1, 0, 10, 12.0), (1, 12, 30, 12.0))
    [fault] = held(frames)
    row = row_of(frames, "bid_offer_data")
    assert fault.startswith(f"bid_offer_data, row {row}, column from_at: A line of T_A-1 starts at")


def test_a_pair_that_does_not_cover_its_period_is_held():
    assert held(submitted((1, 0, 20, 12.0))) == [
        (
            "bid_offer_data: T_A-1 does not cover all of 2026-01-05 period 1. "
            "Its lines must reach from the start of the period to the end."
        )
    ]


def test_pairs_of_unlike_times_are_held():
    frames = submitted((1, 0, 30, 12.0), (2, 0, 10, 12.0), (2, 10, 30, 12.0))
    last = row_of(frames, "bid_offer_data")
    assert held(frames) == [
        f"bid_offer_data, row {row}, column from_at: The pairs of T_A-1 have unlike spot times in "
        "2026-01-05 period 1. Give every pair of the unit the same times."
        for row in (last - 2, last - 1, last)
    ]


def test_a_pair_of_two_prices_is_held():
    one = submitted((1, 0, 10, 12.0), (1, 10, 30, 12.0))
    cheap = pl.col("from_at") == at(10)
    price = pl.when(OTHERS | ~cheap).then("offer_price_gbp_per_mwh").otherwise(99.0)
    pairs = one["bid_offer_data"].with_columns(offer_price_gbp_per_mwh=price)
    faults = held(one | {"bid_offer_data": pairs})
    assert len(faults) == 2
    row = row_of(one, "bid_offer_data", back=2)
    assert faults[0] == (
        f"bid_offer_data, row {row}, column offer_price_gbp_per_mwh: Pair 1 of T_A-1 has two "
        "prices in 2026-01-05 period 1. Give one offer price and one bid price for the period."
    )
