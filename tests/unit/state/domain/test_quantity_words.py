import pytest

from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.quantity_words import (
    Piece,
    column_name,
    column_of,
    formula_pieces,
    quantity_meaning,
    quantity_name,
    symbol_pieces,
    unit_words,
)


@pytest.mark.parametrize("rule", TRADING_CHARGES.rules, ids=lambda rule: rule.name)
def test_every_quantity_has_a_name_and_every_formula_its_pieces(rule) -> None:
    assert quantity_name(rule.name)
    for version in rule.versions:
        said = "".join(
            piece.text for part in formula_pieces(version.formula.__doc__ or "") for piece in part
        )
        assert said


def test_names_are_the_engines_own() -> None:
    assert quantity_name("energy_imbalance_cashflow") == "Energy Imbalance Cashflow"
    assert quantity_meaning("energy_imbalance_cashflow").startswith("What an account's imbalance")
    assert quantity_name("contract_volumes") == "Contract volumes"
    assert quantity_meaning("contract_volumes") == quantity_meaning("nothing") == ""
    assert column_name("system_buy_price_gbp_per_mwh") == "System buy price"
    assert column_name("bm_unit_cashflow_gbp") == "BM Unit cashflow"
    assert column_of("party_cashflow", "net_to_party_gbp") is not None
    assert column_of("nothing", "x") is None
    assert (unit_words("GBP"), unit_words("MWh")) == ("£", "MWh")


def test_subscripts_exponents_and_signs_are_set() -> None:
    (line,) = formula_pieces("CAEI_aj = -QAEI_aj x SBP_j where `price` >= 0")
    assert line == (
        Piece("CAEI"),
        Piece("aj", "sub"),
        Piece(" = −"),
        Piece("QAEI"),
        Piece("aj", "sub"),
        Piece(" × "),
        Piece("SBP"),
        Piece("j", "sub"),
        Piece(" where "),
        Piece("price", "code"),
        Piece(" ≥ 0"),
    )
    assert symbol_pieces("CND^n_ij") == (Piece("CND"), Piece("n", "sup"), Piece("ij", "sub"))
    assert symbol_pieces("") == ()
    assert len(formula_pieces("One.\nOn.\n\nTwo.")) == 2
