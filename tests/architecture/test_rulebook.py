"""The house rules of the settlement engine (architecture.md 7.3: 1, 2, 7, 8, 9)."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from settlement_engine import rulebook_page
from settlement_engine.frames import keys
from settlement_engine.trading_charges import TRADING_CHARGES

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "golden" / "rules"
UNIT_ENDINGS = {
    "MWh": "_mwh",
    "MW": "_mw",
    "GBP": "_gbp",
    "GBP/MWh": "_gbp_per_mwh",
    "per unit": "_per_unit",
}
VERSIONS = [(rule, version) for rule in TRADING_CHARGES.rules for version in rule.versions]


def cases(quantity):
    return yaml.safe_load((RULES / f"{quantity}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=lambda part: getattr(part, "name", ""))
def test_every_version_has_a_case_from_its_first_day_on_and_before_the_next(rule, version):
    later = [other.since for other in rule.versions if other.since > version.since]
    until = min([*later, version.until or date.max])
    days = [case["settlement_date"] for case in cases(rule.name)]
    assert any(version.since <= day < until for day in days)


def test_every_change_of_a_parameter_has_a_case_on_its_date():
    """A case of a quantity that reads it, on the very date, wherever the date can be settled."""
    first = TRADING_CHARGES.since
    lacking = [
        f"{parameter.name} from {dated.since}"
        for parameter in TRADING_CHARGES.parameters
        for dated in parameter.values
        if (readers := readers_of(parameter.name)) and dated.since >= first
        if dated.since not in {case["settlement_date"] for name in readers for case in cases(name)}
        and len(parameter.values) > 1
    ]
    assert not lacking


def readers_of(parameter):
    return [rule.name for rule, version in VERSIONS if parameter in version.reads]


def test_every_case_file_is_of_a_quantity():
    assert {path.stem for path in RULES.glob("*.yaml")} == {r.name for r in TRADING_CHARGES.rules}


@pytest.mark.parametrize("rule", TRADING_CHARGES.rules, ids=lambda rule: rule.name)
def test_every_number_says_its_unit_and_its_name_ends_in_it(rule):
    for name, column in rule.produces.columns().items():
        unit = (column.metadata or {}).get("unit")
        endings = [end for end in UNIT_ENDINGS.values() if name.endswith(end)]
        ending = max(endings, key=len, default=None)
        assert ending == (UNIT_ENDINGS[unit] if unit else None), name
        if "digits" in (column.metadata or {}) and name not in keys(rule.produces):
            assert unit, name


def test_only_one_file_rounds_and_none_is_a_drawer_of_odds_and_ends():
    for path in (ROOT / "settlement_engine").rglob("*.py"):
        assert path.stem not in {"utils", "helpers", "common", "misc", "base"}, path
        if path.name != "rounding.py":
            assert not re.search(r"\.round\(", path.read_text(encoding="utf-8")), path


def test_the_generated_pages_are_what_the_code_says(tmp_path):
    """`make docs` writes them."""
    for path in rulebook_page.write_pages(tmp_path):
        written = (ROOT / "docs" / path.name).read_text(encoding="utf-8")
        assert written == path.read_text(encoding="utf-8"), f"{path.name} is out of date"


def test_no_edge_is_missing_on_any_day_on_which_something_changes():
    changes = sorted(set(TRADING_CHARGES._changes()))
    first = TRADING_CHARGES.since
    days = [day + timedelta(days=n) for day in changes for n in (-1, 0, 1)]
    for day in days:
        if day >= first:
            started = [rule for rule in TRADING_CHARGES.rules if rule.versions[0].since <= day]
            assert [step.rule for step in TRADING_CHARGES.in_force(day)] == started
