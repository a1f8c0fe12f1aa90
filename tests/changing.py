"""Changes in the tiny market, as the forms make them: prepared, sent, decided on."""

from datetime import date

from sqlmodel import select

from state.domain.actor import Actor
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.permissions import Capacity
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import reading
from state.services import (
    bank_checks,
    bank_reveal,
    change_beginnings,
    change_decisions,
    change_views,
    changes,
)
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
ACCOUNT = {
    "purpose": "trading_charges",
    "country": "GB",
    "account_name": "ALPHA ENERGY LTD",
    "sort_code": "08-99-99",
    "account_number": "66374958",
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


def ann(market, **more):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A", **more)


def amy(market, **more):
    return market.acting("amy", "ALPHA", Capacity.CATEGORY_A, "A", **more)


def al(market):
    return market.acting("al", "ALPHA", Capacity.ASSISTANT)


def contact_change(actor, **values):
    proposal = Proposal(
        kind=ChangeKind.CONTACT,
        action=ChangeAction.CHANGE,
        subject="contact-alpha",
        values=CAROL | values,
        base_version=1,
        seen=CAROL,
    )
    return prepared(actor, proposal)


def bank_change(actor, **values):
    proposal = Proposal(
        kind=ChangeKind.BANK_ACCOUNT,
        action=ChangeAction.ADD,
        subject="trading_charges",
        values=ACCOUNT | values,
        base_version=0,
        effective_on=date(2026, 11, 26),
        reason="We changed banks",
    )
    return prepared(actor, proposal)


def prepared(actor, proposal, now=NOW):
    return changes.prepare_change(
        actor=actor, organisation_id=actor.organisation_id, proposal=proposal, now=now
    )


def view(actor, public_id):
    return change_views.change_to_see(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id
    )


def sent(actor, public_id, now=NOW):
    return changes.submit_change(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=view(actor, public_id).digest,
        now=now,
    )


def approved(actor, public_id, now=NOW, digest=""):
    return change_decisions.approve_change(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=digest or view(actor, public_id).digest,
        now=now,
    )


def send_back(actor, public_id, slot, reason):
    return change_decisions.send_back(
        actor=actor,
        organisation_id=actor.organisation_id,
        public_id=public_id,
        digest=view(actor, public_id).digest,
        slot=slot,
        reason=reason,
        now=NOW,
    )


def withdraw(actor, public_id):
    change_decisions.withdraw_change(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id, now=NOW
    )


def called_back(actor, change, digest, *, confirmed=True, comment="Spoke to Carol"):
    return bank_checks.record_call_back(
        actor=actor,
        public_id=change,
        digest=digest,
        confirmed=confirmed,
        comment=comment,
        now=NOW,
    )


def signatory(actor, subject, categories, action=ChangeAction.CHANGE):
    own = {"actor": actor, "organisation_id": actor.organisation_id}
    held = change_beginnings.record_to_change(**own, kind=ChangeKind.SIGNATORY, subject=subject)
    wanted = {"categories": categories}
    proposal = Proposal(
        ChangeKind.SIGNATORY,
        action,
        subject,
        wanted,
        held.row_version,
        NOW.date(),
        seen=held.values,
    )
    return prepared(actor, proposal)


def revealed(actor, public_id):
    return bank_reveal.account_in_full(
        actor=actor, organisation_id=actor.organisation_id, public_id=public_id, now=NOW
    )


def contact_name():
    with reading() as session:
        return session.exec(
            select(ContactRow.name).where(ContactRow.public_id == "contact-alpha")
        ).one()
