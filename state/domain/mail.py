"""How a mail is tried: again after waits that double, and for a day at most."""

from datetime import date, timedelta

from state.domain import rules


def next_try_after(tries: int, on: date) -> timedelta | None:
    """How long a mail waits that was tried so often in vain; None when it is given up.

    The waits before the n-th try add up to (2^(n-1) - 1) times the first of them.
    """
    first = timedelta(minutes=rules.mail_first_wait_minutes(on))
    if first * (2**tries - 1) > timedelta(hours=rules.mail_tried_for_hours(on)):
        return None
    return first * int(2 ** (tries - 1))
