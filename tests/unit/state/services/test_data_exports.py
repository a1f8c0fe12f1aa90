import io
import json
import zipfile
from datetime import timedelta

import polars as pl
import pytest
from sqlmodel import select

from state.domain.actor import CONSOLE_OPERATOR, THE_CLOCK, NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.permissions import Capacity, StaffRole
from state.persistence.bank_values import sealed
from state.persistence.models.data_export import DataExportRow
from state.persistence.models.notices import NoticeRow
from state.persistence.registers.bank_account import BANK_ACCOUNTS
from state.persistence.registers.register import Wanted
from state.persistence.transaction import reading, transaction
from state.services import changes, data_exports
from state.services.audit import audit_trail
from state.services.changes import Proposal
from state.services.data_exports import (
    ASKED,
    MADE,
    MAKING,
    REMOVED,
    ExportRefusedError,
    ask_for_export,
    exports_of,
    fetch_export,
    make_exports,
)
from tests.asked import PDF, answer_of, ask_alpha
from tests.changing import contact_sent
from tests.market import NOW, tiny_market

NUMBER = "00012349"
IN_A_DAY = NOW + timedelta(hours=24)


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.CATEGORY_A)


def own(actor) -> dict[str, object]:
    return {"actor": actor, "organisation_id": actor.organisation_id}


def bank_change(actor) -> None:
    values = {
        "country": "GB",
        "account_name": "ALPHA ENERGY LTD",
        "sort_code": "99-03-04",
        "account_number": NUMBER,
        "purpose": "trading_charges",
    }
    proposal = Proposal(
        ChangeKind.BANK_ACCOUNT, ChangeAction.ADD, "trading_charges", values, base_version=0
    )
    changes.prepare_change(**own(actor), proposal=proposal, now=NOW)


def bank_account(actor) -> None:
    """An account in use, as an applied change leaves it."""
    values = {
        "country": "GB",
        "account_name": "ALPHA ENERGY LTD",
        "sort_code": "990304",
        "account_number": NUMBER,
    }
    kept = sealed(ChangeKind.BANK_ACCOUNT, values, "account-1", actor.organisation_id)
    wanted = Wanted(
        actor.organisation_id,
        "bsc_charges",
        ChangeAction.ADD,
        kept,
        NOW.date(),
        actor.person_id,
        "account-1",
    )
    with transaction() as session:
        BANK_ACCOUNTS.apply(session, wanted, NOW)


def archive(actor) -> zipfile.ZipFile:
    public_id = ask_for_export(**own(actor), now=NOW)
    assert make_exports(actor=THE_CLOCK, now=NOW) == 1
    path = fetch_export(**own(actor), public_id=public_id, now=NOW)
    assert path.stat().st_mode & 0o077 == 0
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


def test_all_that_is_held_is_in_the_archive_and_counted(ann) -> None:
    contact_sent(ann, job_title="Clerk")
    bank_change(ann)
    found = archive(ann)
    [line] = exports_of(**own(ann), now=NOW)
    assert (line.status, line.expires_at) == (MADE, IN_A_DAY)
    names = {name.rpartition(".")[0] for name in found.namelist()}
    assert names == set(line.row_counts) >= {
        "company", "contacts", "addresses", "signatories", "bank_accounts", "changes",
        "change_signatures", "memberships", "notices", "invitations", "audit_entries",
    }  # fmt: skip
    for name, rows in line.row_counts.items():
        frame = pl.read_parquet(io.BytesIO(found.read(f"{name}.parquet")))
        assert frame.height == len(json.loads(found.read(f"{name}.json"))) == rows
    assert line.row_counts["company"] == 1
    assert line.row_counts["memberships"] == 4
    assert line.row_counts["bm_units"] == 60
    [contact] = json.loads(found.read("contacts.json"))
    assert contact["job_title"] == "Clerk"
    signatories = json.loads(found.read("signatories.json"))
    assert {one["person"] for one in signatories} == {"Ann", "Amy", "Nick"}
    [signature] = json.loads(found.read("change_signatures.json"))
    assert signature["person"] == "Ann"


def test_what_the_company_was_asked_for_and_sent_is_in_it(ann, market) -> None:
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    reference = ask_alpha(stella, now=NOW)
    answer_of(ann, reference, now=NOW)
    ask_alpha(stella, company="beta", now=NOW)
    found = archive(ann)
    [request] = json.loads(found.read("information_requests.json"))
    steps = json.loads(found.read("information_steps.json"))
    [file] = json.loads(found.read("information_files.json"))
    assert (request["reference"], request["status"]) == (reference, "answered")
    assert [(one["request"], one["said"]) for one in steps] == [
        (reference, ""),
        (reference, "Here it is."),
    ]
    assert found.read(f"files/{file['public_id']} diagram.pdf") == PDF


def test_nothing_of_another_company_and_no_secret_is_in_it(ann, market) -> None:
    bank_change(ann)
    bank_account(ann)
    found = archive(ann)
    [account] = json.loads(found.read("bank_accounts.json"))
    assert account["account_number"] == "••••2349"
    text = "".join(found.read(name).decode() for name in found.namelist() if name.endswith("json"))
    assert "BETA" not in text
    assert "Ben" not in text
    assert NUMBER not in text
    assert "••••2349" in text
    assert "account_index" not in found.read("changes.json").decode()


def test_only_who_asked_fetches_it_and_only_for_a_day(ann, market) -> None:
    public_id = ask_for_export(**own(ann), now=NOW)
    with pytest.raises(NotAllowedError):
        fetch_export(**own(ann), public_id=public_id, now=NOW)
    make_exports(actor=THE_CLOCK, now=NOW)
    amy = market.acting("amy", "ALPHA", Capacity.CATEGORY_A)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    for actor in (amy, ben):
        assert exports_of(**own(actor), now=NOW) == ()
        with pytest.raises(NotAllowedError):
            fetch_export(**own(actor), public_id=public_id, now=NOW)
    path = fetch_export(**own(ann), public_id=public_id, now=IN_A_DAY - timedelta(seconds=1))
    with pytest.raises(NotAllowedError):
        fetch_export(**own(ann), public_id=public_id, now=IN_A_DAY)
    assert [one.status for one in exports_of(**own(ann), now=IN_A_DAY)] == [REMOVED]
    make_exports(actor=THE_CLOCK, now=IN_A_DAY)
    assert not path.exists()
    events = [one.event for one in audit_trail(actor=CONSOLE_OPERATOR, search="").entries]
    assert events == [f"data.export_{what}" for what in ("removed", "fetched", "made", "asked")]


def test_who_asked_is_told(ann, market) -> None:
    archive(ann)
    with reading() as session:
        [told] = session.exec(select(NoticeRow).where(NoticeRow.key == "data.export_ready"))
    assert (told.person_id, told.link) == (market.people["ann"], "/account/export")


def test_one_at_a_time(ann) -> None:
    ask_for_export(**own(ann), now=NOW)
    with pytest.raises(ExportRefusedError, match="being made already"):
        ask_for_export(**own(ann), now=NOW)


def test_one_that_a_worker_gave_up_is_taken_up_again(ann, monkeypatch) -> None:
    ask_for_export(**own(ann), now=NOW)

    def fault(*_) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(data_exports, "put_export", fault)
        with pytest.raises(OSError, match="full"):
            make_exports(actor=THE_CLOCK, now=NOW)
    assert [one.status for one in exports_of(**own(ann), now=NOW)] == [MAKING]
    assert make_exports(actor=THE_CLOCK, now=NOW + timedelta(minutes=9)) == 0
    assert make_exports(actor=THE_CLOCK, now=NOW + timedelta(minutes=11)) == 1


def test_an_assistant_takes_no_copy_and_only_the_clock_makes_them(ann, market) -> None:
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    for wrong in (
        lambda: ask_for_export(**own(al), now=NOW),
        lambda: exports_of(**own(al), now=NOW),
        lambda: make_exports(actor=ann, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            wrong()


def test_an_archive_that_is_gone_from_the_disk_cannot_be_fetched(ann) -> None:
    archive(ann)
    [line] = exports_of(**own(ann), now=NOW)
    data_exports.remove_export(line.public_id)
    with pytest.raises(NotAllowedError):
        fetch_export(**own(ann), public_id=line.public_id, now=NOW)
    with transaction() as session:
        row = session.exec(select(DataExportRow)).one()
        row.status = ASKED
        session.add(row)
    assert make_exports(actor=THE_CLOCK, now=NOW) == 1
