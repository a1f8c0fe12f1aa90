import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity
from state.persistence.models.draft import FormDraftRow
from state.persistence.transaction import reading
from state.services.drafts import (
    DraftRefusedError,
    draft_of,
    forget_draft,
    keep_draft,
    remove_old_drafts,
)
from tests.market import NOW, tiny_market

KEY = "contact:c-1"


def keep(actor, text: str, *, key: str = KEY, basis: str = "1", now=NOW) -> None:
    keep_draft(actor=actor, form_key=key, fields={"name": text}, basis=basis, now=now)


def rows() -> list[FormDraftRow]:
    with reading() as session:
        return list(session.exec(select(FormDraftRow)).all())


@pytest.fixture
def ann(either_database):
    return tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)


def test_the_last_words_are_kept_for_the_person_and_the_company(ann) -> None:
    keep(ann, "Caro")
    later = NOW + timedelta(minutes=1)
    keep(ann, "Carolé \u2028 <b>", basis="2", now=later)
    held = draft_of(actor=ann, form_key=KEY, now=later)
    assert held is not None
    assert (held.fields, held.basis, held.saved_at) == ({"name": "Carolé \u2028 <b>"}, "2", later)
    assert len(rows()) == 1


def test_nobody_else_has_them_nor_another_company_nor_another_form(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    keep(ann, "Caro")
    for actor in (
        market.acting("amy", "ALPHA", Capacity.CATEGORY_A),
        market.acting("ann", "BETA", Capacity.VIEWER),
        market.staff("ann"),
    ):
        assert draft_of(actor=actor, form_key=KEY, now=NOW) is None
        forget_draft(actor=actor, form_key=KEY, now=NOW)
    assert draft_of(actor=ann, form_key="contact:c-2", now=NOW) is None
    assert draft_of(actor=ann, form_key=KEY, now=NOW) is not None


def test_who_acts_for_no_company_has_drafts_too(either_database) -> None:
    stella = tiny_market().staff("stella")
    keep(stella, "one")
    keep(stella, "two")
    held = draft_of(actor=stella, form_key=KEY, now=NOW)
    assert held is not None
    assert held.fields == {"name": "two"}
    assert len(rows()) == 1


def test_what_was_sent_is_forgotten_and_its_last_keys_do_not_bring_it_back(ann) -> None:
    keep(ann, "Caro")
    forget_draft(actor=ann, form_key=KEY, now=NOW)
    keep(ann, "Carol", now=NOW + timedelta(seconds=4))
    assert draft_of(actor=ann, form_key=KEY, now=NOW) is None
    keep(ann, "Another", now=NOW + timedelta(seconds=6))
    assert draft_of(actor=ann, form_key=KEY, now=NOW + timedelta(seconds=6)) is not None


def test_keys_that_come_only_after_the_form_was_sent_are_not_kept(ann) -> None:
    forget_draft(actor=ann, form_key=KEY, now=NOW)
    keep(ann, "Carol", now=NOW + timedelta(seconds=1))
    assert draft_of(actor=ann, form_key=KEY, now=NOW) is None


def test_a_draft_is_kept_for_thirty_days(ann) -> None:
    keep(ann, "Caro")
    keep(ann, "sent", key="contact:c-2")
    forget_draft(actor=ann, form_key="contact:c-2", now=NOW)
    in_time, late = NOW + timedelta(days=30), NOW + timedelta(days=30, seconds=1)
    assert draft_of(actor=ann, form_key=KEY, now=in_time) is not None
    assert draft_of(actor=ann, form_key=KEY, now=late) is None
    assert remove_old_drafts(actor=THE_CLOCK, now=in_time) == 1
    assert remove_old_drafts(actor=THE_CLOCK, now=late) == 1
    assert rows() == []
    with pytest.raises(NotAllowedError):
        remove_old_drafts(actor=ann, now=late)


@pytest.mark.parametrize("key", ["", "Contact", "../x", "a" * 81, "a b", "-a"])
def test_a_key_of_no_form_is_refused(database, key: str) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    with pytest.raises(DraftRefusedError):
        keep(ann, "x", key=key)


def test_what_is_too_large_is_refused(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    keep(ann, "x" * 19_900)
    for too_much in ({"text": "é" * 10_001}, {"basis": "b" * 41, "text": "x"}):
        with pytest.raises(DraftRefusedError):
            keep(ann, too_much["text"], basis=too_much.get("basis", "1"))


def test_the_oldest_of_very_many_make_room(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    for number in range(102):
        keep(ann, "x", key=f"form:{number}", now=NOW + timedelta(seconds=number))
    assert {row.form_key for row in rows()} == {f"form:{number}" for number in range(2, 102)}


def test_two_tabs_at_once_leave_one_draft(ann) -> None:
    faults: list[Exception] = []

    def run(number: int) -> None:
        try:
            keep(ann, str(number))
        except Exception as fault:  # noqa: BLE001  # whatever it is, there is to be none
            faults.append(fault)

    tabs = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert (faults, len(rows())) == ([], 1)


def test_nobody_keeps_anything_without_signing_in(database) -> None:
    with pytest.raises(NotSignedInError):
        keep(ANYONE, "x")
