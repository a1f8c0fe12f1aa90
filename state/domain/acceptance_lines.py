"""Acceptances as BOALF publishes them: a row a line, from one level at one time to another.

The store keeps each acceptance once and the points between which its lines run. A window of time
may show an acceptance in part: its lines join those that are held already, and replace those that
they overlap.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from state.domain.datasets import Column, Dataset, dataset
from state.domain.feeds import FILE, REFUSED_SCHEMA, ROW, Feed

ACCEPTANCE: Final = ("bm_unit", "acceptance_number")
POINTS: Final = "acceptance_points"
HEADS: Final = "acceptances"

_ENDS: Final = ("from_at", "to_at", "from_mw", "to_mw")
_FACTS: Final = ("accepted_at", "so_flag", "stor_flag", "emergency_flag", "deemed_flag")
_OFFICIAL: Final = dict(zip(_ENDS, ("timeFrom", "timeTo", "levelFrom", "levelTo"), strict=True))
_NEW: Final = "_new"


@dataclass(frozen=True, slots=True)
class Divided:
    """Lines as the store keeps them: each acceptance once, and all points of each."""

    acceptances: pl.DataFrame
    points: pl.DataFrame


def line_definition() -> Dataset:
    """What a row of BOALF holds: the columns of an acceptance, and the two ends of a line."""
    acceptances, points = dataset(HEADS), dataset(POINTS)
    at, level = points.column("at"), points.column("level_mw")
    ends = tuple(
        (at if name.endswith("_at") else level).model_copy(
            update={"name": name, "official": official}
        )
        for name, official in _OFFICIAL.items()
    )
    heads = tuple(_seldom_said(column) for column in acceptances.columns)
    return acceptances.model_copy(
        update={
            "key": (*ACCEPTANCE, "from_at"),
            "columns": (*heads, *ends),
            "valid_time": "from_at",
        }
    )


def rows_of_feed(feed: Feed) -> Dataset:
    """What a row of a feed holds: that of its dataset, or a line of an acceptance."""
    return line_definition() if feed.lines else dataset(feed.dataset)


def _seldom_said(column: Column) -> Column:
    """The public service does not say which acceptance was an emergency."""
    return column if column.official else column.model_copy(update={"nullable": True})


def unfit_together(lines: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Reasons against lines, by file and row, for what they say beside each other.

    `held` are the points of these acceptances that the store has.
    """
    backward = lines.filter(pl.col("to_at") <= pl.col("from_at"))
    facts = pl.struct(_FACTS).n_unique().over(ACCEPTANCE) > 1
    torn = _torn(lines, held)
    return pl.concat(
        [
            _refused(backward, "to_at", "no line", _BACKWARD, "Give the times as published."),
            _refused(lines.filter(facts), "acceptance_number", "contradictory", *_FACTS_DIFFER),
            _refused(
                lines.join(torn, on=ACCEPTANCE, how="semi", maintain_order="left"),
                "from_at",
                "lines do not join",
                *_TORN,
            ),
        ]
    )


_BACKWARD: Final = "The line ends before it begins, or when it does."
_FACTS_DIFFER: Final = (
    "Rows of this acceptance differ in its time or its flags.",
    "Find out which is right, and give that one.",
)
_TORN: Final = (
    "The lines of this acceptance leave a time out, or overlap, so its level there is unknown.",
    "Give all of the acceptance: ask for the days before and after as well.",
)


def _torn(lines: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Acceptances whose lines, with those that are held, do not follow each other."""
    following = (
        _merged(lines, held)
        .sort(*ACCEPTANCE, "from_at")
        .with_columns(
            first=pl.col("from_at").is_first_distinct().over(ACCEPTANCE),
            before=pl.col("to_at").shift().over(ACCEPTANCE),
        )
    )
    apart = pl.col("before").is_not_null() & (pl.col("before") != pl.col("from_at"))
    return following.filter(apart | ~pl.col("first")).select(ACCEPTANCE).unique()


def divided(lines: pl.DataFrame, held: pl.DataFrame) -> Divided:
    """Lines of the acceptances, and the points that are held of them, as they are to be stored."""
    heads = dataset(HEADS)
    acceptances = (
        lines.with_columns(pl.col("emergency_flag").fill_null(value=False))
        .select(list(heads.polars_schema))
        .unique(maintain_order=True)
    )
    published = lines.group_by(ACCEPTANCE).agg(pl.col("published_at").max())
    points = _points(_merged(lines, held)).join(published, on=ACCEPTANCE, how="left")
    return Divided(acceptances, points.select(list(dataset(POINTS).polars_schema)))


def _merged(lines: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The given lines, and those held ones of the same acceptances that none of them overlaps."""
    columns = [*ACCEPTANCE, *_ENDS]
    given = lines.select(columns).unique(maintain_order=True)
    kept = _lines_of(held).join(given.select(ACCEPTANCE).unique(), on=ACCEPTANCE, how="semi")
    both = kept.with_row_index(_NEW).join(given, on=ACCEPTANCE, suffix="_given")
    overlap = (pl.col("from_at") < pl.col("to_at_given")) & (
        pl.col("to_at") > pl.col("from_at_given")
    )
    replaced = both.filter(overlap).select(_NEW).unique()
    left = kept.with_row_index(_NEW).join(replaced, on=_NEW, how="anti", maintain_order="left")
    return pl.concat([left.select(columns), given])


def _lines_of(points: pl.DataFrame) -> pl.DataFrame:
    """The lines between points, in their order; a step takes no time and is no line."""
    following = (pl.col(name).shift(-1).over(ACCEPTANCE) for name in ("at", "level_mw"))
    return (
        points.sort(*ACCEPTANCE, "point_order")
        .with_columns(**dict(zip(("to_at", "to_mw"), following, strict=True)))
        .rename({"at": "from_at", "level_mw": "from_mw"})
        .filter(pl.col("to_at") > pl.col("from_at"))
        .select(*ACCEPTANCE, *_ENDS)
    )


def _points(lines: pl.DataFrame) -> pl.DataFrame:
    """Both ends of each line in order of time; where two lines meet at one level, one point."""
    ends = [
        lines.select(*ACCEPTANCE, at=f"{end}_at", level_mw=f"{end}_mw", line="from_at", side=side)
        for end, side in (("from", pl.lit(0)), ("to", pl.lit(1)))
    ]
    ordered = pl.concat(ends).sort(*ACCEPTANCE, "line", "side")
    same = pl.all_horizontal(
        pl.col(name) == pl.col(name).shift().over(ACCEPTANCE) for name in ("at", "level_mw")
    )
    return ordered.filter(~same.fill_null(value=False)).with_columns(
        point_order=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(ACCEPTANCE)
    )


def _refused(rows: pl.DataFrame, column: str, code: str, reason: str, remedy: str) -> pl.DataFrame:
    words = {"column": column, "code": code, "reason": reason, "remedy": remedy}
    return rows.select(
        pl.col(FILE).alias("file"),
        pl.col(ROW).alias("row"),
        *(pl.lit(text).alias(name) for name, text in words.items()),
        pl.col(column).cast(pl.String).alias("value"),
    ).select(list(REFUSED_SCHEMA))
