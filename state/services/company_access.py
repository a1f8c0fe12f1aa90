"""Who has access for a company, as staff see it; its first people; what waits for its director."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.changes import RIGHTS, ChangeKind, ChangeStatus
from state.domain.invitations import Offer
from state.domain.permissions import Permission
from state.persistence.members import category_a_of
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import OrganisationRow, ParticipantRow
from state.persistence.queries.who_may import people_who_may
from state.persistence.transaction import reading
from state.services.change_decisions import BY_LETTER
from state.services.change_views import ChangeView, view_in
from state.services.invitations import invite
from state.services.people_with_access import PersonWithAccess, people_in
from state.services.sent_invitations import HeldInvitation, confirm_letter, invitations_in


@dataclass(frozen=True, slots=True)
class CompanyAccess:
    """A company's people, who is invited, and what a director's letter would let go on."""

    public_id: str
    name: str
    party_ids: tuple[str, ...]
    has_category_a: bool
    may_invite_first: bool
    may_confirm: bool
    people: tuple[PersonWithAccess, ...]
    invitations: tuple[HeldInvitation, ...]
    for_the_director: tuple[ChangeView, ...]


def access_of_company(*, actor: Actor, public_id: str, now: datetime) -> CompanyAccess:
    """Everything about one company's access.

    Raises:
        NotAllowedError: There is no such company.
    """
    actor.require(Permission.PEOPLE_VIEW)
    with reading() as session:
        company = _company(session, public_id)
        has_a = bool(category_a_of(session, company.id or 0, now.date()))
        may = actor.may(Permission.ACCESS_GRANT_FIRST)
        return CompanyAccess(
            public_id=company.public_id,
            name=company.legal_name,
            party_ids=tuple(
                session.exec(
                    select(ParticipantRow.party_id).where(
                        ParticipantRow.organisation_id == company.id
                    )
                )
            ),
            has_category_a=has_a,
            may_invite_first=may and not has_a,
            may_confirm=may,
            people=people_in(session, actor, company.id or 0, now),
            invitations=invitations_in(session, actor, company.id or 0, now),
            for_the_director=_for_the_director(session, actor, company, now),
        )


def invite_first(*, actor: Actor, public_id: str, offer: Offer, now: datetime) -> HeldInvitation:
    """Invite one of the first people of a company; a Category A waits for a director's letter.

    Raises:
        NotAllowedError: There is no such company.
        InvitationRefusedError: Every reason at once.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST)
    organisation_id = _key_of(public_id)
    return invite(actor=actor, organisation_id=organisation_id, offer=offer, now=now)


def confirm_first(
    *, actor: Actor, public_id: str, invitation: str, reference: str, now: datetime
) -> HeldInvitation:
    """Confirm the director's letter for an invitation that another member of staff prepared.

    Raises:
        NotAllowedError: There is no such company or invitation.
        InvitationRefusedError: See `confirm_letter`.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST)
    return confirm_letter(
        actor=actor,
        organisation_id=_key_of(public_id),
        public_id=invitation,
        reference=reference,
        now=now,
    )


def _key_of(public_id: str) -> int:
    with reading() as session:
        return _company(session, public_id).id or 0


def _company(session: Session, public_id: str) -> OrganisationRow:
    row = session.exec(
        select(OrganisationRow).where(OrganisationRow.public_id == public_id)
    ).first()
    if row is None:
        raise NotAllowedError("There is no such company.")
    return row


def _for_the_director(
    session: Session, actor: Actor, company: OrganisationRow, now: datetime
) -> tuple[ChangeView, ...]:
    """What nobody else of the company may approve: for those of us who may in its stead."""
    if not actor.may(Permission.ACCESS_GRANT_FIRST):
        return ()
    rows = session.exec(
        select(ChangeRow)
        .where(
            ChangeRow.organisation_id == company.id,
            ChangeRow.status == ChangeStatus.AWAITING_APPROVAL,
            col(ChangeRow.kind).in_([kind.value for kind in BY_LETTER]),
        )
        .order_by(col(ChangeRow.id))
    ).all()
    return tuple(
        view_in(session, actor, row)
        for row in rows
        if set(_approvers(session, row, now)) <= {row.made_by}
    )


def _approvers(session: Session, row: ChangeRow, now: datetime) -> tuple[int, ...]:
    approve = RIGHTS[ChangeKind(row.kind)].approve
    return people_who_may(session, row.organisation_id or 0, approve, now.date())
