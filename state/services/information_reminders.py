"""The clock brings requests for information to mind: Working Days before, and once overdue."""

from datetime import datetime

from sqlmodel import select

from state.domain.actor import Actor
from state.domain.information_requests import OVERDUE, RequestStatus, reminder_of
from state.domain.permissions import Permission
from state.persistence.information_notices import tell_company, tell_who_asked
from state.persistence.models.information_requests import InformationRequestRow
from state.persistence.transaction import reading, transaction


def remind_of_information(*, actor: Actor, now: datetime) -> int:
    """Tell each company what it has not answered yet, each reminder once; gives how many.

    Whoever asked is told too once the day is over: it is for them to call, or to withdraw it.
    """
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        rows = session.exec(
            select(InformationRequestRow).where(InformationRequestRow.status == RequestStatus.ASKED)
        ).all()
    due = [
        (row, reminder)
        for row in rows
        if (
            reminder := reminder_of(
                asked_on=row.asked_at.date(), due_on=row.due_on, today=now.date()
            )
        )
    ]
    for row, reminder in due:
        key = "information.overdue" if reminder == OVERDUE else "information.due"
        once = f"{key}/{row.reference}/{row.due_on}/{reminder}"
        with transaction() as session:
            tell_company(session, row, key, now=now, once=once)
            if reminder == OVERDUE:
                late = "information.unanswered"
                tell_who_asked(
                    session, row, late, now=now, once=f"{late}/{row.reference}/{row.due_on}"
                )
    return len(due)
