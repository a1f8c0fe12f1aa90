"""The outbox of mail: what a worker takes to send, what came of it, and a developer's mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select, update

from state.domain.actor import Actor, NotAllowedError
from state.domain.mail import next_try_after
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.invitations import note_bounce
from state.persistence.models.notices import OutboxMailRow
from state.persistence.transaction import reading, transaction
from state.services.sessions import WAYS_IN

_TAKEN_FOR: Final = timedelta(minutes=10)
"""So long a worker has a mail to itself; one that died with it leaves it to the next."""

_LOOKED_AT: Final = 20
_MAILBOX_HOLDS: Final = 100


@dataclass(frozen=True, slots=True)
class MailToSend:
    """One mail that this worker alone has now. The link is a path of ours."""

    mail_id: int
    address: str
    subject: str
    body: str
    link: str


@dataclass(frozen=True, slots=True)
class HeldMail:
    """One mail of the developer's mailbox."""

    mail_id: int
    address: str
    subject: str
    body: str
    link: str
    created_at: datetime


def mail_to_send(*, actor: Actor, now: datetime) -> MailToSend | None:
    """Take the mail that has been due longest: it goes to one worker, however many ask."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        due = session.exec(
            select(OutboxMailRow)
            .where(col(OutboxMailRow.next_try_at) <= now)
            .order_by(col(OutboxMailRow.next_try_at), col(OutboxMailRow.id))
            .limit(_LOOKED_AT)
        ).all()
        return next((_to_send(row) for row in due if _taken(session, row, now)), None)


def mail_sent(*, actor: Actor, mail_id: int, now: datetime) -> None:
    """Note that the mail server has it, and forget its link: some links open something."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(OutboxMailRow, mail_id)
        row.sent_at, row.next_try_at, row.failed_reason, row.link = now, None, "", ""
        session.add(row)


def mail_failed(*, actor: Actor, mail_id: int, reason: str, for_good: bool, now: datetime) -> None:
    """Have it tried again later; or never, where it is refused for good or a day has passed."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(OutboxMailRow, mail_id)
        wait = None if for_good else next_try_after(row.tries, now.date())
        row.failed_reason = reason[:200]
        row.next_try_at = now + wait if wait else None
        if wait is None:
            _give_up(session, actor, row, now)
        session.add(row)


def development_mailbox(*, actor: Actor) -> tuple[HeldMail, ...]:
    """The newest mail with its links, on a developer's own machine.

    Raises:
        NotAllowedError: The development sign-in is not on.
    """
    actor.require(Permission.SIGN_IN)
    if not WAYS_IN.development:
        raise NotAllowedError("The mailbox is for developers, on their own machines.")
    with reading() as session:
        rows = session.exec(
            select(OutboxMailRow).order_by(col(OutboxMailRow.id).desc()).limit(_MAILBOX_HOLDS)
        ).all()
        return tuple(
            HeldMail(row.id or 0, row.address, row.subject, row.body, row.link, row.created_at)
            for row in rows
        )


def _taken(session: Session, row: OutboxMailRow, now: datetime) -> bool:
    """Whether this worker has it: the first whose update finds it as it was read."""
    taken = session.execute(
        update(OutboxMailRow)
        .where(
            col(OutboxMailRow.id) == row.id,
            col(OutboxMailRow.tries) == row.tries,
            col(OutboxMailRow.next_try_at) <= now,
        )
        .values(tries=row.tries + 1, next_try_at=now + _TAKEN_FOR)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an update's result has it


def _give_up(session: Session, actor: Actor, row: OutboxMailRow, now: datetime) -> None:
    row.link = ""
    note_bounce(session, dedupe_key=row.dedupe_key or "", now=now)
    record(
        session,
        actor=actor,
        event="mail.given_up",
        subject=f"mail:{row.id}",
        now=now,
        kind=row.key,
        tries=row.tries,
    )


def _to_send(row: OutboxMailRow) -> MailToSend:
    return MailToSend(row.id or 0, row.address, row.subject, row.body, row.link)
