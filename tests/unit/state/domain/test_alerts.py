from datetime import UTC, datetime, timedelta

import pytest

from state.domain.alerts import (
    LINE,
    SERIES,
    SIDE,
    AlertKind,
    Crossing,
    crossings,
    found_anew,
    read_line,
    value_refusals,
    watched_series,
)
from state.domain.series import UnknownSeriesError

START = datetime(2026, 11, 22, tzinfo=UTC)
PRICE = "system_prices.system_buy_price_gbp_per_mwh"


def at(n: int) -> datetime:
    return START + timedelta(minutes=30 * n)


def seen(*values: float | None, kind: AlertKind = AlertKind.ABOVE) -> tuple[Crossing, ...]:
    return crossings([(at(n), value) for n, value in enumerate(values)], 200.0, kind)


def test_a_stretch_beyond_the_line_is_one_crossing_with_its_furthest_value() -> None:
    assert seen(100, 210, 250, 220, 90, 201) == (
        Crossing(at(1), at(3), 250),
        Crossing(at(5), at(5), 201),
    )
    assert seen(300, 150, 90, 210, kind=AlertKind.BELOW) == (Crossing(at(1), at(2), 90),)


def test_on_the_line_is_not_beyond_it_and_what_has_no_value_breaks_nothing() -> None:
    assert seen(200, 200) == ()
    assert seen(210, None, float("nan"), 220) == (Crossing(at(0), at(3), 220),)


@pytest.mark.parametrize(
    ("known", "now", "new", "grown"),
    [
        ((100, 210), (100, 210), 0, 0),  # published again
        ((100, 210), (100, 210, 215), 0, 1),  # it goes on
        ((100, 210), (100, 230), 0, 1),  # revised further
        ((100, 210), (100, 150), 0, 0),  # taken back
        ((210, None, 210), (210, 150, 210), 0, 0),  # a late value splits what was told
        ((100, 210, 150), (100, 210, 150, 220), 1, 0),  # it fell back and crosses again
        ((100, 150, 150), (100, 210, 150), 1, 0),  # a revision of what lies behind
        ((150, 210), (220, 210), 0, 1),  # a revision before it: one crossing now
    ],
)
def test_what_touches_a_known_crossing_is_the_same(known, now, new, grown) -> None:
    found = found_anew(seen(*now), seen(*known))
    assert (len(found.new), len(found.grown)) == (new, grown)


def test_a_known_crossing_keeps_its_first_moment() -> None:
    found = found_anew(seen(220, 210, 230), seen(100, 210))
    assert found.grown == (Crossing(at(1), at(2), 230),)


def test_what_is_typed_is_read_as_a_number_or_not_at_all() -> None:
    assert [read_line(text) for text in (" 1,200.5 ", "−40", "£80", "", "nan", "inf", "x")] == [
        1200.5, -40.0, 80.0, None, None, None, None,
    ]  # fmt: skip


def test_every_reason_is_told_at_once() -> None:
    reasons = value_refusals("", "sideways", "many")
    assert [one.field for one in reasons] == [SERIES, SIDE, LINE]
    assert value_refusals(PRICE, "above", "200") == ()
    assert value_refusals(PRICE, "above", "1e9")[0].reason == (
        "Values lie between -99999 and 99999 GBP/MWh"
    )


@pytest.mark.parametrize(
    "name",
    [
        "generation_by_fuel.generation_mw",  # which fuel?
        f"{PRICE}~2026-11-22T00:00Z",
        "metered_volumes.metered_volume_mwh",  # confidential
        "x" * 5000,
        "",
    ],
)
def test_only_one_public_line_as_it_is_known_can_be_watched(name: str) -> None:
    with pytest.raises(UnknownSeriesError):
        watched_series(name)
