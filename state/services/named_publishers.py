"""Which programs push rows, and what is proposed about them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.publishers import publisher_words
from state.domain.staff_roles import Proposal, ProposalStatus, status_on
from state.persistence.models.api_clients import ApiClientRow
from state.persistence.models.person import PersonRow
from state.persistence.models.publishers import PublisherProposalRow
from state.persistence.publishers import publisher_rows
from state.persistence.transaction import reading

_MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class NamedPublisher:
    """A program that pushes rows, or did; who proposed it `may_make_secret` until it has one."""

    public_id: str
    name: str
    client_id: str
    acts_for: str
    allowed_addresses: str
    since: date
    until: date | None
    last_used_at: datetime | None
    has_secret: bool
    may_make_secret: bool


@dataclass(frozen=True, slots=True)
class NamedPublishers:
    """Everything about them; the newest proposals first."""

    programs: tuple[NamedPublisher, ...]
    proposals: tuple[Proposal, ...]
    may_propose: bool


def named_publishers(*, actor: Actor, now: datetime) -> NamedPublishers:
    """All of them: for those who read the whole trail."""
    actor.require(Permission.AUDIT_VIEW_ALL)
    with reading() as session:
        proposed = session.exec(
            select(PublisherProposalRow)
            .order_by(col(PublisherProposalRow.id).desc())
            .limit(_MOST_LISTED)
        ).all()
        may = actor.may(Permission.PUBLISHER_PROPOSE)
        mine = {
            one.program_id
            for one in proposed
            if may and one.adds and one.proposed_by == actor.person_id
        }
        return NamedPublishers(
            tuple(_program(session, row, mine) for row in publisher_rows(session)),
            tuple(_proposal(session, actor, row, now, may=may) for row in proposed),
            may,
        )


def _program(session: Session, row: ApiClientRow, mine: set[int | None]) -> NamedPublisher:
    acts = row.until is None
    return NamedPublisher(
        public_id=row.public_id,
        name=row.name,
        client_id=row.client_id,
        acts_for=session.get_one(PersonRow, row.created_by).name,
        allowed_addresses=row.allowed_addresses,
        since=row.since,
        until=row.until,
        last_used_at=row.last_used_at,
        has_secret=bool(row.secret_hash),
        may_make_secret=acts and not row.secret_hash and row.id in mine,
    )


def _proposal(
    session: Session, actor: Actor, row: PublisherProposalRow, now: datetime, *, may: bool
) -> Proposal:
    status = status_on(row.status, row.lapses_on, now.date())
    waits = may and status is ProposalStatus.WAITING
    is_mine = row.proposed_by == actor.person_id
    decider = session.get(PersonRow, row.decided_by) if row.decided_by else None
    person = session.get_one(PersonRow, row.acts_for)
    return Proposal(
        public_id=row.public_id,
        what=publisher_words(row.name, person.name, adds=row.adds),
        reason=row.reason,
        status=status,
        proposed_by=session.get_one(PersonRow, row.proposed_by).name,
        proposed_at=row.created_at,
        decided_by=decider.name if decider else "",
        may_decide=waits and not is_mine and row.acts_for != actor.person_id,
        may_withdraw=waits and is_mine,
    )
