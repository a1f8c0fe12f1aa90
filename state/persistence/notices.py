"""Telling people something, inside the transaction of the thing that they are told about."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, or_, select, update

from state.domain.notices import NoticeKind, notice_kind, said
from state.persistence.models.notices import NoticePreferenceRow, NoticeRow, OutboxMailRow
from state.persistence.models.person import PersonRow

_INSERTS: Mapping[str, Callable[..., Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def notify(  # noqa: PLR0913  # what, whom, about whom, where, when, once, in which words
    session: Session,
    *,
    key: str,
    people: Iterable[int],
    organisation_id: int | None,
    link: str,
    now: datetime,
    dedupe_key: str = "",
    **words: str,
) -> None:
    """Tell people: a notice each, and a mail unless they muted what may be muted.

    With a dedupe key each of them is told once, however often this is called.

    Raises:
        KeyError: There is no such kind, or a word that it needs is missing.
    """
    kind = _checked(key, words)
    for person in _active(session, people):
        once = f"{dedupe_key}/{person.id}" if dedupe_key else None
        _put(
            session,
            NoticeRow,
            public_id=secrets.token_hex(12),
            person_id=person.id,
            organisation_id=organisation_id,
            key=key,
            words=json.dumps(words, sort_keys=True),
            link=link,
            created_at=now,
            dedupe_key=once,
        )
        if _wants_mail(session, person, kind):
            _put_mail(
                session,
                kind,
                words,
                address=person.email,
                link=link,
                now=now,
                once=once,
                person_id=person.id,
            )


def notify_address(  # what, whom, where, when, once, in which words
    session: Session,
    *,
    key: str,
    address: str,
    link: str,
    now: datetime,
    dedupe_key: str = "",
    **words: str,
) -> None:
    """Tell an address that has no account: a mail alone.

    Raises:
        KeyError: There is no such kind, or a word that it needs is missing.
    """
    kind = _checked(key, words)
    _put_mail(session, kind, words, address=address, link=link, now=now, once=dedupe_key or None)


def cancel_mails(session: Session, of: str) -> None:
    """Let no mail of a thing that has not gone out yet go out, and forget its link.

    Its mails are those whose dedupe key is `of`, or begins with `of` and a colon.
    """
    key = col(OutboxMailRow.dedupe_key)
    session.execute(
        update(OutboxMailRow)
        .where(or_(key == of, key.startswith(f"{of}:", autoescape=True)))
        .where(col(OutboxMailRow.sent_at).is_(None))
        .values(link="", next_try_at=None, failed_reason="overtaken")
    )


def _checked(key: str, words: Mapping[str, str]) -> NoticeKind:
    kind = notice_kind(key)
    if missing := kind.placeholders - words.keys():
        raise KeyError(f"A notice of {key} needs {', '.join(sorted(missing))}.")
    return kind


def _active(session: Session, people: Iterable[int]) -> list[PersonRow]:
    wanted = select(PersonRow).where(
        col(PersonRow.id).in_(set(people)), PersonRow.status == "active"
    )
    return list(session.exec(wanted.order_by(col(PersonRow.id))))


def _wants_mail(session: Session, person: PersonRow, kind: NoticeKind) -> bool:
    if kind.mandatory:
        return True
    chosen = session.get(NoticePreferenceRow, (person.id, kind.topic))
    return chosen is None or chosen.by_mail


def _put_mail(  # noqa: PLR0913  # a mail has this many sides
    session: Session,
    kind: NoticeKind,
    words: Mapping[str, str],
    *,
    address: str,
    link: str,
    now: datetime,
    once: str | None,
    person_id: int | None = None,
) -> None:
    _put(
        session,
        OutboxMailRow,
        to_person_id=person_id,
        address=address,
        key=kind.key,
        subject=said(kind.subject, words)[:200],
        body=said(kind.mail, words),
        link=link,
        created_at=now,
        next_try_at=now,
        tries=0,
        failed_reason="",
        dedupe_key=once,
    )


def _put(session: Session, kind: type[SQLModel], **values: Any) -> None:  # noqa: ANN401  # a row's
    """Add a row unless one with its dedupe key is there; a race for it fails nobody."""
    insert = _INSERTS[session.get_bind().dialect.name]
    session.execute(insert(kind).values(**values).on_conflict_do_nothing())
