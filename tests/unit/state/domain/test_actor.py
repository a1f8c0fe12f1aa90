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


EVERYONES = {permission for permission in Permission if for_everyone(permission)}


def held(actor: Actor, organisation_id: int | None = None) -> set[Permission]:
    return {one for one in Permission if actor.may(one, organisation_id)}


def given(to: str) -> set[Permission]:
    return {one for one in Permission if right_of(one, to, NEWEST) is not Right.NO}


@pytest.mark.parametrize("capacity", Capacity)
def test_a_capacity_counts_for_ones_own_company_and_no_other(capacity) -> None:
    actor = acting(capacity)
    assert held(actor, OWN) == EVERYONES | given(capacity)
    assert held(actor, OTHER) == held(actor) == EVERYONES


@pytest.mark.parametrize("letter", LETTERS)
def test_a_category_counts_for_ones_own_company_and_no_other(letter) -> None:
    actor = acting(Capacity.SIGNATORY, letter)
    of_the_letter = {
        one for one in Permission if right_of_category(one, letter, NEWEST) is not Right.NO
    }
    assert held(actor, OWN) == EVERYONES | of_the_letter | given("signatory")
    assert held(actor, OTHER) == EVERYONES


@pytest.mark.parametrize("role", StaffRole)
def test_a_staff_role_counts_for_every_company(role) -> None:
    actor = Actor(kind="person", name="x", person_id=7, staff_roles=frozenset({role}))
    assert held(actor, OTHER) == EVERYONES | given(role)


def test_the_public_the_console_and_the_clock_hold_what_is_theirs() -> None:
    def named(to: str) -> set[Permission]:
        return {one for one in Permission if right_of(one, to, NEWEST) is Right.YES}

    assert held(ANYONE, OWN) == named("anyone")
    assert held(CONSOLE_OPERATOR, OWN) == named("anyone") | named("console")
    assert held(THE_CLOCK, OWN) == named("anyone") | named("clock")


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
    done = {one.value.split(".")[1] for one in given(StaffRole.AUDITOR)}
    assert all(one.startswith(("view", "run_view")) for one in done)


def test_no_kind_of_company_person_holds_what_is_staffs() -> None:
    """What concerns every company is in no column of one company's people, and the reverse."""
    companies = {*Capacity, "anyone", "signed_in"}
    for permission, activity in activities_on(NEWEST).items():
        if permission.value.split(".")[0] in {"people", "reference", "staff_role", "eoi", "market"}:
            rights = {k: r for k, r in activity.rights.items() if k in companies}
            assert permission is Permission.EOI_SUBMIT or set(rights.values()) <= {Right.NO}


GRAVE = {"approve", "reveal", "activate", "verify", "grant", "stop", "decide", "initiate", "manage"}


def test_a_program_holds_what_its_scopes_name_for_its_own_company() -> None:
    scopes = frozenset(one.scope for one in scopes_on(NEWEST))
    program = replace(acting(Capacity.CATEGORY_A, "A"), program="p", program_scopes=scopes)
    named = set(permissions_of(scopes, NEWEST))
    assert held(program, OWN) == named
    assert held(program, OTHER) == held(program) == set()
    grave = {one for one in Permission if one.value.split(".")[1] in GRAVE}
    assert named & grave <= {Permission.WEBHOOK_MANAGE}


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


@pytest.mark.parametrize("role", StaffRole)
def test_who_looks_as_a_company_sees_what_its_viewer_sees_and_may_write_nothing(role) -> None:
    actor = looker(role)
    seen = {
        one
        for one in set(Permission) - WHILE_LOOKING
        if right_of(one, Capacity.VIEWER, NEWEST) is Right.YES
    }
    assert held(actor, OWN) - WHILE_LOOKING == seen
    assert held(actor, OTHER) | held(actor) <= WHILE_LOOKING
    assert {one.value.split(".")[1] for one in seen} <= {"view", "view_own"}
    assert not [one for one in seen if one.value.startswith("bank.")]
    for permission in set(Permission) - WHILE_LOOKING - seen:
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
