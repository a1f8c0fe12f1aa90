from state.domain.verification_phrase import (
    hash_of,
    is_right,
    new_phrase,
    new_salt,
    plain_words,
)


def test_a_phrase_is_four_plain_words() -> None:
    words = plain_words()
    assert len(words) == len(set(words)) > 512
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 9 for word in words)
    phrase = new_phrase().split()
    assert len(phrase) == 4
    assert set(phrase) <= set(words)
    assert new_phrase() != new_phrase()


def test_a_phrase_is_known_however_it_is_said_and_never_kept() -> None:
    salt = new_salt()
    kept = hash_of("acorn river lamp west", salt)
    assert "acorn" not in kept
    assert is_right(" Acorn, RIVER lamp  west.", salt, kept)
    assert not is_right("acorn river lamp east", salt, kept)
    assert not is_right("acorn river lamp west", new_salt(), kept)
