from pathlib import Path

import pytest

from state.domain.fuels import UnfitFuelsError, fuel_table, fuels

SEEN_IN_REAL_DATA = {
    *("BIOMASS", "CCGT", "COAL", "NPSHYD", "NUCLEAR", "OCGT", "OIL", "OTHER", "PS", "WIND"),
    *("INTELEC", "INTEW", "INTFR", "INTGRNL", "INTIFA2", "INTIRL", "INTNED", "INTNEM"),
    *("INTNSL", "INTVKL"),
}


def test_the_codes_of_the_feed_are_known_in_the_order_of_the_stack() -> None:
    known = fuels()
    assert {fuel.code for fuel in known} == SEEN_IN_REAL_DATA
    assert [fuel.order for fuel in known] == sorted(fuel.order for fuel in known)
    assert fuel_table(known).height == len(known)


def test_an_installation_adds_and_changes_codes(tmp_path: Path) -> None:
    local = tmp_path / "fuels.yaml"
    local.write_text(
        "fuels:\n"
        "  - {code: TIDAL, name: Tidal, family: other, order: 5, since: 2026-01-01}\n"
        "  - {code: WIND, name: Wind power, family: wind, order: 1}\n"
    )
    known = fuels(local)
    assert [fuel.name for fuel in known[:2]] == ["Wind power", "Tidal"]
    assert len(known) == len(SEEN_IN_REAL_DATA) + 1


ONE = "{code: A, name: A, family: gas, order: 1}"


@pytest.mark.parametrize(
    "text",
    [
        "fuels: [{code: A, name: A, family: other, order: 1, colour: red}]",
        "fuels: [{code: A, name: A, family: magic, order: 1}]",
        "fuels: [{code: A, name: A, family: other, order: first}]",
        "fuels: [{code: A, name: A, family: interconnector, order: 1}]",
        f"fuels: [{ONE}, {ONE}]",
        "fuels: {",
        "",
    ],
)
def test_an_unfit_file_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    local = tmp_path / "fuels.yaml"
    local.write_text(text)
    with pytest.raises(UnfitFuelsError, match=r"fuels\.yaml"):
        fuels(local)
