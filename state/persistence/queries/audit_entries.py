"""Entries of the audit trail that somebody looks for."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from state.domain.audit_seal import AuditFacts
from state.domain.audit_search import AuditSearch
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.organisation import OrganisationRow, ParticipantRow
from state.persistence.models.person import PersonRow

_LONGEST = 80


def conditions(session: Session, wanted: AuditSearch) -> list[ColumnElement[bool]]:
    """The search as conditions on the entries."""
    found: list[ColumnElement[bool]] = []
    row = AuditEntryRow
    if wanted.organisation_id is not None:
        found.append(col(row.organisation_id) == wanted.organisation_id)
    if text := wanted.anything.strip()[:_LONGEST]:
        found.append(
            or_(*(_holds(one, text) for one in (col(row.event), col(row.subject), col(row.actor))))
        )
    found += [_holds(col(row.event), word) for word in wanted.event[:_LONGEST].split()]
    if text := wanted.actor.strip()[:_LONGEST]:
        found.append(_by(session, text))
    if text := wanted.company.strip()[:_LONGEST]:
        found.append(col(row.organisation_id).in_(_companies(text)))
    if wanted.since is not None:
        found.append(col(row.at) >= _midnight(wanted.since))
    if wanted.until is not None:
        found.append(col(row.at) < _midnight(wanted.until + timedelta(days=1)))
    return found


def facts_of(row: AuditEntryRow) -> AuditFacts:
    """What an entry says."""
    return AuditFacts(**{name: getattr(row, name) for name in AuditFacts.__slots__})


def names_of_actors(session: Session, actors: set[str]) -> dict[str, str]:
    """The trail keeps a person's number, never their name; whoever reads it may ask who that is."""
    numbers = {actor: person_number(actor) for actor in actors}
    people = session.exec(
        select(PersonRow.id, PersonRow.name).where(
            col(PersonRow.id).in_({number for number in numbers.values() if number is not None})
        )
    ).all()
    known = dict(people)
    return {actor: known[number] for actor, number in numbers.items() if number in known}


def person_number(actor: str) -> int | None:
    """`7`, of `person:7:development`; none of what is no person."""
    kind, _, rest = actor.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "person" and number.isdecimal() else None


def _holds(column: Mapped[str], text: str) -> ColumnElement[bool]:
    return column.icontains(text, autoescape=True)


def _by(session: Session, text: str) -> ColumnElement[bool]:
    """An actor as the trail writes them, or a person by name or address."""
    people = session.exec(
        select(PersonRow.id)
        .where(_holds(col(PersonRow.name), text) | _holds(col(PersonRow.email), text))
        .limit(500)
    ).all()
    written = [f"person:{one}{how}" for one in people for how in ("", ":development")]
    actor = col(AuditEntryRow.actor)
    return actor.in_(written) | (actor == text)


def _companies(text: str) -> SelectOfScalar[int] | SelectOfScalar[None]:
    parties = select(ParticipantRow.organisation_id).where(
        _holds(col(ParticipantRow.party_id), text)
    )
    return select(OrganisationRow.id).where(
        _holds(col(OrganisationRow.legal_name), text) | col(OrganisationRow.id).in_(parties)
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
