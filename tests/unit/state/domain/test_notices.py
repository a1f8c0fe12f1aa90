import pytest

from state.domain.notices import (
    WHY_MANDATORY,
    notice_kind,
    notice_kinds,
    notice_topics,
    said,
    why_topic_is_mandatory,
)

CUSTOMER_MD_7_2 = [
    "invite.sent",
    "invite.reminder",
    "invite.expiring",
    "invite.bounced",
    "signin.new_device",
    "contact.pending",
    "contact.review_due",
    "signatory.added",
    "signatory.changed",
    "signatory.ended",
    "signatory.annual_confirm",
    "bank.change_requested",
    "bank.approved",
    "bank.callback_failed",
    "bank.stopped",
    "bank.active",
    "view_as.used",
    "webhooks.failing",
    "security.bank_anomaly",
]


def test_every_kind_that_this_part_of_the_market_needs_is_there() -> None:
    assert set(CUSTOMER_MD_7_2) <= notice_kinds().keys()


@pytest.mark.parametrize("kind", notice_kinds().values(), ids=lambda kind: kind.key)
def test_a_kind_is_whole(kind) -> None:
    assert kind.topic in {topic.key for topic in notice_topics()}
    assert kind.mandatory in {"", *WHY_MANDATORY}
    words = dict.fromkeys(kind.placeholders, "ALPHA")
    assert said(kind.subject, words)
    assert said(kind.sentence, words).endswith((".", "ALPHA"))


@pytest.mark.parametrize("kind", notice_kinds().values(), ids=lambda kind: kind.key)
def test_what_goes_by_mail_names_a_company_and_a_date_at_most(kind) -> None:
    public = {"what": "System price", "condition": "above 200 £/MWh"}
    said(kind.subject, {"company": "ALPHA", **(public if kind.topic == "alerts" else {})})
    said(kind.mail, {"until": "1 Dec 2026"})


def test_money_security_and_signatories_cannot_be_muted() -> None:
    for key in ("bank.stopped", "signin.new_device", "signatory.added", "view_as.used"):
        assert notice_kind(key).mandatory
    assert why_topic_is_mandatory("bank") == WHY_MANDATORY["security"]
    assert why_topic_is_mandatory("changes") == ""


def test_a_missing_word_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        said(notice_kind("change.applied").sentence, {"company": "ALPHA"})
