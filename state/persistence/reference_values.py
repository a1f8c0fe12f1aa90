"""What was agreed of reference data, as the rules read it: a picture, seconds old at most."""

import time
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from state.domain.dated_values import DatedText, install
from state.persistence.models.reference import ReferenceValueRow
from state.persistence.transaction import database_url, reading

REFRESHED_EVERY_SECONDS: Final = 30
"""How long another process may go on with the picture that it has."""


@dataclass(slots=True)
class _Picture:
    of: str = ""
    taken_at: float = 0.0
    values: dict[tuple[str, str], tuple[DatedText, ...]] | None = None


_PICTURE: Final = _Picture()


def let_rules_read() -> None:
    """Have the rules of this process read what was agreed."""
    forget_picture()
    install(_agreed)


def forget_picture() -> None:
    """Take a new picture before anything is read again: something was written."""
    _PICTURE.values = None


def rows_of(session: Session, kind: str, key: str) -> list[ReferenceValueRow]:
    """What was agreed of one item, in order of date."""
    wanted = select(ReferenceValueRow).where(
        ReferenceValueRow.kind == kind, ReferenceValueRow.key == key
    )
    return list(session.exec(wanted.order_by(col(ReferenceValueRow.since))))


def dated(row: ReferenceValueRow) -> DatedText:
    """A row as the rules read it."""
    return DatedText(row.since, row.value, row.source)


def _agreed(kind: str, key: str) -> tuple[DatedText, ...]:
    values, url = _PICTURE.values, database_url()
    is_old = time.monotonic() - _PICTURE.taken_at >= REFRESHED_EVERY_SECONDS
    if values is None or is_old or url != _PICTURE.of:
        values = _read()
        _PICTURE.of, _PICTURE.taken_at, _PICTURE.values = url, time.monotonic(), values
    return values.get((kind, key), ())


def _read() -> dict[tuple[str, str], tuple[DatedText, ...]]:
    found: dict[tuple[str, str], list[DatedText]] = {}
    with reading() as session:
        for row in session.exec(select(ReferenceValueRow).order_by(col(ReferenceValueRow.since))):
            found.setdefault((row.kind, row.key), []).append(dated(row))
    return {item: tuple(values) for item, values in found.items()}
