from collections.abc import Iterator

import pytest

from state.domain.actor import ANYONE, NotAllowedError
from state.domain.permissions import Capacity
from state.services import choose_company, sessions
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER, Identity
from tests.market import NOW, tiny_market


@pytest.fixture(autouse=True)
def development() -> Iterator[None]:
    sessions.WAYS_IN.development = True
    yield
    sessions.WAYS_IN.development = False


def test_who_has_two_chooses_one_and_never_a_third(database) -> None:
    tiny_market()
    identity = Identity(DEVELOPMENT_ISSUER, "ann", DEVELOPMENT)
    begun = sessions.begin_session(actor=ANYONE, identity=identity, now=NOW)
    session_id = sessions.session_id_of(begun.secret)
    actor = sessions.who_is_here(session_id=session_id, now=NOW).actor
    assert actor.organisation_id is None
    theirs = choose_company.companies_of(actor=actor, now=NOW)
    assert [company.public_id for company in theirs] == ["alpha", "beta"]
    choose_company.choose_company(actor=actor, public_id="beta", now=NOW)
    chosen = sessions.who_is_here(session_id=session_id, now=NOW).actor
    assert chosen.capacity is Capacity.VIEWER
    with pytest.raises(NotAllowedError):
        choose_company.choose_company(actor=actor, public_id="gamma", now=NOW)
    assert choose_company.companies_of(actor=actor, now=NOW) == theirs
