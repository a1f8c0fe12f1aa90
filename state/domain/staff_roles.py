"""Staff roles: what two administrators may give and end, and what not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from state.domain import rules
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import StaffRole
from state.domain.refusal import Refusal

_LONGEST_REASON = 500


class ProposalStatus(StrEnum):
    """Where a proposal has got to."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one member of staff proposed, as another sees it who may decide."""

    public_id: str
    what: str
    reason: str
    status: ProposalStatus
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    may_decide: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What is so about the person and the role when somebody proposes or agrees."""

    held: Collection[StaffRole]
    is_active: bool
    is_oneself: bool
    administrators_left: int


def role_words(role: StaffRole) -> str:
    """`Settlement operations`."""
    return role.replace("_", " ").capitalize()


def proposal_words(name: str, role: StaffRole, *, gives: bool) -> str:
    """`Give Ada Bell the role of Auditor`."""
    if gives:
        return f"Give {name} the role of {role_words(role)}"
    return f"End the role of {role_words(role)} of {name}"


def role_refusals(
    role: StaffRole, facts: RoleFacts, *, gives: bool, on: date
) -> tuple[Refusal, ...]:
    """Every reason not to give or end the role, whoever proposes it."""
    reasons = []
    if facts.is_oneself:
        own = "Nobody has a part in a change of their own roles. Ask two other administrators"
        reasons.append(Refusal("", own))
    if gives:
        reasons += _giving(role, facts)
    else:
        reasons += _ending(role, facts, on)
    return tuple(reasons)


def proposal_reason_refusals(reason: str) -> tuple[Refusal, ...]:
    """The other administrator reads why."""
    wrong = text_problem("a reason", tidy(reason), longest=_LONGEST_REASON)
    return (Refusal("reason", wrong),) if wrong else ()


def status_on(status: str, lapses_on: date, today: date) -> ProposalStatus:
    """Where a proposal has got to; one that nobody decided on in time lapsed."""
    held = ProposalStatus(status)
    return ProposalStatus.LAPSED if held is ProposalStatus.WAITING and lapses_on < today else held


def _giving(role: StaffRole, facts: RoleFacts) -> list[Refusal]:
    reasons = []
    if not facts.is_active:
        reasons.append(Refusal("email", "They are suspended. Let them sign in again first"))
    if role in facts.held:
        reasons.append(Refusal("role", f"They are {role_words(role).lower()} already"))
    elif StaffRole.AUDITOR in facts.held:
        reasons.append(Refusal("role", "An auditor holds no other role. End that role first"))
    elif role is StaffRole.AUDITOR and facts.held:
        only = "An auditor holds no other role. End their other roles first"
        reasons.append(Refusal("role", only))
    return reasons


def _ending(role: StaffRole, facts: RoleFacts, on: date) -> list[Refusal]:
    if role not in facts.held:
        return [Refusal("role", f"They are not {role_words(role).lower()}")]
    least = rules.administrators_least(on)
    if role is StaffRole.ADMINISTRATOR and facts.administrators_left < least:
        return [Refusal("", f"At least {least} administrators must remain")]
    return []
