"""Requests for information in words, for the company's screens and the staff's."""

from typing import Final

from state.domain.dates import spoken_date, spoken_moment
from state.domain.information_requests import RequestStatus, RequestStep
from state.services.information_requests import DoneStep, HeldFile, RequestLine

_KILOBYTE: Final = 1_024
_STATUS: Final = {
    RequestStatus.ASKED: ("Waiting for the answer", "info"),
    RequestStatus.ANSWERED: ("Answered", "warn"),
    RequestStatus.ACCEPTED: ("Accepted", "good"),
    RequestStatus.WITHDRAWN: ("Withdrawn", "plain"),
}
_DID: Final = {
    RequestStep.ASKED: "asked",
    RequestStep.ANSWERED: "answered",
    RequestStep.RETURNED: "returned the answer: more is needed",
    RequestStep.ACCEPTED: "accepted the answer",
    RequestStep.WITHDRAWN: "withdrew the request",
}
_TONES: Final = {RequestStep.ACCEPTED: "good", RequestStep.RETURNED: "bad"}


def line_words(line: RequestLine) -> dict[str, str]:
    """One request in a list."""
    status, tone = _STATUS[line.status]
    is_late = line.is_overdue
    return {
        "reference": line.reference,
        "organisation": line.organisation_name,
        "kind": line.kind.capitalize(),
        "title": line.title,
        "due": spoken_date(line.due_on),
        "status": "Overdue" if is_late else status,
        "tone": "bad" if is_late else tone,
        "asked": spoken_moment(line.asked_at),
        "answered": spoken_moment(line.answered_at) if line.answered_at else "",
    }


def step_words(step: DoneStep) -> dict[str, str]:
    """One step of the timeline."""
    until = f", to be answered by {spoken_date(step.due_on)}" if step.due_on else ""
    return {
        "who": step.who,
        "did": _DID[step.what] + until,
        "at": spoken_moment(step.at),
        "said": step.said,
        "tone": _TONES.get(step.what, "done"),
    }


def file_words(file: HeldFile) -> dict[str, str]:
    """One file of an answer."""
    return {
        "public_id": file.public_id,
        "name": file.name,
        "size": f"{max(1, round(file.bytes / _KILOBYTE)):,} kB",
        "who": file.uploaded_by,
        "added": spoken_moment(file.uploaded_at),
        "sent": spoken_moment(file.sent_at) if file.sent_at else "",
        "sha256": file.sha256,
        "href": f"/api/v1/account/information/files/{file.public_id}",
    }
