import ast
from pathlib import Path

import settlement_engine
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.stage_risks import (
    CHECKS,
    STAGE_OF_DEFAULT,
    DefaultTaken,
    StageRisk,
    stage_of_hold,
    stage_risks,
)


def codes_of_the_engine() -> set[str]:
    """The second argument of every `event(...)` of the engine's defaults."""
    folder = Path(settlement_engine.__file__).parent / "saa/defaults"
    return {
        node.args[1].value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "event"
        if isinstance(node.args[1], ast.Constant)
    }


def test_every_default_of_the_engine_has_its_stage() -> None:
    assert set(STAGE_OF_DEFAULT) == codes_of_the_engine()
    assert set(STAGE_OF_DEFAULT.values()) <= {rule.name for rule in TRADING_CHARGES.rules}


def test_a_hold_is_of_the_checks_unless_the_rules_themselves_stopped() -> None:
    assert stage_of_hold("metered_volumes") == CHECKS
    assert stage_of_hold(TRADING_CHARGES.name) == TRADING_CHARGES.name


def test_what_held_a_run_goes_first_then_what_touched_most_energy() -> None:
    taken = [
        DefaultTaken("unpriced_adjustment", 500, 10.0),
        DefaultTaken("zero_notification", 3, 20.0),
        DefaultTaken("zero_baseline", 1, 5.0),
    ]
    assert stage_risks(taken, {CHECKS: 2}) == (
        StageRisk(CHECKS, held_runs=2),
        StageRisk("expected_metered_volume", defaults=4, amount_mwh=25.0),
        StageRisk("ranked_stack", defaults=500, amount_mwh=10.0),
    )
    assert stage_risks([], {}) == ()


def test_a_default_of_a_later_release_stands_under_its_own_code() -> None:
    assert stage_risks([DefaultTaken("new_one", 1, 0.0)], {})[0].stage == "new_one"
