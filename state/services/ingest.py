"""Taking data in: files of a feed, row by row, or a frame that we made ourselves, whole."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import polars as pl

from settlement_engine.periods import period_start_expression, settlement_date_of
from state.domain.acceptance_lines import rows_of_feed, unfit_together
from state.domain.actor import Actor
from state.domain.datasets import MOMENT, Dataset, dataset
from state.domain.feeds import (
    CheckedRows,
    Circumstances,
    Feed,
    GivenFile,
    none_left_out,
    none_refused,
)
from state.domain.fuels import fuel_table
from state.domain.gaps import absent_periods, gaps
from state.domain.given_files import checked
from state.domain.kept_rows import first_day_kept
from state.domain.made_rows import MadeRows, made_rows
from state.domain.permissions import Permission
from state.domain.refusal import RefusedError
from state.persistence.acceptances import batches_of_lines, held_points
from state.persistence.datasets import valid_day
from state.persistence.fuels import installed_fuels
from state.persistence.ingest_reports import was_reported, write_report
from state.persistence.kept_rows import installed_kept_rows
from state.persistence.queries.dataset_catalogue import version
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.storing import (
    TRIES,
    Batch,
    StoreBusyError,
    StoreMovedError,
    catalogue,
    prepare,
)
from state.persistence.transaction import reading, transaction

__all__ = ["StoreBusyError"]


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """One kind of reason: how often, and one example in words."""

    code: str
    count: int
    file: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A day that does not hold a value for each of its periods; `absent` are those without any."""

    settlement_date: date
    held: int
    expected: int
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IngestReceipt:
    """What became of what was given. Left out are placeholders, and what is kept no longer."""

    ingest: int
    dataset: str
    files: int
    files_refused: int
    rows_read: int
    rows_stored: int
    rows_held: int
    rows_repeated: int
    rows_refused: int
    rows_left_out: int
    reasons: tuple[ReasonCount, ...]
    days_with_gaps: int
    gaps: tuple[Gap, ...]
    report: Path | None
    version: int


def ingest_files(
    *,
    actor: Actor,
    feed: Feed,
    given: Sequence[GivenFile],
    now: datetime,
    only_news: bool = False,
) -> IngestReceipt:
    """Store the good rows of files; every refused row stands in the report with its reasons.

    With `only_news`, for what is asked for again and again: where no row is new and the refused
    ones were reported before, nothing is noted, and the receipt has the number 0.

    Raises:
        NotAllowedError: The actor may not take data in.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    actor.require(Permission.DATA_INGEST)
    definition = rows_of_feed(feed)
    asked = replace(feed, together=_unfit_beside_held) if feed.lines else feed
    found = checked(given, Circumstances(asked, definition, fuel_table(installed_fuels()), now))
    batch = Batch(
        definition=definition,
        rows=found.rows,
        sources=tuple(file.name for file in given),
        rows_read=found.rows_read,
        rows_repeated=found.rows_repeated,
        rows_refused=found.rows_refused,
        report=write_report(definition.name, found.refused),
    )
    batch = _without_outdated(batch, now)
    stored = _store(actor, batch, now, lines=feed.lines, only_news=only_news)
    gaps_found = () if only_news else _gaps(batch, found.left_out, feed.grid_minutes)
    return _receipt(batch, stored, found, gaps_found)


def store_rows(
    *, actor: Actor, name: str, rows: pl.DataFrame, source: str, now: datetime
) -> IngestReceipt:
    """Store a frame that we made ourselves: all of it, or nothing when any of it is unfit.

    Columns that may be empty can be left out. Rows that are held already are not stored again.

    Raises:
        NotAllowedError: The actor may not take data in.
        RefusedError: The frame is not what the dataset holds; says every column that is not.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    actor.require(Permission.DATA_INGEST)
    definition = dataset(name)
    made: MadeRows = made_rows(rows, definition)
    if made.refusals:
        raise RefusedError(made.refusals)
    batch = _without_outdated(Batch(definition, made.rows, (source,), made.rows.height), now)
    return _receipt(batch, _store(actor, batch, now), _all_good(made.rows), ())


def _without_outdated(batch: Batch, now: datetime) -> Batch:
    """What would be removed at once is not taken in."""
    kept = installed_kept_rows().get(batch.definition.name)
    if kept is None:
        return batch
    rows = batch.rows.filter(valid_day(batch.definition) >= first_day_kept(kept, now.date()))
    return replace(batch, rows=rows, rows_outdated=batch.rows.height - rows.height)


def _unfit_beside_held(lines: pl.DataFrame) -> pl.DataFrame:
    return unfit_together(lines, held_points(lines))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was stored, of how many rows that were fit; without a run where none was noted."""

    ingest: int
    rows: int
    fit: int
    version: int


def _store(
    actor: Actor, batch: Batch, now: datetime, *, lines: bool = False, only_news: bool = False
) -> _Outcome:
    """Write files first, then name them in one transaction, unless others added rows meanwhile."""
    for _ in range(TRIES):
        seen = _version(batch)
        batches = batches_of_lines(batch) if lines else (batch,)
        ready = tuple(prepare(one) for one in batches)
        fit = sum(one.rows.height for one in batches)
        is_news = any(one.written for one in ready) or _is_reported_anew(batch)
        if only_news and not is_news:
            return _Outcome(0, 0, fit, seen)
        if ready[0].seen != seen:
            continue
        with suppress(StoreMovedError), transaction() as session:
            done = [catalogue(session, one, actor=actor, now=now) for one in ready]
            return _Outcome(done[0].ingest, sum(one.rows for one in done), fit, done[0].version)
    title = batch.definition.title
    raise StoreBusyError(f"{title} is being added to all the time; try again later.")


def _version(batch: Batch) -> int:
    with reading() as session:
        return version(session, batch.definition.name)


def _is_reported_anew(batch: Batch) -> bool:
    """Whether rows were refused in a way that no earlier run of the dataset reported."""
    if batch.report is None:
        return False
    with reading() as session:
        return not was_reported(session, batch.definition.name, batch.report)


def _receipt(
    batch: Batch, stored: _Outcome, found: CheckedRows, gaps_found: tuple[Gap, ...]
) -> IngestReceipt:
    return IngestReceipt(
        ingest=stored.ingest,
        dataset=batch.definition.name,
        files=len(batch.sources),
        files_refused=found.files_refused,
        rows_read=found.rows_read,
        rows_stored=stored.rows,
        rows_held=stored.fit - stored.rows,
        rows_repeated=found.rows_repeated,
        rows_refused=found.rows_refused,
        rows_left_out=found.left_out.len() + batch.rows_outdated,
        reasons=_reason_counts(found.refused),
        days_with_gaps=len(gaps_found),
        gaps=gaps_found,
        report=batch.report,
        version=stored.version,
    )


def _reason_counts(refused: pl.DataFrame) -> tuple[ReasonCount, ...]:
    first = pl.col("file", "row", "column", "value", "reason", "remedy").first()
    counted = (
        refused.group_by("code", maintain_order=True)
        .agg(pl.len().alias("count"), first)
        .sort("count", "code", descending=[True, False])
    )
    return tuple(ReasonCount(**row) for row in counted.iter_rows(named=True))


def _gaps(batch: Batch, published: pl.Series, minutes: int) -> tuple[Gap, ...]:
    """Of the days that were given. A placeholder says that its period was published.

    Rows that belong to no period have none that could be absent.
    """
    if not {"start_at", "settlement_period"} & set(batch.definition.polars_schema):
        return ()
    given = pl.concat([batch.rows.select(day=valid_day(batch.definition)), _days(published)])["day"]
    if given.is_empty():
        return ()
    since, until = given.min(), given.max()
    assert isinstance(since, date)  # noqa: S101  # the days are dates, and there are some
    assert isinstance(until, date)  # noqa: S101
    starts = pl.concat([_starts(batch.definition, since, until), published])
    found = gaps(starts, since=since, until=until, minutes=minutes)
    absent = absent_periods(starts, found["settlement_date"].to_list())
    return tuple(Gap(day, held, expected, absent[day]) for day, held, expected in found.iter_rows())


def _days(starts: pl.Series) -> pl.DataFrame:
    return starts.to_frame("start_at").select(day=settlement_date_of(pl.col("start_at")))


def _starts(definition: Dataset, since: date, until: date) -> pl.Series:
    """Starts of what is held; worked out where rows name their period and not its start."""
    says_start = "start_at" in definition.polars_schema
    columns = ["start_at"] if says_start else ["settlement_date", "settlement_period"]
    with reading() as session:
        held = versioned_rows(session, definition.name, since=since, until=until, columns=columns)
    start = pl.col("start_at") if says_start else period_start_expression()
    return held.rows.select(start.cast(MOMENT).alias("start_at")).to_series()


def _all_good(rows: pl.DataFrame) -> CheckedRows:
    return CheckedRows(rows, none_refused(), rows.height, 0, 0, none_left_out())
