"""Proposals of one member of staff to another, in words on a screen."""

from state.domain.dates import spoken_moment
from state.domain.staff_roles import Proposal

_STATUS = {
    "waiting": ("Waits for a second", "info"),
    "done": ("Done", "good"),
    "refused": ("Refused", "bad"),
    "withdrawn": ("Taken back", "plain"),
    "lapsed": ("Ran out", "plain"),
}


def proposal_shown(one: Proposal) -> dict[str, str]:
    """A row of the table of proposals; `decide` and `withdraw` are empty where one may not."""
    words, tone = _STATUS[one.status]
    return {
        "public_id": one.public_id,
        "what": one.what,
        "reason": one.reason,
        "status": words,
        "tone": tone,
        "by": one.proposed_by,
        "at": spoken_moment(one.proposed_at),
        "decided_by": one.decided_by,
        "decide": "yes" if one.may_decide else "",
        "withdraw": "yes" if one.may_withdraw else "",
    }
