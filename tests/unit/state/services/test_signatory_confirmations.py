from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity
from state.persistence.models.notices import NoticeRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services.audit import audit_trail
from state.services.signatory_confirmations import (
    ConfirmationRefusedError,
    certificate,
    confirm_signatories,
    list_to_confirm,
    remind_of_confirmations,
)
from tests.market import NOW, tiny_market


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


def own(actor) -> dict[str, object]:
    return {"actor": actor, "organisation_id": actor.organisation_id}


def notices() -> list[NoticeRow]:
    with reading() as session:
        return list(
            session.exec(select(NoticeRow).where(NoticeRow.key == "signatory.annual_confirm"))
        )


def test_a_category_a_confirms_the_list_and_has_a_certificate(ann) -> None:
    before = list_to_confirm(**own(ann), now=NOW)
    assert [one.name for one in before.lines] == ["Amy", "Ann", "Nick"]
    assert before.is_overdue
    assert before.is_asked
    assert not before.last_public_id
    public_id = confirm_signatories(**own(ann), digest=before.digest, now=NOW)
    after = list_to_confirm(**own(ann), now=NOW)
    assert (after.last_public_id, after.last_on) == (public_id, NOW.date())
    assert str(after.due_on) == "2027-11-21"
    assert not after.is_overdue
    assert not after.is_asked
    found = certificate(**own(ann), public_id=public_id)
    assert (found.company, found.confirmed_by) == ("ALPHA ENERGY LTD", "Ann")
    assert found.lines == before.lines
    assert found.digest == before.digest
    events = audit_trail(actor=CONSOLE_OPERATOR, search="").entries
    assert [(one.event, one.subject) for one in events] == [("signatories.confirmed", public_id)]


def test_the_certificate_stays_what_was_confirmed(ann, market) -> None:
    seen = list_to_confirm(**own(ann), now=NOW)
    public_id = confirm_signatories(**own(ann), digest=seen.digest, now=NOW)
    with transaction() as session:
        amy = session.get_one(PersonRow, market.people["amy"])
        amy.status = "suspended"
        session.add(amy)
    assert len(certificate(**own(ann), public_id=public_id).lines) == 3
    with pytest.raises(ConfirmationRefusedError, match="changed since"):
        confirm_signatories(**own(ann), digest=seen.digest, now=NOW)


@pytest.mark.parametrize(
    ("subject", "capacity", "letters"),
    [("nick", Capacity.SIGNATORY, "N"), ("al", Capacity.ASSISTANT, "")],
)
def test_nobody_but_a_category_a_confirms(market, subject, capacity, letters) -> None:
    actor = market.acting(subject, "ALPHA", capacity, *letters)
    seen = list_to_confirm(**own(actor), now=NOW)
    with pytest.raises(NotAllowedError):
        confirm_signatories(**own(actor), digest=seen.digest, now=NOW)


def test_another_companys_certificate_answers_like_none(ann, market) -> None:
    seen = list_to_confirm(**own(ann), now=NOW)
    public_id = confirm_signatories(**own(ann), digest=seen.digest, now=NOW)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    words = set()
    for wanted in (public_id, "none"):
        with pytest.raises(NotAllowedError) as refused:
            certificate(**own(ben), public_id=wanted)
        words.add(str(refused.value))
    assert len(words) == 1


def test_every_category_a_is_told_30_14_7_and_1_days_before_and_when_it_is_due(ann, market) -> None:
    for actor in (ann, market.acting("ben", "BETA", Capacity.CATEGORY_A)):
        seen = list_to_confirm(**own(actor), now=NOW)
        confirm_signatories(**own(actor), digest=seen.digest, now=NOW)
    due = NOW + timedelta(days=365)
    told = []
    for days in (31, 30, 29, 14, 7, 2, 1, 0, -3):
        remind_of_confirmations(actor=THE_CLOCK, now=due - timedelta(days=days))
        told.append(len(notices()))
    assert told == [0, 3, 3, 6, 9, 9, 12, 15, 15]
    assert {row.person_id for row in notices()} == {
        market.people[name] for name in ("ann", "amy", "ben")
    }
    with pytest.raises(NotAllowedError):
        remind_of_confirmations(actor=ann, now=due)
