"""What a Settlement Run starts from: each given frame of a day, as it was known at a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session

from settlement_engine.given import GIVEN, REQUIRED
from settlement_engine.periods import period_start
from state.domain.acceptances_in_force import in_force
from state.domain.datasets import datasets
from state.persistence.datasets import parts
from state.persistence.queries.dataset_rows import VersionedRows, versioned_rows
from state.persistence.run_files import FrameFile, put_frame

_ORDERS: Final = ("acceptances", "acceptance_points")
_ONE: Final = timedelta(days=1)
_REACH: Final = {"acceptances": 2 * _ONE, "acceptance_points": 2 * _ONE, "stor_windows": _ONE}
"""Frames whose rows reach over midnight: taken from so much before the day to so much after."""


@dataclass(frozen=True, slots=True)
class GatheredFrame:
    """A frame on the disk, and the version of the dataset that it was read from."""

    file: FrameFile
    dataset_version: int


def missing_frames(session: Session, settlement_date: date) -> tuple[str, ...]:
    """Frames that a run cannot do without and of which the store holds nothing on the day."""
    return tuple(
        name for name in GIVEN if name in REQUIRED and not _may_hold(session, name, settlement_date)
    )


def gather(
    session: Session, home: Path, settlement_date: date, as_of: datetime
) -> tuple[GatheredFrame, ...]:
    """Put every frame of the day that the store holds where its content says.

    Of acceptances, those of every unbroken run that reaches into the day.
    """
    held = dict(_held(session, settlement_date, as_of))
    if all(name in held for name in _ORDERS):
        orders = in_force(
            *(held[name].rows for name in _ORDERS),
            from_at=period_start(settlement_date, 1),
            until_at=period_start(settlement_date + _ONE, 1),
        )
        for name, rows in zip(_ORDERS, orders, strict=True):
            held[name] = VersionedRows(held[name].version, rows)
    return tuple(
        GatheredFrame(put_frame(home, "inputs", name, each.rows), each.version)
        for name, each in held.items()
        if not each.rows.is_empty()
    )


def _held(session: Session, day: date, as_of: datetime) -> Iterator[tuple[str, VersionedRows]]:
    for name, schema in GIVEN.items():
        if name in datasets():
            reach = _REACH.get(name, timedelta())
            yield (
                name,
                versioned_rows(
                    session,
                    name,
                    since=day - reach,
                    until=day + reach,
                    as_of=as_of,
                    columns=_columns(name, schema.column_names()),
                ),
            )


def _columns(name: str, wanted: Sequence[str]) -> list[str]:
    return [column for column in wanted if column in datasets()[name].polars_schema]


def _may_hold(session: Session, name: str, day: date) -> bool:
    definition = datasets().get(name)
    if definition is None:
        return False
    since = None if definition.valid_until else day
    return bool(parts(session, name, since=since, until=day))
