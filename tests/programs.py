"""Programs of the tiny market for tests: made by Ann, let in with a token."""

from dataclasses import dataclass

from state.domain.actor import ANYONE
from state.domain.permissions import Capacity
from state.services import api_clients, api_tokens
from tests.market import NOW, TinyMarket

EVERY_SCOPE = (
    "registry:read",
    "registry:write",
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
