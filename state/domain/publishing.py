"""How a dataset is published: open and at once, unless two people decided otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from state.domain import rules
from state.domain.datasets import Dataset
from state.domain.dates import spoken_date
from state.domain.refusal import Refusal


class NotPublishedError(LookupError):
    """A dataset is closed; says which, and the reason that was recorded."""


@dataclass(frozen=True, slots=True)
class PublishingSetting:
    """How a dataset is published from a date on. `until` is the last day of an embargo.

    What is taken in from then on is shown `lag_minutes` after it was published.
    """

    is_published: bool = True
    reason: str = ""
    until: date | None = None
    feed_is_on: bool = True
    since: date | None = None
    lag_minutes: int = 0

    @property
    def lag(self) -> timedelta:
        """How long after its publish time a row is shown."""
        return timedelta(minutes=self.lag_minutes)

    @property
    def values(self) -> dict[str, str]:
        """Its text by the fields of its form."""
        return {
            "published": "yes" if self.is_published else "no",
            "closed_because": self.reason,
            "closed_until": self.until.isoformat() if self.until else "",
            "shown_after": str(self.lag_minutes) if self.lag_minutes else "",
            "feed": "on" if self.feed_is_on else "off",
        }


def setting_of(values: Mapping[str, str], since: date) -> PublishingSetting:
    """The setting that a form says; what was asked of a closed one alone is dropped of an open."""
    is_open = values.get("published") != "no"
    until = "" if is_open else values.get("closed_until", "")
    return PublishingSetting(
        is_open,
        "" if is_open else values.get("closed_because", ""),
        date.fromisoformat(until) if until else None,
        values.get("feed") != "off",
        since,
        _whole(values.get("shown_after", "")) or 0,
    )


def setting_refusals(
    definition: Dataset, values: Mapping[str, str], since: date
) -> tuple[Refusal, ...]:
    """Every reason against a setting of a dataset from a date on."""
    setting = setting_of(values, since)
    reasons = []
    if setting.until is not None and setting.until < since:
        on = spoken_date(since)
        reasons.append(Refusal("closed_until", f"The last day must be {on} or later"))
    most = rules.number_on("publishing_lag_most_minutes", since)
    minutes = _whole(values.get("shown_after", ""))
    if minutes is None or minutes > most:
        words = f"The minutes must be a whole number from 0 to {most:,}"
        reasons.append(Refusal("shown_after", words))
    if not setting.feed_is_on and definition.feed is None:
        reasons.append(Refusal("feed", "This dataset has no feed that could be off"))
    return tuple(reasons)


def lag_words(minutes: int) -> str:
    """`60 minutes after it is published`; nothing where it is shown at once."""
    if not minutes:
        return ""
    return f"{minutes:,} minute{'' if minutes == 1 else 's'} after it is published"


def _whole(text: str) -> int | None:
    """The number that a box holds, 0 where it is empty; none where it is no whole number."""
    plain = text.strip().replace(",", "")
    if not plain:
        return 0
    return int(plain) if plain.isascii() and plain.isdecimal() else None


def closed_words(definition: Dataset, setting: PublishingSetting) -> str:
    """Why nobody reads it here, for whoever asked."""
    until = f" It opens after {spoken_date(setting.until)}." if setting.until else ""
    return f"{definition.title} ({definition.name}) is not published: {setting.reason}.{until}"
