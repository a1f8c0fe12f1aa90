"""The weights by which sort codes and account numbers are checked: the operator's file, or ours.

The official table may not be shipped with Kinnect: the operator puts it into the data directory.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from state.domain.formats.modulus import Modulus, Table, check, made_up_table, read_table
from state.persistence.transaction import data_directory

FILE_NAME: Final = "modulus_weights.txt"


def checked_pair(sort_code: str, account_number: str) -> Modulus:
    """Whether the two belong together, as far as the table knows."""
    path = data_directory() / FILE_NAME
    if not path.is_file():
        return check(sort_code, account_number, made_up_table())
    return check(sort_code, account_number, _read(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> Table:
    return read_table(path.read_text(encoding="utf-8"))
