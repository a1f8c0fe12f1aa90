"""Every requirement of people, permissions and My Account has the tests that carry it."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CARRIED = yaml.safe_load((ROOT / "tests/requirements.yaml").read_text())
RANGES = (
    range(1, 23), range(36, 45), range(80, 88), range(107, 116), (121, 124, 126, 127, 129),
)  # fmt: skip


def test_the_list_is_complete() -> None:
    assert list(CARRIED) == [f"R-{number:03}" for some in RANGES for number in some]


@pytest.mark.parametrize("requirement", CARRIED)
def test_each_has_a_test_in_the_browser_or_a_reason(requirement: str) -> None:
    entry = CARRIED[requirement]
    assert set(entry) <= {"tests", "reason"}
    carried = entry.get("tests", [])
    assert entry.get("reason") or any(node.startswith("tests/e2e/") for node in carried)
    for node in carried:
        path, _, name = node.partition("::")
        assert name in _tests_in(ROOT / path), node


def _tests_in(path: Path) -> set[str]:
    return {
        one.name
        for one in ast.parse(path.read_text()).body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
