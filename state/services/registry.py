"""The record as a company's programs see it, and the changes that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from state.domain.actor import Actor, NotAllowedError
from state.domain.change_forms import private_fields, questions_of
from state.domain.changes import RIGHTS, ChangeAction, ChangeKind
from state.domain.permissions import Permission
from state.domain.program_changes import AskedChange, asked_refusals, with_what_is_so
from state.domain.refusal import Refusal
from state.persistence.bank_values import opened
from state.persistence.changes import REGISTERS, ChangedMeanwhileError
from state.persistence.registers.register import Held
from state.persistence.transaction import reading, together
from state.services.change_decisions import withdraw_change
from state.services.change_views import ChangeView, change_to_see
from state.services.changes import ChangeRefusedError, Proposal, prepare_change, submit_change


@dataclass(frozen=True, slots=True)
class RegisteredRecord:
    """One record as it stands, private values masked; the version that a change begins from."""

    kind: ChangeKind
    subject: str
    title: str
    values: Mapping[str, str]
    version: int


class StaleError(Exception):
    """The record is not as the program read it; holds what it is now."""

    def __init__(self, current: RegisteredRecord) -> None:
        """Keep what is so now."""
        super().__init__("The record was changed since it was read.")
        self.current = current


class NoVersionError(Exception):
    """A change of a record must say which version of it was read."""


def record_of(
    *, actor: Actor, organisation_id: int, kind: ChangeKind, subject: str
) -> RegisteredRecord:
    """One record of the company.

    Raises:
        NotAllowedError: Another company's record, or none: the answer is the same.
    """
    actor.require(RIGHTS[kind].view, organisation_id)
    with reading() as session:
        held = REGISTERS[kind].held(session, organisation_id, subject)
        if held is None or held.ended:
            raise NotAllowedError("There is no such record at your company.")
        return _record(kind, subject, held, organisation_id)


def ask_change(
    *, actor: Actor, organisation_id: int, asked: AskedChange, only_check: bool, now: datetime
) -> ChangeView | None:
    """Keep what a program asks for as a draft of its own, or check it alone and write nothing.

    Raises:
        ChangeRefusedError: Every reason, by field.
        NotAllowedError: No such record.
        NoVersionError: It does not say which version of the record it began from.
        StaleError: The record moved on since.
    """
    actor.require(RIGHTS[asked.kind].prepare, organisation_id)
    if reasons := asked_refusals(asked):
        raise ChangeRefusedError(reasons)
    with together() as session:
        held = None
        if asked.subject:
            held = REGISTERS[asked.kind].held(
                session, organisation_id, asked.subject, to_change=True
            )
        _same_version(asked, held, organisation_id)
        proposal = Proposal(
            kind=asked.kind,
            action=asked.action,
            subject=asked.subject,
            values=with_what_is_so(asked, held.values if held else {}),
            base_version=held.row_version if held else 0,
            effective_on=asked.effective_on,
            reason=asked.reason,
        )
        public_id = prepare_change(
            actor=actor,
            organisation_id=organisation_id,
            proposal=proposal,
            now=now,
            only_check=only_check,
        )
        if not public_id:
            return None
        return change_to_see(actor=actor, organisation_id=organisation_id, public_id=public_id)


def send_change(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> ChangeView:
    """Send an own draft on to those who approve it.

    Raises:
        ChangeRefusedError: It was sent already, the record forbids it now, or it moved on.
        NotAllowedError: There is no such draft of the program's.
    """
    actor.require(Permission.ORG_VIEW, organisation_id)
    see = partial(change_to_see, actor=actor, organisation_id=organisation_id, public_id=public_id)
    try:
        with together():
            submit_change(
                actor=actor,
                organisation_id=organisation_id,
                public_id=public_id,
                digest=see().digest,
                now=now,
            )
            return see()
    except ChangedMeanwhileError as quicker:
        raise ChangeRefusedError((Refusal("", str(quicker)),)) from quicker


def take_back_change(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> None:
    """Withdraw an own change that has not counted yet.

    Raises:
        ChangeRefusedError: It can be withdrawn no more.
        NotAllowedError: There is no such change of the program's.
    """
    actor.require(Permission.ORG_VIEW, organisation_id)
    try:
        withdraw_change(actor=actor, organisation_id=organisation_id, public_id=public_id, now=now)
    except ChangedMeanwhileError as quicker:
        raise ChangeRefusedError((Refusal("", str(quicker)),)) from quicker


def _same_version(asked: AskedChange, held: Held | None, organisation_id: int) -> None:
    if held is None or held.ended:
        if asked.action is ChangeAction.ADD:
            return
        raise NotAllowedError("There is no such record at your company.")
    if asked.version is None:
        raise NoVersionError
    if asked.version != held.row_version:
        raise StaleError(_record(asked.kind, asked.subject, held, organisation_id))


def _record(kind: ChangeKind, subject: str, held: Held, organisation_id: int) -> RegisteredRecord:
    values = opened(held.values, organisation_id)
    if kind is ChangeKind.SIGNATORY:
        shown = {"categories": str(values.get("categories", ""))}
    else:
        private = private_fields(kind)
        shown = {
            field.name: field.words(str(values.get(field.name) or ""))
            if field.name in private
            else str(values.get(field.name) or "")
            for field in questions_of(kind).fields
        }
    return RegisteredRecord(kind, subject, held.title, shown, held.row_version)
