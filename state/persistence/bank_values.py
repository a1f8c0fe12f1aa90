"""What identifies a bank account: sealed before it is kept, opened to be masked or revealed."""

from collections.abc import Mapping

from state.domain.change_forms import private_fields
from state.domain.changes import ChangeKind
from state.persistence.sealed import Place, blind_index, seal, unseal

_TABLE = "bank_account"
_PRIVATE = private_fields(ChangeKind.BANK_ACCOUNT)
_ENDING = 4


def sealed(
    kind: ChangeKind, values: Mapping[str, str], account: str, organisation_id: int | None
) -> dict[str, str]:
    """The values as they are kept: those of a bank account sealed for the account they are of."""
    if kind is not ChangeKind.BANK_ACCOUNT or not values:
        return dict(values)
    number = values.get("iban") or f"{values.get('sort_code')}{values.get('account_number')}"
    kept = {
        name: seal(text, _place(name, account, organisation_id)) if name in _PRIVATE else text
        for name, text in values.items()
    }
    return kept | {
        "ending": number[-_ENDING:],
        "account_index": blind_index(number),
        "sealed_for": account,
    }


def opened(values: Mapping[str, str], organisation_id: int | None) -> dict[str, str]:
    """The values in full: for a call-back, a payment or a reveal that was asked for and recorded.

    Raises:
        SealBrokenError: They were sealed for another account or company.
    """
    account = values.get("sealed_for", "")
    return {
        name: unseal(text, _place(name, account, organisation_id)) if name in _PRIVATE else text
        for name, text in values.items()
    }


def _place(name: str, account: str, organisation_id: int | None) -> Place:
    return Place(_TABLE, name, account, organisation_id or 0)
