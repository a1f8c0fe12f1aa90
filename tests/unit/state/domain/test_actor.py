import pytest

from state.domain.actor import (
    ANYONE,
    CONSOLE_OPERATOR,
    THE_CLOCK,
    Actor,
    Authorisation,
    NotAllowedError,
    NotSignedInError,
    SignInAgainError,
)
from state.domain.authorisation_categories import categories_on
from state.domain.permissions import (
    NEWEST,
    Capacity,
    Permission,
    Right,
    StaffRole,
    activities_on,
    right_of,
    right_of_category,
)

OWN, OTHER = 1, 2
LETTERS = [category.code for category in categories_on(NEWEST)]


def acting(
    capacity: Capacity, *letters: str, fresh: bool = False, role: str | None = None
) -> Actor:
    return Actor(
        kind="person",
        name="x",
        person_id=7,
        organisation_id=OWN,
        capacity=capacity,
        authorisations=frozenset(Authorisation(letter, role) for letter in letters),
        fresh=fresh,
    )


def for_everyone(permission: Permission) -> bool:
    return Right.YES in {
        right_of(permission, "anyone", NEWEST),
        right_of(permission, "signed_in", NEWEST),
    }


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("capacity", Capacity)
def test_a_capacity_counts_for_ones_own_company_and_no_other(capacity, permission) -> None:
    actor = acting(capacity)
    own = right_of(permission, capacity, NEWEST) is not Right.NO
    assert actor.may(permission, OWN) is (for_everyone(permission) or own)
    assert actor.may(permission, OTHER) is for_everyone(permission)
    assert actor.may(permission) is for_everyone(permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_category_counts_for_ones_own_company_and_no_other(letter, permission) -> None:
    actor = acting(Capacity.SIGNATORY, letter)
    own = Right.NO is not right_of_category(permission, letter, NEWEST) or Right.NO is not right_of(
        permission, "signatory", NEWEST
    )
    assert actor.may(permission, OWN) is (for_everyone(permission) or own)
    assert actor.may(permission, OTHER) is for_everyone(permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", StaffRole)
def test_a_staff_role_counts_for_every_company(role, permission) -> None:
    actor = Actor(kind="person", name="x", person_id=7, staff_roles=frozenset({role}))
    own = right_of(permission, role, NEWEST) is not Right.NO
    assert actor.may(permission, OTHER) is (for_everyone(permission) or own)


@pytest.mark.parametrize("permission", Permission)
def test_the_public_the_console_and_the_clock_hold_what_is_theirs(permission) -> None:
    public = right_of(permission, "anyone", NEWEST) is Right.YES
    console = right_of(permission, "console", NEWEST) is Right.YES
    clock = right_of(permission, "clock", NEWEST) is Right.YES
    assert ANYONE.may(permission, OWN) is public
    assert CONSOLE_OPERATOR.may(permission, OWN) is (public or console)
    assert THE_CLOCK.may(permission, OWN) is (public or clock)


def test_who_may_not_is_told_why() -> None:
    with pytest.raises(NotSignedInError):
        ANYONE.require(Permission.ORG_VIEW, OWN)
    with pytest.raises(NotAllowedError, match=r"org\.view"):
        acting(Capacity.CATEGORY_A).require(Permission.ORG_VIEW, OTHER)
    with pytest.raises(NotAllowedError):
        CONSOLE_OPERATOR.require(Permission.ORG_VIEW, OWN)
    acting(Capacity.VIEWER).require(Permission.ORG_VIEW, OWN)


def test_the_gravest_things_need_a_fresh_sign_in() -> None:
    with pytest.raises(SignInAgainError):
        acting(Capacity.CATEGORY_A).require(Permission.BANK_APPROVE, OWN)
    acting(Capacity.CATEGORY_A, fresh=True).require(Permission.BANK_APPROVE, OWN)
    with pytest.raises(SignInAgainError):
        acting(Capacity.SIGNATORY, "N").require(Permission.BANK_REVEAL, OWN)
    with pytest.raises(NotAllowedError, match="company"):
        acting(Capacity.SIGNATORY, "F", fresh=True).require(Permission.BANK_APPROVE, OWN)


def test_an_authorisation_for_one_role_counts_for_that_role_alone() -> None:
    for_vp = acting(Capacity.SIGNATORY, "B", role="VP")
    assert for_vp.may(Permission.CONTACT_APPROVE, OWN, role_code="VP")
    assert not for_vp.may(Permission.CONTACT_APPROVE, OWN, role_code="TS")
    assert not for_vp.may(Permission.CONTACT_APPROVE, OWN)


def test_an_auditor_changes_nothing() -> None:
    held = {p for p in Permission if right_of(p, StaffRole.AUDITOR, NEWEST) is not Right.NO}
    assert all(p.value.split(".")[1].startswith(("view", "run_view")) for p in held)


def test_no_kind_of_company_person_holds_what_is_staffs() -> None:
    """What concerns every company is in no column of one company's people, and the reverse."""
    companies = {*Capacity, "anyone", "signed_in"}
    for permission, activity in activities_on(NEWEST).items():
        if permission.value.split(".")[0] in {"people", "reference", "staff_role", "eoi", "market"}:
            rights = {k: r for k, r in activity.rights.items() if k in companies}
            assert permission is Permission.EOI_SUBMIT or set(rights.values()) <= {Right.NO}
