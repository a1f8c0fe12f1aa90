from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError
from state.domain.permissions import Capacity, StaffRole
from state.persistence.models.phrase import VerificationPhraseRow
from state.persistence.transaction import reading
from state.services.audit import audit_trail
from state.services.verification_phrases import (
    PhraseRefusedError,
    check_phrase,
    make_phrase,
    phrase_made_at,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


def made(actor) -> str:
    return make_phrase(actor=actor, organisation_id=actor.organisation_id, now=NOW)


def check(actor, phrase: str, *, email: str = "ann@people.example", now=NOW):
    return check_phrase(actor=actor, email=email, phrase=phrase, now=now)


def test_a_signatory_makes_a_phrase_and_staff_know_them_by_it(ann, stella, market) -> None:
    assert phrase_made_at(actor=ann) is None
    phrase = made(ann)
    assert phrase_made_at(actor=ann) == NOW
    with reading() as session:
        row = session.exec(select(VerificationPhraseRow)).one()
    assert not any(word in row.model_dump_json() for word in phrase.split())
    found = check(stella, phrase.upper(), email="ANN@people.example")
    assert (found.is_right, found.name) == (True, "Ann")
    wrong = check(stella, "some other four words")
    assert (wrong.is_right, wrong.name) == (False, "")
    assert not check(stella, phrase, email="amy@people.example").is_right
    auditor = market.staff("sid", StaffRole.AUDITOR)
    entries = audit_trail(actor=auditor, search="phrase.").entries
    assert [(one.event, one.subject) for one in entries] == [
        ("phrase.checked", "p-amy"),
        ("phrase.checked", "p-ann"),
        ("phrase.checked", "p-ann"),
        ("phrase.made", ann.reference),
    ]
    assert not any(word in one.details for one in entries for word in phrase.split())


def test_a_new_phrase_takes_the_place_of_the_old_one(ann, stella) -> None:
    old, new = made(ann), made(ann)
    assert not check(stella, old).is_right
    assert check(stella, new).is_right


def test_a_phrase_cannot_be_guessed(ann, stella) -> None:
    phrase = made(ann)
    for _ in range(5):
        assert not check(stella, "not the right words").is_right
    with pytest.raises(PhraseRefusedError, match="too often"):
        check(stella, phrase)
    assert check(stella, phrase, now=NOW + timedelta(hours=1)).is_right


def test_both_boxes_are_needed(stella) -> None:
    with pytest.raises(PhraseRefusedError) as refused:
        check(stella, "", email="")
    assert [reason.field for reason in refused.value.reasons] == ["email", "phrase"]


def test_only_who_signs_has_a_phrase_and_only_staff_check(market, ann) -> None:
    with pytest.raises(NotAllowedError):
        made(market.acting("al", "ALPHA", Capacity.ASSISTANT))
    with pytest.raises(NotAllowedError):
        check(ann, "any four words here")
