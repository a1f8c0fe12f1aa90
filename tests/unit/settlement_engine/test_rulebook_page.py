"""The pages that the code writes."""

from dataclasses import replace
from datetime import date

from settlement_engine.rulebook_page import glossary_page, rulebook_page
from settlement_engine.trading_charges import TRADING_CHARGES


def test_the_rulebook_page_has_every_quantity_formula_and_value():
    rule = TRADING_CHARGES.rule("market_price")
    ended = replace(rule, versions=(replace(rule.versions[0], until=date(2030, 1, 1)),))
    page = rulebook_page(TRADING_CHARGES.variant("x", rules=(ended,)), date(2026, 1, 1))
    for says in (
        "### `energy_imbalance_price`",
        "SBP_j = SSP_j = sum(v x p x TLM) / sum(v x TLM)",
        "**From 2003-03-11 to 2030-01-01** (P78, T4.3A): `liquid_providers_by_volume`",
        "| 2018-11-01 | 1 | P305 |",
        "- `metered_volumes` (must be given)",
        "- `stor_windows` (may be absent)",
        "flowchart TD",
    ):
        assert says in page, says


def test_the_glossary_has_symbol_unit_and_meaning():
    page = glossary_page(TRADING_CHARGES)
    assert (
        "| `net_imbalance_volume_mwh` | NIV_j | MWh | Positive is short, negative is long |" in page
    )
