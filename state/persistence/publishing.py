"""Which datasets are open: a picture of the store in which what is closed holds nothing.

Nor does it hold what a publishing lag holds back: that is there when its run is shown.

Whoever reads for the public reads in `public_reading`. There the catalogue names no file of a
closed dataset, so that nothing made from it can leave, by whichever door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from state.domain.publishing import PublishingSetting
from state.persistence.models.dataset import DatasetPartRow, RemovedRowsRow
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.transaction import reading

_CLOSED: Final = "kinnect_closed_datasets"
_IS_PUBLIC: Final = "kinnect_public_picture"
_NOTHING: Final[frozenset[str]] = frozenset()


@contextmanager
def public_reading() -> Iterator[Session]:
    """One picture of the database without what is closed to the public, or held back from it."""
    with reading() as session:
        before, was_public = closed_here(session), session.info.get(_IS_PUBLIC, False)
        closed = {name for name, one in settings_now(session).items() if not one.is_published}
        session.info[_CLOSED], session.info[_IS_PUBLIC] = frozenset(closed), True
        try:
            yield session
        finally:
            session.info[_CLOSED], session.info[_IS_PUBLIC] = before, was_public


def closed_here(session: Session) -> frozenset[str]:
    """The datasets that hold nothing in this picture."""
    found: frozenset[str] = session.info.get(_CLOSED, _NOTHING)
    return found


def is_held_here(session: Session) -> sa.ColumnElement[bool]:
    """Of the parts of the catalogue, those that this picture reads.

    None whose rows are kept no longer; in one for the public, none of what is closed to it.
    """
    return col(DatasetPartRow.removed_rows_id).is_(None) & is_told_here(session)


def is_told_here(session: Session) -> sa.ColumnElement[bool]:
    """Of the parts that were ever added, all; for the public, those neither closed nor held back.

    A part that was held back is added anew when it is shown.
    """
    if not session.info.get(_IS_PUBLIC, False):
        return sa.true()
    shown = col(DatasetPartRow.held_since).is_(None)
    closed = closed_here(session)
    return shown & col(DatasetPartRow.dataset).not_in(sorted(closed)) if closed else shown


def settings_now(session: Session) -> dict[str, PublishingSetting]:
    """How each dataset is published whose setting was ever changed; any other is open."""
    newest = sa.select(sa.func.max(col(PublishingSettingRow.id))).group_by(
        col(PublishingSettingRow.dataset)
    )
    rows = session.exec(
        select(PublishingSettingRow).where(col(PublishingSettingRow.id).in_(newest))
    )
    return {row.dataset: setting(row) for row in rows}


def settings_of(session: Session, dataset: str) -> list[PublishingSettingRow]:
    """Every setting of a dataset, oldest first."""
    wanted = select(PublishingSettingRow).where(PublishingSettingRow.dataset == dataset)
    return list(session.exec(wanted.order_by(col(PublishingSettingRow.id))))


def publishing_version(session: Session) -> int:
    """A number that grows with every setting, and whenever rows are removed.

    What is kept under an older one is not given out.
    """
    of_settings = sa.select(sa.func.max(col(PublishingSettingRow.id)))
    of_removals = sa.select(sa.func.max(col(RemovedRowsRow.id)))
    return sum(session.execute(one).scalar() or 0 for one in (of_settings, of_removals))


def setting(row: PublishingSettingRow) -> PublishingSetting:
    """A row as it is read."""
    return PublishingSetting(
        row.is_published, row.reason, row.until, row.feed_is_on, row.since, row.lag_minutes
    )
