"""Sealed fields: what the database holds encrypted, so that a copy of it tells nobody an account.

AES-256-GCM. Beside its text each seal covers where it stands (table, column, row, company): moved
elsewhere it opens no more. The keys are `KINNECT_DATA_KEYS`, the current one first, or a file.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from state.persistence.transaction import data_directory

_VERSION: Final = "v1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_FILE: Final = "data_keys"
_HOW_TO: Final = (
    "Set KINNECT_DATA_KEYS to k1:KEY, or KINNECT_DATA_KEYS_FILE to a file that holds it, where KEY "
    "is 32 random bytes in base64 (openssl rand -base64 32)."
)


class UnfitKeysError(Exception):
    """The keys of the sealed fields are missing or no keys; says why and what to do."""


class SealBrokenError(Exception):
    """A sealed field was changed, moved to another place, or sealed with a key that is gone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed field stands: the seal fits nowhere else."""

    table: str
    column: str
    row_public_id: str
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys by their ids; new seals are made with the current one."""

    current: str
    by_id: Mapping[str, bytes] = field(repr=False)

    @property
    def oldest(self) -> bytes:
        """The key of the blind index: the last in the list, so that rotation leaves it alone."""
        return list(self.by_id.values())[-1]


def seal(text: str, place: Place, keys: Keys | None = None) -> str:
    """The text, sealed for its place; nothing stays nothing."""
    if not text:
        return ""
    keys = keys or data_keys()
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(keys.by_id[keys.current])
    sealed = nonce + cipher.encrypt(nonce, text.encode(), _bound_to(keys.current, place))
    return f"{_VERSION}.{keys.current}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(sealed: str, place: Place, keys: Keys | None = None) -> str:
    """The text of a sealed field.

    Raises:
        SealBrokenError: It was changed, it stood elsewhere, or its key is not among ours.
    """
    if not sealed:
        return ""
    keys = keys or data_keys()
    try:
        version, key_id, body = sealed.split(".")
        if version != _VERSION:
            raise SealBrokenError(f"A field is sealed in a way that is not known: {version[:8]}.")
        raw = base64.urlsafe_b64decode(body)
        cipher = AESGCM(keys.by_id[key_id])
        return cipher.decrypt(
            raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(key_id, place)
        ).decode()
    except (InvalidTag, KeyError, ValueError) as fault:
        raise SealBrokenError(
            f"{place.table}.{place.column} of {place.row_public_id} does not open: it was changed, "
            "stood elsewhere, or its key is not in KINNECT_DATA_KEYS."
        ) from fault


def needs_rotation(sealed: str, keys: Keys | None = None) -> bool:
    """Whether a field is sealed with another key than the current one."""
    return bool(sealed) and sealed.split(".")[1:2] != [(keys or data_keys()).current]


def blind_index(text: str, keys: Keys | None = None) -> str:
    """A number by which equal texts are found without opening any; spaces and case count not."""
    master = (keys or data_keys()).oldest
    derived = HKDF(hashes.SHA256(), _KEY_BYTES, b"kinnect", b"blind-index").derive(master)
    seal_of = hmac.HMAC(derived, hashes.SHA256())
    seal_of.update("".join(text.split()).upper().encode())
    return seal_of.finalize().hex()[:32]


def data_keys() -> Keys:
    """The keys that the environment names now.

    Raises:
        UnfitKeysError: There are none, or they are no keys.
    """
    if given := os.environ.get("KINNECT_DATA_KEYS", ""):
        return _read(given)
    if named := os.environ.get("KINNECT_DATA_KEYS_FILE", ""):
        return _of_file(Path(named))
    if os.environ.get("KINNECT_ENV", "production") != "development":
        raise UnfitKeysError(f"In production the sealed fields need keys of yours. {_HOW_TO}")
    return _of_file(_made_for_development(data_directory() / _FILE))


def _of_file(path: Path) -> Keys:
    try:
        return _read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise UnfitKeysError(f"The file of keys {path} cannot be read. {_HOW_TO}") from fault


def _made_for_development(path: Path) -> Path:
    """The developer's own key: made once, readable by nobody else, never for production."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name(f"{_FILE}.{os.getpid()}")  # so that nobody ever reads half of it
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"k1:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}\n")
    with suppress(FileExistsError):  # another process was first: its key counts
        os.link(whole, path)
    whole.unlink()
    return path


@cache
def _read(given: str) -> Keys:
    by_id: dict[str, bytes] = {}
    for part in given.replace(",", " ").split():
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
        except binascii.Error:
            key = b""
        if not (key_id.isascii() and key_id.isalnum()) or len(key) != _KEY_BYTES or key_id in by_id:
            raise UnfitKeysError(f"The keys of the sealed fields are no keys. {_HOW_TO}")
        by_id[key_id] = key
    if not by_id:
        raise UnfitKeysError(f"The keys of the sealed fields are empty. {_HOW_TO}")
    return Keys(next(iter(by_id)), by_id)


def _bound_to(key_id: str, place: Place) -> bytes:
    parts = (key_id, place.table, place.column, place.row_public_id, str(place.organisation_id))
    return "\x1f".join(parts).encode()
