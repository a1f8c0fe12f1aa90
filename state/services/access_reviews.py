"""Once a year a Category A confirms who still needs access: bringing that to mind."""

from collections import Counter
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.access import confirmed_again_by
from state.domain.actor import Actor
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.reminders import reminder_now
from state.persistence.members import category_a_of, in_force
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import MembershipRow
from state.persistence.notices import notify
from state.persistence.transaction import reading, transaction


def remind_of_access(*, actor: Actor, now: datetime) -> int:
    """Tell every Category A whose access is to be confirmed soon; gives how many reminders.

    Once a month before the day and once when it has come, however often this is called.
    """
    actor.require(Permission.OUTBOX_WORK)
    today = now.date()
    days = (rules.access_review_reminder_days(today),)
    with reading() as session:
        due = _due(session, today)
    asked = [
        (organisation_id, due_on, people, reminder)
        for (organisation_id, due_on), people in sorted(due.items())
        if (reminder := reminder_now(due_on, days, today)) is not None
    ]
    for organisation_id, due_on, people, reminder in asked:
        _remind(organisation_id, due_on, people, reminder, now)
    return len(asked)


def _due(session: Session, today: date) -> Counter[tuple[int, date]]:
    """How many people of a company are to be confirmed by which day."""
    rows = session.exec(
        select(MembershipRow)
        .join(OrganisationRow, col(OrganisationRow.id) == col(MembershipRow.organisation_id))
        .where(
            col(OrganisationRow.status).in_(("live", "withdrawing")),
            *in_force(MembershipRow, today),
        )
    ).all()
    return Counter(
        (row.organisation_id, confirmed_again_by(row.confirmed_on or row.since, today))
        for row in rows
    )


def _remind(organisation_id: int, due_on: date, people: int, reminder: int, now: datetime) -> None:
    by = spoken_date(due_on)
    with transaction() as session:
        notify(
            session,
            key="access.review_due",
            people=category_a_of(session, organisation_id, now.date()),
            organisation_id=organisation_id,
            link="/account/people",
            now=now,
            dedupe_key=f"access.review_due/{organisation_id}/{due_on}/{reminder}",
            company=session.get_one(OrganisationRow, organisation_id).legal_name,
            what=f"{people} {'person' if people == 1 else 'people'}, by {by}",
        )
