import hashlib
import os
import stat
from datetime import timedelta

import pytest

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError
from state.domain.permissions import Capacity, StaffRole
from state.persistence.uploaded_files import put_upload
from state.services import information_answers, information_requests
from state.services.audit import audit_trail
from state.services.information_decisions import withdraw_request
from state.services.information_requests import InformationRefusedError
from state.services.retention import remove_stray_uploads
from tests.asked import PDF, add_file, answer_of, ask_alpha
from tests.market import NOW, tiny_market


@pytest.fixture
def market(database):
    return tiny_market()


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


@pytest.fixture
def asked(stella) -> str:
    return ask_alpha(stella, now=NOW)


def files_of(ann, reference):
    own = {"actor": ann, "organisation_id": ann.organisation_id, "now": NOW}
    return information_requests.request_for_company(**own, reference=reference).files


def answer(actor, reference, text="Here.") -> None:
    information_answers.answer_request(
        actor=actor,
        organisation_id=actor.organisation_id,
        reference=reference,
        text=text,
        now=NOW,
    )


def fetched(actor, public_id):
    return information_answers.fetch_file(actor=actor, public_id=public_id, now=NOW)


def test_a_file_is_kept_as_it_came_and_seen_by_staff_once_it_is_sent(
    database, ann, stella, asked
) -> None:
    sha256 = add_file(ann, asked, now=NOW, name="C:\\plans\\single line.PDF")
    assert sha256 == hashlib.sha256(PDF).hexdigest()
    (file,) = files_of(ann, asked)
    assert (file.name, file.bytes, file.sent_at) == ("single line.PDF", len(PDF), None)
    with pytest.raises(NotAllowedError):
        fetched(stella, file.public_id)
    assert (
        information_requests.request_for_staff(actor=stella, reference=asked, now=NOW).files == ()
    )
    answer(ann, asked, "")
    for who in (ann, stella):
        path, name, media_type = fetched(who, file.public_id)
        assert path.read_bytes() == PDF
        assert (name, media_type) == ("single line.PDF", "application/pdf")
    assert path.is_relative_to(database / "uploads")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    events = [one.event for one in audit_trail(actor=CONSOLE_OPERATOR, search="").entries]
    assert events[:4] == [
        "information.file_fetched",
        "information.file_fetched",
        "information.answered",
        "information.file_added",
    ]


def test_a_file_that_is_no_more_what_it_was_is_given_to_nobody(ann, asked) -> None:
    add_file(ann, asked, now=NOW)
    (file,) = files_of(ann, asked)
    path, _, _ = fetched(ann, file.public_id)
    path.write_bytes(PDF + b" ")
    with pytest.raises(NotAllowedError):
        fetched(ann, file.public_id)


def test_what_is_no_pdf_is_refused_and_leaves_nothing_on_the_disk(database, ann, asked) -> None:
    with pytest.raises(InformationRefusedError, match="must be a PDF"):
        add_file(ann, asked, now=NOW, content=b"MZ\x90\x00 This program cannot be run")
    with pytest.raises(InformationRefusedError, match="unknown"):
        add_file(ann, "INF-2026-000099", now=NOW)
    assert files_of(ann, asked) == ()
    assert list((database / "uploads").glob("*")) == []


def test_nobody_of_another_company_touches_it(market, ann, asked) -> None:
    add_file(ann, asked, now=NOW)
    (file,) = files_of(ann, asked)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    vic = market.acting("ann", "ALPHA", Capacity.VIEWER)
    with pytest.raises(InformationRefusedError, match="unknown"):
        add_file(ben, asked, now=NOW)
    with pytest.raises(InformationRefusedError, match="unknown"):
        answer(ben, asked)
    for who in (ben, vic):
        with pytest.raises(NotAllowedError):
            fetched(who, file.public_id)
        with pytest.raises(NotAllowedError):
            information_answers.remove_file(
                actor=who,
                organisation_id=who.organisation_id,
                public_id=file.public_id,
                now=NOW,
            )
    with pytest.raises(NotAllowedError):
        information_answers.answer_request(
            actor=ben, organisation_id=ann.organisation_id, reference=asked, text="x", now=NOW
        )
    assert len(files_of(ann, asked)) == 1


def test_an_answer_is_sent_once_and_what_was_sent_stays(ann, stella, asked) -> None:
    with pytest.raises(InformationRefusedError, match="add a file"):
        answer(ann, asked, " ")
    answer_of(ann, asked, now=NOW)
    (file,) = files_of(ann, asked)
    with pytest.raises(InformationRefusedError, match="it is answered"):
        answer(ann, asked)
    with pytest.raises(InformationRefusedError, match="it is answered"):
        add_file(ann, asked, now=NOW)
    with pytest.raises(NotAllowedError):
        information_answers.remove_file(
            actor=ann, organisation_id=ann.organisation_id, public_id=file.public_id, now=NOW
        )
    with pytest.raises(InformationRefusedError, match="it is answered"):
        information_answers.ready_for_file(
            actor=ann, organisation_id=ann.organisation_id, reference=asked, now=NOW
        )


def test_a_file_can_be_taken_away_before_it_is_sent(database, ann, asked) -> None:
    add_file(ann, asked, now=NOW)
    (file,) = files_of(ann, asked)
    said = information_answers.remove_file(
        actor=ann, organisation_id=ann.organisation_id, public_id=file.public_id, now=NOW
    )
    assert said == "diagram.pdf"
    assert files_of(ann, asked) == ()
    assert list((database / "uploads").iterdir()) == []


def test_bytes_that_no_record_names_go_a_day_later(database, ann, asked) -> None:
    add_file(ann, asked, now=NOW)
    (kept,) = files_of(ann, asked)
    put_upload("stray", PDF)
    for path in (database / "uploads").iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert remove_stray_uploads(actor=THE_CLOCK, now=NOW + timedelta(hours=23)) == 0
    assert remove_stray_uploads(actor=THE_CLOCK, now=NOW + timedelta(hours=25)) == 1
    assert [path.stem for path in (database / "uploads").iterdir()] == [kept.public_id]


def test_there_is_room_for_twenty_files(ann, asked) -> None:
    for _ in range(20):
        add_file(ann, asked, now=NOW)
    with pytest.raises(InformationRefusedError, match="holds 20 files"):
        add_file(ann, asked, now=NOW)


def test_what_is_withdrawn_takes_no_answer(ann, stella, asked) -> None:
    withdraw_request(actor=stella, reference=asked, reason="Not needed now.", now=NOW)
    with pytest.raises(InformationRefusedError, match="it is withdrawn"):
        answer(ann, asked)
