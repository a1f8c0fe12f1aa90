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


def new_signatory_days(on: date) -> int:
    """For how long a signatory counts as new where money is concerned."""
    return _whole("new_signatory_days", on)


def recent_bank_change_days(on: date) -> int:
    """For how long after a change to a bank account another one looks odd."""
    return _whole("recent_bank_change_days", on)


def contact_review_months(on: date) -> int:
    """After how many months a contact must be looked at again."""
    return _whole("contact_review_months", on)


def invitation_lasts_days(on: date) -> int:
    """How long an invitation can be accepted, in days."""
    return _whole("invitation_lasts_days", on)


def invitations_at_once_most(on: date) -> int:
    """How many people can be invited at once."""
    return _whole("invitations_at_once_most", on)


def invitation_most_mails(on: date) -> int:
    """How often one invitation can be sent, reminders too."""
    return _whole("invitation_most_mails", on)


def access_confirmed_every_days(on: date) -> int:
    """Within how many days it is confirmed that a person still needs access."""
    return _whole("access_confirmed_every_days", on)


def mail_first_wait_minutes(on: date) -> int:
    """How long a mail that could not be sent waits before the second try."""
    return _whole("mail_first_wait_minutes", on)


def mail_tried_for_hours(on: date) -> int:
    """For how long a mail is tried at most."""
    return _whole("mail_tried_for_hours", on)


def invitation_asked_again_minutes(on: date) -> int:
    """How long after a mail an invited person can ask for another."""
    return _whole("invitation_asked_again_minutes", on)


def invitation_reminder_days(on: date) -> tuple[int, int, int]:
    """After how many days an invitation is brought to mind."""
    return (
        _whole("invitation_first_reminder_days", on),
        _whole("invitation_second_reminder_days", on),
        _whole("invitation_last_reminder_days", on),
    )


def session_warning_minutes(on: date) -> int:
    """How long before a sign-in ends the screen says so."""
    return _whole("session_warning_minutes", on)


def draft_kept_days(on: date) -> int:
    """How long what was typed and not sent is kept."""
    return _whole("draft_kept_days", on)


def largest_upload_megabytes(on: date) -> int:
    """The largest file that may be uploaded, in megabytes."""
    return _whole("largest_upload_megabytes", on)


def _whole(name: str, on: date) -> int:
    dated = _parameter(name).dated_value_on(on)
    if dated is None:
        raise ValueError(f"{name} has no value yet on {on}.")
    return int(dated.value)


@cache
def _parameter(name: str) -> Parameter:
    text = (resources.files("state.domain") / "parameters" / f"{name}.yaml").read_text("utf-8")
    return read_parameter(name, text)
