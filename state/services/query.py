"""Questions in SQL about the public data: each is answered in a process of its own, or refused."""

import hashlib
import logging
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

import polars as pl

from state.domain import query_limits
from state.domain.actor import Actor
from state.domain.datasets import Dataset, datasets
from state.domain.permissions import Permission
from state.domain.publishing import closed_words
from state.domain.query import (
    SQL,
    Limits,
    Question,
    datasets_named,
    fault_words,
    is_repeatable,
    limits,
    refusals,
    unit_of_name,
)
from state.domain.refusal import Refusal, RefusedError
from state.persistence.publishing import public_reading, publishing_version
from state.persistence.queries.dataset_catalogue import version
from state.persistence.queries.public_tables import PublicTables, public_tables, table_names
from state.persistence.sandbox.outside import Job, Outcome, run
from state.services.publishing import closed_datasets

_log = logging.getLogger("kinnect.query")
_KEPT_BYTES: Final = 64 * 1024**2


class QueryRefusedError(RefusedError):
    """The query has no answer; its words say why, and how to put it right."""


class TooManyQueriesError(Exception):
    """Others are being answered; this one may be asked again in a few seconds."""

    def __init__(self, *, of_one: bool) -> None:
        """`of_one` says that they are all of one address."""
        whose = "Your other queries are" if of_one else "Other people's queries are"
        super().__init__(f"{whose} still running. Ask again in a few seconds.")
        self.of_one = of_one


class NoSandboxError(Exception):
    """This installation cannot shut a query in, and so answers none."""

    def __init__(self) -> None:
        """Say it to whoever asked; what is lacking stands in the log."""
        super().__init__("This installation cannot answer queries in SQL. Its operator knows why.")


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of an answer; its unit where it is one of a dataset's."""

    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows, whether there were more, how long it took in seconds, and a tag of the content.

    Without a tag the same question may have another answer at once.
    """

    rows: pl.DataFrame
    columns: tuple[AnswerColumn, ...]
    truncated: bool
    limits: Limits
    seconds: float
    tag: str


class _Kept:
    """The latest answers of this process, by their tags: a chart and a file ask for the same."""

    def __init__(self, most_bytes: int) -> None:
        self._held: OrderedDict[str, Outcome] = OrderedDict()
        self._bytes, self._most_bytes = 0, most_bytes
        self._lock = threading.Lock()

    def get(self, tag: str) -> Outcome | None:
        with self._lock:
            if (found := self._held.get(tag)) is not None:
                self._held.move_to_end(tag)
            return found

    def keep(self, tag: str, outcome: Outcome) -> None:
        with self._lock:
            if not tag or tag in self._held or len(outcome.parquet) > self._most_bytes // 4:
                return
            self._held[tag] = outcome
            self._bytes += len(outcome.parquet)
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._held.popitem(last=False)[1].parquet)


class _Turns:
    """How many run now, and for whom."""

    def __init__(self) -> None:
        self._running: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, asker: str, on: date) -> Iterator[None]:
        with self._lock:
            if self._running[asker] >= query_limits.queries_at_once_of_one_most(on):
                raise TooManyQueriesError(of_one=True)
            if self._running.total() >= query_limits.queries_at_once_most(on):
                raise TooManyQueriesError(of_one=False)
            self._running[asker] += 1
        try:
            yield
        finally:
            with self._lock:
                self._running[asker] -= 1
                self._running += Counter()  # who runs nothing is forgotten


_kept = _Kept(_KEPT_BYTES)
_turns = _Turns()


def query_tag(*, actor: Actor, question: Question, on: date) -> str:
    """What changes whenever the answer may; empty where no two answers need be the same."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        versions = [version(session, one.name) for one in datasets_named(question.sql)]
        versions.append(publishing_version(session))
    return _tag(question, tuple(versions), on)


def answer_query(*, actor: Actor, question: Question, asker: str, on: date) -> QueryAnswer:
    """The rows that answer a question; `asker` is the address it comes from.

    Raises:
        QueryRefusedError: It breaks a rule or a limit; nothing is changed by having tried.
        TooManyQueriesError: Too many run just now.
        NoSandboxError: This installation cannot shut a query in.
    """
    actor.require(Permission.INSIGHTS_READ)
    if reasons := refusals(question.sql, on=on):
        raise QueryRefusedError(reasons)
    named = datasets_named(question.sql)
    with public_reading() as session:
        tables = public_tables(session, named, as_of=question.as_of)
        versions = (*tables.versions, publishing_version(session))
    if reasons := _closed_refusals(actor, named):
        raise QueryRefusedError(reasons)
    tag, most = _tag(question, versions, on), limits(on)
    outcome = _kept.get(tag) if tag else None
    if outcome is None:
        with _turns.one(asker, on):
            outcome = _ran(question, tables, most)
        _kept.keep(tag, outcome)
    return _answer(outcome, named, most, tag)


def askable(*, actor: Actor) -> tuple[Dataset, ...]:
    """Every dataset that a query may name, in the order of their names."""
    actor.require(Permission.INSIGHTS_READ)
    closed = closed_datasets(actor=actor)
    public = (one for one in datasets().values() if one.classification == "public")
    return tuple(one for one in public if one.name not in closed)


def _closed_refusals(actor: Actor, named: tuple[Dataset, ...]) -> tuple[Refusal, ...]:
    """What is closed is no empty table: whoever asks for it is told why."""
    why = closed_datasets(actor=actor)
    return tuple(Refusal(SQL, closed_words(one, why[one.name])) for one in named if one.name in why)


def _ran(question: Question, tables: PublicTables, most: Limits) -> Outcome:
    job = Job(
        sql=question.sql,
        tables=table_names(),
        views=tables.views,
        files=tables.files,
        folder=str(tables.folder),
        seconds=most.seconds,
        memory_megabytes=most.memory_megabytes,
        rows=most.rows,
        answer_megabytes=most.answer_megabytes,
    )
    outcome = run(job)
    if outcome.kind == "unlocked":
        _log.error("queries in SQL cannot be shut in here: %s", outcome.detail)
        raise NoSandboxError
    if outcome.kind != "answer":
        if outcome.kind == "broken":
            _log.warning("a query broke the engine: %.200s", outcome.detail)
        words = fault_words(outcome.kind, outcome.detail, most)
        raise QueryRefusedError((Refusal(SQL, words),))
    return outcome


def _answer(outcome: Outcome, named: tuple[Dataset, ...], most: Limits, tag: str) -> QueryAnswer:
    rows = pl.read_parquet(BytesIO(outcome.parquet))
    units = _units(named)
    return QueryAnswer(
        rows=rows.head(most.rows),
        columns=tuple(
            AnswerColumn(name, units.get(name) or unit_of_name(name)) for name in rows.columns
        ),
        truncated=rows.height > most.rows,
        limits=most,
        seconds=outcome.seconds,
        tag=tag,
    )


def _units(named: tuple[Dataset, ...]) -> dict[str, str]:
    """The unit of each column of the datasets, under both of its names."""
    return {
        name: column.unit
        for one in named
        for column in one.columns
        if column.unit
        for name in (column.name, column.official)
        if name
    }


def _tag(question: Question, versions: tuple[int, ...], on: date) -> str:
    if not is_repeatable(question.sql):
        return ""
    facts = (question.sql, _moment(question.as_of), versions, limits(on))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
