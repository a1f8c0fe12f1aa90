"""Naming programs that push rows, and ending them: one administrator proposes, another agrees."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.api_secrets import hash_of, new_client_secret
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.publishers import publisher_words
from state.domain.refusal import Refusal
from state.domain.staff_roles import ProposalStatus, proposal_reason_refusals, status_on
from state.persistence.audit_trail import record
from state.persistence.models.api_clients import ApiClientRow
from state.persistence.models.person import PersonRow
from state.persistence.models.publishers import PublisherProposalRow
from state.persistence.notices import notify
from state.persistence.publishers import (
    WantedPublisher,
    acting_publisher,
    end_publisher_row,
    publisher_refusals,
    put_publisher,
)
from state.persistence.queries.who_may import staff_who_may
from state.persistence.transaction import transaction
from state.services.api_clients import ProgramSecret
from state.services.publishers import PublisherRefusedError

_LINK = "/staff/publishers"


def propose_publisher(  # which, for whom, from where, why
    *, actor: Actor, name: str, acts_for: str, allowed_addresses: str, reason: str, now: datetime
) -> None:
    """Propose that a program pushes rows, for the member of staff of an address.

    Raises:
        NotAllowedError: Only administrators may.
        SignInAgainError: They signed in too long ago.
        PublisherRefusedError: Every reason, by field.
    """
    actor.require(Permission.PUBLISHER_PROPOSE)
    wanted = WantedPublisher(tidy(name), acts_for, allowed_addresses)
    with transaction() as session:
        reasons, person = publisher_refusals(session, wanted, now.date())
        reasons = (*reasons, *proposal_reason_refusals(reason))
        if any(one.name.casefold() == wanted.name.casefold() for one in _waiting(session, now)):
            reasons = (*reasons, Refusal("name", "This is proposed already. Decide on it"))
        if reasons or person is None:
            raise PublisherRefusedError(reasons)
        row = _proposal(actor, wanted, person, reason, now)
        _put(session, actor, row, now)


def propose_publisher_end(*, actor: Actor, public_id: str, reason: str, now: datetime) -> None:
    """Propose to end a program that pushes rows.

    Raises:
        NotAllowedError: Only administrators may, or there is no such program.
        SignInAgainError: They signed in too long ago.
        PublisherRefusedError: It is proposed already, or no reason is given.
    """
    actor.require(Permission.PUBLISHER_PROPOSE)
    with transaction() as session:
        program = _acting(session, public_id)
        reasons = proposal_reason_refusals(reason)
        if any(one.program_id == program.id for one in _waiting(session, now)):
            reasons = (*reasons, Refusal("", "This is proposed already. Decide on it"))
        if reasons:
            raise PublisherRefusedError(reasons)
        person = session.get_one(PersonRow, program.created_by)
        wanted = WantedPublisher(program.name, person.email, program.allowed_addresses)
        row = _proposal(actor, wanted, person, reason, now)
        row.adds, row.program_id = False, program.id
        _put(session, actor, row, now)


def decide_publisher(*, actor: Actor, public_id: str, agrees: bool, now: datetime) -> None:
    """Agree to what another administrator proposed, which makes it so at once; or refuse it.

    Raises:
        NotAllowedError: Only administrators may, or there is no such proposal.
        SignInAgainError: They signed in too long ago.
        PublisherRefusedError: They proposed it or it acts for them; or it cannot be any more.
    """
    actor.require(Permission.PUBLISHER_PROPOSE)
    with transaction() as session:
        row = _open(session, public_id, now)
        if actor.person_id in {row.proposed_by, row.acts_for}:
            words = "An administrator must decide who neither proposed it nor is acted for"
            raise PublisherRefusedError((Refusal("", words),))
        if agrees:
            _make_so(session, row, now)
        _close(session, actor, row, ProposalStatus.DONE if agrees else ProposalStatus.REFUSED, now)
        if agrees:
            _tell(session, actor, row, "publisher.changed", now)
        _record(session, actor, row, "agreed" if agrees else "refused", now)


def withdraw_publisher(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Take back what one proposed.

    Raises:
        NotAllowedError: There is no such proposal of one's own.
        PublisherRefusedError: It is not open any more.
    """
    actor.require(Permission.PUBLISHER_PROPOSE)
    with transaction() as session:
        row = _open(session, public_id, now)
        if row.proposed_by != actor.person_id:
            raise NotAllowedError("Only who proposed it can take it back.")
        _close(session, actor, row, ProposalStatus.WITHDRAWN, now)
        _record(session, actor, row, "withdrawn", now)


def publisher_secret(*, actor: Actor, public_id: str, now: datetime) -> ProgramSecret:
    """The secret of a program that was agreed to, for who proposed it: made and shown once.

    Raises:
        NotAllowedError: One proposed no such program, it has its secret, or has ended.
        SignInAgainError: They signed in too long ago.
    """
    actor.require(Permission.PUBLISHER_PROPOSE)
    with transaction() as session:
        program = _acting(session, public_id)
        mine = session.exec(
            select(PublisherProposalRow).where(
                PublisherProposalRow.program_id == program.id,
                PublisherProposalRow.proposed_by == actor.person_id,
                PublisherProposalRow.status == ProposalStatus.DONE,
            )
        ).first()
        if mine is None or program.secret_hash:
            raise NotAllowedError("Only who proposed it makes its secret, and once.")
        secret = new_client_secret()
        program.secret_hash, program.updated_at = hash_of(secret), now
        session.add(program)
        _record(session, actor, mine, "secret_made", now)
        return ProgramSecret(program.name, program.client_id, secret)


def _proposal(
    actor: Actor, wanted: WantedPublisher, person: PersonRow, reason: str, now: datetime
) -> PublisherProposalRow:
    lasts = rules.staff_role_proposal_lasts_days(now.date())
    return PublisherProposalRow(
        public_id=secrets.token_hex(10),
        adds=True,
        name=wanted.name,
        acts_for=person.id or 0,
        allowed_addresses=wanted.allowed_addresses,
        reason=tidy(reason),
        status=ProposalStatus.WAITING,
        lapses_on=now.date() + timedelta(days=lasts),
        proposed_by=_person_id(actor),
        created_at=now,
        updated_at=now,
    )


def _put(session: Session, actor: Actor, row: PublisherProposalRow, now: datetime) -> None:
    session.add(row)
    session.flush()
    _tell(session, actor, row, "publisher.proposed", now)
    _record(session, actor, row, "proposed", now)


def _waiting(session: Session, now: datetime) -> list[PublisherProposalRow]:
    wanted = select(PublisherProposalRow).where(
        PublisherProposalRow.status == ProposalStatus.WAITING,
        PublisherProposalRow.lapses_on >= now.date(),
    )
    return list(session.exec(wanted))


def _acting(session: Session, public_id: str) -> ApiClientRow:
    row = acting_publisher(session, public_id)
    if row is None:
        raise NotAllowedError("There is no such program.")
    return row


def _open(session: Session, public_id: str, now: datetime) -> PublisherProposalRow:
    wanted = select(PublisherProposalRow).where(PublisherProposalRow.public_id == public_id)
    row = session.exec(wanted.with_for_update()).first()
    if row is None:
        raise NotAllowedError("There is no such proposal.")
    if status_on(row.status, row.lapses_on, now.date()) is not ProposalStatus.WAITING:
        raise PublisherRefusedError((Refusal("", "It was decided on meanwhile, or ran out"),))
    return row


def _make_so(session: Session, row: PublisherProposalRow, now: datetime) -> None:
    """What was fit when it was proposed must be so still."""
    if not row.adds:
        program = session.get_one(ApiClientRow, row.program_id)
        if program.until is None:
            end_publisher_row(session, program, now)
        return
    person = session.get_one(PersonRow, row.acts_for)
    wanted = WantedPublisher(row.name, person.email, row.allowed_addresses)
    reasons, found = publisher_refusals(session, wanted, now.date())
    if reasons or found is None:
        raise PublisherRefusedError(tuple(Refusal("", one.reason) for one in reasons))
    row.program_id = put_publisher(session, wanted, found, "", now).id


def _close(
    session: Session,
    actor: Actor,
    row: PublisherProposalRow,
    to: ProposalStatus,
    now: datetime,
) -> None:
    row.status, row.decided_by, row.decided_at = to, _person_id(actor), now
    row.updated_at, row.row_version = now, row.row_version + 1
    session.add(row)
    session.flush()


def _tell(
    session: Session, actor: Actor, row: PublisherProposalRow, key: str, now: datetime
) -> None:
    """The other administrators; once it is so, whom it acts for and who proposed it too."""
    people = {*staff_who_may(session, Permission.PUBLISHER_PROPOSE, now.date())}
    if key == "publisher.changed":
        people |= {row.acts_for, row.proposed_by}
    notify(
        session,
        key=key,
        people=sorted(one for one in people - {actor.person_id} if one is not None),
        organisation_id=None,
        link=_LINK if key == "publisher.proposed" else "/notices",
        now=now,
        who=actor.name,
        what=_words(session, row),
    )


def _words(session: Session, row: PublisherProposalRow) -> str:
    person = session.get_one(PersonRow, row.acts_for)
    return publisher_words(row.name, person.name, adds=row.adds)


def _record(
    session: Session, actor: Actor, row: PublisherProposalRow, what: str, now: datetime
) -> None:
    record(
        session,
        actor=actor,
        event=f"publisher.{what}",
        subject=row.public_id,
        now=now,
        name=row.name,
        adds=row.adds,
        acts_for=session.get_one(PersonRow, row.acts_for).public_id,
        reason=row.reason,
    )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id
