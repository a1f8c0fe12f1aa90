from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotAllowedError
from state.domain.api_secrets import new_access_token, new_client_secret
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.permissions import Permission
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.change import ChangeRow
from state.persistence.models.person import MembershipRow, PersonRow
from state.persistence.transaction import reading, transaction
from state.services import api_clients, api_tokens, change_decisions, change_views, changes
from state.services.api_tokens import ScopeRefusedError, UnknownProgramError
from state.services.changes import Proposal
from tests.market import NOW, tiny_market
from tests.programs import MadeProgram, acting_for, ann, made_program, token_of

CONTACT = {
    "name": "Carla of ALPHA",
    "job_title": "Secretary",
    "email": "carol@alpha.example",
    "phone": "+441632960001",
    "mobile": "",
    "out_of_hours": "no",
    "purposes": "notices",
}


@pytest.fixture
def market(either_database):
    return tiny_market()


def here(token, *, address="192.0.2.7", now=NOW):
    return api_tokens.program_here(token=token, address=address, now=now)


def prepared(actor, market):
    return changes.prepare_change(
        actor=actor,
        organisation_id=market.organisations["ALPHA"],
        proposal=Proposal(ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CONTACT, 1),
        now=NOW,
    )


def sent(actor, market, public_id):
    where = {"actor": actor, "organisation_id": market.organisations["ALPHA"]}
    digest = change_views.change_to_see(**where, public_id=public_id).digest
    return changes.submit_change(**where, public_id=public_id, digest=digest, now=NOW)


def test_a_token_lasts_a_quarter_of_an_hour(market) -> None:
    token = token_of(made_program(market))
    assert here(token, now=NOW + timedelta(minutes=14)) is not None
    assert here(token, now=NOW + timedelta(minutes=15)) is None


@pytest.mark.parametrize(
    ("client_id", "typed"),
    [("", ""), ("kin_cx", "another"), ("theirs", "x"), ("theirs", "another")],
)
def test_a_wrong_secret_and_no_such_program_are_the_same(market, client_id, typed) -> None:
    made = made_program(market)
    secret = new_client_secret() if typed == "another" else typed
    wrong = MadeProgram("", made.client_id if client_id == "theirs" else client_id, secret)
    with pytest.raises(UnknownProgramError):
        token_of(wrong)


def test_a_program_without_a_secret_is_not_let_in(market) -> None:
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"], "now": NOW}
    api_clients.create_program(**where, name="New", scopes=["registry:read"], allowed_addresses="")
    [program] = api_clients.programs_of(**where)
    with pytest.raises(UnknownProgramError):
        token_of(MadeProgram("", program.client_id, ""))


def test_a_program_gets_the_scopes_that_it_has_and_no_other(market) -> None:
    made = made_program(market, scopes=["registry:read", "notices:read"])
    with pytest.raises(ScopeRefusedError):
        token_of(made, "registry:write")
    actor = here(token_of(made, "notices:read")).actor
    assert actor.program_scopes == {"notices:read"}


def test_a_program_is_let_in_from_its_addresses_alone(market) -> None:
    made = made_program(market, addresses="192.0.2.0/24")
    with pytest.raises(UnknownProgramError):
        token_of(made, address="198.51.100.1")
    token = token_of(made)
    assert here(token, address="::ffff:192.0.2.9") is not None
    assert here(token, address="198.51.100.1") is None
    assert here(token, address="nowhere") is None


@pytest.mark.parametrize("end", ["program", "secret", "membership", "suspension"])
def test_what_ends_is_over_at_once(market, end) -> None:
    made = made_program(market)
    token = token_of(made)
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"], "now": NOW}
    if end == "program":
        api_clients.end_program(**where, public_id=made.public_id)
    elif end == "secret":
        api_clients.new_program_secret(**where, public_id=made.public_id)
    with transaction() as session:
        person = session.get_one(PersonRow, market.people["ann"])
        [row] = session.exec(
            select(MembershipRow).where(
                MembershipRow.person_id == person.id,
                MembershipRow.organisation_id == market.organisations["ALPHA"],
            )
        ).all()
        if end == "membership":
            row.until = NOW.date() - timedelta(days=1)
        if end == "suspension":
            person.status = "suspended"
        session.add_all([row, person])
    assert here(token) is None
    with pytest.raises(UnknownProgramError):
        token_of(made)


def test_an_invented_token_is_nobody(market) -> None:
    assert here(new_access_token()) is None
    assert here("kin_t" + "0" * 72) is None
    assert here("' OR 1=1 --") is None


def test_a_program_prepares_and_submits_and_a_colleague_approves(market) -> None:
    actor = acting_for(made_program(market))
    change = prepared(actor, market)
    assert sent(actor, market, change) is ChangeStatus.AWAITING_APPROVAL
    view = change_views.change_to_see(
        actor=actor, organisation_id=market.organisations["ALPHA"], public_id=change
    )
    assert not view.counts_at_once
    assert [slot.value for slot in view.may] == ["withdraw"]
    for approver in (actor, ann(market)):
        with pytest.raises(NotAllowedError):
            change_decisions.approve_change(
                actor=approver,
                organisation_id=market.organisations["ALPHA"],
                public_id=change,
                digest=view.digest,
                now=NOW,
            )
    with reading() as session:
        row = session.exec(select(ChangeRow)).one()
        actors = set(session.exec(select(AuditEntryRow.actor)).all())
    assert (row.made_by, row.made_through) == (market.people["ann"], "program ERP")
    assert any(one.startswith("program:") for one in actors)


def test_a_program_leaves_its_makers_own_drafts_alone(market) -> None:
    change = prepared(ann(market), market)
    actor = acting_for(made_program(market))
    with pytest.raises(NotAllowedError):
        sent(actor, market, change)
    with pytest.raises(NotAllowedError):
        change_decisions.withdraw_change(
            actor=actor, organisation_id=market.organisations["ALPHA"], public_id=change, now=NOW
        )


def test_a_check_writes_nothing(market) -> None:
    changes.prepare_change(
        actor=acting_for(made_program(market)),
        organisation_id=market.organisations["ALPHA"],
        proposal=Proposal(ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CONTACT, 1),
        now=NOW,
        only_check=True,
    )
    with reading() as session:
        assert session.exec(select(ChangeRow)).all() == []


def test_a_program_is_no_person(market) -> None:
    actor = acting_for(made_program(market))
    for permission in (Permission.SESSION_OWN, Permission.SIGN_IN, Permission.API_CLIENT_MANAGE):
        assert not actor.may(permission, market.organisations["ALPHA"])
    assert ANYONE.may(Permission.SIGN_IN)
