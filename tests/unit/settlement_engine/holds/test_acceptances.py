from datetime import timedelta

import polars as pl

from tests.unit.settlement_engine.holds.held import at, held, is_unit, market, more, where

NEW = {"bm_unit": "T_A-1", "acceptance_number": 2}


def accepted(*points: tuple[int, float], issued: int = 0) -> dict[str, pl.DataFrame]:
    """The market with one acceptance more, of points in minutes and MW."""
    frames = market()
    spots = [
        {**NEW, "at": at(minute), "level_mw": level, "point_order": order}
        for order, (minute, level) in enumerate(points, start=1)
    ]
    numbered = frames["acceptance_points"].with_columns(
        point_order=pl.int_range(1, pl.len() + 1).over("bm_unit")
    )
    return frames | {
        "acceptances": more(
            frames["acceptances"], {**NEW, "accepted_at": at(issued), "so_flag": False}
        ),
        "acceptance_points": more(numbered, *spots),
    }


def test_an_acceptance_without_points_is_held():
    frames = accepted()
    assert held(frames) == [
        (
            "acceptances, row 3, column acceptance_number: Acceptance 2 of T_A-1 has 0 points. "
            "It needs two or more: where it starts and where it ends."
        )
    ]


def test_an_acceptance_of_one_point_is_held():
    [fault] = held(accepted((5, 250.0)))
    assert "Acceptance 2 of T_A-1 has 1 points." in fault


def test_points_without_an_acceptance_are_held():
    frames = market()
    kept = frames["acceptances"].filter(~is_unit())
    assert held(frames | {"acceptances": kept}) == [
        f"acceptance_points, row {row}, column acceptance_number: Acceptance 1 of T_A-1 is not "
        "among the acceptances. Give the acceptance, or take its points out."
        for row in (1, 2)
    ]


def test_a_step_of_two_levels_is_not_held():
    assert held(accepted((5, 250.0), (10, 250.0), (10, 240.0), (20, 240.0))) == []


def test_three_levels_at_one_time_are_held():
    faults = held(accepted((5, 250.0), (10, 250.0), (10, 245.0), (10, 240.0), (20, 240.0)))
    assert len(faults) == 3
    assert faults[0].startswith("acceptance_points, row 6, column at: Acceptance 2 of T_A-1 has 3 ")
    assert faults[0].endswith(
        "A step has two levels at one time: the one before and the one after."
    )


def test_points_that_lead_backwards_are_held():
    [fault] = held(accepted((5, 250.0), (20, 250.0), (10, 240.0)))
    assert fault.startswith("acceptance_points, row 7, column point_order: Acceptance 2 of T_A-1 ")
    assert "goes back to 2026-01-05 00:10" in fault
    assert fault.endswith("Number the points in order of time.")


def test_an_acceptance_outside_its_day_is_held():
    frames = accepted((5, 250.0), (20, 250.0))
    for days, held_for in ((1, False), (2, True), (-2, True)):
        moved = frames["acceptance_points"].with_columns(
            at=pl.when(pl.col("acceptance_number") == 2)
            .then(pl.col("at") + timedelta(days=days))
            .otherwise("at")
        )
        issued = where(
            frames["acceptances"], pl.col("acceptance_number") == 2, accepted_at=at(0)
            + timedelta(days=days),
        )  # fmt: skip
        faults = held(frames | {"acceptance_points": moved, "acceptances": issued})
        assert bool(faults) is held_for, days
        if faults:
            assert faults[0].startswith("acceptances, row 3, column acceptance_number: ")
            assert "outside the dates and their neighbours" in faults[0]
            assert faults[0].endswith("Settle the date it belongs to, or mend its times.")


def test_an_acceptance_issued_after_its_end_is_held():
    [fault] = held(accepted((5, 250.0), (20, 250.0), issued=21))
    assert fault.startswith("acceptances, row 3, column accepted_at: Acceptance 2 of T_A-1 was ")
    assert "after it had ended" in fault
    assert held(accepted((5, 250.0), (20, 250.0), issued=20)) == []


def test_an_acceptance_without_pairs_is_held():
    frames = market()
    lacks = is_unit() & (pl.col("settlement_period") == 2)
    pairs = frames["bid_offer_data"].filter(~lacks)
    assert held(frames | {"bid_offer_data": pairs}) == [
        (
            "bid_offer_data: Acceptance 1 of T_A-1 is in force in 2026-01-05 period 2, for which "
            "the unit submitted no pair. Give the pairs of the unit and period: nothing else says "
            "what the energy is worth."
        )
    ]


def test_acceptances_without_any_pair_in_the_market_are_held():
    frames = market()
    faults = held(frames | {"bid_offer_data": frames["bid_offer_data"].clear()})
    assert faults
    assert all("for which the unit submitted no pair" in fault for fault in faults)


def test_two_versions_of_one_acceptance_are_held():
    frames = market()
    points = frames["acceptance_points"]
    one = points.filter(is_unit(), pl.col("acceptance_number") == points["acceptance_number"].min())
    numbered = one.sort("at").with_columns(point_order=pl.int_range(1, pl.len() + 1))
    other = numbered.with_columns(at=pl.col("at") + timedelta(minutes=1))
    faults = held(frames | {"acceptance_points": pl.concat([numbered, other])})
    assert any("two versions of it" in fault for fault in faults)
