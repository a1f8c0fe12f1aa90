import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.authorisation_categories import categories_on
from state.domain.field_catalogue import FORM_NAMES, form, read_form
from state.domain.permissions import NEWEST

FIELDS = [(name, field) for name in FORM_NAMES for field in form(name).fields]
GOOD_ACCOUNT = {
    "purpose": "trading_charges",
    "country": "GB",
    "account_name": "ALBION POWER LTD",
    "sort_code": "08 99 99",
    "account_number": "66374958",
    "effective_on": "27 3 2027",
    "reason": "The bank closed our branch",
}


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=lambda it: getattr(it, "name", it))
def test_every_field_is_said_in_full(name, field) -> None:
    assert field.source, "says not where it comes from"
    assert field.why.endswith(".") or re.fullmatch("line_[2-5]", field.name), "says not why"
    assert not re.search(r"[.:?]$", field.label.rstrip("?"))
    assert not field.missing.endswith(".")
    assert field.missing.startswith(("Enter ", "Select "))
    assert field.problem(field.example) is None if field.example else True
    assert field.is_chosen == bool(field.choices)
    for choice in field.choices:
        assert field.problem(choice.value) is None
        assert field.normal(choice.value) == choice.value
    others = {each.name for each in form(name).fields}
    for condition in (field.needed, field.asked):
        assert getattr(condition, "field", name) in {*others, name}
    assert field.not_before in {"", *others}


@pytest.mark.parametrize("name", FORM_NAMES)
def test_an_empty_form_is_refused_in_its_own_order_and_never_says_required(name) -> None:
    spec = form(name)
    refused = spec.refusals({})
    places = [[each.name for each in spec.fields].index(refusal.field) for refusal in refused]
    assert places == sorted(places)
    assert refused
    assert not any("required" in refusal.reason for refusal in refused)
    assert spec.tidied({"stranger": "x"}) == spec.normal({}) == spec.empty()


def test_a_contact_is_kept_in_one_way() -> None:
    contact = {
        "name": "  Zoë  O’Neill ",
        "email": "zoe@EXAMPLE.com",
        "phone": "01632 960 001",
        "out_of_hours": "yes",
        "purposes": "notices credit_default_24h",
    }
    spec = form("contact")
    assert spec.refusals(contact) == ()
    kept = spec.normal(contact)
    assert kept["name"] == "Zoë O’Neill"
    assert kept["email"] == "zoe@example.com"
    assert kept["phone"] == "+441632960001"
    assert kept["purposes"] == "credit_default_24h notices"
    assert kept["mobile"] == ""
    assert spec.field("purposes").words(kept["purposes"]) == (
        "Credit default, Notices under the Code"
    )
    assert spec.field("name").words("Zoë") == "Zoë"


def test_what_was_not_offered_is_not_chosen() -> None:
    assert _said("contact", {"purposes": "notices world_peace"}, "purposes") == (
        "Select at least one purpose"
    )
    assert _said("address", {"country": "XX"}, "country") == "Select a country"


def test_a_postcode_is_ours_only_in_our_country() -> None:
    said = "Enter a full UK postcode, like SW1A 1AA"
    assert _said("address", {"country": "GB", "postcode": "75008"}, "postcode") == said
    assert _said("address", {"country": "GB"}, "postcode") == "Enter a postcode"
    assert _said("address", {"country": "FR", "postcode": "75008"}, "postcode") is None
    assert _said("address", {"country": "FR"}, "postcode") is None
    assert form("address").normal({"country": "GB", "postcode": "sw1a1aa"})["postcode"] == (
        "SW1A 1AA"
    )
    assert form("address").field("postcode").confirmation("sw1a1aa") == "Valid: SW1A 1AA"


def test_a_line_with_accents_is_refused_with_a_spelling_that_would_do() -> None:
    assert _said("address", {"line_1": "Königstraße 1"}, "line_1") == (
        "Address line 1 must only include letters, numbers, spaces and the symbols listed. "
        "You could write ‘Konigstrasse 1’"
    )
    assert _said("address", {"line_1": "a|b"}, "line_1") == (
        "Address line 1 must only include letters, numbers, spaces and the symbols listed"
    )
    assert _said("address", {"line_1": "x" * 41}, "line_1") == (
        "Address line 1 must be 40 characters or fewer"
    )


def test_a_vat_number_is_asked_of_those_who_have_one() -> None:
    for status, said in (("registered", "Enter a VAT number"), ("pending", None)):
        assert _said("company", {"vat_status": status}, "vat_number") == said
    assert not form("company").field("vat_number").is_needed({"vat_status": "pending"})
    kept = form("company").normal({"vat_status": "pending", "vat_number": "123456782"})
    assert kept["vat_number"] == ""


def test_an_account_here_has_a_sort_code_and_one_abroad_an_iban() -> None:
    spec = form("bank_account")
    assert spec.refusals(GOOD_ACCOUNT) == ()
    kept = spec.normal(GOOD_ACCOUNT | {"iban": "left over"})
    assert (kept["sort_code"], kept["iban"], kept["effective_on"]) == ("089999", "", "2027-03-27")
    abroad = [refusal.reason for refusal in spec.refusals(GOOD_ACCOUNT | {"country": "NL"})]
    assert abroad == ["Enter an IBAN", "Enter a BIC"]
    assert [each.field for each in spec.refusals({})] == [
        "purpose",
        "country",
        "account_name",
        "effective_on",
        "reason",
    ]


def test_nothing_private_is_confirmed_or_shown_in_full() -> None:
    spec = form("bank_account")
    private = {field.name for field in spec.fields if field.private}
    assert private == {"account_name", "sort_code", "account_number", "iban", "roll_number"}
    assert spec.field("account_number").confirmation("66374958") == "Valid: ••••4958"
    assert spec.field("account_number").words("66374958") == "••••4958"
    assert spec.field("sort_code").confirmation("30-94-30") == "Valid: ••-••-30"
    assert spec.field("sort_code").confirmation("30-94") == ""
    assert spec.field("reason").confirmation("because") == ""
    assert not spec.field("reason").is_confirmed
    assert form("company").field("lei").confirmation("") == ""
    assert form("contact").field("phone").confirmation("01632 960001") == "Valid: +44 1632 960001"


def test_an_end_is_not_before_its_start() -> None:
    dates = {"since": "2027-03-27", "until": "2027-03-26"}
    assert _said("signatory", dates, "until") == (
        "End date must be the same as or after the start date"
    )
    assert _said("signatory", dates | {"until": "2027-03-27"}, "until") is None
    assert _said("signatory", dates | {"since": "31 2 2027"}, "until") is None


def test_the_categories_of_a_signatory_are_those_that_can_still_be_held() -> None:
    offered = [choice.value for choice in form("signatory").field("categories").choices]
    assert offered == [category.code for category in categories_on(NEWEST)]
    assert "I" not in offered


def test_part_of_a_form_is_a_form() -> None:
    part = form("contact").only("phone", "name")
    assert [field.name for field in part.fields] == ["phone", "name"]
    assert part.field("phone").question == "Telephone number"
    assert form("contact").field("mobile").question == "Mobile number (optional)"
    with pytest.raises(KeyError):
        part.field("email")


def test_there_are_no_other_forms_and_no_slips_in_a_file() -> None:
    with pytest.raises(ValueError, match="There is no form tax"):
        form("tax")
    field = "{name: a, label: A, thing: an a, longest: 3, source: us%s}"
    assert read_form("x", "title: X\nfields: [" + field % "" + "]").fields[0].longest == 3
    for slip in (", colour: red", ", private: 'no'", ", needed: sometimes"):
        with pytest.raises(ValueError, match="validation error"):
            read_form("x", "title: X\nfields: [" + field % slip + "]")
    with pytest.raises(ValueError, match="There is no list of stars"):
        read_form("x", "title: X\nfields: [" + field % ", box: select, choices: stars" + "]")


@pytest.mark.parametrize("name", FORM_NAMES)
@given(data=st.data())
def test_anything_typed_is_refused_or_kept_in_a_form_that_stays(name, data) -> None:
    spec = form(name)
    typed = {
        field.name: data.draw(
            st.one_of(
                st.text(max_size=50),
                st.just(field.example),
                *(st.just(choice.value) for choice in field.choices[:4]),
            )
        )
        for field in spec.fields
    }
    refused = spec.refusals(typed)
    kept = spec.normal(typed)
    if not refused:
        assert spec.refusals(kept) == ()
        assert spec.normal(kept) == kept
        assert all(len(kept[field.name]) <= field.longest for field in spec.fields)


def _said(name: str, values: dict[str, str], field: str) -> str | None:
    return {each.field: each.reason for each in form(name).refusals(values)}.get(field)
