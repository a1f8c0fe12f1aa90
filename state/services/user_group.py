"""The user group: who asks to join has a mail, and belongs to it once they confirm."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.dates import spoken_date
from state.domain.invitations import masked
from state.domain.permissions import Permission
from state.domain.refusal import RefusedError
from state.domain.user_group import MemberStatus, Newcomer, refusals, tidied
from state.persistence.audit_trail import record
from state.persistence.models.user_group import UserGroupMemberRow
from state.persistence.notices import notify_address
from state.persistence.transaction import reading, transaction


class UserGroupRefusedError(RefusedError):
    """What was told breaks a rule; nothing is stored and nobody is written to."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What the holder of a link may know: to whom it was mailed, and whether they belong to it."""

    address: str
    status: MemberStatus
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the group, as staff see them."""

    name: str
    email: str
    organisation: str
    interests: tuple[str, ...]
    confirmed_at: datetime


def ask_to_join(*, actor: Actor, newcomer: Newcomer, now: datetime) -> None:
    """Mail a link to the address; the answer is the same whether it belongs to the group or not.

    Raises:
        UserGroupRefusedError: Every rule that it breaks.
    """
    actor.require(Permission.USER_GROUP_JOIN)
    told = tidied(newcomer)
    if reasons := refusals(told):
        raise UserGroupRefusedError(reasons)
    try:
        with transaction() as session:
            _ask(session, actor, told, now)
    except IntegrityError:
        return  # the same address asked twice at once: it has its mail


def membership_of_link(*, actor: Actor, secret: str, now: datetime) -> Membership | None:
    """Whose link it is; None where it is of nobody, or too old to join by."""
    actor.require(Permission.USER_GROUP_JOIN)
    with reading() as session:
        row = _by_secret(session, secret, now)
        if row is None:
            return None
        return Membership(masked(row.email), MemberStatus(row.status), row.expires_at)


def confirm_membership(*, actor: Actor, secret: str, now: datetime) -> bool:
    """Let the holder of the link belong to the group; False where the link leads nowhere."""
    actor.require(Permission.USER_GROUP_JOIN)
    with transaction() as session:
        row = _by_secret(session, secret, now, to_change=True)
        if row is None:
            return False
        if row.status == MemberStatus.ASKED:
            row.status, row.confirmed_at = MemberStatus.CONFIRMED, now
            row.updated_at, row.row_version = now, row.row_version + 1
            session.add(row)
            _note(session, actor, "joined", row, now)
        return True


def leave_group(*, actor: Actor, secret: str, now: datetime) -> bool:
    """Forget the holder of the link; False where the link leads nowhere."""
    actor.require(Permission.USER_GROUP_JOIN)
    with transaction() as session:
        row = _by_secret(session, secret, now, to_change=True)
        if row is None:
            return False
        _note(session, actor, "left", row, now)
        session.delete(row)
        return True


def members(*, actor: Actor) -> tuple[Member, ...]:
    """Who belongs to the group, the newest first."""
    actor.require(Permission.FEEDBACK_VIEW)
    with reading() as session:
        rows = session.exec(
            select(UserGroupMemberRow)
            .where(UserGroupMemberRow.status == MemberStatus.CONFIRMED)
            .order_by(col(UserGroupMemberRow.confirmed_at).desc())
        ).all()
    return tuple(
        Member(
            row.name,
            row.email,
            row.organisation,
            tuple(row.interests.split()),
            row.confirmed_at or row.created_at,
        )
        for row in rows
    )


def _ask(session: Session, actor: Actor, told: Newcomer, now: datetime) -> None:
    email = told.email.lower()
    row = session.exec(
        select(UserGroupMemberRow).where(UserGroupMemberRow.email == email).with_for_update()
    ).first()
    pause = timedelta(minutes=rules.invitation_asked_again_minutes(now.date()))
    if row is not None and now - row.mailed_at < pause:
        return
    secret = secrets.token_urlsafe(32)
    lasts = timedelta(days=rules.user_group_confirmed_within_days(now.date()))
    if row is None:
        row = UserGroupMemberRow(
            email=email,
            name="",
            interests="",
            status=MemberStatus.ASKED,
            secret_hash="",
            expires_at=now,
            mailed_at=now,
            created_at=now,
            updated_at=now,
        )
    if row.status == MemberStatus.ASKED:
        row.name, row.organisation = told.name, told.organisation
        row.interests = " ".join(told.interests)
    row.secret_hash, row.expires_at, row.mailed_at = _hash_of(secret), now + lasts, now
    row.updated_at = now
    session.add(row)
    session.flush()
    notify_address(
        session,
        key="user_group.confirm",
        address=told.email,
        link=f"/customer/user-group?link={secret}",
        now=now,
        address_shown=masked(email),
        until=spoken_date(row.expires_at.date()),
    )
    _note(session, actor, "asked", row, now)


def _by_secret(
    session: Session, secret: str, now: datetime, *, to_change: bool = False
) -> UserGroupMemberRow | None:
    """Who has the link: a member for good, so that they can leave; any other while it lasts."""
    wanted = select(UserGroupMemberRow).where(UserGroupMemberRow.secret_hash == _hash_of(secret))
    row = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if row is None or (row.status == MemberStatus.ASKED and row.expires_at <= now):
        return None
    return row


def _hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(
    session: Session, actor: Actor, what: str, row: UserGroupMemberRow, now: datetime
) -> None:
    record(
        session, actor=actor, event=f"user_group.{what}", subject=f"user_group:{row.id}", now=now
    )
