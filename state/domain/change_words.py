"""Changes in words."""

from collections.abc import Mapping
from typing import Final

from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus, Slot

KIND_WORDS: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CONTACT: "Contact",
    ChangeKind.ADDRESS: "Address",
    ChangeKind.COMPANY: "Company details",
    ChangeKind.IDENTIFIER: "Identifier",
    ChangeKind.SIGNATORY: "Authorised signatory",
    ChangeKind.BANK_ACCOUNT: "Bank account",
    ChangeKind.REFERENCE: "Reference data",
    ChangeKind.CORRECTION: "Correction of data",
    ChangeKind.PUBLISHING: "What is published",
}
"""What is changed."""

ACTION_WORDS: Final[Mapping[ChangeAction, str]] = {
    ChangeAction.ADD: "Add",
    ChangeAction.CHANGE: "Change",
    ChangeAction.END: "End",
}
"""What happens to it."""

STATUS_WORDS: Final[Mapping[ChangeStatus, tuple[str, str]]] = {
    ChangeStatus.DRAFT: ("Draft", "plain"),
    ChangeStatus.AWAITING_APPROVAL: ("Waits for approval", "info"),
    ChangeStatus.AWAITING_CALL_BACK: ("Waits for our call-back", "info"),
    ChangeStatus.AWAITING_ACTIVATION: ("Waits to be put to use", "info"),
    ChangeStatus.SCHEDULED: ("Agreed, waits for its date", "good"),
    ChangeStatus.CONFLICT: ("Met another change", "warn"),
    ChangeStatus.RETURNED: ("Returned to you", "warn"),
    ChangeStatus.APPLIED: ("Done", "good"),
    ChangeStatus.REFUSED: ("Refused", "bad"),
    ChangeStatus.WITHDRAWN: ("Withdrawn", "plain"),
    ChangeStatus.STOPPED: ("Stopped", "bad"),
    ChangeStatus.EXPIRED: ("Ran out", "plain"),
    ChangeStatus.SUPERSEDED: ("Overtaken", "plain"),
}
"""Where a change stands, and the tone of it."""

SLOT_WORDS: Final[Mapping[Slot, str]] = {
    Slot.APPROVE: "approved",
    Slot.RETURN: "returned it",
    Slot.REFUSE: "refused it",
    Slot.CALL_BACK: "called back, and it was confirmed",
    Slot.CALL_BACK_FAILED: "called back, and it was not confirmed",
    Slot.ACTIVATE: "agreed to put it to use",
    Slot.STOP: "stopped it",
    Slot.WITHDRAW: "withdrew it",
}
"""What somebody did about it."""


BANK_PURPOSE_WORDS: Final = {
    "trading_charges": ("Trading Charges", "What settlement pays and takes"),
    "bsc_charges": ("Fees", "What the operator charges, and pays back"),
}
"""What an account is for: in a word, and in a sentence."""


def what_it_is(kind: ChangeKind, title: str) -> str:
    """`Contact: Carol Ashgrove`."""
    return f"{KIND_WORDS[kind]}: {title}" if title else KIND_WORDS[kind]
