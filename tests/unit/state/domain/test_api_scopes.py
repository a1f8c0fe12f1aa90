from datetime import date

from state.domain.api_scopes import permissions_of, scopes_on
from state.domain.permissions import NEWEST, Permission


def test_a_scope_is_in_force_from_its_day_and_what_is_unknown_lets_nobody_do_anything() -> None:
    assert scopes_on(date(2001, 3, 26)) == ()
    assert permissions_of(["bank:approve", ""], NEWEST) == frozenset()
    assert Permission.CONTACT_PREPARE in permissions_of(["registry:write"], NEWEST)
    assert Permission.CONTACT_PREPARE not in permissions_of(["registry:read"], NEWEST)


def test_every_scope_has_words() -> None:
    assert all(one.words and one.hint and one.permissions for one in scopes_on(NEWEST))
