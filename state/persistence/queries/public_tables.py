"""The public datasets as tables of SQL: views over the files that the catalogue names, and no more.

Under the name of the dataset stand our names of columns, under the official code the official ones.
Both hold the latest revision of each row; in the schema `revisions` stand all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlmodel import Session

from state.domain.datasets import INGESTED_AT, PUBLISHED_AT, Dataset, datasets
from state.persistence.datasets import INGEST_ID, Part, parts
from state.persistence.object_store import bring
from state.persistence.transaction import data_directory

_TYPES: Final[Mapping[str, str]] = {
    "date": "DATE",
    "moment": "TIMESTAMP WITH TIME ZONE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "flag": "BOOLEAN",
}
_FILE: Final = "_file"
_SCHEMA_OF_ALL: Final = "CREATE SCHEMA revisions"


@dataclass(frozen=True, slots=True)
class PublicTables:
    """Statements that make the tables, the files that they read, and what they are made from.

    `files` are relative to `folder`; `versions` change whenever a row of a table may.
    """

    views: tuple[str, ...]
    files: tuple[str, ...]
    folder: Path
    versions: tuple[int, ...]


def public_tables(
    session: Session, named: Sequence[Dataset], *, as_of: datetime | None
) -> PublicTables:
    """Tables of these datasets as they are, or as they were known at a moment.

    Raises:
        LookupError: One of them is not public.
    """
    if any(one.classification != "public" for one in named):
        raise LookupError("Only what is public can be asked in SQL.")
    held = {one.name: parts(session, one.name) for one in named}
    folder = data_directory() / "datasets"
    every = [part for found in held.values() for part in found]
    bring(part.path for part in every)
    return PublicTables(
        views=(
            _SCHEMA_OF_ALL,
            *(view for one in named for view in _views(one, held[one.name], folder, as_of)),
        ),
        files=tuple(sorted({_relative(part, folder) for part in every})),
        folder=folder,
        versions=tuple(found[-1].id if found else 0 for found in held.values()),
    )


def table_names() -> tuple[str, ...]:
    """Every name that a query may put after FROM, in small letters."""
    public = [one for one in datasets().values() if one.classification == "public"]
    return tuple(sorted({name.lower() for one in public for name in _names(one)}))


def _names(of: Dataset) -> Iterator[str]:
    yield of.name
    if of.code:
        yield of.code


def _views(
    of: Dataset, held: Sequence[Part], folder: Path, as_of: datetime | None
) -> Iterator[str]:
    every = _every_revision(of, held, folder, as_of)
    columns = ", ".join(f'"{name}"' for name in (*of.polars_schema, INGESTED_AT))
    yield f'CREATE VIEW revisions."{of.name}" AS SELECT {columns} FROM ({every})'  # noqa: S608  # names of our own
    yield (
        f'CREATE VIEW "{of.name}" AS SELECT {columns} FROM ({every}) QUALIFY {_is_latest(of)}'  # noqa: S608
    )
    if of.code:
        official = ", ".join(_official(of))
        yield f'CREATE VIEW "{of.code}" AS SELECT {official} FROM "{of.name}"'  # noqa: S608
        yield f'CREATE VIEW revisions."{of.code}" AS SELECT {official} FROM revisions."{of.name}"'  # noqa: S608


def _official(of: Dataset) -> Iterator[str]:
    names = of.official_names
    for name in of.polars_schema:
        yield f'"{name}" AS "{names[name]}"' if name in names else f'"{name}"'


def _every_revision(of: Dataset, held: Sequence[Part], folder: Path, as_of: datetime | None) -> str:
    columns = ", ".join(f'"{name}"' for name in of.polars_schema)
    if not held:
        typed = ", ".join(
            f'NULL::{_TYPES[column.type]} AS "{column.name}"' for column in of.columns
        )
        taken_in = f"NULL::BIGINT AS {INGEST_ID}, {_moment(None)} AS {INGESTED_AT}"
        return f"SELECT {typed}, {taken_in} WHERE false"
    known = f"coalesce({PUBLISHED_AT}, {INGESTED_AT}) <= {_moment(as_of)}" if as_of else "true"
    single = [part for part in held if part.folded_sha256 is None]
    folded = sorted({_relative(part, folder) for part in held if part.folded_sha256 is not None})
    kinds = [_rows_of_single(columns, single, folder)] if single else []
    if folded:
        files = ", ".join(f"'{name}'" for name in folded)
        taken_in = f"{INGEST_ID}, {INGESTED_AT}"
        kinds.append(f"SELECT {columns}, {taken_in} FROM read_parquet([{files}])")  # noqa: S608
    return f"SELECT * FROM ({' UNION ALL '.join(kinds)}) WHERE {known}"  # noqa: S608


def _rows_of_single(columns: str, held: Sequence[Part], folder: Path) -> str:
    """Rows of files that one run each brought: when, says the catalogue."""
    files = ", ".join(f"'{_relative(part, folder)}'" for part in held)
    runs = ", ".join(
        f"('{_relative(part, folder)}', {part.ingest_id}, {_moment(part.ingested_at)})"
        for part in held
    )
    return (
        f"SELECT {columns}, {INGEST_ID}, {INGESTED_AT} "  # noqa: S608
        f"FROM read_parquet([{files}], filename = '{_FILE}') "
        f"JOIN (VALUES {runs}) AS _runs({_FILE}, {INGEST_ID}, {INGESTED_AT}) USING ({_FILE})"
    )


def _is_latest(of: Dataset) -> str:
    """The rule of `revisions.latest` in SQL: what is revised together is replaced whole."""
    ranks = [f"{PUBLISHED_AT} DESC NULLS LAST", f"{INGESTED_AT} DESC", f"{INGEST_ID} DESC"]
    if of.vintage:
        ranks.append(f'"{of.vintage}" DESC NULLS FIRST')
    whole = "row_number" if of.revision == of.key else "rank"
    group = ", ".join(f'"{name}"' for name in of.revision)
    return f"{whole}() OVER (PARTITION BY {group} ORDER BY {', '.join(ranks)}) = 1"


def _moment(at: datetime | None) -> str:
    return f"{'NULL' if at is None else repr(at.isoformat())}::{_TYPES['moment']}"


def _relative(part: Part, folder: Path) -> str:
    return str(part.path.relative_to(folder))
