from datetime import date

from state.domain import permissions
from state.domain.permissions import KINDS, Capacity, Permission, Right, StaffRole, activities_on
from state.domain.who_can_do_what import (
    COMPANY_KINDS,
    STAFF_KINDS,
    everybody_words,
    group_of,
    who_can_do_what,
)

TODAY = date(2026, 11, 22)


def test_the_rows_are_those_of_the_matrix_cell_by_cell() -> None:
    table = who_can_do_what(TODAY)
    matrix = activities_on(TODAY)
    parts = (*table.everybody, *table.company, *table.staff, *table.machine)
    assert {line.permission for line in parts} == set(matrix) == set(Permission)
    for line in parts:
        activity = matrix[line.permission]
        assert line.words == activity.words
        for kind in set(KINDS) - {Capacity.SIGNATORY}:
            assert line.rights[kind] == activity.rights[kind]
        of_any = {*activity.categories.values(), activity.rights[Capacity.SIGNATORY]}
        assert line.rights[Capacity.SIGNATORY] in {Right.NO, *of_any}
        assert (line.rights[Capacity.SIGNATORY] is Right.NO) == (of_any == {Right.NO})
        named = {letter for letter in activity.categories if f"({letter})" in line.categories}
        assert named == set(activity.categories)


def test_each_part_holds_what_its_kinds_may_do_and_nothing_else() -> None:
    table = who_can_do_what(TODAY)
    for part, kinds in ((table.company, COMPANY_KINDS), (table.staff, STAFF_KINDS)):
        for line in part:
            assert any(line.rights[kind.key] is not Right.NO for kind in kinds)
    for line in table.machine:
        held = {kind for kind, right in line.rights.items() if right is not Right.NO}
        assert held <= {"console", "clock", "invented"}


def test_every_kind_of_person_is_told_of() -> None:
    assert {kind.key for kind in COMPANY_KINDS} == set(Capacity)
    assert {kind.key for kind in STAFF_KINDS} == set(StaffRole)
    assert all(kind.meaning.endswith(".") for kind in (*COMPANY_KINDS, *STAFF_KINDS))


def test_categories_are_named_first_and_lettered_second() -> None:
    lines = {line.permission: line for line in who_can_do_what(TODAY).company}
    assert lines[Permission.BANK_APPROVE].categories == "Funds and bank details (N)"
    assert lines[Permission.BANK_APPROVE].categories_again
    assert not lines[Permission.BANK_VIEW].categories_again
    assert lines[Permission.SIGNATORY_APPROVE].categories == ""


def test_who_everybody_is() -> None:
    words = {line.permission: everybody_words(line) for line in who_can_do_what(TODAY).everybody}
    assert words[Permission.SIGN_IN] == "Anyone, signed in or not"
    assert words[Permission.SESSION_OWN] == "Whoever is signed in"


def test_another_date_has_its_own_table() -> None:
    assert who_can_do_what(date(2001, 3, 26)).company == ()
    assert "I" in {category.code for category in who_can_do_what(date(2006, 1, 1)).categories}
    assert "I" not in {category.code for category in who_can_do_what(TODAY).categories}


def test_an_activity_of_a_new_kind_still_has_a_heading(monkeypatch) -> None:
    assert group_of(Permission.API_CLIENT_VIEW) == "Programs and webhooks"
    monkeypatch.setattr("state.domain.who_can_do_what._GROUPS", {})
    assert group_of(Permission.API_CLIENT_VIEW) == "Api client"
    assert permissions.activities_on.cache_info().maxsize == 64
