import pytest

from state.domain.formats import duns


@pytest.mark.parametrize("good", ["15-048-3782", "150483782", " 15 048 3782 "])
def test_a_good_number(good) -> None:
    assert duns.problem(good) is None
    assert duns.normal(good) == "150483782"
    assert duns.confirmation(good) == "Valid: 15-048-3782"


@pytest.mark.parametrize(
    ("bad", "why"), [("", "Enter"), ("12345678", "9 numbers"), ("12345678A", "9 numbers")]
)
def test_a_bad_number(bad, why) -> None:
    assert why in duns.problem(bad)
