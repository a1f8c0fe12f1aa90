"""Changing a contact of the tiny market, as its form does: prepared and sent."""

from state.domain.actor import Actor
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.services import change_views, changes
from state.services.changes import Proposal
from tests.market import NOW

CAROL = {
    "name": "Carol of ALPHA",
    "job_title": "Secretary",
    "email": "carol@alpha.example",
    "phone": "+441632960001",
    "mobile": "",
    "out_of_hours": "no",
    "purposes": "notices",
}


def contact_sent(actor: Actor, **values: str) -> tuple[str, ChangeStatus]:
    """The id of the change, and what has come of it."""
    own = {"actor": actor, "organisation_id": actor.organisation_id}
    proposal = Proposal(
        ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CAROL | values, base_version=1
    )
    public_id = changes.prepare_change(**own, proposal=proposal, now=NOW)
    digest = change_views.change_to_see(**own, public_id=public_id).digest
    return public_id, changes.submit_change(**own, public_id=public_id, digest=digest, now=NOW)
