import re

import pytest

from state.domain.field_catalogue import FORM_NAMES, form


@pytest.mark.parametrize("name", FORM_NAMES)
def test_every_form_describes_itself_to_programs(name) -> None:
    spec = form(name)
    schema = spec.json_schema()
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(spec.empty())
    for field in spec.fields:
        told = schema["properties"][field.name]
        assert told["maxLength"] == field.longest
        if field.example and "pattern" in told:
            assert re.search(told["pattern"], field.normal(field.example)), field.name


def test_what_may_be_left_out_is_said_and_when_not() -> None:
    schema = form("address").json_schema()
    assert schema["required"] == ["purpose", "line_1", "country"]
    assert schema["allOf"] == [
        {
            "if": {"properties": {"country": {"enum": ["GB"]}}, "required": ["country"]},
            "then": {"required": ["postcode"]},
        }
    ]


def test_secrets_are_written_and_not_read_and_codes_have_a_pattern() -> None:
    account = form("bank_account").json_schema()["properties"]
    assert account["account_number"]["writeOnly"] is True
    assert account["sort_code"]["pattern"] == "^([0-9]{6})?$"
    assert account["purpose"]["enum"] == ["trading_charges", "bsc_charges"]
    contact = form("contact").json_schema()["properties"]
    assert contact["email"]["format"] == "email"
    assert re.search(contact["purposes"]["pattern"], "billing notices")
    assert not re.search(contact["purposes"]["pattern"], "billing,notices")
    assert form("signatory").json_schema()["properties"]["role_code"]["enum"][0] == ""
