import pytest

from state.domain.personal_data import ColumnClass, held_tables
from state.persistence.models.tables import METADATA


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_column_has_a_class_and_every_table_a_reason(table) -> None:
    held = held_tables()[table.name]
    assert set(held.columns) == {column.name for column in table.columns}
    assert held.why


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_what_points_to_a_person_says_so(table) -> None:
    held = held_tables()[table.name]
    people = {key.parent.name for key in table.foreign_keys if key.column.table.name == "person"}
    assert {held.columns[name] for name in people} <= {ColumnClass.PERSON}


def test_no_copy_of_a_companys_data_holds_a_secret() -> None:
    for held in held_tables().values():
        assert not {name for name in held.exported if held.columns[name] is ColumnClass.SECRET}
        assert not any("hash" in name or "secret" in name for name in held.exported)


def test_every_table_of_a_company_is_in_its_copy_or_is_a_persons_own() -> None:
    of_company = {
        table.name for table in METADATA.sorted_tables if "organisation_id" in table.columns
    }
    left_out = {name for name in of_company if not held_tables()[name].exported_as}
    assert left_out == {"form_draft", "user_session"}
