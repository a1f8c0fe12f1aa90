from datetime import UTC, date, datetime

from state.domain.actor import Actor, Authorisation
from state.domain.invitations import (
    InvitationStatus,
    Offer,
    OfferedCategory,
    above_the_ceiling,
    masked,
    needs_a_second,
    offer_words,
    refusals,
    status_at,
    tidied,
)
from state.domain.permissions import Capacity

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def problems(*categories: OfferedCategory, kind="signatory", **changed):
    offer = Offer(
        **{"email": "new@x.example", "name": "New", "kind": kind, "categories": categories}
        | changed
    )
    found = refusals(tidied(offer), roles=frozenset({"TG"}), today=TODAY)
    return [(one.field, one.reason) for one in found]


def test_every_reason_at_once() -> None:
    found = problems(kind="owner", name="", email="nobody", until=date(2026, 11, 21))
    assert [field for field, _ in found] == ["name", "email", "kind", "until"]


def test_a_signatory_has_categories_and_nobody_else_has() -> None:
    assert problems() == [("categories", "Select at least one category")]
    assert problems(OfferedCategory("F")) == []
    assert problems(OfferedCategory("F", "TG", TODAY, TODAY)) == []
    assert problems(OfferedCategory("F"), kind="viewer") == [
        ("categories", "Only a signatory holds categories")
    ]


def test_categories_are_of_the_day_and_of_the_company_and_their_dates_in_order() -> None:
    assert problems(OfferedCategory("I"))[0][1] == "There is no category I"
    assert problems(OfferedCategory("F", "TS"))[0][1] == "Your company has no role TS"
    late, early = date(2027, 1, 2), date(2027, 1, 1)
    assert problems(OfferedCategory("F", None, late, early))[0][1] == (
        "Category F ends before it begins"
    )
    assert problems(OfferedCategory("F", until=date(2026, 1, 1)))[0][1] == (
        "Category F has ended already"
    )


def held(*authorisations: Authorisation) -> Actor:
    return Actor(
        "person", "x", 1, None, 1, Capacity.CATEGORY_A, authorisations=frozenset(authorisations)
    )


def test_nobody_gives_what_they_do_not_hold() -> None:
    whole = Offer("x", "x", "signatory", (OfferedCategory("N"), OfferedCategory("F", "TG")))
    assert above_the_ceiling(whole, held(Authorisation("A"))) == ()
    assert above_the_ceiling(whole, held(Authorisation("N"), Authorisation("F", "TG"))) == ()
    for_one_role = above_the_ceiling(whole, held(Authorisation("A", "TG")))
    assert [one.reason for one in for_one_role] == [
        "You cannot give category N: you do not hold it"
    ]


def test_category_a_and_money_need_a_second() -> None:
    assert needs_a_second(Offer("x", "x", "signatory", (OfferedCategory("N"),)))
    assert not needs_a_second(Offer("x", "x", "signatory", (OfferedCategory("F"),)))


def test_words() -> None:
    assert offer_words("viewer", (), TODAY) == "Viewer"
    assert offer_words("signatory", ("F", "N"), TODAY) == (
        "Signatory: BM Units (F), Funds and bank details (N)"
    )
    assert offer_words("signatory", ("A",), TODAY) == "Category A signatory"
    assert masked("alice@albion.example") == "a•••@albion.example"


def test_an_invitation_has_run_out_before_the_clock_comes_by() -> None:
    assert status_at("sent", NOW, NOW) is InvitationStatus.EXPIRED
    assert status_at("accepted", NOW, NOW) is InvitationStatus.ACCEPTED
