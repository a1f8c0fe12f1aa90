"""A fault of ours: the log gets the whole of it under a number, the screen gets the number."""

import logging
import secrets

from reflex.event import EventSpec

from state.ui.session import SessionState

_log = logging.getLogger("kinnect.faults")


def note_page_fault(exception: Exception) -> None:
    """A fault that a page reports: anyone may write it, so it is one short line, escaped."""
    _log.warning("a page reports: %r", str(exception)[:500])


def answer_fault(exception: Exception) -> EventSpec:
    """Tell the person what to quote, and nothing of what went wrong."""
    number = secrets.token_hex(4)
    _log.error("fault %s", number, exc_info=exception)
    told: EventSpec = SessionState.say_fault(number)  # type: ignore[operator]  # a handler, when called
    return told
