from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.domain.identifiers import SCHEMES, alternatives, taken_words, value_of, values_of


def test_every_scheme_has_a_field_of_its_name_that_is_asked_for_it_alone() -> None:
    fields = {field.name: field for field in questions_of(ChangeKind.IDENTIFIER).fields}
    assert set(fields) == {"scheme", *SCHEMES}
    assert [one.value for one in fields["scheme"].choices] == list(SCHEMES)
    for scheme in SCHEMES:
        asked = {name for name in SCHEMES if fields[name].is_asked({"scheme": scheme})}
        assert asked == {scheme}


def test_an_identifier_is_read_back_as_it_was_written() -> None:
    assert value_of(values_of("mpid", "ABCD")) == "ABCD"
    assert value_of({}) == ""


def test_three_others_are_suggested_that_nobody_has() -> None:
    assert alternatives("ABC", {"ABC", "ABCA"}, longest=4) == ("ABCB", "ABCC", "ABCD")
    assert alternatives("ABCB", {"ABCA", "ABCB"}, longest=4) == ("ABCC", "ABCD", "ABCE")
    assert taken_words("ABCD", "MPID", {"ABCD"}, longest=4) == (
        "That MPID is in use or was used before. Try ABCA, ABCB or ABCC"
    )


def test_where_nothing_like_it_is_left_that_is_said() -> None:
    every = {f"ABC{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}
    assert taken_words("ABCD", "MPID", every, longest=4).endswith("Choose another")
    assert taken_words("ABCD", "MPID", every - {"ABCZ"}, longest=4).endswith("Try ABCZ")
