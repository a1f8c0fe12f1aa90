"""Contacts are looked at again every two years: saying that one is still right, and reminding."""

from datetime import date, datetime

from sqlmodel import col, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.contact_review import review_due_on
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.reminders import reminder_now
from state.persistence.audit_trail import record
from state.persistence.members import category_a_of
from state.persistence.models.organisation import ContactRow, OrganisationRow
from state.persistence.notices import notify
from state.persistence.transaction import reading, transaction


def confirm_contact(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> str:
    """Say that a contact is still right as it stands; gives the contact's name.

    Its version stays: nothing that a change in progress began from is another now.

    Raises:
        NotAllowedError: The actor may not, or the company has no such contact now.
    """
    actor.require(Permission.CONTACT_APPROVE, organisation_id)
    with transaction() as session:
        row = session.exec(
            select(ContactRow)
            .where(
                ContactRow.public_id == public_id,
                ContactRow.organisation_id == organisation_id,
                col(ContactRow.until).is_(None),
            )
            .with_for_update()
        ).first()
        if row is None:
            raise NotAllowedError("There is no such contact at your company.")
        row.reviewed_on, row.updated_at = now.date(), now
        session.add(row)
        record(
            session,
            actor=actor,
            event="account.contact.reviewed",
            subject=public_id,
            organisation_id=organisation_id,
            now=now,
        )
        return row.name


def remind_of_contacts(*, actor: Actor, now: datetime) -> int:
    """Tell every Category A which contacts are to be looked at soon; gives how many reminders."""
    actor.require(Permission.OUTBOX_WORK)
    days = rules.contact_review_reminder_days(now.date())
    with reading() as session:
        rows = session.exec(select(ContactRow).where(col(ContactRow.until).is_(None))).all()
    due = {(row.organisation_id, review_due_on(row.reviewed_on)) for row in rows}
    asked = [
        (organisation_id, due_on, reminder)
        for organisation_id, due_on in sorted(due)
        if (reminder := reminder_now(due_on, days, now.date())) is not None
    ]
    for organisation_id, due_on, reminder in asked:
        _remind(organisation_id, due_on, reminder, now)
    return len(asked)


def _remind(organisation_id: int, due_on: date, reminder: int, now: datetime) -> None:
    with transaction() as session:
        notify(
            session,
            key="contact.review_due",
            people=category_a_of(session, organisation_id, now.date()),
            organisation_id=organisation_id,
            link="/account/contacts",
            now=now,
            dedupe_key=f"contact.review_due/{organisation_id}/{due_on}/{reminder}",
            company=session.get_one(OrganisationRow, organisation_id).legal_name,
            due=spoken_date(due_on),
        )
