from dataclasses import replace

import pytest

from state.domain.actor import (
    ANYONE,
    CONSOLE_OPERATOR,
    THE_CLOCK,
    WHILE_LOOKING,
    Actor,
    Authorisation,
    NotAllowedError,
    NotSignedInError,
    OnlyLookingError,
    SignInAgainError,
)
from state.domain.api_scopes import permissions_of, scopes_on
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


GRAVE = {"approve", "reveal", "activate", "verify", "grant", "stop", "decide", "initiate", "manage"}


@pytest.mark.parametrize("permission", Permission)
def test_a_program_holds_what_its_scopes_name_for_its_own_company(permission) -> None:
    scopes = frozenset(one.scope for one in scopes_on(NEWEST))
    program = replace(acting(Capacity.CATEGORY_A, "A"), program="p", program_scopes=scopes)
    named = permission in permissions_of(scopes, NEWEST)
    assert program.may(permission, OWN) is named
    assert not program.may(permission, OTHER)
    assert not program.may(permission)
    if permission.value.split(".")[1] in GRAVE:
        assert not named or permission is Permission.WEBHOOK_MANAGE


def test_a_program_never_holds_more_than_who_made_it() -> None:
    scopes = frozenset({"registry:write"})
    viewer = replace(acting(Capacity.VIEWER), program="p", program_scopes=scopes)
    assert viewer.may(Permission.ORG_VIEW, OWN)
    assert not viewer.may(Permission.CONTACT_PREPARE, OWN)
    nobody = replace(viewer, capacity=None)
    assert not nobody.may(Permission.ORG_VIEW, OWN)
    with pytest.raises(NotAllowedError):
        viewer.require(Permission.CONTACT_PREPARE, OWN)


def test_a_program_is_named_as_one_in_the_trail() -> None:
    program = replace(acting(Capacity.CATEGORY_A), name="ERP", program="p1")
    assert (program.reference, program.through) == ("program:p1", "program ERP")
    assert acting(Capacity.CATEGORY_A).through == "page"


READS = {"read", "view", "own", "view_as"}
"""How an activity that changes nothing of a company's is named."""


def looker(role: StaffRole, *, fresh: bool = True) -> Actor:
    return Actor(
        kind="person",
        name="x",
        person_id=7,
        organisation_id=OWN,
        capacity=Capacity.VIEWER,
        staff_roles=frozenset({role}),
        fresh=fresh,
        looking_only=True,
    )


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", StaffRole)
def test_who_looks_as_a_company_sees_what_its_viewer_sees_and_may_write_nothing(
    role, permission
) -> None:
    actor = looker(role)
    if permission in WHILE_LOOKING:
        return
    as_viewer = right_of(permission, Capacity.VIEWER, NEWEST) is Right.YES
    assert actor.may(permission, OWN) is as_viewer
    assert not actor.may(permission, OTHER)
    assert not actor.may(permission)
    if as_viewer:
        assert permission.value.split(".")[1] in {"view", "view_own"}
        assert not permission.value.startswith("bank.")
        return
    for organisation_id in (OWN, OTHER, None):
        with pytest.raises(OnlyLookingError):
            actor.require(permission, organisation_id)


def test_the_way_out_stays_open_and_no_more_than_that() -> None:
    assert {one.value.split(".")[1] for one in WHILE_LOOKING} <= READS
    actor = looker(StaffRole.MARKET_ENTRY)
    for permission in WHILE_LOOKING:
        actor.require(permission)
    assert not looker(StaffRole.AUDITOR).may(Permission.CUSTOMER_VIEW_AS)
    with pytest.raises(OnlyLookingError):
        actor.require_not_looking()
    acting(Capacity.VIEWER).require_not_looking()
