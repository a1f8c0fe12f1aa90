"""How often one address may knock: events, sign-ins and public forms, each with its own budget."""

import math
from dataclasses import dataclass
from functools import cache

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kinnect_app.settings import settings

_REPORTS_A_MINUTE = 5
_NOTICES_A_MINUTE = 600
_TOKENS_A_MINUTE = 60


def too_many_events(client: str) -> bool:
    """Whether this address has sent more events in the last minute than a person could."""
    return not _limiter().hit(_events_a_minute(), "events", client)


def too_many_forms(client: str) -> bool:
    """Whether this address has sent more public forms in the last hour than is believable."""
    return not _limiter().hit(_forms_an_hour(), "forms", client)


def too_many_reports(client: str) -> bool:
    """Whether this address's browsers have reported more faults in the last minute than is use."""
    return not _limiter().hit(RateLimitItemPerMinute(_REPORTS_A_MINUTE), "reports", client)


def too_many_notices(client: str) -> bool:
    """Whether this address has told us of more sign-outs in the last minute than a provider has."""
    return not _limiter().hit(RateLimitItemPerMinute(_NOTICES_A_MINUTE), "notices", client)


def too_many_requests(client: str) -> bool:
    """Whether this address has asked the API more often in the last minute than it may."""
    return not _limiter().hit(_requests_a_minute(), "requests", client)


@dataclass(frozen=True, slots=True)
class Budget:
    """What an address may still ask of the API, and in how many seconds it may ask afresh."""

    may: bool
    most: int
    left: int
    reset_seconds: int


def request_budget(client: str, now: float) -> Budget:
    """One more request of an address; `now` in seconds since 1970."""
    window = _requests_a_minute()
    may = _limiter().hit(window, "requests", client)
    reset_at, left = _limiter().get_window_stats(window, "requests", client)
    return Budget(may, window.amount, left, max(0, math.ceil(reset_at - now)))


def too_many_tokens(client: str) -> bool:
    """Whether this address has asked for more tokens in the last minute than programs need."""
    return not _limiter().hit(RateLimitItemPerMinute(_TOKENS_A_MINUTE), "tokens", client)


def program_budget(program: str, most: int) -> tuple[bool, int, float]:
    """One more request of a program: whether it may, how many are left, when that is over."""
    window = RateLimitItemPerMinute(most)
    may = _limiter().hit(window, "programs", program)
    reset_at, left = _limiter().get_window_stats(window, "programs", program)
    return may, left, reset_at


def too_many_sign_ins(client: str) -> bool:
    """Whether this address has begun more sign-ins in the last hour than people there could."""
    return not _limiter().hit(_sign_ins_an_hour(), "sign-ins", client)


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@cache
def _events_a_minute() -> RateLimitItem:
    return RateLimitItemPerMinute(settings().events_a_minute)


@cache
def _requests_a_minute() -> RateLimitItem:
    return RateLimitItemPerMinute(settings().requests_a_minute)


@cache
def _forms_an_hour() -> RateLimitItem:
    return RateLimitItemPerHour(settings().public_forms_an_hour)


@cache
def _sign_ins_an_hour() -> RateLimitItem:
    return RateLimitItemPerHour(settings().sign_ins_an_hour)
