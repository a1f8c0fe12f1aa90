"""Parameters: dated values from strict files."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from settlement_engine.parameter import load_parameters, read_parameter

TEXT = """
description: Something
unit: MWh
values:
  - {since: 2015-11-05, value: 0.1, modification: P305}
  - {since: 2018-11-01, value: 1, modification: P305}
"""


def test_a_value_holds_from_its_date_to_the_next():
    parameter = read_parameter("something_mwh", TEXT)
    assert parameter.dated_value_on(date(2015, 11, 4)) is None
    assert parameter.dated_value_on(date(2015, 11, 5)).value == Decimal("0.1")
    assert parameter.dated_value_on(date(2018, 10, 31)).value == Decimal("0.1")
    assert parameter.dated_value_on(date(2018, 11, 1)).value == 1


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "colour: red",
        TEXT.replace("2018-11-01", "2014-11-01"),
        TEXT.replace("2018-11-01", "2015-11-05"),
        TEXT.replace("value: 1,", "value: {},"),
        "description: x\nunit: MWh\nvalues: []",
    ],
)
def test_a_file_with_an_unknown_word_or_dates_out_of_order_is_refused(text):
    with pytest.raises((ValidationError, ArithmeticError)):
        read_parameter("something_mwh", text)


def test_the_files_hold_the_dates_of_the_code():
    found = {
        parameter.name: [(str(dated.since), str(dated.value)) for dated in parameter.values]
        for parameter in load_parameters()
    }
    assert found["price_average_reference_mwh"] == [
        ("2006-11-02", "500"), ("2015-11-05", "50"), ("2018-11-01", "1"),
    ]  # fmt: skip
    assert found["de_minimis_acceptance_threshold_mwh"][-1] == ("2019-04-01", "0.1")
    assert found["value_of_lost_load_gbp_per_mwh"] == [
        ("2015-11-05", "3000"),
        ("2018-11-01", "6000"),
    ]
    assert found["continuous_acceptance_duration_limit_minutes"][-1] == ("2019-04-01", "10")


def test_a_sandbox_holds_one_value_from_the_first_date_on():
    sandbox = read_parameter("something_mwh", TEXT).always(Decimal(7))
    assert sandbox.dated_value_on(date(2030, 1, 1)).value == 7
    assert len(sandbox.values) == 1
