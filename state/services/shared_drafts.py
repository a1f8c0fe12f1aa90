"""A form that a colleague is at: seen by whoever opens it too, and taken over with what was typed.

Who typed into a form of a registered record holds it for some minutes (`customer.md` R-121).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.changes import RIGHTS, ChangeKind
from state.persistence.audit_trail import record
from state.persistence.models.draft import FormDraftRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction


@dataclass(frozen=True, slots=True)
class ColleagueAtIt:
    """Who typed into the form last, and when."""

    name: str
    at: datetime


def colleague_at(
    *, actor: Actor, organisation_id: int | None, kind: ChangeKind, form_key: str, now: datetime
) -> ColleagueAtIt | None:
    """Who else is at the form of a record; None where nobody typed there after the actor did."""
    actor.require(RIGHTS[kind].prepare, organisation_id)
    with reading() as session:
        held = _held(session, actor, organisation_id, form_key, now)
        if held is None:
            return None
        return ColleagueAtIt(session.get_one(PersonRow, held.person_id).name, held.saved_at)


def take_over(
    *, actor: Actor, organisation_id: int | None, kind: ChangeKind, form_key: str, now: datetime
) -> None:
    """Go on with what the colleague typed: their draft becomes the actor's."""
    actor.require(RIGHTS[kind].prepare, organisation_id)
    with transaction() as session:
        held = _held(session, actor, organisation_id, form_key, now)
        if held is None:
            return
        own = _own(session, actor, organisation_id, form_key) or FormDraftRow(
            person_id=actor.person_id or 0,
            organisation_id=organisation_id,
            form_key=form_key,
            saved_at=now,
        )
        own.data, own.basis, own.saved_at = held.data, held.basis, now
        held.data, held.basis, held.saved_at = "", "", now
        session.add_all([own, held])
        record(
            session,
            actor=actor,
            event="draft.taken_over",
            subject=form_key,
            organisation_id=organisation_id,
            now=now,
        )


def _held(
    session: Session, actor: Actor, organisation_id: int | None, form_key: str, now: datetime
) -> FormDraftRow | None:
    since = now - timedelta(minutes=rules.form_held_minutes(now.date()))
    own = _own(session, actor, organisation_id, form_key)
    if own is not None and own.data:
        since = max(since, own.saved_at)
    return session.exec(
        select(FormDraftRow)
        .where(
            FormDraftRow.organisation_id == organisation_id,
            FormDraftRow.form_key == form_key,
            FormDraftRow.person_id != actor.person_id,
            FormDraftRow.data != "",
            col(FormDraftRow.saved_at) >= since,
        )
        .order_by(col(FormDraftRow.saved_at).desc())
    ).first()


def _own(
    session: Session, actor: Actor, organisation_id: int | None, form_key: str
) -> FormDraftRow | None:
    return session.exec(
        select(FormDraftRow).where(
            FormDraftRow.person_id == actor.person_id,
            FormDraftRow.organisation_id == organisation_id,
            FormDraftRow.form_key == form_key,
        )
    ).first()
