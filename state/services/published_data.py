"""What staff sees of published data: every dataset, and the changes that wait or were made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.changes import EDITABLE, OPEN, ChangeKind, ChangeStatus
from state.domain.datasets import Dataset, Kept, datasets
from state.domain.permissions import Permission
from state.domain.publishing import PublishingSetting
from state.persistence.kept_rows import installed_kept_rows, rows_removed
from state.persistence.models.change import ChangeRow
from state.persistence.models.person import PersonRow
from state.persistence.publishing import settings_now
from state.persistence.queries.dataset_catalogue import totals
from state.persistence.transaction import reading

_DONE_SHOWN: Final = 20
_KINDS: Final = (ChangeKind.CORRECTION, ChangeKind.PUBLISHING)


@dataclass(frozen=True, slots=True)
class DataChange:
    """A correction or a setting that somebody proposed."""

    public_id: str
    kind: ChangeKind
    title: str
    status: ChangeStatus
    at: datetime
    made_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PublishedDataset:
    """A public dataset, how it is published, and what is held of it.

    `kept` says for how long, where that is not for ever; `removed` rows were held once.
    """

    definition: Dataset
    setting: PublishingSetting
    rows: int
    last_day: date | None
    kept: Kept | None
    removed: int


@dataclass(frozen=True, slots=True)
class PublishedData:
    """Every public dataset by its title, what waits, and what was done lately, newest first."""

    datasets: tuple[PublishedDataset, ...]
    waiting: tuple[DataChange, ...]
    done: tuple[DataChange, ...]


def published_data(*, actor: Actor) -> PublishedData:
    """All of it; somebody else's draft is nobody's business yet."""
    actor.require(Permission.PUBLISHING_VIEW)
    with reading() as session:
        held, removed = totals(session), rows_removed(session)
        waiting = _changes(session, actor, [one.value for one in OPEN])
        now = settings_now(session)
        done = _changes(session, actor, [ChangeStatus.APPLIED.value], at_most=_DONE_SHOWN)
    kept = installed_kept_rows()
    public = [one for one in datasets().values() if one.classification == "public"]
    return PublishedData(
        tuple(
            PublishedDataset(
                one,
                now.get(one.name, PublishingSetting()),
                held[one.name].rows if one.name in held else 0,
                held[one.name].last_day if one.name in held else None,
                kept.get(one.name),
                removed.get(one.name, 0),
            )
            for one in sorted(public, key=lambda one: one.title)
        ),
        waiting,
        done,
    )


def _changes(
    session: Session, actor: Actor, statuses: list[str], at_most: int | None = None
) -> tuple[DataChange, ...]:
    rows = session.exec(
        select(ChangeRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(ChangeRow.made_by))
        .where(
            col(ChangeRow.kind).in_([kind.value for kind in _KINDS]),
            col(ChangeRow.status).in_(statuses),
            (col(ChangeRow.made_by) == actor.person_id)
            | col(ChangeRow.status).not_in([status.value for status in EDITABLE]),
        )
        .order_by(col(ChangeRow.id).desc())
        .limit(at_most)
    ).all()
    return tuple(
        DataChange(
            row.public_id,
            ChangeKind(row.kind),
            row.title,
            ChangeStatus(row.status),
            row.ended_at or row.submitted_at or row.created_at,
            name,
            row.made_by == actor.person_id,
        )
        for row, name in rows
    )
