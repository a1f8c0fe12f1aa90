"""Drafts: what a person typed into a form and has not sent, for the company they act for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.rules import draft_kept_days
from state.persistence.models.draft import FormDraftRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction

MOST_BYTES: Final = 20_000
"""Of one draft."""

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9:_-]{0,79}")
_LONGEST_BASIS: Final = 40
_MOST_DRAFTS: Final = 100
_STILL_COMING: Final = timedelta(seconds=5)


class DraftRefusedError(RefusedError):
    """It is no draft of a form of ours; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields by their names; the basis is the version of what was being changed."""

    fields: Mapping[str, str]
    basis: str
    saved_at: datetime


def keep_draft(
    *, actor: Actor, form_key: str, fields: Mapping[str, str], basis: str = "", now: datetime
) -> None:
    """Keep it in place of what was kept before.

    What comes within seconds after the form was sent was typed before that, and is not kept.

    Raises:
        DraftRefusedError: The key, or the size, is of no form of ours.
    """
    actor.require(Permission.SESSION_OWN)
    actor.require_not_looking()
    data = json.dumps(dict(fields), ensure_ascii=False)
    if reasons := _refusals(form_key, basis, data):
        raise DraftRefusedError(reasons)
    with transaction() as session:
        row = _row_to_write(session, actor, form_key, now)
        if not row.data and row.id is not None and now - row.saved_at < _STILL_COMING:
            return
        row.data, row.basis, row.saved_at = data, basis, now
        session.add(row)
        session.flush()
        _drop_oldest(session, actor)


def draft_of(*, actor: Actor, form_key: str, now: datetime) -> Draft | None:
    """What was kept of a form, if anything was and it is not too old."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        row = _row(session, actor, form_key)
    if row is None or not row.data or row.saved_at < _oldest(now):
        return None
    return Draft(json.loads(row.data), row.basis, row.saved_at)


def forget_draft(*, actor: Actor, form_key: str, now: datetime) -> None:
    """The form was sent, or is to be begun anew; what of it is still on its way is not kept."""
    actor.require(Permission.SESSION_OWN)
    actor.require_not_looking()
    with transaction() as session:
        row = _row_to_write(session, actor, form_key, now)
        row.data, row.basis, row.saved_at = "", "", now
        session.add(row)


def remove_old_drafts(*, actor: Actor, now: datetime) -> int:
    """Remove what has been kept too long, and what was sent; gives how many."""
    actor.require(Permission.INSTALLATION_RUN)
    with transaction() as session:
        removed = session.exec(
            delete(FormDraftRow)
            .where(
                (col(FormDraftRow.saved_at) < _oldest(now))
                | ((col(FormDraftRow.data) == "") & (col(FormDraftRow.saved_at) < _sent(now)))
            )
            .returning(col(FormDraftRow.id))
        ).all()
        return len(removed)


def _refusals(form_key: str, basis: str, data: str) -> tuple[Refusal, ...]:
    reasons = []
    if not _KEY.fullmatch(form_key) or len(basis) > _LONGEST_BASIS:
        reasons.append(Refusal("form", "There is no such form."))
    if len(data.encode()) > MOST_BYTES:
        reasons.append(Refusal("fields", "That is too long to keep as a draft: send it."))
    return tuple(reasons)


def _row_to_write(session: Session, actor: Actor, form_key: str, now: datetime) -> FormDraftRow:
    """The draft's row, made where there is none; one browser of a person writes at a time."""
    session.exec(
        select(PersonRow.id).where(PersonRow.id == actor.person_id).with_for_update()
    ).one()
    return _row(session, actor, form_key) or FormDraftRow(
        person_id=actor.person_id or 0,
        organisation_id=actor.organisation_id,
        form_key=form_key,
        saved_at=now,
    )


def _row(session: Session, actor: Actor, form_key: str) -> FormDraftRow | None:
    return session.exec(
        select(FormDraftRow).where(
            FormDraftRow.person_id == actor.person_id,
            FormDraftRow.organisation_id == actor.organisation_id,
            FormDraftRow.form_key == form_key,
        )
    ).first()


def _drop_oldest(session: Session, actor: Actor) -> None:
    """A person has so many drafts at most: the oldest make room."""
    newest_first = session.exec(
        select(FormDraftRow.id)
        .where(FormDraftRow.person_id == actor.person_id)
        .order_by(col(FormDraftRow.saved_at).desc(), col(FormDraftRow.id).desc())
        .offset(_MOST_DRAFTS)
    ).all()
    if newest_first:
        session.exec(delete(FormDraftRow).where(col(FormDraftRow.id).in_(newest_first)))


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=draft_kept_days(now.date()))


def _sent(now: datetime) -> datetime:
    return now - timedelta(hours=1)
