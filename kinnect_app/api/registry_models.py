"""What programs read and send, as the description says it: strict, and nothing more than it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from state.domain.change_words import STATUS_WORDS
from state.services.change_views import ChangeLine, ChangeView
from state.services.registry import RegisteredRecord

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong (RFC 9457), every fault at once.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "Where in the body."},
                    "parameter": {"type": "string", "description": "Which parameter."},
                    "detail": {"type": "string"},
                },
            },
        },
        "current": {"type": "object", "description": "What is so now (412)."},
    },
}
"""A problem, for the description."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Role(_Told):
    """A capacity in which the company takes part."""

    code: str
    name: str
    since: date
    until: date | None


class RoleList(_Told):
    """The company's roles."""

    data: list[Role]


class Organisation(_Told):
    """The company itself."""

    id: str
    legal_name: str
    system_name: str
    kind: str
    party_ids: list[str]
    company_number: str
    country: str
    registered_address: str
    website: str
    vat_status: str
    vat_number: str
    lei: str
    eic: str
    status: str


class ListedRecord(_Told):
    """A record in a list: its answers in words, private ones masked, as on the pages."""

    id: str = Field(description="Read it by this id to change it; bank accounts by their purpose.")
    state: Literal["active", "future", "ended"]
    title: str
    since: date
    until: date | None
    words: dict[str, str]
    review_due_on: date | None
    waits: bool = Field(description="An agreed change that waits for its date.")


class RecordPage(_Told):
    """One page of records."""

    data: list[ListedRecord]
    next_cursor: str | None = Field(description="Send it as cursor for what follows.")


class RecordDetail(_Told):
    """One record as it is kept, private values masked. Its ETag is what a change begins from."""

    kind: str
    id: str
    title: str
    values: dict[str, str]


class ChangeSummary(_Told):
    """A change in a list."""

    id: str
    kind: str
    action: str
    title: str
    status: str
    status_words: str
    effective_on: date
    made_by: str
    made_at: datetime


class ChangePage(_Told):
    """One page of changes, the newest first."""

    data: list[ChangeSummary]
    next_cursor: str | None


class ChangedField(_Told):
    """A field that differs, in words."""

    field: str
    label: str
    before: str
    after: str


class Decision(_Told):
    """What somebody decided about a change."""

    who: str
    what: str
    at: datetime
    comment: str


class Change(ChangeSummary):
    """A change, whole."""

    subject: str
    fields: list[ChangedField]
    reason: str
    answer: str = Field(description="Why it was returned, refused or stopped.")
    decisions: list[Decision]
    submitted_at: datetime | None
    lapses_on: date | None


class Checked(_Told):
    """Every check was passed; nothing was written."""

    would_be_accepted: Literal[True] = True


class Notice(_Told):
    """A notice, as behind the bell."""

    id: str
    title: str
    sentence: str
    link: str
    at: datetime
    is_read: bool


class NoticePage(_Told):
    """One page of notices, the newest first."""

    data: list[Notice]
    next_cursor: str | None


class DirectoryRole(_Told):
    """A capacity of a participant today."""

    code: str
    name: str


class DatedRole(DirectoryRole):
    """A capacity of a participant today, with its dates."""

    since: date | None
    until: date | None


class Participant(_Told):
    """A participant as anybody may read it."""

    party_id: str
    system_name: str
    status: str
    country: str
    roles: list[DirectoryRole]


class DatedParticipant(_Told):
    """A participant as participants may read it."""

    party_id: str
    system_name: str
    status: str
    country: str
    roles: list[DatedRole]


class ParticipantPage(_Told):
    """One page of the public directory, by Party Id."""

    data: list[Participant]
    next_cursor: str | None


class DatedParticipantPage(_Told):
    """One page of the directory, by Party Id."""

    data: list[DatedParticipant]
    next_cursor: str | None


def change_summary(line: ChangeLine) -> dict[str, Any]:
    """A change in a list."""
    return {
        "id": line.public_id,
        "kind": line.kind.value,
        "action": line.action.value,
        "title": line.title,
        "status": line.status.value,
        "status_words": STATUS_WORDS[line.status][0],
        "effective_on": line.effective_on,
        "made_by": line.made_by,
        "made_at": line.made_at,
    }


def change_body(view: ChangeView) -> Change:
    """A change, whole."""
    return Change(
        **change_summary(view.line),
        subject=view.subject,
        fields=[
            ChangedField(field=one.field, label=one.label, before=one.before, after=one.after)
            for one in view.fields
        ],
        reason=view.reason,
        answer=view.answer,
        decisions=[
            Decision(who=one.name, what=one.slot.value, at=one.decided_at, comment=one.comment)
            for one in view.signatures
        ],
        submitted_at=view.submitted_at,
        lapses_on=view.lapses_on,
    )


def record_body(record: RegisteredRecord) -> Mapping[str, object]:
    """One record as it is kept."""
    return RecordDetail(
        kind=record.kind.value, id=record.subject, title=record.title, values=dict(record.values)
    ).model_dump(mode="json")
