"""Files of a feed, checked: rows that may be stored, and every reason that the others may not."""

from collections.abc import Sequence

import polars as pl

from state.domain.datasets import Dataset
from state.domain.feeds import (
    FILE,
    REFUSED_SCHEMA,
    ROW,
    CheckedRows,
    Circumstances,
    Feed,
    GivenFile,
    none_left_out,
    none_refused,
)
from state.domain.given_columns import typed
from state.domain.given_rows import foreign, unfit, with_derived_columns


def checked(given: Sequence[GivenFile], circumstances: Circumstances) -> CheckedRows:
    """Check every file by itself, then all of them together for rows that contradict each other."""
    files = [typed(file, circumstances) for file in given]
    refused = [reasons for file in files for reasons in file.refusals]
    good = []
    left_out = [none_left_out()]
    for file in files:
        if file.rows is not None:
            rows, starts, reasons = _fit(file.rows, circumstances)
            good.append(rows)
            left_out.append(starts)
            refused.append(reasons)
    good, unfit_together = _fit_together(good, circumstances.feed)
    refused.append(unfit_together)
    together, contradicting, repeated = _consistent(good, circumstances.dataset)
    return CheckedRows(
        rows=together,
        refused=_in_order([*refused, contradicting]),
        rows_read=sum(file.rows_read for file in files),
        rows_repeated=repeated,
        files_refused=sum(bool(file.refusals) for file in files),
        left_out=pl.concat(left_out),
    )


def _fit(
    rows: pl.DataFrame, circumstances: Circumstances
) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """Rows to be stored, starts of the placeholders among the others, and reasons to refuse."""
    strangers = foreign(rows, circumstances)
    ours = _without(rows, strangers)
    derived = with_derived_columns(ours, circumstances)
    reasons = unfit(derived, circumstances)
    schema = circumstances.dataset.polars_schema
    kept, left_out = _parted(_without(derived, reasons), circumstances.feed)
    fit = kept.select(FILE, ROW, *(pl.col(name).cast(dtype) for name, dtype in schema.items()))
    return fit, left_out, pl.concat([strangers, reasons])


def _parted(rows: pl.DataFrame, feed: Feed) -> tuple[pl.DataFrame, pl.Series]:
    if feed.placeholder is None:
        return rows, none_left_out()
    says_nothing = feed.placeholder.fill_null(value=False)
    return rows.filter(~says_nothing), rows.filter(says_nothing)["start_at"]


def _without(rows: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    if reasons.is_empty():
        return rows
    return rows.join(reasons, left_on=ROW, right_on="row", how="anti", maintain_order="left")


def _fit_together(good: list[pl.DataFrame], feed: Feed) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    """Rows that the feed finds fit beside each other, and its reasons against the others."""
    if feed.together is None or not good:
        return good, none_refused()
    rows = pl.concat(good)
    reasons = feed.together(rows)
    named = reasons.select(pl.col("file").alias(FILE), pl.col("row").alias(ROW))
    return [rows.join(named, on=[FILE, ROW], how="anti", maintain_order="left")], reasons


def _consistent(
    good: list[pl.DataFrame], dataset: Dataset
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Equal rows count once; rows that differ for one key and publish time are all refused."""
    columns = list(dataset.polars_schema)
    if not good:
        return pl.DataFrame(schema=dataset.polars_schema), none_refused(), 0
    rows = pl.concat(good)
    once = rows.unique(subset=columns, keep="first", maintain_order=True)
    group = [*dataset.key, *dataset.publication]
    twice = once.filter(pl.struct(group).is_duplicated())
    if twice.is_empty():
        return once.select(columns), none_refused(), rows.height - once.height
    contradicting = rows.join(twice.select(group).unique(), on=group, how="semi", nulls_equal=True)
    fit = once.join(twice, on=group, how="anti", nulls_equal=True, maintain_order="left")
    kept = rows.height - contradicting.height
    return fit.select(columns), _contradictions(contradicting, dataset), kept - fit.height


def _contradictions(rows: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    key = ", ".join(dataset.key)
    values = [
        name for name in dataset.polars_schema if name not in {*dataset.key, *dataset.publication}
    ]
    places = pl.concat_str(pl.col(FILE), pl.lit(" row "), pl.col(ROW).cast(pl.String))
    group = [*dataset.key, *dataset.publication]
    return rows.select(
        pl.col(FILE).alias("file"),
        pl.col(ROW).alias("row"),
        pl.lit(key).alias("column"),
        pl.concat_str(
            [pl.col(name).cast(pl.String).fill_null("") for name in values], separator=", "
        ).alias("value"),
        pl.lit("contradicted").alias("code"),
        pl.concat_str(
            pl.lit(f"Rows of one {key} and publish time differ: "),
            places.sort().head(4).implode().over(group).list.join(", "),
            pl.lit(". Nothing says which is right, so none is stored."),
        ).alias("reason"),
        pl.lit(
            "Keep the right one. Where they are publications of different times, say when each was "
            "published, or ingest the older file first and then the newer."
        ).alias("remedy"),
    )


def _in_order(refused: list[pl.DataFrame]) -> pl.DataFrame:
    together = pl.concat([pl.DataFrame(schema=REFUSED_SCHEMA), *refused])
    return together.sort("file", "row", "column", "code", maintain_order=True)
