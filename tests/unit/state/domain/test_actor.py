import pytest

from state.domain.actor import (
    ANYONE,
    CONSOLE_OPERATOR,
    Actor,
    NotAllowedError,
    NotSignedInError,
)
from state.domain.permissions import (
    BY_CAPACITY,
    BY_STAFF_ROLE,
    CONSOLE,
    PUBLIC,
    SIGNED_IN,
    Capacity,
    Permission,
    StaffRole,
)

OWN, OTHER = 1, 2


def acting(capacity: Capacity) -> Actor:
    return Actor(kind="person", name="x", person_id=7, organisation_id=OWN, capacity=capacity)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("capacity", Capacity)
def test_a_capacity_counts_for_ones_own_company_and_no_other(capacity, permission) -> None:
    actor = acting(capacity)
    everywhere = permission in PUBLIC | SIGNED_IN
    assert actor.may(permission, OWN) is (everywhere or permission in BY_CAPACITY[capacity])
    assert actor.may(permission, OTHER) is everywhere
    assert actor.may(permission) is everywhere


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", StaffRole)
def test_a_staff_role_counts_for_every_company(role, permission) -> None:
    actor = Actor(kind="person", name="x", person_id=7, staff_roles=frozenset({role}))
    everywhere = permission in PUBLIC | SIGNED_IN
    assert actor.may(permission, OTHER) is (everywhere or permission in BY_STAFF_ROLE[role])


@pytest.mark.parametrize("permission", Permission)
def test_the_public_and_the_console_hold_what_is_theirs(permission) -> None:
    assert ANYONE.may(permission, OWN) is (permission in PUBLIC)
    assert CONSOLE_OPERATOR.may(permission, OWN) is (permission in PUBLIC | CONSOLE)


def test_who_may_not_is_told_why() -> None:
    with pytest.raises(NotSignedInError):
        ANYONE.require(Permission.ORG_VIEW, OWN)
    with pytest.raises(NotAllowedError, match=r"org\.view"):
        acting(Capacity.CATEGORY_A).require(Permission.ORG_VIEW, OTHER)
    with pytest.raises(NotAllowedError):
        CONSOLE_OPERATOR.require(Permission.ORG_VIEW, OWN)
    acting(Capacity.VIEWER).require(Permission.ORG_VIEW, OWN)


def test_an_auditor_changes_nothing() -> None:
    changing = {Permission.EOI_TRIAGE, Permission.EXIT_DECIDE, Permission.DATA_INGEST}
    assert not changing & BY_STAFF_ROLE[StaffRole.AUDITOR]
