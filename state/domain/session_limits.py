"""How long a sign-in lasts: shorter for the operator's staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from state.domain import rules


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """Idle: since the last event. Absolute: since the sign-in."""

    idle: timedelta
    absolute: timedelta


def session_limits(*, is_staff: bool, on: date) -> SessionLimits:
    """The limits in force on a date."""
    if is_staff:
        return SessionLimits(
            idle=timedelta(minutes=rules.staff_session_idle_minutes(on)),
            absolute=timedelta(hours=rules.staff_session_absolute_hours(on)),
        )
    return SessionLimits(
        idle=timedelta(minutes=rules.session_idle_minutes(on)),
        absolute=timedelta(hours=rules.session_absolute_hours(on)),
    )


def fresh_for(on: date) -> timedelta:
    """For how long after a sign-in the gravest things may be done without another."""
    return timedelta(minutes=rules.fresh_sign_in_minutes(on))


def warned_before(on: date) -> timedelta:
    """How long before the end a person is told of it."""
    return timedelta(minutes=rules.session_warning_minutes(on))
