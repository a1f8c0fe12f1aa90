from datetime import date

from state.domain.lacking_right import lacking_right, remedy_of_all_but_staff
from state.domain.permissions import Permission

TODAY = date(2026, 11, 22)


def test_every_activity_that_can_be_refused_says_why_who_may_and_what_to_do() -> None:
    told = {permission: lacking_right(permission, TODAY) for permission in Permission}
    assert [one for one, refusal in told.items() if not (refusal.activity and refusal.group)] == []
    assert [one for one, refusal in told.items() if not refusal.remedy.endswith(".")] == []
    assert all(refusal.since <= TODAY for refusal in told.values())
    for refusal in told.values():
        assert (refusal.who_may == ()) is refusal.remedy.startswith("No person does this")


def test_who_may_is_named_with_categories_and_a_fresh_sign_in() -> None:
    bank = lacking_right(Permission.BANK_APPROVE, TODAY)
    assert bank.group == "Bank accounts"
    assert bank.who_may[0] == "Category A, after signing in again"
    assert any(one.startswith("Signatories for ") for one in bank.who_may)
    assert "Category A colleague" in bank.remedy


def test_what_is_for_staff_says_that_an_administrator_gives_the_role() -> None:
    audit = lacking_right(Permission.AUDIT_VIEW_ALL, TODAY)
    assert "Auditor, of the operator's staff" in audit.who_may
    assert audit.remedy == remedy_of_all_but_staff()
