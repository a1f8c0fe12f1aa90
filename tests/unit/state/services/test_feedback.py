import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.feedback import Feedback, FeedbackStatus
from state.domain.permissions import StaffRole
from state.services import feedback as service
from state.services.feedback import FeedbackRefusedError
from tests.market import NOW, tiny_market

GOOD = Feedback("account", "2", "I could not find it.", "kay@x.example")


def test_feedback_has_a_reference_and_stands_in_the_queue_until_it_is_dealt_with(database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    receipt = service.send_feedback(actor=ANYONE, feedback=GOOD, now=NOW)
    assert receipt.reference == "FB-2026-000001"
    assert receipt.answer_due_on is not None
    (held,) = service.feedback_received(actor=peter)
    assert (held.told, held.status) == (GOOD, FeedbackStatus.RECEIVED)
    with pytest.raises(FeedbackRefusedError, match="note: Enter what was done"):
        service.deal_with_feedback(actor=peter, reference=receipt.reference, note=" ", now=NOW)
    dealt = {"actor": peter, "reference": receipt.reference, "note": "Moved it.", "now": NOW}
    service.deal_with_feedback(**dealt)
    (held,) = service.feedback_received(actor=peter)
    assert (held.status, held.note) == (FeedbackStatus.DEALT_WITH, "Moved it.")
    with pytest.raises(FeedbackRefusedError, match="dealt with already"):
        service.deal_with_feedback(**dealt)


def test_without_an_address_no_answer_is_promised(database) -> None:
    receipt = service.send_feedback(
        actor=ANYONE, feedback=Feedback("other", "5", "Good.", ""), now=NOW
    )
    assert receipt.answer_due_on is None


def test_bad_feedback_is_refused_and_who_may_not_sees_none(database) -> None:
    stella = tiny_market().staff("stella", StaffRole.MARKET_ENTRY)
    with pytest.raises(FeedbackRefusedError):
        service.send_feedback(actor=ANYONE, feedback=Feedback("", "", "", ""), now=NOW)
    assert service.feedback_received(actor=stella) == ()
    with pytest.raises(NotSignedInError):
        service.feedback_received(actor=ANYONE)
    with pytest.raises(NotAllowedError):
        service.deal_with_feedback(actor=stella, reference="FB", note="x", now=NOW)
