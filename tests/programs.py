"""Programs of the tiny market for tests: made by Ann, let in with a token."""

from dataclasses import dataclass

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.person import PersonRow, StaffRoleRow
from state.persistence.queries.who_may import staff_roles_of
from state.persistence.transaction import transaction
from state.services import (
    api_clients,
    api_tokens,
    named_publishers,
    publisher_proposals,
    publishers,
)
from tests.market import NOW, SINCE, TinyMarket

EVERY_SCOPE = (
    "registry:read",
    "registry:write",
    "information:answer",
    "notices:read",
    "webhooks:manage",
    "directory:read",
)


@dataclass(frozen=True)
class MadeProgram:
    public_id: str
    client_id: str
    secret: str


def ann(market: TinyMarket, party_id: str = "ALPHA"):
    return market.acting("ann", party_id, Capacity.CATEGORY_A, "A")


def made_program(
    market: TinyMarket, name="ERP", scopes=EVERY_SCOPE, addresses="", by=None, now=NOW
) -> MadeProgram:
    actor = by or ann(market)
    where = {"actor": actor, "organisation_id": actor.organisation_id, "now": now}
    public_id = api_clients.create_program(
        **where, name=name, scopes=scopes, allowed_addresses=addresses
    )
    shown = api_clients.new_program_secret(**where, public_id=public_id)
    return MadeProgram(public_id, shown.client_id, shown.secret)


def who_takes_data_in(market: TinyMarket, subject="sid", now=NOW) -> str:
    """The mail address of somebody who does from now on."""
    with transaction() as session:
        person = session.get_one(PersonRow, market.people[subject])
        email = person.email
        if StaffRole.INSIGHTS_PUBLISHER not in staff_roles_of(session, person.id, now.date()):
            role = StaffRoleRow(
                person_id=person.id,
                role=StaffRole.INSIGHTS_PUBLISHER,
                since=SINCE,
                created_at=now,
                updated_at=now,
            )
            session.add(role)
        return email


def agreed_publisher(market: TinyMarket, name="Outages", now=NOW) -> str:
    """One that Ada proposed and Abe agreed to: it waits for its secret; gives its id."""
    ada, abe = (market.staff(one, StaffRole.ADMINISTRATOR) for one in ("ada", "abe"))
    publisher_proposals.propose_publisher(
        actor=ada,
        name=name,
        acts_for=who_takes_data_in(market, now=now),
        allowed_addresses="",
        reason="The outages come from it",
        now=now,
    )
    listed = named_publishers.named_publishers(actor=abe, now=now)
    public_id = listed.proposals[0].public_id
    publisher_proposals.decide_publisher(actor=abe, public_id=public_id, agrees=True, now=now)
    listed = named_publishers.named_publishers(actor=ada, now=now)
    return next(one.public_id for one in listed.programs if one.may_make_secret)


def made_publisher(market: TinyMarket, name="Prices", subject="sid", now=NOW) -> MadeProgram:
    """A program of the operator's that acts for somebody who takes data in from now on."""
    email = who_takes_data_in(market, subject, now)
    made = publishers.add_publisher(
        actor=CONSOLE_OPERATOR, name=name, acts_for=email, allowed_addresses="", now=now
    )
    held = publishers.publishers(actor=CONSOLE_OPERATOR)
    public_id = next(one.public_id for one in held if one.client_id == made.client_id)
    return MadeProgram(public_id, made.client_id, made.secret)


def token_of(program: MadeProgram, *scopes, now=NOW, address="192.0.2.7") -> str:
    return api_tokens.take_token(
        actor=ANYONE,
        client_id=program.client_id,
        secret=program.secret,
        scopes=scopes,
        address=address,
        now=now,
    ).token


def acting_for(program: MadeProgram, *scopes, now=NOW):
    here = api_tokens.program_here(
        token=token_of(program, *scopes, now=now), address="192.0.2.7", now=now
    )
    assert here is not None
    return here.actor
