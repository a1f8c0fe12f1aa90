"""What makes a change to a bank account look odd, and so needs a second call-back (R-129)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class BankChangeFacts:
    """What is known of a change when it is sent for approval."""

    maker_is_new_signatory: bool
    maker_came_from_new_client: bool
    changed_recently: bool
    account_used_by_another: bool
    country_changed: bool
    one_signatory_only: bool
    modulus_not_checked: bool
    domain_looks_alike: bool = False


FLAG_WORDS: Final = {
    "new_signatory": "The maker has had access for less than 30 days",
    "new_client": "The maker signed in from a browser not seen before",
    "changed_recently": "The account was changed less than 90 days ago",
    "used_by_another": "Another company uses the same account",
    "country_changed": "The account is in another country than the one before",
    "one_signatory": "The company has one person only who may approve this",
    "look_alike": "A mail address of the company could be taken for one of its own domain",
    "not_checked": "The sort code and account number could not be checked against each other",
}
"""Each flag, in words for the operator's staff; a company never sees them."""

_WEIGHTS: Final = {
    "new_signatory": 2,
    "new_client": 1,
    "changed_recently": 2,
    "used_by_another": 3,
    "country_changed": 2,
    "one_signatory": 1,
    "look_alike": 2,
    "not_checked": 0,
}
_ODD_FROM: Final = 2


def flags_of(facts: BankChangeFacts) -> tuple[str, ...]:
    """The flags that are up, in a fixed order."""
    up = {
        "new_signatory": facts.maker_is_new_signatory,
        "new_client": facts.maker_came_from_new_client,
        "changed_recently": facts.changed_recently,
        "used_by_another": facts.account_used_by_another,
        "country_changed": facts.country_changed,
        "one_signatory": facts.one_signatory_only,
        "look_alike": facts.domain_looks_alike,
        "not_checked": facts.modulus_not_checked,
    }
    return tuple(flag for flag in _WEIGHTS if up[flag])


def is_odd(flags: Iterable[str]) -> bool:
    """Whether the flags weigh enough for more than the usual care."""
    return sum(_WEIGHTS[flag] for flag in flags) >= _ODD_FROM


def call_backs_needed(usual: int, flags: tuple[str, ...]) -> int:
    """How many people must call back: one more than usual where the flags weigh enough."""
    return usual + 1 if usual and is_odd(flags) else usual
