import base64
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotAllowedError
from state.persistence import sealed
from state.persistence.sealed import (
    Keys,
    Place,
    SealBrokenError,
    UnfitKeysError,
    blind_index,
    data_keys,
    needs_rotation,
    seal,
    unseal,
)
from state.services import installation

OLD = Keys("k1", {"k1": b"1" * 32})
NEW = Keys("k2", {"k2": b"2" * 32, "k1": b"1" * 32})
HERE = Place("bank_account", "iban", "account-1", 1)
IBAN = "GB29NWBK60161331926819"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch, tmp_path) -> None:
    for name in ("KINNECT_DATA_KEYS", "KINNECT_DATA_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KINNECT_DATA_DIR", str(tmp_path / "data"))


@given(st.text())
def test_what_is_sealed_opens_in_its_place(text) -> None:
    made = seal(text, HERE, OLD)
    assert unseal(made, HERE, OLD) == text
    assert not text or text not in made or len(text) < 4


@pytest.mark.parametrize(
    "there",
    [
        Place("bank_account", "iban", "account-2", 1),
        Place("bank_account", "iban", "account-1", 2),
        Place("bank_account", "name", "account-1", 1),
        Place("old_account", "iban", "account-1", 1),
    ],
)
def test_a_seal_moved_elsewhere_opens_no_more(there) -> None:
    made = seal(IBAN, HERE, OLD)
    with pytest.raises(SealBrokenError, match="does not open"):
        unseal(made, there, OLD)


def test_a_changed_seal_opens_no_more() -> None:
    made = seal(IBAN, HERE, OLD)
    body = made.split(".")[2]
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1
    changed = base64.urlsafe_b64encode(bytes(raw)).decode()
    for broken in (f"v1.k1.{changed}", f"v1.k9.{body}", "v1.k1", "v1.k1.!", "v2.k1.x", IBAN):
        with pytest.raises(SealBrokenError):
            unseal(broken, HERE, OLD)


def test_equal_texts_are_sealed_differently_and_found_by_their_index() -> None:
    assert seal(IBAN, HERE, OLD) != seal(IBAN, HERE, OLD)
    assert blind_index("GB29 NWBK 6016 1331 9268 19", OLD) == blind_index(IBAN.lower(), OLD)
    assert blind_index(IBAN, OLD) != blind_index(IBAN[:-1], OLD)
    assert IBAN not in blind_index(IBAN, OLD)


def test_after_a_new_key_old_seals_open_and_ask_to_be_renewed() -> None:
    made = seal(IBAN, HERE, OLD)
    assert unseal(made, HERE, NEW) == IBAN
    assert needs_rotation(made, NEW)
    renewed = seal(unseal(made, HERE, NEW), HERE, NEW)
    assert not needs_rotation(renewed, NEW)
    assert not needs_rotation("", NEW)
    assert blind_index(IBAN, NEW) == blind_index(IBAN, OLD)


def test_keys_are_in_no_description() -> None:
    assert "1111" not in repr(OLD)


def test_the_environment_names_the_keys_the_current_first(monkeypatch, tmp_path) -> None:
    given_keys = f"k2:{_encoded(b'2')},k1:{_encoded(b'1')}"
    monkeypatch.setenv("KINNECT_DATA_KEYS", given_keys)
    assert data_keys() == NEW
    monkeypatch.delenv("KINNECT_DATA_KEYS")
    (tmp_path / "keys").write_text(given_keys.replace(",", "\n"))
    monkeypatch.setenv("KINNECT_DATA_KEYS_FILE", str(tmp_path / "keys"))
    assert data_keys() == NEW
    assert unseal(seal(IBAN, HERE), HERE) == IBAN
    monkeypatch.setenv("KINNECT_DATA_KEYS_FILE", str(tmp_path / "nothing"))
    with pytest.raises(UnfitKeysError, match="cannot be read"):
        data_keys()


@pytest.mark.parametrize(
    "unfit", ["k1", "k1:c2hvcnQ=", "k1:***", ",", f":{'A' * 43}=", f"k1:{'A' * 43}=,k1:{'A' * 43}="]
)
def test_what_is_no_key_stops_the_start(monkeypatch, unfit) -> None:
    monkeypatch.setenv("KINNECT_DATA_KEYS", unfit)
    with pytest.raises(UnfitKeysError, match="Set KINNECT_DATA_KEYS"):
        installation.need_data_keys(actor=CONSOLE_OPERATOR)


def test_production_needs_keys_of_its_own(monkeypatch) -> None:
    monkeypatch.setenv("KINNECT_ENV", "production")
    with pytest.raises(UnfitKeysError, match="In production the sealed fields need keys"):
        installation.need_data_keys(actor=CONSOLE_OPERATOR)
    with pytest.raises(NotAllowedError):
        installation.need_data_keys(actor=ANYONE)


def test_a_developers_key_is_made_once_and_is_the_developers_alone(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("KINNECT_ENV", "development")
    first = data_keys()
    assert data_keys() == first
    kept = tmp_path / "data" / sealed._FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def _encoded(digit: bytes) -> str:
    return base64.b64encode(digit * 32).decode()
