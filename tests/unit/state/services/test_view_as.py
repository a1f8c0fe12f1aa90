from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import (
    ANYONE,
    THE_CLOCK,
    NotAllowedError,
    OnlyLookingError,
)
from state.domain.permissions import Capacity, Permission, StaffRole
from state.persistence.audit_trail import record
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.person import StaffRoleRow
from state.persistence.transaction import reading, transaction
from state.services import (
    account,
    choose_company,
    drafts,
    notices,
    sessions,
    staff_role_proposals,
    suspensions,
    view_as,
)
from state.services.view_as import ViewAsRefusedError
from tests.invited import events, notices_of
from tests.market import NOW, tiny_market

REASON = "They cannot find their contacts"


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


@pytest.fixture
def market(either_database):
    return tiny_market()


def sign_in(subject: str) -> str:
    identity = sessions.Identity(sessions.DEVELOPMENT_ISSUER, subject, sessions.DEVELOPMENT)
    begun = sessions.begin_session(actor=ANYONE, identity=identity, now=NOW)
    return sessions.session_id_of(begun.secret)


def here(session_id: str, now=NOW):
    return sessions.who_is_here(session_id=session_id, now=now)


@pytest.fixture
def looking(market) -> str:
    """The session of Stella, who looks at ALPHA."""
    session_id = sign_in("stella")
    view_as.begin_look(actor=here(session_id).actor, company="alpha", reason=REASON, now=NOW)
    return session_id


def test_staff_look_as_a_viewer_and_every_category_a_is_told(market, looking) -> None:
    who = here(looking)
    assert who.organisation_name == "ALPHA ENERGY LTD"
    assert who.actor.capacity is Capacity.VIEWER
    assert who.actor.looking_only
    assert who.actor.authorisations == frozenset()
    own = market.organisations["ALPHA"]
    seen = account.company_account(actor=who.actor, organisation_id=own, now=NOW)
    assert seen.legal_name == "ALPHA ENERGY LTD"
    assert not who.actor.may(Permission.BANK_VIEW, own)
    with pytest.raises(OnlyLookingError):
        account.company_account(
            actor=who.actor, organisation_id=market.organisations["BETA"], now=NOW
        )
    assert notices_of(market.people["ann"]) == ["view_as.used"]
    assert notices_of(market.people["amy"]) == ["view_as.used"]
    assert notices_of(market.people["nick"]) == []
    began = entry("view_as.began")
    assert began.organisation_id == own
    assert REASON in began.details


def test_who_looks_changes_nothing_not_even_their_own(market, looking) -> None:
    actor = here(looking).actor
    calls = [
        lambda: choose_company.choose_company(actor=actor, public_id="beta", now=NOW),
        lambda: drafts.keep_draft(actor=actor, form_key="contact", fields={}, now=NOW),
        lambda: drafts.forget_draft(actor=actor, form_key="contact", now=NOW),
        lambda: notices.mark_all_read(actor=actor, now=NOW),
        lambda: notices.choose_mail(actor=actor, topics=[], now=NOW),
        lambda: suspensions.suspend_person(actor=actor, public_id="p-al", reason="x", now=NOW),
        lambda: staff_role_proposals.withdraw_role(actor=actor, public_id="x", now=NOW),
    ]
    for call in calls:
        with pytest.raises(OnlyLookingError):
            call()


def test_even_a_service_that_forgot_to_ask_keeps_nothing_of_a_looker(market, looking) -> None:
    with pytest.raises(OnlyLookingError):
        _record_something(here(looking).actor)
    assert "contact.changed" not in events()


def _record_something(actor) -> None:
    with transaction() as session:
        record(session, actor=actor, event="contact.changed", subject="x", now=NOW)


def test_it_ends_by_the_button_and_the_rights_are_back(market, looking) -> None:
    view_as.stop_looking(actor=here(looking).actor, now=NOW)
    actor = here(looking).actor
    assert not actor.looking_only
    assert actor.organisation_id is None
    assert actor.may(Permission.EOI_TRIAGE)
    assert entry("view_as.ended").organisation_id == market.organisations["ALPHA"]
    view_as.stop_looking(actor=actor, now=NOW)
    assert events().count("view_as.ended") == 1


def test_it_ends_after_thirty_minutes_and_the_trail_says_so(market, looking) -> None:
    for minutes in (10, 20, 29):  # whoever clicks meanwhile is not signed out for resting
        assert here(looking, NOW + timedelta(minutes=minutes)).actor.looking_only
    late = NOW + timedelta(minutes=30)
    assert not here(looking, late).actor.looking_only
    assert view_as.end_old_looks(actor=THE_CLOCK, now=NOW + timedelta(minutes=29)) == 0
    assert view_as.end_old_looks(actor=THE_CLOCK, now=late) == 1
    assert view_as.end_old_looks(actor=THE_CLOCK, now=late) == 0
    assert "ran out" in entry("view_as.ended").details


def test_it_ends_with_the_sign_in(market, looking) -> None:
    sessions.end_session(actor=here(looking).actor, now=NOW)
    assert "signed out" in entry("view_as.ended").details
    other = sign_in("stella")
    assert not here(other).actor.looking_only


def test_to_look_at_another_ends_the_first(market, looking) -> None:
    actor = here(looking).actor
    view_as.begin_look(actor=actor, company="BETA ENERGY LTD", reason=REASON, now=NOW)
    assert here(looking).organisation_name == "BETA ENERGY LTD"
    assert events()[-2:] == ["view_as.ended", "view_as.began"]


def test_who_loses_the_right_looks_no_more(market, looking) -> None:
    _end_role(market, "stella")
    assert not here(looking).actor.looking_only


def test_every_reason_is_told_at_once(market) -> None:
    actor = here(sign_in("stella")).actor
    with pytest.raises(ViewAsRefusedError) as error:
        view_as.begin_look(actor=actor, company="nowhere", reason="just so", now=NOW)
    assert [(one.field, one.reason) for one in error.value.reasons] == [
        ("company", "No company has this Party Id or name. Look it up under People"),
        ("reason", "Say in at least 20 characters why you look: the company reads it"),
    ]
    with pytest.raises(ViewAsRefusedError, match="Enter a reason"):
        view_as.begin_look(actor=actor, company="ALPHA", reason="", now=NOW)


def test_who_may_not_look(market) -> None:
    for actor in (
        ANYONE,
        here(sign_in("otto")).actor,
        here(sign_in("ada")).actor,
        here(sign_in("ben")).actor,
        market.staff("stella", StaffRole.MARKET_ENTRY),  # has no session
    ):
        with pytest.raises(NotAllowedError):
            view_as.begin_look(actor=actor, company="ALPHA", reason=REASON, now=NOW)
    assert "view_as.began" not in events()


def _end_role(market, subject: str) -> None:
    with transaction() as session:
        row = session.exec(
            select(StaffRoleRow).where(StaffRoleRow.person_id == market.people[subject])
        ).one()
        row.until = NOW.date() - timedelta(days=1)
        session.add(row)


def entry(event: str) -> AuditEntryRow:
    with reading() as session:
        return session.exec(select(AuditEntryRow).where(AuditEntryRow.event == event)).one()
