"""One feed on the staff's screen: how it does, its last runs, and what was refused."""

from datetime import datetime

import reflex as rx

from state.domain.completeness_words import age_words, day_letters, strip_words
from state.domain.dates import spoken_moment
from state.domain.feed_faults import FAULTS
from state.domain.feed_questions import NoFeedError
from state.domain.feed_words import CIRCUIT_WORDS, taken_in_by
from state.domain.permissions import Permission
from state.domain.settlement_runs import market_day
from state.services import completeness, feeds
from state.services.feeds import FeedToSee, IngestLine, NoReportError, RefusedToSee
from state.ui.access import for_staff
from state.ui.session import ask, clock, here
from state.ui.staff.feeds import LOOKS_AFTER_A_RUN, line_shown

_LONGEST_CODE = 20
_SOURCES_NAMED = 2


class FeedState(rx.State):
    """The feed that the address names."""

    loaded: bool = False
    missing: str = ""
    line: dict[str, str] = {}
    facts: list[dict[str, str]] = []
    ingests: list[dict[str, str]] = []
    refused: list[dict[str, str]] = []
    refused_of: str = ""
    refused_words: str = ""
    strip: str = ""
    strip_label: str = ""
    paused: bool = False
    may_manage: bool = False
    said: str = ""
    is_waiting: bool = False

    _looks_left: int = 0
    _code: str = ""
    _ingest: int = 0

    @rx.event
    @for_staff
    async def load(self):
        """Read the feed, and the refused rows of the run that the address names."""
        asked = self.router.url.query_parameters
        self._code = str(asked.get("code", ""))[:_LONGEST_CODE].upper()
        number = str(asked.get("ingest", ""))
        self._ingest = int(number) if number.isascii() and number.isdigit() else 0
        self.said = ""
        return FeedState.look

    @rx.event
    @for_staff
    async def look(self):
        """Look again: it runs by itself."""
        actor, now = await here(self), clock()
        try:
            found = await ask(feeds.feed_to_see, actor=actor, code=self._code, now=now)
        except NoFeedError:
            named = f"There is no feed {self._code}." if self._code else "No feed is named here."
            self.missing, self.loaded = f"{named} Choose one from the list.", True
            return
        days = await ask(
            completeness.days_of,
            actor=actor,
            name=found.line.definition.name,
            today=market_day(now),
        )
        self.strip, self.strip_label = day_letters(days), strip_words(days) if days else ""
        self.line, self.facts = line_shown(found.line, now), _facts(found, now)
        self.ingests = [_ingest_shown(self._code, one) for one in found.ingests]
        self.paused, self.missing = found.line.paused, ""
        self.may_manage = actor.may(Permission.FEED_MANAGE) and not found.line.is_off
        chosen = self._ingest or next((one.number for one in found.ingests if one.has_report), 0)
        try:
            reasons = await ask(feeds.refused_of, actor=actor, ingest=chosen)
        except NoReportError:
            reasons = None
        self.refused = _refused_shown(reasons)
        self.refused_of = str(chosen) if reasons else ""
        self.refused_words = _refused_words(reasons)
        self._looks_left = max(self._looks_left - 1, 0)
        self.is_waiting = self._looks_left > 0
        self.loaded = True

    @rx.event
    @for_staff
    async def run_now(self):
        """Have it asked as soon as may be."""
        await ask(feeds.run_feed_now, actor=await here(self), code=self._code, now=clock())
        self._looks_left = LOOKS_AFTER_A_RUN
        self.said = "It is asked for as soon as the worker comes to it."
        return FeedState.look

    @rx.event
    @for_staff
    async def pause(self):
        """Ask for it no more."""
        await ask(feeds.pause_feed, actor=await here(self), code=self._code, now=clock())
        self.said = "Paused. Nothing is asked for until somebody resumes it."
        return FeedState.look

    @rx.event
    @for_staff
    async def resume(self):
        """Ask for it again."""
        await ask(feeds.resume_feed, actor=await here(self), code=self._code, now=clock())
        self.said = "Resumed. It goes on from where it was left."
        return FeedState.look


def _facts(found: FeedToSee, now: datetime) -> list[dict[str, str]]:
    line = found.line
    fault = FAULTS[line.fault] if line.fault else None
    good = line.last_good_at
    facts = [
        (
            "Last good run",
            f"{spoken_moment(good)} ({age_words(good, now)} ago)" if good else "None",
        ),
        ("Asked for until", spoken_moment(line.asked_until) if line.asked_until else "Nothing yet"),
        ("Circuit", CIRCUIT_WORDS[line.circuit.state(now)]),
    ]
    if line.is_off:
        facts.append(("Turned off", "Two people turned it off. Published data says who and why."))
    if line.circuit.open_until and line.circuit.open_until > now:
        facts.append(("Rests until", spoken_moment(line.circuit.open_until)))
    if line.circuit.failures:
        facts.append(("Failures in a row", str(line.circuit.failures)))
    if fault:
        facts.append(("What went wrong", f"{fault.words} {line.fault_detail}".strip()))
        facts.append(("What to do", fault.remedy))
    return [{"name": name, "value": value} for name, value in facts]


def _ingest_shown(code: str, one: IngestLine) -> dict[str, str]:
    named = ", ".join(one.sources[:_SOURCES_NAMED])
    more = len(one.sources) - _SOURCES_NAMED
    return {
        "number": str(one.number),
        "at": spoken_moment(one.at),
        "by": taken_in_by(one.by),
        "sources": named + (f" and {more} more" if more > 0 else ""),
        "read": f"{one.rows_read:,}",
        "stored": f"{one.rows_stored:,}",
        "held": f"{one.rows_held + one.rows_repeated:,}",
        "refused": f"{one.rows_refused:,}",
        "href": f"/staff/feed?code={code}&ingest={one.number}#refused" if one.has_report else "",
    }


def _refused_shown(reasons: RefusedToSee | None) -> list[dict[str, str]]:
    return [
        {
            "file": one.file,
            "row": str(one.row) if one.row else "All",
            "column": one.column,
            "value": one.value,
            "reason": one.reason,
            "remedy": one.remedy,
        }
        for one in (reasons.rows if reasons else ())
    ]


def _refused_words(reasons: RefusedToSee | None) -> str:
    if reasons is None:
        return ""
    shown = len(reasons.rows)
    many = f"The first {shown} of {reasons.total:,} reasons" if shown < reasons.total else "Reasons"
    return f"{many} of run {reasons.ingest}."
