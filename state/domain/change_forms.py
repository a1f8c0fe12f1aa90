"""What is asked of each kind of record that can be changed, from the catalogue."""

from typing import Final

from state.domain.changes import ChangeKind
from state.domain.field_catalogue import FormSpec, form

_ASKED: Final = {
    ChangeKind.CONTACT: ("contact", ()),
    ChangeKind.ADDRESS: ("address", ()),
    ChangeKind.COMPANY: ("company", ()),
    ChangeKind.IDENTIFIER: ("identifier", ()),
    ChangeKind.SIGNATORY: ("signatory", ("categories", "role_code", "since", "until")),
    ChangeKind.REFERENCE: ("reference", ()),
    ChangeKind.PUBLISHING: ("publishing", ()),
    ChangeKind.BANK_ACCOUNT: (
        "bank_account",
        (
            "country",
            "account_name",
            "sort_code",
            "account_number",
            "iban",
            "bic",
            "roll_number",
        ),
    ),
}
"""The form of each kind, and which of its fields where it is not all."""


def questions_of(kind: ChangeKind) -> FormSpec:
    """The questions of a kind, in their order."""
    name, fields = _ASKED[kind]
    return form(name).only(*fields) if fields else form(name)


def private_fields(kind: ChangeKind) -> frozenset[str]:
    """What is sealed at rest, masked on a page and revealed on demand."""
    return frozenset(field.name for field in questions_of(kind).fields if field.private)
