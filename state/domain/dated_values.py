"""Values by their date: those of the files, and above them those that two people agreed here.

The rules know no database. Whoever keeps the agreed ones says where they are read (`install`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DatedText:
    """A value as text, from a date on, and where it comes from."""

    since: date
    value: str
    source: str = ""


Provider = Callable[[str, str], tuple[DatedText, ...]]
"""What was agreed for a kind and a key, in order of date."""


def _none(_kind: str, _key: str) -> tuple[DatedText, ...]:
    return ()


class _Installed:
    provider: Provider = staticmethod(_none)


def install(provider: Provider) -> None:
    """Read what was agreed there from now on."""
    _Installed.provider = staticmethod(provider)


def uninstall() -> None:
    """Read the files alone again."""
    _Installed.provider = staticmethod(_none)


def agreed(kind: str, key: str) -> tuple[DatedText, ...]:
    """What was agreed, in order of date; nothing where nobody keeps any."""
    return _Installed.provider(kind, key)


def in_force(values: Iterable[DatedText], day: date) -> DatedText | None:
    """The one with the newest date that has come; none before the first."""
    started = [one for one in values if one.since <= day]
    return max(started, key=lambda one: one.since, default=None)
