from datetime import timedelta

import polars as pl
import pytest

from state.domain.demo_market.acceptances import CADL_MINUTES

KEYS = ["bm_unit", "acceptance_number"]


@pytest.fixture(scope="module")
def told(frames) -> pl.DataFrame:
    """Each acceptance with the times of its first and last point."""
    ends = (
        frames["acceptance_points"]
        .group_by(KEYS)
        .agg(starts=pl.col("at").min(), ends=pl.col("at").max())
    )
    return frames["acceptances"].join(ends, on=KEYS, how="left").sort(*KEYS)


def test_every_acceptance_has_points_and_every_point_an_acceptance(frames, told):
    assert told.select(KEYS).is_unique().all()
    assert told["starts"].null_count() == 0
    assert frames["acceptance_points"].join(told, on=KEYS, how="anti").is_empty()


def test_points_run_forward_in_whole_megawatts(frames):
    points = frames["acceptance_points"]
    steps = points.select(step=pl.col("at").diff().over(KEYS, order_by="point_order"))
    assert steps["step"].drop_nulls().min() > timedelta(0)
    assert (points["level_mw"] % 1 == 0).all()
    assert points.filter(pl.col("point_order") == 1).height == points.select(KEYS).n_unique()


def test_acceptances_are_told_before_they_start_and_numbered_in_that_order(told):
    assert (told["accepted_at"] < told["starts"]).all()
    order = told.select(
        step=pl.col("accepted_at").diff().over("bm_unit", order_by="acceptance_number")
    )
    assert order["step"].drop_nulls().min() > timedelta(0)


def test_acceptances_of_a_unit_never_overlap_but_some_touch(told):
    gap = told.select(
        gap=pl.col("starts") - pl.col("ends").shift(1).over("bm_unit", order_by="starts")
    )
    assert gap["gap"].drop_nulls().min() == timedelta(0)
    assert (gap["gap"].drop_nulls() == timedelta(0)).sum() > 50


def test_some_reach_over_a_half_hour_and_some_over_midnight(told):
    halves = told.filter(
        pl.col("starts").dt.truncate("30m")
        < (pl.col("ends") - timedelta(minutes=1)).dt.truncate("30m")
    )
    assert halves.height > 200
    days = told.select(pl.col("starts", "ends").dt.convert_time_zone("Europe/London").dt.date())
    assert days.filter(pl.col("starts") != pl.col("ends")).height > 20


def test_the_flag_of_short_episodes_follows_from_the_points_alone(frames, told):
    """The rule of settlement.md 4.2, as a loop: whole episodes are flagged, not acceptances."""
    flags = dict(
        frames["balancing_actions"]
        .drop_nulls("acceptance_number")
        .select(key=pl.struct(KEYS), flag="cadl_flag")
        .with_columns(key=pl.format("{}/{}", *(pl.col("key").struct.field(k) for k in KEYS)))
        .unique()
        .iter_rows()
    )
    seen = {True: 0, False: 0}
    for (unit,), group in told.sort("bm_unit", "starts").group_by("bm_unit", maintain_order=True):
        for episode in _episodes(
            list(group.select("acceptance_number", "starts", "ends").iter_rows())
        ):
            length = max(ends for _, _, ends in episode) - min(starts for _, starts, _ in episode)
            for number, _, _ in episode:
                if f"{unit}/{number}" in flags:
                    short = length < timedelta(minutes=CADL_MINUTES)
                    assert flags[f"{unit}/{number}"] is short
                    seen[short] += 1
    assert min(seen.values()) > 100


def _episodes(rows: list[tuple]) -> list[list[tuple]]:
    found: list[list[tuple]] = []
    for row in rows:
        if found and row[1] <= max(ends for _, _, ends in found[-1]):
            found[-1].append(row)
        else:
            found.append([row])
    return found
