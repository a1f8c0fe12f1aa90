"""The operator's own numbers (deadlines, limits, time-outs): dated data in `parameters/`.

A value that two people agreed on since (`reference.py`) counts from its date on.
"""

from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from settlement_engine.parameter import Parameter, read_parameter
from state.domain.dated_values import DatedText, agreed, in_force

PARAMETER: Final = "parameter"
"""What these numbers are among reference data."""


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


def access_review_reminder_days(on: date) -> int:
    """How many days before people's access is to be confirmed it is brought to mind."""
    return _whole("access_review_reminder_days", on)


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


def form_held_minutes(on: date) -> int:
    """How long after somebody typed into a form their colleagues find it held."""
    return _whole("form_held_minutes", on)


def contact_review_reminder_days(on: date) -> tuple[int, int, int]:
    """How many days before a contact is to be looked at again it is brought to mind."""
    return (
        _whole("contact_review_first_reminder_days", on),
        _whole("contact_review_second_reminder_days", on),
        _whole("contact_review_last_reminder_days", on),
    )


def contact_kept_after_end_months(on: date) -> int:
    """How long a contact that has ended is kept, in months."""
    return _whole("contact_kept_after_end_months", on)


def signatories_confirmed_months(on: date) -> int:
    """Within how many months the list of signatories is confirmed again."""
    return _whole("signatories_confirmed_months", on)


def signatories_reminder_days(on: date) -> tuple[int, int, int, int]:
    """How many days before the list of signatories is to be confirmed it is brought to mind."""
    return (
        _whole("signatories_first_reminder_days", on),
        _whole("signatories_second_reminder_days", on),
        _whole("signatories_third_reminder_days", on),
        _whole("signatories_last_reminder_days", on),
    )


def phrase_tries_an_hour(on: date) -> int:
    """How often one verification phrase may be tried in an hour."""
    return _whole("phrase_tries_an_hour", on)


def export_kept_hours(on: date) -> int:
    """How long a copy of a company's data can be fetched, in hours."""
    return _whole("export_kept_hours", on)


def largest_upload_megabytes(on: date) -> int:
    """The largest file that may be uploaded, in megabytes."""
    return _whole("largest_upload_megabytes", on)


def access_token_minutes(on: date) -> int:
    """How long a program's access token lasts."""
    return _whole("access_token_minutes", on)


def idempotency_key_kept_hours(on: date) -> int:
    """For how long the same key brings the same answer."""
    return _whole("idempotency_key_kept_hours", on)


def program_requests_a_minute(on: date) -> int:
    """How many requests a program may send in a minute."""
    return _whole("program_requests_a_minute", on)


def programs_most(on: date) -> int:
    """How many programs a company may have."""
    return _whole("programs_most", on)


def staff_role_proposal_lasts_days(on: date) -> int:
    """How long a proposal about a staff role waits for a second administrator."""
    return _whole("staff_role_proposal_lasts_days", on)


def administrators_least(on: date) -> int:
    """How many administrators remain at least."""
    return _whole("administrators_least", on)


def view_as_lasts_minutes(on: date) -> int:
    """How long a member of staff looks at a company's pages."""
    return _whole("view_as_lasts_minutes", on)


def view_as_reason_least_characters(on: date) -> int:
    """How long the reason for looking is at least."""
    return _whole("view_as_reason_least_characters", on)


def feedback_answer_within_working_days(on: date) -> int:
    """Within how many Working Days feedback that asks for an answer has one."""
    return _whole("feedback_answer_within_working_days", on)


def feedback_writer_kept_months(on: date) -> int:
    """How long the address of who gave feedback is kept, in months."""
    return _whole("feedback_writer_kept_months", on)


def user_group_confirmed_within_days(on: date) -> int:
    """How long the link that confirms an address for the user group works, in days."""
    return _whole("user_group_confirmed_within_days", on)


def figure_of_people_least(on: date) -> int:
    """The least number of people that a public figure may be about."""
    return _whole("figure_of_people_least", on)


def active_within_days(on: date) -> int:
    """Within how many days a person was here who counts as active."""
    return _whole("active_within_days", on)


def number_on(name: str, on: date) -> int:
    """Any of the operator's whole numbers by its name, as it counts on a day."""
    return _whole(name, on)


def parameter_names() -> tuple[str, ...]:
    """The name of every number of the operator."""
    files = (resources.files("state.domain") / "parameters").iterdir()
    return tuple(sorted(file.name.removesuffix(".yaml") for file in files))


@cache
def parameter(name: str) -> Parameter:
    """A number as its file says it."""
    text = (resources.files("state.domain") / "parameters" / f"{name}.yaml").read_text("utf-8")
    return read_parameter(name, text)


def dated_numbers(name: str) -> tuple[DatedText, ...]:
    """Every value of a number with its date: those of its file, then those that were agreed."""
    read = parameter(name)
    source = read.references[0].title if read.references else ""
    filed = (DatedText(dated.since, str(dated.value), source) for dated in read.values)
    return (*filed, *agreed(PARAMETER, name))


def _whole(name: str, on: date) -> int:
    dated = in_force(dated_numbers(name), on)
    if dated is None:
        raise ValueError(f"{name} has no value yet on {on}.")
    return int(dated.value)
