import pytest

from state.domain.changes import ChangeAction, ChangeKind
from state.domain.program_changes import (
    KINDS_OF_PROGRAMS,
    AskedChange,
    asked_names,
    asked_refusals,
    with_what_is_so,
)


def asked(kind=ChangeKind.CONTACT, action=ChangeAction.CHANGE, subject="c", **more):
    return AskedChange(kind, action, subject, **more)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (asked(), []),
        (asked(action=ChangeAction.ADD), ["subject"]),
        (asked(subject=""), ["subject"]),
        (asked(ChangeKind.BANK_ACCOUNT, subject="gifts"), ["subject"]),
        (asked(ChangeKind.BANK_ACCOUNT, subject="bsc_charges"), []),
        (asked(ChangeKind.COMPANY, ChangeAction.END), ["action"]),
        (asked(ChangeKind.SIGNATORY, ChangeAction.ADD, ""), ["action"]),
        (asked(reason="a\x00b"), ["reason"]),
        (asked(values={"name": "x" * 2_001, "rank": "1"}), ["values/rank", "values/name"]),
        (asked(action=ChangeAction.END, values={"name": "x"}), ["values/name"]),
    ],
)
def test_what_is_wrong_is_said_at_once(change, fields) -> None:
    assert [one.field for one in asked_refusals(change)] == fields


def test_what_is_left_out_stays_but_for_what_is_private() -> None:
    contact = asked(values={"name": "New"})
    assert with_what_is_so(contact, {"name": "Old", "phone": "1", "row": "9"}) == {
        "name": "New",
        "phone": "1",
    }
    account = asked(ChangeKind.BANK_ACCOUNT, subject="bsc_charges", values={"country": "GB"})
    assert with_what_is_so(account, {"account_number": "sealed"}) == {"country": "GB"}
    new = asked(action=ChangeAction.ADD, subject="", values={"name": "New"})
    assert with_what_is_so(new, {"phone": "1"}) == {"name": "New"}


def test_every_kind_has_names() -> None:
    assert all(asked_names(kind) for kind in KINDS_OF_PROGRAMS)
