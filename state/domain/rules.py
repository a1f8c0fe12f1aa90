"""The operator's own numbers (deadlines, limits, time-outs): dated data in `parameters/`."""

from datetime import date
from functools import cache
from importlib import resources

from settlement_engine.parameter import Parameter, read_parameter


def withdrawal_notice_days(on: date) -> int:
    """Least notice before a Party withdraws, in days."""
    return _whole("withdrawal_notice_days", on)


def access_granted_within_working_days(on: date) -> int:
    """Within how many Working Days a newcomer is given access."""
    return _whole("access_granted_within_working_days", on)


def office_closes_at_hour(on: date) -> int:
    """From which hour (Europe/London) what arrives counts as the next Working Day."""
    return _whole("office_closes_at_hour", on)


def session_idle_minutes(on: date) -> int:
    """How long a signed-in browser may rest."""
    return _whole("session_idle_minutes", on)


def session_absolute_hours(on: date) -> int:
    """How long a sign-in lasts."""
    return _whole("session_absolute_hours", on)


def staff_session_idle_minutes(on: date) -> int:
    """How long a browser of staff may rest."""
    return _whole("staff_session_idle_minutes", on)


def staff_session_absolute_hours(on: date) -> int:
    """How long a sign-in of staff lasts."""
    return _whole("staff_session_absolute_hours", on)


def fresh_sign_in_minutes(on: date) -> int:
    """For how long a sign-in is fresh enough for money, signatories and leaving."""
    return _whole("fresh_sign_in_minutes", on)


def _whole(name: str, on: date) -> int:
    dated = _parameter(name).dated_value_on(on)
    if dated is None:
        raise ValueError(f"{name} has no value yet on {on}.")
    return int(dated.value)


@cache
def _parameter(name: str) -> Parameter:
    text = (resources.files("state.domain") / "parameters" / f"{name}.yaml").read_text("utf-8")
    return read_parameter(name, text)
