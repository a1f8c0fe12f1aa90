"""One's own notices: how many are unread, what they say, and which mail to have about what."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from state.domain.actor import Actor, NotAllowedError
from state.domain.notices import notice_kind, notice_topics, said, why_topic_is_mandatory
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.models.notices import NoticePreferenceRow, NoticeRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.transaction import reading, transaction

PAGE_NOTICES: Final = 25
"""How many a page holds."""


@dataclass(frozen=True, slots=True)
class HeldNotice:
    """One notice, in words."""

    public_id: str
    title: str
    sentence: str
    organisation_name: str
    link: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page of notices, how many there are of these, and how many are unread."""

    notices: tuple[HeldNotice, ...]
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class MailChoice:
    """A topic, whether mail comes about it, and why some of it always does."""

    topic: str
    name: str
    hint: str
    by_mail: bool
    always_because: str


def unread_count(*, actor: Actor) -> int:
    """How many notices the person has not read."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        return _count(session, actor, unread_only=True)


def notices_of(*, actor: Actor, unread_only: bool, page: int) -> NoticePage:
    """The person's notices, the newest first."""
    actor.require(Permission.SESSION_OWN)
    wanted = (
        select(NoticeRow, OrganisationRow.legal_name)
        .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(NoticeRow.organisation_id))
        .where(*_own(actor, unread_only=unread_only))
        .order_by(col(NoticeRow.id).desc())
        .offset((max(page, 1) - 1) * PAGE_NOTICES)
        .limit(PAGE_NOTICES)
    )
    with reading() as session:
        return NoticePage(
            tuple(_held(row, name or "") for row, name in session.exec(wanted).all()),
            total=_count(session, actor, unread_only=unread_only),
            unread=_count(session, actor, unread_only=True),
        )


def notices_about(
    *, actor: Actor, organisation_id: int, before: str, most: int
) -> tuple[HeldNotice, ...]:
    """What the person was told about one company, the newest first: for a program of theirs."""
    actor.require(Permission.ORG_VIEW, organisation_id)
    own = [*_own(actor, unread_only=False), col(NoticeRow.organisation_id) == organisation_id]
    with reading() as session:
        found = select(NoticeRow.id).where(*own, NoticeRow.public_id == before)
        earlier = session.exec(found).first() if before else None
        rows = session.exec(
            select(NoticeRow, OrganisationRow.legal_name)
            .join(OrganisationRow, col(OrganisationRow.id) == col(NoticeRow.organisation_id))
            .where(*own, *([col(NoticeRow.id) < earlier] if earlier else []))
            .order_by(col(NoticeRow.id).desc())
            .limit(most)
        ).all()
        return tuple(_held(row, name) for row, name in rows)


def mark_read(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Note that the person has read one of theirs; another's is left alone without a word."""
    actor.require(Permission.SESSION_OWN)
    _mark(actor, now, col(NoticeRow.public_id) == public_id)


def mark_all_read(*, actor: Actor, now: datetime) -> None:
    """Note that the person has read all of theirs."""
    actor.require(Permission.SESSION_OWN)
    _mark(actor, now)


def mail_choices(*, actor: Actor) -> tuple[MailChoice, ...]:
    """Every topic, and what the person chose."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        muted = session.exec(
            select(NoticePreferenceRow.topic).where(
                NoticePreferenceRow.person_id == _person_id(actor),
                col(NoticePreferenceRow.by_mail).is_(False),
            )
        ).all()
    return tuple(
        MailChoice(
            topic.key,
            topic.name,
            topic.hint,
            by_mail=bool(why) or topic.key not in muted,
            always_because=why,
        )
        for topic in notice_topics()
        for why in [why_topic_is_mandatory(topic.key)]
    )


def choose_mail(*, actor: Actor, topics: Collection[str], now: datetime) -> None:
    """Have mail about these topics and no others; what cannot be muted comes all the same."""
    actor.require(Permission.SESSION_OWN)
    actor.require_not_looking()
    person_id = _person_id(actor)
    with transaction() as session:
        for topic in notice_topics():
            if not why_topic_is_mandatory(topic.key):
                session.merge(
                    NoticePreferenceRow(
                        person_id=person_id, topic=topic.key, by_mail=topic.key in topics
                    )
                )
        record(
            session,
            actor=actor,
            event="notices.mail.chosen",
            subject=actor.reference,
            now=now,
            topics=sorted({topic.key for topic in notice_topics()} & set(topics)),
        )


def _mark(actor: Actor, now: datetime, *which: ColumnElement[bool]) -> None:
    actor.require_not_looking()
    with transaction() as session:
        session.execute(
            update(NoticeRow).where(*_own(actor, unread_only=True), *which).values(read_at=now)
        )


def _count(session: Session, actor: Actor, *, unread_only: bool) -> int:
    counted = select(func.count()).select_from(NoticeRow)
    return session.exec(counted.where(*_own(actor, unread_only=unread_only))).one()


def _own(actor: Actor, *, unread_only: bool) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [col(NoticeRow.person_id) == _person_id(actor)]
    return [*wanted, col(NoticeRow.read_at).is_(None)] if unread_only else wanted


def _held(row: NoticeRow, organisation_name: str) -> HeldNotice:
    kind, words = notice_kind(row.key), json.loads(row.words)
    return HeldNotice(
        public_id=row.public_id,
        title=said(kind.subject, words),
        sentence=said(kind.sentence, words),
        organisation_name=organisation_name,
        link=row.link,
        created_at=row.created_at,
        is_read=row.read_at is not None,
    )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person has notices.")
    return actor.person_id
