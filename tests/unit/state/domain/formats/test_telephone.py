import pytest

from state.domain.formats.telephone import confirmation, normal, problem, shown


@pytest.mark.parametrize(
    ("good", "kept"),
    [
        ("01632 960 001", "+441632960001"),
        ("+44 (0)1632 960001", "+441632960001"),
        ("+31 20 555 0100", "+31205550100"),
    ],
)
def test_good_telephone_numbers(good, kept) -> None:
    assert problem(good) is None
    assert normal(good) == kept
    assert len(kept) <= 16


@pytest.mark.parametrize("bad", ["12", "telephone", "+999 1", "0" * 30])
def test_bad_telephone_numbers(bad) -> None:
    assert problem(bad) == "Enter a telephone number, like 01632 960 001"
    assert normal(bad) == bad
    assert shown(bad) == bad


def test_a_number_is_needed_and_rings_one_desk() -> None:
    assert problem(" ") == "Enter a telephone number"
    assert problem("01632 960 001 ext 12") == (
        "Enter a telephone number without an extension, like 01632 960 001"
    )


def test_a_kept_number_is_shown_as_people_dial_it() -> None:
    assert shown("+441632960001") == "01632 960001"
    assert shown("+31205550100") == "+31 20 555 0100"
    assert confirmation("01632 960 001") == "Valid: +44 1632 960001"
