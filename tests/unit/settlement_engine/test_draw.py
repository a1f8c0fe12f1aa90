"""The chain as a picture and the history as a table."""

from dataclasses import replace
from datetime import date

import pytest

from settlement_engine import draw
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES


def test_the_picture_has_what_is_given_what_is_worked_out_and_what_reads_what():
    lines = draw.mermaid(TRADING_CHARGES, date(2026, 1, 1)).splitlines()
    assert lines[0] == "flowchart TD"
    assert "  market_index([market_index])" in lines
    assert '  net_imbalance_volume["net_imbalance_volume<br/>P217A"]' in lines
    assert "  net_imbalance_volume --> energy_imbalance_price" in lines
    assert not any("reference_mwh" in line for line in lines)


def test_a_date_without_rules_cannot_be_drawn():
    with pytest.raises(RulebookError):
        draw.mermaid(TRADING_CHARGES, date(2001, 1, 1))


def test_the_table_has_a_line_a_version():
    (rule,) = (rule for rule in TRADING_CHARGES.rules if rule.name == "market_price")
    ended = replace(rule, versions=(replace(rule.versions[0], until=date(2030, 1, 1)),))
    lines = draw.table(TRADING_CHARGES.variant("x", rules=(ended,))).splitlines()
    assert len(lines) == sum(len(rule.versions) for rule in TRADING_CHARGES.rules)
    (line,) = (line for line in lines if line.startswith("market_price "))
    assert "2003-03-11 to 2030-01-01" in line
    assert line.endswith("<- market_index, individual_liquidity_threshold_mwh")
