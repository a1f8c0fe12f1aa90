"""The yearly confirmation of who may sign: by a Category A, over the very list that is shown."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.reminders import reminder_now
from state.domain.signatory_confirmation import (
    ListedSignatory,
    confirmation_due_on,
    digest_of_list,
    read,
    written,
)
from state.persistence.audit_trail import record
from state.persistence.members import category_a_of
from state.persistence.models.confirmation import SignatoryConfirmationRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import PersonRow
from state.persistence.notices import notify
from state.persistence.queries.signatory_list import (
    acceded_on,
    last_confirmation,
    signatories_on,
)
from state.persistence.transaction import reading, transaction


class ConfirmationRefusedError(RefusedError):
    """The list is another now; nothing is stored."""


@dataclass(frozen=True, slots=True)
class ListToConfirm:
    """Who may sign today, by when that must be confirmed, and when it last was."""

    lines: tuple[ListedSignatory, ...]
    digest: str
    due_on: date | None
    is_asked: bool
    is_overdue: bool
    last_public_id: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was confirmed, by whom and when."""

    company: str
    lines: tuple[ListedSignatory, ...]
    confirmed_by: str
    confirmed_on: date
    digest: str
    due_on: date


def list_to_confirm(*, actor: Actor, organisation_id: int, now: datetime) -> ListToConfirm:
    """The list as it stands, and whether it is time to confirm it: from the first reminder on."""
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    today = now.date()
    with reading() as session:
        lines = signatories_on(session, organisation_id, today)
        last = last_confirmation(session, organisation_id)
        due_on = _due_on(session, organisation_id)
    days = rules.signatories_reminder_days(today)
    return ListToConfirm(
        lines=lines,
        digest=digest_of_list(lines),
        due_on=due_on,
        is_asked=due_on is not None and reminder_now(due_on, days, today) is not None,
        is_overdue=due_on is not None and due_on < today,
        last_public_id=last.public_id if last else "",
        last_on=last.confirmed_on if last else None,
    )


def confirm_signatories(*, actor: Actor, organisation_id: int, digest: str, now: datetime) -> str:
    """Confirm that the list is right, exactly as it was shown; gives the id of the certificate.

    Raises:
        NotAllowedError: The actor is no Category A of the company.
        ConfirmationRefusedError: The list has changed since it was shown.
    """
    actor.require(Permission.SIGNATORY_CONFIRM, organisation_id)
    with transaction() as session:
        lines = signatories_on(session, organisation_id, now.date())
        if digest_of_list(lines) != digest:
            moved_on = "The list has changed since you opened this page. Look at it again"
            raise ConfirmationRefusedError((Refusal("", moved_on),))
        row = SignatoryConfirmationRow(
            public_id=secrets.token_hex(10),
            organisation_id=organisation_id,
            confirmed_on=now.date(),
            confirmed_by=_person(actor),
            listed=written(lines),
            digest=digest,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        record(
            session,
            actor=actor,
            event="signatories.confirmed",
            subject=row.public_id,
            organisation_id=organisation_id,
            now=now,
            signatories=len(lines),
            digest=digest,
        )
        return row.public_id


def certificate(*, actor: Actor, organisation_id: int, public_id: str) -> Certificate:
    """What was confirmed once.

    Raises:
        NotAllowedError: Another company's, or none: the answer is the same.
    """
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    with reading() as session:
        row = session.exec(
            select(SignatoryConfirmationRow).where(
                SignatoryConfirmationRow.public_id == public_id,
                SignatoryConfirmationRow.organisation_id == organisation_id,
            )
        ).first()
        if row is None:
            raise NotAllowedError("There is no such confirmation of your company.")
        return Certificate(
            company=session.get_one(OrganisationRow, organisation_id).legal_name,
            lines=read(row.listed),
            confirmed_by=session.get_one(PersonRow, row.confirmed_by).name,
            confirmed_on=row.confirmed_on,
            digest=row.digest,
            due_on=confirmation_due_on(row.confirmed_on),
        )


def remind_of_confirmations(*, actor: Actor, now: datetime) -> int:
    """Tell every Category A whose list is due soon, once a reminder; gives how many companies."""
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        live = session.exec(
            select(OrganisationRow.id)
            .where(col(OrganisationRow.status).in_(("live", "withdrawing")))
            .order_by(col(OrganisationRow.id))
        ).all()
        due = {one: _due_on(session, one) for one in live if one is not None}
    return sum(_reminded(one, day, now) for one, day in due.items() if day is not None)


def _reminded(organisation_id: int, due_on: date, now: datetime) -> bool:
    days = rules.signatories_reminder_days(now.date())
    reminder = reminder_now(due_on, days, now.date())
    if reminder is None:
        return False
    with transaction() as session:
        company = session.get_one(OrganisationRow, organisation_id)
        notify(
            session,
            key="signatory.annual_confirm",
            people=category_a_of(session, organisation_id, now.date()),
            organisation_id=organisation_id,
            link="/account/signatories",
            now=now,
            dedupe_key=f"signatory.annual_confirm/{organisation_id}/{due_on}/{reminder}",
            company=company.legal_name,
            due=spoken_date(due_on),
        )
    return True


def _due_on(session: Session, organisation_id: int) -> date | None:
    last = last_confirmation(session, organisation_id)
    since = last.confirmed_on if last else acceded_on(session, organisation_id)
    return confirmation_due_on(since) if since else None


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id
