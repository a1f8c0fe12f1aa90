"""Every kind of notice in the catalogue is one that some service sends."""

from pathlib import Path

import pytest

from state.domain.notices import notice_kinds

ROOT = Path(__file__).parents[2]
SOURCES = "".join(
    path.read_text() for room in ("state/services", "state/persistence") for path in
    (ROOT / room).rglob("*.py")
)  # fmt: skip

BY_WHAT_HAPPENED = {
    f"{of}.{what}" for of in ("person", "access") for what in ("suspended", "let_back")
}
"""Kinds whose second half is what happened to a person (`suspensions.py`)."""


@pytest.mark.parametrize("key", sorted(notice_kinds().keys() - BY_WHAT_HAPPENED))
def test_every_kind_of_notice_is_sent(key: str) -> None:
    assert f'"{key}"' in SOURCES
