from datetime import date
from decimal import Decimal

import pytest

from state.domain import rules
from state.domain.authorisation_categories import categories_on
from state.domain.dated_values import DatedText, agreed, install, uninstall
from state.domain.fees import amount_on, fees, fees_due
from state.domain.reference import (
    ReferenceKind,
    normal_value,
    reference_item,
    reference_items,
    value_in_words,
    value_refusals,
)

BEFORE, FROM = date(2026, 12, 31), date(2027, 1, 1)
AGREED = {
    ("parameter", "draft_kept_days"): (DatedText(FROM, "14"),),
    ("category", "F"): (DatedText(FROM, "Balancing units"),),
    ("fee", "accession"): (DatedText(FROM, "550.00"),),
}
ITEMS = [item for kind in ReferenceKind for item in reference_items(kind)]
COMPANY = ("TG", date(2020, 1, 1), None)


@pytest.fixture
def installed():
    install(lambda kind, key: AGREED.get((kind, key), ()))
    yield
    uninstall()


def test_without_a_provider_the_files_alone_count() -> None:
    assert agreed("parameter", "draft_kept_days") == ()
    assert rules.draft_kept_days(FROM) == 30


def test_the_old_value_counts_until_the_date_and_the_new_one_from_it_on(installed) -> None:
    assert (rules.draft_kept_days(BEFORE), rules.draft_kept_days(FROM)) == (30, 14)
    accession = fees()[0]
    assert (amount_on(accession, BEFORE), amount_on(accession, FROM)) == (
        Decimal("500.00"),
        Decimal("550.00"),
    )
    names = [{one.code: one.name for one in categories_on(day)}["F"] for day in (BEFORE, FROM)]
    assert names == ["BM Units", "Balancing units"]


def test_a_fee_has_no_amount_before_the_market_began() -> None:
    with pytest.raises(ValueError, match="no amount yet"):
        amount_on(fees()[0], date(1999, 1, 1))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.subject)
def test_every_item_can_be_named_by_a_change_and_has_a_value_and_a_source(item) -> None:
    assert len(item.subject) <= 40
    assert reference_item(item.subject) == item
    assert item.value_on(BEFORE)
    assert item.value_on(date(1990, 1, 1)) == ""
    assert item.newest.source
    assert item.unit


@pytest.mark.parametrize("subject", ["", "fee", "fee:none", "cat:I", "bank:1", "par:../x"])
def test_there_is_no_such_item(subject) -> None:
    assert reference_item(subject) is None


@pytest.mark.parametrize(
    ("subject", "typed", "wrong"),
    [
        ("fee:accession", "550", ""),
        ("fee:accession", "5,00", "pounds and pence"),
        ("fee:accession", "-1", "pounds and pence"),
        ("fee:accession", "500", "the value already"),
        ("cat:F", "Units", ""),
        ("cat:F", "U" * 61, "60 characters"),
        ("cat:F", "Un\u202eits", "must not include"),
        ("par:draft_kept_days", "0", "whole number"),
        ("par:draft_kept_days", "7.5", "whole number"),
        ("par:draft_kept_days", "7", ""),
        ("par:office_closes_at_hour", "24", "from 1 to 23"),
    ],
)
def test_a_value_fits_its_item(subject, typed, wrong) -> None:
    found = value_refusals(reference_item(subject), typed, FROM)
    assert [reason.field for reason in found] == (["value"] if wrong else [])
    assert not wrong or wrong in found[0].reason


def test_the_past_stays_as_it_was(installed) -> None:
    item = reference_item("par:draft_kept_days")
    assert item.newest.value == "14"
    refused = value_refusals(item, "21", FROM)
    assert [reason.field for reason in refused] == ["effective_on"]
    assert "after 1 Jan 2027" in refused[0].reason


def test_an_amount_is_kept_with_its_pence() -> None:
    assert normal_value(reference_item("fee:accession"), "600") == "600.00"
    assert normal_value(reference_item("cat:F"), "Units") == "Units"


def test_a_value_is_shown_as_it_will_be_kept_with_its_unit() -> None:
    monthly = reference_item("fee:base_monthly_charge")
    assert value_in_words(monthly, "275") == f"275.00 {monthly.unit}"
    assert value_in_words(reference_item("cat:F"), "Units") == "Units"
    assert value_in_words(monthly, "") == ""


@pytest.mark.parametrize(
    ("roles", "month", "due"),
    [
        ([COMPANY], date(2026, 11, 22), [("Base monthly charge", date(2026, 11, 1))]),
        (
            [("VP", date(2026, 11, 9), None)],
            date(2026, 11, 22),
            [("Accession fee", date(2026, 11, 9)), ("Base monthly charge", date(2026, 11, 9))],
        ),
        ([("EN", date(2020, 1, 1), None)], date(2026, 11, 22), []),
        ([("EN", date(2020, 1, 1), None), COMPANY], date(2026, 11, 22), [
            ("Base monthly charge", date(2026, 11, 1))
        ]),
        ([("TG", date(2020, 1, 1), date(2026, 11, 1))], date(2026, 11, 22), [
            ("Base monthly charge", date(2026, 11, 1))
        ]),
        ([("TG", date(2020, 1, 1), date(2026, 10, 31))], date(2026, 11, 22), []),
        ([("TG", date(2027, 1, 1), None)], date(2026, 11, 22), []),
        ([], date(2026, 11, 22), []),
    ],
)  # fmt: skip
def test_what_falls_due_in_a_month_follows_from_the_roles(roles, month, due) -> None:
    assert [(one.fee.name, one.day) for one in fees_due(roles, month)] == due
