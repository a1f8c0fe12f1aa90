from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from settlement_engine.frames import keys
from settlement_engine.trading_charges import TRADING_CHARGES
from state.ui.figure_links import (
    NoSuchFigureError,
    asked_date,
    asked_figure,
    figure_address,
)

VALUES = {
    "Date": date(2026, 10, 25),
    "Int64": 7,
    "String": "T_A-1",
    "Enum": "production",
    "Bool": False,
    "Datetime": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@pytest.mark.parametrize("quantity", [rule.name for rule in TRADING_CHARGES.rules])
def test_what_is_written_is_read_back(quantity: str) -> None:
    frame = TRADING_CHARGES.frame_types()[quantity]
    key = [(name, VALUES[type(frame.columns()[name]).__name__]) for name in keys(frame)]
    address = figure_address("/settlement/explain", "abc123", quantity, key)
    asked = asked_figure(dict(parse_qsl(urlsplit(address).query)))
    assert (asked.run, asked.quantity, dict(asked.key)) == ("abc123", quantity, dict(key))


GOOD = {
    "run": "abc",
    "quantity": "energy_imbalance_cashflow",
    "settlement_date": "2026-10-25",
    "settlement_period": "1",
    "party_id": "ALPHA",
    "energy_account": "production",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("run", ""),
        ("run", "a b"),
        ("run", "x" * 41),
        ("quantity", "nothing"),
        ("quantity", "__class__"),
        ("settlement_date", "2026-02-30"),
        ("settlement_date", "1066-10-14"),
        ("settlement_period", "\u0661"),
        ("settlement_period", "1.0"),
        ("settlement_period", "9" * 400),
        ("party_id", ""),
        ("party_id", "A\nB"),
        ("energy_account", "both"),
        ("of", "party"),
        ("another", "1"),
    ],
)
def test_one_thing_wrong_and_there_is_no_figure(name: str, value: str) -> None:
    assert asked_figure(GOOD).key["settlement_period"] == 1
    with pytest.raises(NoSuchFigureError):
        asked_figure(GOOD | {name: value})


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "0001-01-01", "2026-10-25T00:00"])
def test_no_date(text: str) -> None:
    assert asked_date(text) is None
