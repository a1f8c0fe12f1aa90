"""Adding to the audit trail, inside the transaction of the thing that it records."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.audit_seal import FIRST_SEAL, AuditFacts, seal
from state.persistence.models.audit import AuditEntryRow

_OF_THE_SIGN_IN = ("session.", "view_as.")
_POSTGRESQL_LOCK = 7331001  # SQLite's BEGIN IMMEDIATE already lets one writer in at a time


def record(  # an entry has this many facts
    session: Session,
    *,
    actor: Actor,
    event: str,
    subject: str,
    now: datetime,
    organisation_id: int | None = None,
    **details: Any,  # noqa: ANN401  # whatever JSON can hold
) -> None:
    """Add one entry: `event` is dotted and past tense; details must be JSON and hold no secret.

    Raises:
        OnlyLookingError: The actor only looks at a company's pages: nothing they do can be kept.
    """
    if not event.startswith(_OF_THE_SIGN_IN):
        actor.require_not_looking()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
    last = session.exec(
        select(AuditEntryRow).order_by(col(AuditEntryRow.sequence).desc()).limit(1)
    ).first()
    facts = AuditFacts(
        sequence=last.sequence + 1 if last else 1,
        at=now,
        actor=actor.reference + (":development" if actor.method == "development" else ""),
        organisation_id=organisation_id,
        event=event,
        subject=subject,
        details=json.dumps(details, sort_keys=True, default=str),
    )
    previous = last.seal if last else FIRST_SEAL
    session.add(
        AuditEntryRow(
            **{name: getattr(facts, name) for name in AuditFacts.__slots__},
            previous_seal=previous,
            seal=seal(facts, previous),
        )
    )
    session.flush()
