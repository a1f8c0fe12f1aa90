"""Whether a dataset is published: open, unless two people recorded a reason against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from state.domain.datasets import Dataset
from state.domain.dates import spoken_date
from state.domain.refusal import Refusal


class NotPublishedError(LookupError):
    """A dataset is closed; says which, and the reason that was recorded."""


@dataclass(frozen=True, slots=True)
class PublishingSetting:
    """How a dataset is published from a date on. `until` is the last day of an embargo."""

    is_published: bool = True
    reason: str = ""
    until: date | None = None
    feed_is_on: bool = True
    since: date | None = None

    @property
    def values(self) -> dict[str, str]:
        """Its text by the fields of its form."""
        return {
            "published": "yes" if self.is_published else "no",
            "closed_because": self.reason,
            "closed_until": self.until.isoformat() if self.until else "",
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
    if not setting.feed_is_on and definition.feed is None:
        reasons.append(Refusal("feed", "This dataset has no feed that could be off"))
    return tuple(reasons)


def closed_words(definition: Dataset, setting: PublishingSetting) -> str:
    """Why nobody reads it here, for whoever asked."""
    until = f" It opens after {spoken_date(setting.until)}." if setting.until else ""
    return f"{definition.title} ({definition.name}) is not published: {setting.reason}.{until}"
