"""Where the files of the store are kept for every machine: object storage, by setting.

`KINNECT_OBJECT_STORE` names it: `s3://bucket/folder`, `gs://…`, `az://…` or `file:///folder`; who
we are stands in the environment, as its own tools read it (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`
…). A file is put there before the catalogue names it; the disk is a copy, from which anything may
be missing: what is asked for is brought. Without the setting the disk is all there is.
"""

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from state.persistence.disk import put_file
from state.persistence.transaction import data_directory

_AT_ONCE: Final = 8
_TRIES: Final = 3
_WITHIN: Final = timedelta(seconds=30)


class ObjectStoreError(Exception):
    """The object storage cannot be used, or holds a file that is not what its name says."""


def is_elsewhere() -> bool:
    """Whether files are kept in object storage."""
    return bool(_address())


def put_stored(path: Path, content: bytes) -> None:
    """Put a file of the store on the disk and, where that is set, in object storage.

    Raises:
        ObjectStoreError: The object storage did not take it.
    """
    put_file(path, content)
    if address := _address():
        _try("took", path, lambda store, key: store.put(key, content), address)


def bring(paths: Iterable[Path]) -> None:
    """Have files of the store on the disk: those that are not there come from object storage.

    Raises:
        ObjectStoreError: One is not there either, or is not what its name says.
    """
    address = _address()
    missing = [path for path in dict.fromkeys(paths) if not path.is_file()] if address else []
    if not missing:
        return
    with ThreadPoolExecutor(min(_AT_ONCE, len(missing))) as several:
        list(several.map(lambda path: _bring(path, address), missing))


def send(paths: Iterable[Path]) -> int:
    """Put files that are on the disk in object storage; gives how many. Doing it twice is safe.

    Raises:
        ObjectStoreError: There is no such setting, or it did not take one.
    """
    address = _address()
    if not address:
        raise ObjectStoreError("KINNECT_OBJECT_STORE is not set: there is nowhere to send to.")
    here = [path for path in dict.fromkeys(paths) if path.is_file()]
    for path in here:
        content = path.read_bytes()
        _try("took", path, lambda store, key, sent=content: store.put(key, sent), address)
    return len(here)


def remove(path: Path) -> None:
    """Remove a file from the disk and from object storage, as far as it is there."""
    path.unlink(missing_ok=True)
    if address := _address():
        _try("removed", path, _delete, address)


def _delete(store: Any, key: str) -> None:  # noqa: ANN401  # the library's own
    try:
        store.delete(key)
    except FileNotFoundError:
        return


def _bring(path: Path, address: str) -> None:
    content = _try("gave", path, lambda store, key: bytes(store.get(key).bytes()), address)
    if hashlib.sha256(content).hexdigest() != path.stem:
        raise ObjectStoreError(f"{_key(path)} in object storage is not what its name says.")
    put_file(path, content)


def _try(what: str, path: Path, do: Any, address: str) -> Any:  # noqa: ANN401
    key = _key(path)
    try:
        return do(_store(address), key)
    except Exception as fault:  # the library has an exception a provider
        why = str(fault).splitlines()[0][:200]
        raise ObjectStoreError(f"Object storage never {what} {key}: {why}") from fault


def _key(path: Path) -> str:
    return path.relative_to(data_directory()).as_posix()


def _address() -> str:
    return os.environ.get("KINNECT_OBJECT_STORE", "")


@lru_cache(maxsize=4)
def _store(address: str) -> Any:  # noqa: ANN401
    """Loaded where it is used: most installations keep their files on a disk."""
    from obstore.store import from_url  # noqa: PLC0415

    if address.startswith("file://"):
        Path(address.removeprefix("file://")).mkdir(parents=True, exist_ok=True)
        return from_url(address)
    return from_url(address, retry_config={"max_retries": _TRIES, "retry_timeout": _WITHIN})
