import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.formats.plain_text import problem, sentence, squeezed, text_problem, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  a \t b ", "a b"), ("é", "é"), ("a\r\n b", "a\nb"), ("", "")],
)
def test_stray_space_goes_and_letters_are_composed(typed, kept) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_is_tidying_once(typed) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the name"),
        ("x" * 11, "Name must be 10 characters or fewer"),
        ("a\x00b", "Name must not include control characters"),
        ("a\u202eb", "Name must not include invisible or direction-changing characters"),
        ("a\u200bb", "Name must not include invisible or direction-changing characters"),
        ("ok 👍", "Name must not include emoji or pictures"),
        ("\ue000", "Name must not include private characters"),
        ("\U000e0080", "Name must not include unassigned characters"),
        ("a\nb", None),
    ],
)
def test_a_line_of_text(typed, said) -> None:
    assert text_problem("the name", typed, longest=10) == said


def test_what_is_optional_may_be_empty() -> None:
    assert text_problem("the name", "", longest=10, needed=False) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" ab\u00a01 ", "AB1"), ("a\u200bb\u2013c", "AB-C"), ("\uff11\uff12", "12"), ("", "")],
)
def test_what_copying_brings_along_is_no_part_of_a_code(typed, kept) -> None:
    assert squeezed(typed) == kept


def test_a_thing_begins_a_sentence_without_its_article() -> None:
    assert sentence("a full name") == "Full name"
    assert problem("a\x00", "your note") == "Note must not include control characters"
    assert problem("as long as you like " * 500) is None
