"""Accepted Volume: the energy an acceptance moved within each bid-offer pair."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, AcceptancePairPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.accepted_level import AcceptedLevel
from settlement_engine.saa.volumes.bid_offer_range import BidOfferRange
from settlement_engine.saa.volumes.lines import area_above_zero, counted, energy, hours, megawatts

_BEFORE = (pl.col("before_from_mw"), pl.col("before_to_mw"))
_LEVEL = (pl.col("level_from_mw"), pl.col("level_to_mw"))
_ALL_LEVELS = (*_BEFORE, *_LEVEL)
_SIDES = (pl.col("pair_number") > 0, pl.col("pair_number") < 0)
_NO = pl.lit(value=False)


class AcceptedVolume(AcceptancePairPeriod):
    """One row for each pair in which the acceptance moved the unit, up or down or both."""

    accepted_offer_volume_mwh = frames.volume("QAO^kn_ij", says="Moved up; never negative")
    accepted_bid_volume_mwh = frames.volume("QAB^kn_ij", says="Moved down; never positive")


def area_between_the_levels(
    accepted_level: dy.LazyFrame[AcceptedLevel],
    bid_offer_range: dy.LazyFrame[BidOfferRange],
    beyond_outermost_pair: str,
) -> dy.LazyFrame[AcceptedVolume]:
    """qABO^kn(t) = clamp(qA^k, BOLR^n, BOUR^n) - clamp(qA^(k-1), BOLR^n, BOUR^n).

    QAO^kn and QAB^kn are the integrals of its positive and negative parts. Both levels and both
    ends of the pair are straight lines on a stretch that is cut where the two levels cross, so
    each integral is worked out whole: nothing is sampled. An offer taken back is a bid on a
    positive pair.
    """
    moved = energy_within_pair()
    return (
        accepted_level.pipe(_cut_where_levels_cross)
        .pipe(_within_pairs, bid_offer_range, extend=beyond_outermost_pair == "extend")
        .with_columns(moved=moved)
        .with_columns(
            up=pl.col("moved").clip(lower_bound=0), down=pl.col("moved").clip(upper_bound=0)
        )
        .group_by(*BM_UNIT_PERIOD, "acceptance_number", "pair_number")
        .agg(
            accepted_offer_volume_mwh=pl.col("up").sum(),
            accepted_bid_volume_mwh=pl.col("down").sum(),
        )
        .with_columns(counted("accepted_offer_volume_mwh"), counted("accepted_bid_volume_mwh"))
        .filter(
            (pl.col("accepted_offer_volume_mwh") != 0) | (pl.col("accepted_bid_volume_mwh") != 0)
        )
        .pipe(AcceptedVolume.cast)
    )


def energy_within_pair() -> pl.Expr:
    """Energy between the two levels within the pair, in counts of 1e-12 MWh.

    clamp(x, low, high) = low + max(x - low, 0) - max(x - high, 0), of which the first term is the
    same for both levels.
    """

    def part(level: tuple[pl.Expr, pl.Expr], end: str) -> pl.Expr:
        return area_above_zero(
            level[0] - pl.col(f"{end}_from_mw"), level[1] - pl.col(f"{end}_to_mw")
        )

    mean = (
        part(_LEVEL, "lower")
        - part(_LEVEL, "upper")
        - part(_BEFORE, "lower")
        + part(_BEFORE, "upper")
    )
    return energy(mean, mean, pl.col("hours"))


def _cut_where_levels_cross(stretches: pl.LazyFrame) -> pl.LazyFrame:
    """Each stretch, or its two parts where one level crosses the other; parts are shares of it.

    A stretch on which the acceptance asks for the level that was in force moves nothing.
    """
    ahead, behind = _LEVEL[0] - _BEFORE[0], _LEVEL[1] - _BEFORE[1]
    base = (
        stretches.filter((ahead != 0) | (behind != 0))
        .with_columns(
            hours=hours(pl.col("starts_at"), pl.col("ends_at")),
            crossing=pl.when(ahead * behind < 0).then(ahead / (ahead - behind)),
        )
        .cache()
    )
    first = base.pipe(_part, pl.lit(0.0), pl.col("crossing").fill_null(1.0))
    second = base.drop_nulls("crossing").pipe(_part, pl.col("crossing"), pl.lit(1.0))
    return pl.concat([first, second])


def _part(stretches: pl.LazyFrame, start: pl.Expr, end: pl.Expr) -> pl.LazyFrame:
    """The part of each stretch from one share of its length to another."""

    def at(line: tuple[pl.Expr, pl.Expr], share: pl.Expr) -> pl.Expr:
        return pl.when(share == 1).then(line[1]).otherwise(line[0] + (line[1] - line[0]) * share)

    def ends(line: tuple[pl.Expr, pl.Expr], name: str) -> dict[str, pl.Expr]:
        return {f"{name}_from_mw": at(line, start), f"{name}_to_mw": at(line, end)}

    return stretches.with_columns(
        part_from=start,
        part_to=end,
        part_hours=pl.col("hours") * (end - start),
        **ends(_BEFORE, "before"),
        **ends(_LEVEL, "level"),
    )


def _within_pairs(
    parts: pl.LazyFrame, bid_offer_range: pl.LazyFrame, *, extend: bool
) -> pl.LazyFrame:
    """Each part with each pair it moves through, and the ends of the pair on that part."""
    ends = [f"{end}_{at}_mw" for end in ("lower", "upper") for at in ("from", "to")]
    pairs = bid_offer_range.with_columns(megawatts(name) for name in ends)
    start = hours(pl.col("from_at"), pl.col("starts_at"))
    whole = hours(pl.col("from_at"), pl.col("to_at"))

    def at(end: str, share: str) -> pl.Expr:
        low, high = pl.col(f"{end}_from_mw"), pl.col(f"{end}_to_mw")
        return low + (high - low) * ((start + pl.col(share) * pl.col("hours")) / whole)

    on_the_part = parts.pipe(_touching, pairs, extend=extend).with_columns(
        **{f"{end}_from_mw": at(end, "part_from") for end in ("lower", "upper")},
        **{f"{end}_to_mw": at(end, "part_to") for end in ("lower", "upper")},
        hours=pl.col("part_hours"),
    )
    return on_the_part.pipe(_extended) if extend else on_the_part


def _touching(parts: pl.LazyFrame, pairs: pl.LazyFrame, *, extend: bool) -> pl.LazyFrame:
    """Each part with the pairs that its levels reach, found before all else is carried along."""
    numbered, ranges = parts.with_row_index("_part").cache(), pairs.with_row_index("_pair").cache()
    lowest, highest = pl.min_horizontal(*_ALL_LEVELS), pl.max_horizontal(*_ALL_LEVELS)
    bottom = pl.min_horizontal("lower_from_mw", "lower_to_mw")
    top = pl.max_horizontal("upper_from_mw", "upper_to_mw")
    above, below = (pl.col("is_outermost") & side for side in _SIDES) if extend else (_NO, _NO)
    reached = (
        numbered.select("_part", *BM_UNIT_PERIOD, "starts_at", "ends_at", low=lowest, high=highest)
        .join(
            ranges.select(
                "_pair",
                *BM_UNIT_PERIOD,
                "from_at",
                "to_at",
                bottom=pl.when(~below).then(bottom).otherwise(-pl.lit(float("inf"))),
                top=pl.when(~above).then(top).otherwise(pl.lit(float("inf"))),
            ),
            on=BM_UNIT_PERIOD,
        )
        .filter(
            pl.col("high") > pl.col("bottom"),
            pl.col("low") < pl.col("top"),
            pl.col("from_at") <= pl.col("starts_at"),
            pl.col("to_at") >= pl.col("ends_at"),
        )
        .select("_part", "_pair")
    )
    return reached.join(numbered, on="_part").join(ranges.drop(BM_UNIT_PERIOD), on="_pair")


def _extended(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The outermost pair of either side reaches as far as the levels do."""
    above = pl.col("is_outermost") & (pl.col("pair_number") > 0)
    below = pl.col("is_outermost") & (pl.col("pair_number") < 0)
    at = {"from": (_BEFORE[0], _LEVEL[0]), "to": (_BEFORE[1], _LEVEL[1])}
    return parts.with_columns(
        **{
            f"upper_{end}_mw": pl.when(above)
            .then(pl.max_horizontal(f"upper_{end}_mw", *levels))
            .otherwise(f"upper_{end}_mw")
            for end, levels in at.items()
        },
        **{
            f"lower_{end}_mw": pl.when(below)
            .then(pl.min_horizontal(f"lower_{end}_mw", *levels))
            .otherwise(f"lower_{end}_mw")
            for end, levels in at.items()
        },
    )


accepted_volume = Rule(
    "accepted_volume",
    produces=AcceptedVolume,
    versions=(
        Version(
            date(2001, 3, 27),
            area_between_the_levels,
            modification="NETA",
            source="T3.6 to T3.9",
        ),
    ),
)
