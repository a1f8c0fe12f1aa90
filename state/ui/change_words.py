"""A change as its page shows it."""

from typing import Final

from state.domain.change_words import (
    ACTION_WORDS,
    BANK_PURPOSE_WORDS,
    KIND_WORDS,
    SLOT_WORDS,
    STATUS_WORDS,
)
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.dates import spoken_date, spoken_moment
from state.services.change_views import ChangeView

_FORMS: Final = {
    ChangeKind.CONTACT: "/account/contact",
    ChangeKind.ADDRESS: "/account/address",
    ChangeKind.COMPANY: "/account/company",
    ChangeKind.IDENTIFIER: "/account/identifier",
    ChangeKind.SIGNATORY: "/account/signatory",
    ChangeKind.BANK_ACCOUNT: "/account/bank-account",
    ChangeKind.REFERENCE: "/staff/reference-value",
    ChangeKind.CORRECTION: "/staff/correction",
    ChangeKind.PUBLISHING: "/staff/publishing-setting",
}
_LISTS: Final = {
    ChangeKind.CONTACT: ("See the contacts", "/account/contacts"),
    ChangeKind.ADDRESS: ("See the addresses", "/account/addresses"),
    ChangeKind.IDENTIFIER: ("See the identifiers", "/account/identifiers"),
    ChangeKind.COMPANY: ("See the company's account", "/account"),
    ChangeKind.SIGNATORY: ("See the signatories", "/account/signatories"),
    ChangeKind.BANK_ACCOUNT: ("See the bank accounts", "/account/bank"),
    ChangeKind.REFERENCE: ("See the reference data", "/staff/reference"),
    ChangeKind.CORRECTION: ("See the published data", "/staff/published-data"),
    ChangeKind.PUBLISHING: ("See the published data", "/staff/published-data"),
}
"""Where what came of a change stands."""

_NEXT: Final = {
    ChangeStatus.DRAFT: "Nothing has changed yet.",
    ChangeStatus.RETURNED: "Improve it and send it again, or throw it away.",
    ChangeStatus.CONFLICT: "Choose what shall stand, then send it again.",
    ChangeStatus.AWAITING_APPROVAL: "A colleague who may approve it decides.",
    ChangeStatus.AWAITING_CALL_BACK: "We call a number that we held before this change was made.",
    ChangeStatus.AWAITING_ACTIVATION: "Another of our people puts it to use.",
    ChangeStatus.SCHEDULED: "It counts from its date on; nothing more is needed.",
}


def shown_change(found: ChangeView) -> dict[str, str]:
    """The head of the page."""
    line = found.line
    words, tone = STATUS_WORDS[line.status]
    see, see_href = _LISTS[line.kind]
    return {
        "public_id": line.public_id,
        "key": line.status.value,
        "what": _what(found),
        "action": _kind(found),
        "status": words,
        "tone": tone,
        "on": _counts_from(found),
        "by": _who(found),
        "reason": found.reason,
        "answer": found.answer,
        "next": _next(found),
        "edit_href": _edit_href(found),
        "see": see,
        "see_href": see_href,
    }


def _kind(found: ChangeView) -> str:
    """`Change · Contact`; a correction of data is nothing but that."""
    kind = KIND_WORDS[found.line.kind]
    is_named = found.line.kind in {ChangeKind.CORRECTION, ChangeKind.PUBLISHING}
    return kind if is_named else f"{ACTION_WORDS[found.line.action]} · {kind}"


def field_rows(found: ChangeView) -> list[dict[str, str]]:
    """What changes, field by field."""
    return [{"label": one.label, "before": one.before, "after": one.after} for one in found.fields]


def meeting_rows(found: ChangeView) -> list[dict[str, str]]:
    """The fields that both changed."""
    return [
        {
            "field": one.field,
            "label": one.label,
            "base": one.base or "nothing",
            "theirs": one.theirs or "nothing",
            "yours": one.yours or "nothing",
        }
        for one in found.meetings
    ]


def story(found: ChangeView) -> list[dict[str, str]]:
    """Who did what so far."""
    line = found.line
    begun = "prepared it" if found.submitted_at is None else "sent it"
    events = [_event(_who(found), begun, spoken_moment(found.submitted_at or line.made_at))]
    for one in found.signatures:
        did = "approved it alone, as the company allows" if one.self_approved else ""
        events.append(
            _event(
                one.name, did or SLOT_WORDS[one.slot], spoken_moment(one.decided_at), one.comment
            )
        )
    if line.status in _NEXT:
        lapses = f"Runs out on {spoken_date(found.lapses_on)}" if found.lapses_on else ""
        events.append(_event("Next:", _NEXT[line.status], lapses, tone="wait"))
    elif found.ended_at is not None:
        events.append(_event("", STATUS_WORDS[line.status][0], spoken_moment(found.ended_at)))
    return events


def _event(who: str, did: str, at: str, said: str = "", tone: str = "done") -> dict[str, str]:
    return {"who": who, "did": did, "at": at, "said": said, "tone": tone}


def _who(found: ChangeView) -> str:
    """Who made it; a program by its name, and the person for whom it acts."""
    person = "You" if found.line.is_mine else found.line.made_by
    return f"{person}, through the {found.made_through}" if found.made_through else person


def _what(found: ChangeView) -> str:
    if found.line.kind is ChangeKind.BANK_ACCOUNT:
        return f"Account for {BANK_PURPOSE_WORDS[found.subject][0]}"
    return found.line.title


def _counts_from(found: ChangeView) -> str:
    if found.line.action is ChangeAction.END:
        return f"{spoken_date(found.line.effective_on)}, its last day"
    cooled = found.cools_until
    if cooled is not None and cooled > found.line.effective_on:
        return f"{spoken_date(cooled)}, after the cooling-off"
    return spoken_date(found.line.effective_on)


def _next(found: ChangeView) -> str:
    if found.line.status is ChangeStatus.DRAFT:
        return (
            "You may approve this yourself: it counts at once, or from its date on."
            if found.counts_at_once
            else "Nothing has changed yet. A colleague must approve it."
        )
    return _NEXT.get(found.line.status, "Nothing more happens.")


def _edit_href(found: ChangeView) -> str:
    path = _FORMS[found.line.kind]
    if found.line.kind is ChangeKind.SIGNATORY:
        return f"{path}?id={found.subject}"
    return f"{path}?draft={found.line.public_id}"
