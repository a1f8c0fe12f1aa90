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


def test_every_acceptance_leaves_its_notification_and_comes_back_to_it(week):
    """Or it goes on from the acceptance it touches. Levels are whole MW, as they are published."""
    points = away(week)
    ends = points.filter(pl.col("first") | pl.col("last"))
    apart = ends.filter(pl.col("away_mw").abs() >= 1)
    assert ends.height > 10_000
    assert 0 < apart.height < 0.1 * ends.height
    touching = ["bm_unit", "at", "level_mw"]
    for here, there in (("first", "last"), ("last", "first")):
        own, other = apart.filter(here), points.filter(there).select(*touching)
        assert own.join(other, on=touching, how="anti").is_empty()


def test_every_level_is_within_the_pairs_that_were_submitted_for_its_period(week):
    width, number = pl.col("from_mw"), pl.col("pair_number")
    reach = (
        week["bid_offer_data"]
        .group_by("bm_unit", "from_at")
        .agg(up=width.filter(number > 0).sum(), down=width.filter(number < 0).sum())
    )
    points = away(week)
    both = points.join(reach, on=["bm_unit", "from_at"], how="inner")
    assert both.height == points.height
    assert both.filter(~pl.col("away_mw").is_between("down", "up")).is_empty()


def test_what_is_accepted_in_a_pair_is_no_more_than_the_pair(week):
    keys = ["settlement_date", "settlement_period", "bm_unit", "pair_number"]
    accepted = (
        week["balancing_actions"]
        .drop_nulls("bm_unit")
        .group_by(keys)
        .agg(pl.col("volume_mwh").sum())
    )
    both = accepted.join(week["bid_offer_data"], on=keys, how="left")
    assert both["from_mw"].null_count() == 0
    assert both.filter(
        (pl.col("volume_mwh") / pl.col("from_mw") < 0)
        | (pl.col("volume_mwh").abs() > pl.col("from_mw").abs() / 2 + 1e-9)
    ).is_empty()


def away(week) -> pl.DataFrame:
    """Points inside the week, and how far each is from its unit's notification."""
    lines = week["physical_notifications"].select(
        "bm_unit", "from_at", notified_from="from_mw", notified_to="to_mw"
    )
    points = week["acceptance_points"].with_columns(
        from_at=pl.col("at").dt.truncate("30m"),
        first=pl.col("point_order") == 1,
        last=pl.col("point_order") == pl.len().over(KEYS),
    )
    inside = points.filter(
        pl.col("from_at").is_between(lines["from_at"].min(), lines["from_at"].max())
    )
    found = inside.join(lines, on=["bm_unit", "from_at"], how="inner")
    assert found.height == inside.height  # each is notified for
    way = (pl.col("at") - pl.col("from_at")).dt.total_minutes() / 30
    notified = pl.col("notified_from") * (1 - way) + pl.col("notified_to") * way
    return found.with_columns(away_mw=pl.col("level_mw") - notified)


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
