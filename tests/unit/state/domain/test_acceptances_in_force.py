from datetime import UTC, datetime, timedelta

import polars as pl

from state.domain.acceptances_in_force import in_force

MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
NEXT = MIDNIGHT + timedelta(days=1)


def at(minutes: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minutes)


def reaching(*spans: tuple[str, int, int, int]) -> tuple[list[int], int]:
    """Numbers of the acceptances in force on the day, and how many points come with them."""
    acceptances = pl.DataFrame(
        [(unit, number) for unit, number, _, _ in spans],
        schema=["bm_unit", "acceptance_number"],
        orient="row",
    )
    points = pl.DataFrame(
        [(unit, number, at(end)) for unit, number, *ends in spans for end in ends],
        schema={
            "bm_unit": pl.String,
            "acceptance_number": pl.Int64,
            "at": pl.Datetime("us", "UTC"),
        },
        orient="row",
    )
    stray = points.head(1).with_columns(acceptance_number=pl.lit(99, pl.Int64))
    kept, whole = in_force(acceptances, pl.concat([points, stray]), from_at=MIDNIGHT, until_at=NEXT)
    return kept["acceptance_number"].to_list(), whole.height


def test_one_that_reaches_over_midnight_comes_with_all_its_points() -> None:
    assert reaching(("A", 1, -20, 5), ("A", 2, 24 * 60 - 5, 24 * 60 + 20)) == ([1, 2], 4)


def test_what_is_over_at_midnight_or_begins_at_the_next_does_not() -> None:
    assert reaching(("A", 1, -20, 0), ("A", 2, 24 * 60, 24 * 60 + 20)) == ([], 0)


def test_a_run_that_reaches_in_comes_whole_and_only_that_run() -> None:
    spans = (("A", 1, -90, -60), ("A", 2, -40, -20), ("A", 3, -20, 10), ("B", 4, -40, -20))
    assert reaching(*spans) == ([2, 3], 4)


def test_a_short_acceptance_within_a_long_one_does_not_break_the_run() -> None:
    assert reaching(("A", 1, -60, 30), ("A", 2, -50, -40), ("A", 3, -35, -30)) == ([1, 2, 3], 6)


def test_of_nothing_nothing_is_in_force() -> None:
    assert reaching(("A", 1, -90, -60)) == ([], 0)
