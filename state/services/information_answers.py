"""A company answers a request for information: its words, and files that were looked at first."""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from state.domain import rules, uploaded_file
from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import tidy
from state.domain.information_requests import RequestStatus, RequestStep, answer_refusals
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.audit_trail import record
from state.persistence.information_notices import tell_who_asked
from state.persistence.information_requests import locked_request, note_step
from state.persistence.models.information_requests import (
    InformationFileRow,
    InformationRequestRow,
)
from state.persistence.transaction import transaction
from state.persistence.uploaded_files import is_whole, put_upload, remove_upload, upload_path
from state.services.information_requests import InformationRefusedError


def answer_request(
    *, actor: Actor, organisation_id: int, reference: str, text: str, now: datetime
) -> None:
    """Send the answer, with the files that were added; who asked is told.

    Raises:
        InformationRefusedError: It says nothing, or the request awaits no answer.
    """
    actor.require(Permission.INFORMATION_ANSWER, organisation_id)
    said = tidy(text)
    with transaction() as session:
        row = _open(session, organisation_id, reference)
        files = _unsent(session, row)
        if reasons := answer_refusals(said, files=len(files)):
            raise InformationRefusedError(reasons)
        for file in files:
            file.sent_at, file.updated_at = now, now
            session.add(file)
        row.status, row.answered_at = RequestStatus.ANSWERED, now
        note_step(
            session,
            row,
            actor=actor,
            what=RequestStep.ANSWERED,
            said=said,
            files=len(files),
            now=now,
        )
        tell_who_asked(session, row, "information.answered", now=now)


def ready_for_file(*, actor: Actor, organisation_id: int, reference: str, now: datetime) -> int:
    """Whether a file may be added, asked before any of it is read; gives the most megabytes.

    Raises:
        InformationRefusedError: The request awaits no answer, or holds all the files that it can.
    """
    actor.require(Permission.INFORMATION_ANSWER, organisation_id)
    with transaction() as session:
        _room_for_one(session, _open(session, organisation_id, reference), now)
    return rules.largest_upload_megabytes(now.date())


def attach_file(  # who, for what, what it is called, what is in it, when
    *,
    actor: Actor,
    organisation_id: int,
    reference: str,
    name: str,
    content: bytes,
    now: datetime,
) -> str:
    """Keep a file for the answer; staff see it once the answer is sent. Gives its SHA-256.

    Raises:
        InformationRefusedError: The file is none that may be uploaded, or there is no room.
    """
    actor.require(Permission.INFORMATION_ANSWER, organisation_id)
    called = tidy(name).replace("\\", "/").rpartition("/")[2].replace("\n", " ")
    most = rules.largest_upload_megabytes(now.date())
    if wrong := uploaded_file.problem(called, content, largest_megabytes=most):
        raise InformationRefusedError((Refusal("file", wrong),))
    with transaction() as session:
        request = _open(session, organisation_id, reference)
        _room_for_one(session, request, now)
        row = InformationFileRow(
            public_id=secrets.token_hex(16),
            request_id=request.id or 0,
            name=called,
            media_type=uploaded_file.media_type_of(called),
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=actor.person_id or 0,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        _record(session, actor, request, row, "added", now)
        put_upload(row.public_id, content)
        return row.sha256


def remove_file(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> str:
    """Take away a file that was not sent yet; gives its name.

    Raises:
        NotAllowedError: The company has no such file, or it was sent: that stays.
    """
    actor.require(Permission.INFORMATION_ANSWER, organisation_id)
    with transaction() as session:
        file, request = _file(session, public_id)
        if request.organisation_id != organisation_id or file.sent_at is not None:
            raise NotAllowedError("There is no such file to take away.")
        name = file.name
        _record(session, actor, request, file, "removed", now)
        session.delete(file)
    remove_upload(public_id)
    return name


def fetch_file(*, actor: Actor, public_id: str, now: datetime) -> tuple[Path, str, str]:
    """Where a file is, its name and its media type: for the company, and for staff once sent.

    Raises:
        NotAllowedError: Another company's, one not sent yet, or none: the answer is the same.
    """
    actor.require(Permission.INFORMATION_VIEW, actor.organisation_id)
    with transaction() as session:
        file, request = _file(session, public_id)
        is_own = actor.may(Permission.INFORMATION_VIEW, request.organisation_id)
        of_staff = actor.may(Permission.INFORMATION_VIEW)
        is_for_them = file.sent_at is not None if of_staff else is_own
        if not is_for_them or not is_whole(public_id, file.sha256):
            raise NotAllowedError("There is no such file that you may read.")
        _record(session, actor, request, file, "fetched", now)
        return upload_path(public_id), file.name, file.media_type


def _open(session: Session, organisation_id: int, reference: str) -> InformationRequestRow:
    row = locked_request(session, reference, organisation_id)
    if row is None or row.status != RequestStatus.ASKED:
        state = row.status if row else "unknown"
        gone = Refusal("", f"{reference} does not await an answer: it is {state}.")
        raise InformationRefusedError((gone,))
    return row


def _room_for_one(session: Session, row: InformationRequestRow, now: datetime) -> None:
    most = rules.number_on("information_files_most", now.date())
    held = session.exec(
        select(InformationFileRow.id).where(InformationFileRow.request_id == row.id)
    ).all()
    if len(held) >= most:
        full = f"{row.reference} holds {most} files, which is the most. Take one away first"
        raise InformationRefusedError((Refusal("file", full),))


def _unsent(session: Session, row: InformationRequestRow) -> list[InformationFileRow]:
    wanted = select(InformationFileRow).where(
        InformationFileRow.request_id == row.id, col(InformationFileRow.sent_at).is_(None)
    )
    return list(session.exec(wanted))


def _file(session: Session, public_id: str) -> tuple[InformationFileRow, InformationRequestRow]:
    found = session.exec(
        select(InformationFileRow, InformationRequestRow)
        .join(
            InformationRequestRow,
            col(InformationRequestRow.id) == col(InformationFileRow.request_id),
        )
        .where(InformationFileRow.public_id == public_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotAllowedError("There is no such file that you may read.")
    file, request = found
    return file, request


def _record(  # which file of which request, what was done, who, when
    session: Session,
    actor: Actor,
    request: InformationRequestRow,
    file: InformationFileRow,
    what: str,
    now: datetime,
) -> None:
    record(
        session,
        actor=actor,
        event=f"information.file_{what}",
        subject=request.reference,
        organisation_id=request.organisation_id,
        now=now,
        file=file.public_id,
        sha256=file.sha256,
        bytes=file.bytes,
    )
