import pytest

from state.domain.actor import NotAllowedError
from state.domain.permissions import StaffRole
from state.services import person, sessions, suspensions
from tests.market import NOW, tiny_market


def test_a_person_is_shown_with_what_they_are_and_where_they_are(either_database) -> None:
    market = tiny_market()
    sessions.WAYS_IN.development = True
    try:
        _signed_in("ann")
    finally:
        sessions.WAYS_IN.development = False
    peter = market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    seen = person.person_to_see(actor=peter, public_id="p-ann", now=NOW)
    assert [(one.name, one.is_what) for one in seen.companies] == [
        ("ALPHA ENERGY LTD", "Category A"),
        ("BETA ENERGY LTD", "Viewer"),
    ]
    assert [one.browser for one in seen.sign_ins] == ["Firefox on Linux"]
    assert seen.issuers == (sessions.DEVELOPMENT_ISSUER,)
    assert "subject" not in repr(seen)
    assert seen.may_suspend
    suspensions.suspend_person(actor=peter, public_id="p-ann", reason="Gone", now=NOW)
    after = person.person_to_see(actor=peter, public_id="p-ann", now=NOW)
    assert after.is_suspended
    assert after.sign_ins == ()
    ada = person.person_to_see(actor=peter, public_id="p-ada", now=NOW)
    assert [one.role for one in ada.roles] == [StaffRole.ADMINISTRATOR]
    me = person.person_to_see(actor=peter, public_id="p-peter", now=NOW)
    assert me.is_me
    assert not me.may_suspend
    with pytest.raises(NotAllowedError):
        person.person_to_see(actor=peter, public_id="p-none", now=NOW)


def _signed_in(subject: str) -> None:
    identity = sessions.Identity(sessions.DEVELOPMENT_ISSUER, subject, sessions.DEVELOPMENT)
    sessions.begin_session(
        actor=sessions.ANYONE, identity=identity, now=NOW, client="Firefox/133 Linux"
    )
