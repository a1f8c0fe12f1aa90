"""Work that waits for the staff of the demo market: a letter, a change, a role, information."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, select

from state.domain.actor import Actor, Authorisation
from state.domain.authorisation_categories import CATEGORY_A
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.information_requests import (
    WantedInformation,
    request_templates,
    usual_due_date,
)
from state.domain.invitations import Offer, OfferedCategory
from state.domain.permissions import Capacity, Permission, StaffRole
from state.persistence.models.organisation import OrganisationRow, ParticipantRow
from state.persistence.models.person import ExternalIdentityRow, PersonRow
from state.persistence.models.staff_roles import StaffRoleProposalRow
from state.persistence.transaction import reading
from state.services.change_views import change_to_see
from state.services.changes import Proposal, prepare_change, submit_change
from state.services.information_answers import answer_request, attach_file
from state.services.information_requests import ask_for_information
from state.services.invitations import invite
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER
from state.services.staff_role_proposals import propose_role

_FIRST: Final = Offer(
    "lena.marsh@lantern.example", "Lena Marsh", "signatory", (OfferedCategory(CATEGORY_A),)
)

_ANSWER: Final = "The serial numbers and the dates of the tests are in the file."
_METERS: Final = b"""meter_serial_number,tested_on,result
DM-2201-7,2026-03-04,passed
DM-2201-8,2026-03-04,passed
"""


def leave_work_for_staff(*, actor: Actor, now: datetime) -> None:
    """Leave it, once: each piece by the one who would."""
    actor.require(Permission.MARKET_SEED)
    with reading() as session:
        if session.exec(select(StaffRoleProposalRow.id).limit(1)).first() is not None:
            return
        esther = _staff(session, "esther-newcombe", StaffRole.MARKET_ENTRY)
        adam = _staff(session, "adam-rootley", StaffRole.ADMINISTRATOR)
        parveen = _staff(session, "parveen-maddox", StaffRole.PARTICIPANT_MANAGEMENT)
        lantern, calder = (_company(session, party_id) for party_id in ("LANTERN", "CALDER"))
        alice = _category_a(session, "alice-harrowgate", _company(session, "ALBION"))
        albions, calders = (_public_id(session, party_id) for party_id in ("ALBION", "CALDER"))
        caleb = _category_a(session, "caleb-ormerod", calder)
        catrin = _person(session, "catrin-boothby").public_id
    yesterday = now - timedelta(days=1)
    invite(actor=esther, organisation_id=lantern, offer=_FIRST, now=yesterday)
    propose_role(
        actor=adam,
        email="esther.newcombe@kinnect.example",
        role=StaffRole.PARTICIPANT_MANAGEMENT,
        gives=True,
        reason="She stands in for Parveen in January.",
        now=yesterday,
    )
    _give_a_category(caleb, calder, catrin, yesterday)
    _ask(parveen, calders, "ownership", now - timedelta(days=14))
    answered = _ask(parveen, albions, "metering", now - timedelta(days=4))
    _ask(parveen, albions, "accounts", yesterday)
    _answer(alice, answered, yesterday)


def _ask(staff: Actor, public_id: str, template: str, now: datetime) -> str:
    """Ask for what a template says, by the usual day: 14 days later that is over."""
    asked = next(one for one in request_templates() if one.key == template)
    wanted = WantedInformation(asked.kind, asked.title, asked.text, usual_due_date(now.date()))
    return ask_for_information(actor=staff, public_id=public_id, wanted=wanted, now=now)


def _answer(who: Actor, reference: str, now: datetime) -> None:
    company = who.organisation_id or 0
    attach_file(
        actor=who,
        organisation_id=company,
        reference=reference,
        name="Meters of our sites.csv",
        content=_METERS,
        now=now,
    )
    answer_request(actor=who, organisation_id=company, reference=reference, text=_ANSWER, now=now)


def _give_a_category(caleb: Actor, calder: int, catrin: str, now: datetime) -> None:
    """Caleb is the only Category A of his company: only its director can confirm it."""
    public_id = prepare_change(
        actor=caleb,
        organisation_id=calder,
        proposal=Proposal(
            ChangeKind.SIGNATORY,
            ChangeAction.CHANGE,
            catrin,
            {"categories": "F"},
            base_version=1,
            reason="Catrin looks after our BM Units.",
        ),
        now=now,
    )
    digest = change_to_see(actor=caleb, organisation_id=calder, public_id=public_id).digest
    submit_change(actor=caleb, organisation_id=calder, public_id=public_id, digest=digest, now=now)


def _staff(session: Session, subject: str, role: StaffRole) -> Actor:
    person = _person(session, subject)
    return Actor(
        kind="person",
        name=person.name,
        person_id=person.id,
        staff_roles=frozenset({role}),
        method=DEVELOPMENT,
        fresh=True,
    )


def _category_a(session: Session, subject: str, organisation_id: int) -> Actor:
    person = _person(session, subject)
    return Actor(
        kind="person",
        name=person.name,
        person_id=person.id,
        organisation_id=organisation_id,
        capacity=Capacity.CATEGORY_A,
        authorisations=frozenset({Authorisation(CATEGORY_A)}),
        method=DEVELOPMENT,
        fresh=True,
    )


def _company(session: Session, party_id: str) -> int:
    return session.exec(
        select(ParticipantRow.organisation_id).where(ParticipantRow.party_id == party_id)
    ).one()


def _public_id(session: Session, party_id: str) -> str:
    return session.get_one(OrganisationRow, _company(session, party_id)).public_id


def _person(session: Session, subject: str) -> PersonRow:
    found = session.exec(
        select(ExternalIdentityRow.person_id).where(
            ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER, ExternalIdentityRow.subject == subject
        )
    ).one()
    return session.get_one(PersonRow, found)
