"""A change to what is registered: its states, what may follow what, and who must agree."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

import yaml

from settlement_engine.working_days import working_days_after
from state.domain.permissions import Permission


class ChangeKind(StrEnum):
    """What is changed."""

    CONTACT = "contact"
    ADDRESS = "address"
    COMPANY = "company"
    IDENTIFIER = "identifier"
    SIGNATORY = "signatory"
    BANK_ACCOUNT = "bank_account"
    REFERENCE = "reference"
    CORRECTION = "correction"
    PUBLISHING = "publishing"


class ChangeAction(StrEnum):
    """Whether a record begins, changes or ends."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


class ChangeStatus(StrEnum):
    """Where a change stands (customer.md 6)."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_CALL_BACK = "awaiting_call_back"
    AWAITING_ACTIVATION = "awaiting_activation"
    SCHEDULED = "scheduled"
    CONFLICT = "conflict"
    RETURNED = "returned"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Slot(StrEnum):
    """What somebody can decide about a change."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    CALL_BACK = "call_back"
    CALL_BACK_FAILED = "call_back_failed"
    ACTIVATE = "activate"
    STOP = "stop"
    WITHDRAW = "withdraw"


EDITABLE: Final = frozenset({ChangeStatus.DRAFT, ChangeStatus.RETURNED, ChangeStatus.CONFLICT})
"""The maker may work on it."""

WAITING: Final = frozenset(
    {
        ChangeStatus.AWAITING_APPROVAL,
        ChangeStatus.AWAITING_CALL_BACK,
        ChangeStatus.AWAITING_ACTIVATION,
        ChangeStatus.SCHEDULED,
    }
)
"""Somebody, or a date, is waited for."""

OPEN: Final = EDITABLE | WAITING
"""It can still come to something."""

DECIDABLE: Final[Mapping[Slot, frozenset[ChangeStatus]]] = {
    Slot.APPROVE: frozenset({ChangeStatus.AWAITING_APPROVAL}),
    Slot.RETURN: frozenset({ChangeStatus.AWAITING_APPROVAL}),
    Slot.REFUSE: WAITING - {ChangeStatus.SCHEDULED},
    Slot.CALL_BACK: frozenset({ChangeStatus.AWAITING_CALL_BACK}),
    Slot.CALL_BACK_FAILED: frozenset({ChangeStatus.AWAITING_CALL_BACK}),
    Slot.ACTIVATE: frozenset({ChangeStatus.AWAITING_ACTIVATION}),
    Slot.STOP: WAITING,
    Slot.WITHDRAW: OPEN,
}
"""In which states each decision can be made."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who must agree to a kind of change, and how long it takes."""

    kind: ChangeKind
    since: date
    approvals: int
    lapses_after_days: int
    source: str
    self_approval: bool = False
    call_backs: int = 0
    activation: bool = False
    cooling_off_working_days: int = 0
    least_notice_working_days: int = 0
    least_notice_days: int = 0

    @property
    def is_stoppable(self) -> bool:
        """Whether those who are told of it can stop it before it counts."""
        return bool(self.call_backs)

    def earliest(self, today: date) -> date:
        """The first day on which a change submitted today can take effect."""
        return max(
            working_days_after(today, self.least_notice_working_days),
            today + timedelta(days=self.least_notice_days),
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many have agreed so far."""

    approvals: int = 0
    call_backs: int = 0
    activations: int = 0


def policy_on(kind: ChangeKind, day: date) -> Policy:
    """The policy in force on a day.

    Raises:
        ValueError: No policy is in force: nothing of the kind can be changed.
    """
    started = [policy for policy in _policies() if policy.kind == kind and policy.since <= day]
    if not started:
        raise ValueError(f"There is no policy for {kind} on {day}.")
    return max(started, key=lambda policy: policy.since)


def next_status(policy: Policy, agreed: Agreed, call_backs_needed: int) -> ChangeStatus:
    """What a submitted change waits for; `SCHEDULED` is for its date alone."""
    if agreed.approvals < policy.approvals:
        return ChangeStatus.AWAITING_APPROVAL
    if agreed.call_backs < call_backs_needed:
        return ChangeStatus.AWAITING_CALL_BACK
    if policy.activation and not agreed.activations:
        return ChangeStatus.AWAITING_ACTIVATION
    return ChangeStatus.SCHEDULED


def cooled_on(policy: Policy, today: date) -> date:
    """The first day on which a change that all agreed to today may count."""
    return working_days_after(today, policy.cooling_off_working_days)


def digest_of(facts: Mapping[str, object]) -> str:
    """What an approval signs: the SHA-256 over all that the approver is shown, sealed as it is."""
    text = json.dumps(facts, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KindRights:
    """The activities that see, prepare and approve a kind."""

    view: Permission
    prepare: Permission
    approve: Permission


RIGHTS: Final[Mapping[ChangeKind, KindRights]] = {
    ChangeKind.CONTACT: KindRights(
        Permission.ORG_VIEW, Permission.CONTACT_PREPARE, Permission.CONTACT_APPROVE
    ),
    ChangeKind.ADDRESS: KindRights(
        Permission.ORG_VIEW, Permission.ADDRESS_PREPARE, Permission.ADDRESS_APPROVE
    ),
    ChangeKind.COMPANY: KindRights(
        Permission.ORG_VIEW, Permission.ORG_PREPARE, Permission.ORG_APPROVE
    ),
    ChangeKind.IDENTIFIER: KindRights(
        Permission.ORG_VIEW, Permission.ORG_PREPARE, Permission.ORG_APPROVE
    ),
    ChangeKind.SIGNATORY: KindRights(
        Permission.ACCESS_VIEW, Permission.SIGNATORY_PREPARE, Permission.SIGNATORY_APPROVE
    ),
    ChangeKind.BANK_ACCOUNT: KindRights(
        Permission.BANK_VIEW, Permission.BANK_PREPARE, Permission.BANK_APPROVE
    ),
    ChangeKind.REFERENCE: KindRights(
        Permission.REFERENCE_VIEW, Permission.REFERENCE_PROPOSE, Permission.REFERENCE_APPROVE
    ),
    ChangeKind.CORRECTION: KindRights(
        Permission.PUBLISHING_VIEW, Permission.PUBLISHING_PROPOSE, Permission.PUBLISHING_APPROVE
    ),
    ChangeKind.PUBLISHING: KindRights(
        Permission.PUBLISHING_VIEW, Permission.PUBLISHING_PROPOSE, Permission.PUBLISHING_APPROVE
    ),
}


@cache
def _policies() -> tuple[Policy, ...]:
    text = (resources.files("state.domain") / "approval_policies.yaml").read_text("utf-8")
    return tuple(Policy(**{**row, "kind": ChangeKind(row["kind"])}) for row in yaml.safe_load(text))
