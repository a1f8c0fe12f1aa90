"""Market exit: a Party proposes the date on which it withdraws, and the operator answers."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.market_exit import (
    ProposalStatus,
    WithdrawalProposal,
    earliest_withdrawal_date,
    refusals,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.market_exit import WithdrawalProposalRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.transaction import reading, transaction


class ProposalRefusedError(RefusedError):
    """The proposal, or the answer to it, breaks a rule; nothing is stored."""


@dataclass(frozen=True, slots=True)
class ProposalInQueue:
    """One proposal to withdraw, as the company and staff see it."""

    reference: str
    organisation_name: str
    withdrawal_date: date
    last_trading_day: date
    reason: str
    proposed_at: datetime
    status: ProposalStatus
    decided_at: datetime | None
    decision_reason: str


def earliest_date(*, actor: Actor, organisation_id: int, today: date) -> date:
    """The first date on which the company may withdraw if it proposes today."""
    actor.require(Permission.EXIT_VIEW, organisation_id)
    return earliest_withdrawal_date(today)


def propose_withdrawal(
    *, actor: Actor, organisation_id: int, proposal: WithdrawalProposal, now: datetime
) -> ProposalInQueue:
    """Propose a date; it stands in the staff queue at once.

    Raises:
        ProposalRefusedError: Every rule that it breaks, or one is awaiting an answer already.
    """
    actor.require(Permission.EXIT_INITIATE, organisation_id)
    if actor.person_id is None:
        raise NotAllowedError("Only a person may propose a withdrawal.")
    wanted = WithdrawalProposal(
        proposal.withdrawal_date, proposal.last_trading_day, tidy(proposal.reason)
    )
    if reasons := refusals(wanted, today=now.date()):
        raise ProposalRefusedError(reasons)
    assert wanted.withdrawal_date is not None  # noqa: S101  # refusals() saw to both
    assert wanted.last_trading_day is not None  # noqa: S101
    with transaction() as session:
        company = session.exec(
            select(OrganisationRow).where(OrganisationRow.id == organisation_id).with_for_update()
        ).one()
        _refuse_a_second(session, organisation_id)
        row = WithdrawalProposalRow(
            reference=f"new-{secrets.token_hex(6)}",
            organisation_id=organisation_id,
            withdrawal_date=wanted.withdrawal_date,
            last_trading_day=wanted.last_trading_day,
            reason=wanted.reason,
            status=ProposalStatus.PROPOSED,
            proposed_by=actor.person_id,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        row.reference = f"EXIT-{now.year}-{row.id:06}"
        _record(session, actor, row, now)
        return _in_queue(row, company.legal_name)


def proposals_of_company(*, actor: Actor, organisation_id: int) -> tuple[ProposalInQueue, ...]:
    """The company's proposals, the newest first."""
    actor.require(Permission.EXIT_VIEW, organisation_id)
    return _proposals(WithdrawalProposalRow.organisation_id == organisation_id)


def proposals(*, actor: Actor) -> tuple[ProposalInQueue, ...]:
    """Every company's proposals: what awaits an answer first."""
    actor.require(Permission.EXIT_VIEW)
    return _proposals()


def proposal_in_full(*, actor: Actor, reference: str) -> ProposalInQueue:
    """One proposal.

    Raises:
        ProposalRefusedError: There is none by that reference.
    """
    actor.require(Permission.EXIT_VIEW)
    found = _proposals(WithdrawalProposalRow.reference == reference)
    if not found:
        raise ProposalRefusedError((Refusal("reference", "There is none by that reference."),))
    return found[0]


def decide_proposal(
    *, actor: Actor, reference: str, accept: bool, reason: str, now: datetime
) -> None:
    """Accept or decline; the company sees the answer and the reason.

    Raises:
        ProposalRefusedError: No reason for declining, or it has been decided already.
    """
    actor.require(Permission.EXIT_DECIDE)
    said = tidy(reason)
    problem = text_problem(
        "the reason, for the company to read", said, longest=500, needed=not accept
    )
    if problem:
        raise ProposalRefusedError((Refusal("reason", problem),))
    with transaction() as session:
        row = session.exec(
            select(WithdrawalProposalRow)
            .where(WithdrawalProposalRow.reference == reference)
            .with_for_update()
        ).first()
        if row is None or row.status != ProposalStatus.PROPOSED:
            state = row.status if row else "unknown"
            gone = Refusal("", f"{reference} does not await a decision: it is {state}.")
            raise ProposalRefusedError((gone,))
        row.status = ProposalStatus.ACCEPTED if accept else ProposalStatus.DECLINED
        row.decision_reason, row.decided_at, row.decided_by = said, now, actor.person_id
        row.updated_at, row.row_version = now, row.row_version + 1
        session.add(row)
        _record(session, actor, row, now)


def _refuse_a_second(session: Session, organisation_id: int) -> None:
    waiting = session.exec(
        select(WithdrawalProposalRow.reference).where(
            WithdrawalProposalRow.organisation_id == organisation_id,
            WithdrawalProposalRow.status != ProposalStatus.DECLINED,
        )
    ).first()
    if waiting:
        reason = f"{waiting} is awaiting an answer or accepted: another date cannot be proposed."
        raise ProposalRefusedError((Refusal("", reason),))


def _record(session: Session, actor: Actor, row: WithdrawalProposalRow, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"market_exit.withdrawal.{row.status}",
        subject=row.reference,
        organisation_id=row.organisation_id,
        now=now,
        withdrawal_date=row.withdrawal_date,
    )


def _proposals(*wanted: object) -> tuple[ProposalInQueue, ...]:
    with reading() as session:
        rows = session.exec(
            select(WithdrawalProposalRow, OrganisationRow.legal_name)
            .join(
                OrganisationRow,
                col(OrganisationRow.id) == col(WithdrawalProposalRow.organisation_id),
            )
            .where(*wanted)  # type: ignore[arg-type]  # SQLModel types a comparison as bool
            .order_by(
                col(WithdrawalProposalRow.status) != ProposalStatus.PROPOSED,
                col(WithdrawalProposalRow.id).desc(),
            )
        ).all()
    return tuple(_in_queue(row, name) for row, name in rows)


def _in_queue(row: WithdrawalProposalRow, organisation_name: str) -> ProposalInQueue:
    return ProposalInQueue(
        reference=row.reference,
        organisation_name=organisation_name,
        withdrawal_date=row.withdrawal_date,
        last_trading_day=row.last_trading_day,
        reason=row.reason,
        proposed_at=row.created_at,
        status=ProposalStatus(row.status),
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
    )
