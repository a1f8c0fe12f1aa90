"""Alerts in words: what is watched, when it tells, and what it found."""

from datetime import datetime, timedelta
from typing import Final

from state.domain.alerts import AlertKind, Crossing
from state.domain.dates import spoken_moment
from state.domain.quantity_words import UNITS
from state.domain.series import Series
from state.domain.series_views import words_of

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def number_words(value: float) -> str:
    """`1,234.5`: as many decimals as it has, six at most, with a true minus."""
    plain = f"{value:,.6f}".rstrip("0").rstrip(".")
    return plain.replace("-", "−")


def with_unit(value: float, series: Series) -> str:
    """`200 £/MWh`."""
    unit = series.column.unit or ""
    return f"{number_words(value)} {UNITS.get(unit, unit)}".strip()


def condition_words(kind: AlertKind, line: float, series: Series) -> str:
    """`above 200 £/MWh`."""
    return f"{kind.value} {with_unit(line, series)}"


def crossing_words(
    kind: AlertKind, line: float, series: Series, found: tuple[Crossing, ...], *, is_last: bool
) -> dict[str, str]:
    """The words of a notice of crossings that were found at once: of the latest, and how many."""
    latest = found[-1]
    others = len(found) - 1
    more = "" if not others else f" It was so {others + 1} times in what has come."
    rest = " We tell you no more of this alert for a day." if is_last else ""
    return {
        "what": words_of(series),
        "condition": condition_words(kind, line, series),
        "value": with_unit(latest.value, series),
        "at": spoken_moment(latest.first_at),
        "more": f"{more}{rest}",
    }


def every_words(step: timedelta) -> str:
    """`every 5 minutes`."""
    for size, word in ((_DAY, "day"), (_HOUR, "hour")):
        if step >= size and not step % size:
            count = step // size
            return f"every {word}" if count == 1 else f"every {count} {word}s"
    minutes, seconds = divmod(int(step.total_seconds()), 60)
    return f"every {seconds} seconds" if seconds else f"every {minutes} minutes"


def late_words(title: str, since: datetime, step: timedelta) -> dict[str, str]:
    """The words of a notice that a dataset is late."""
    return {"what": title, "since": spoken_moment(since), "every": every_words(step)}
