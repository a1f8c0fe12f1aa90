"""Which stages of a settlement held runs lately."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.stage_risks import stage_of_hold
from state.persistence.models.settlement_run import SettlementRunHoldRow, SettlementRunRow
from state.persistence.transaction import reading

LATELY: Final = timedelta(days=30)


def runs_held_lately(*, actor: Actor, now: datetime) -> dict[str, int]:
    """How many of the runs asked for in the last 30 days each stage held; none left out."""
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        held = session.exec(
            select(SettlementRunHoldRow.run_id, SettlementRunHoldRow.source)
            .join(SettlementRunRow, col(SettlementRunRow.id) == SettlementRunHoldRow.run_id)
            .where(col(SettlementRunRow.requested_at) >= now - LATELY)
            .distinct()
        ).all()
    return dict(
        Counter(stage for _, stage in {(run, stage_of_hold(source)) for run, source in held})
    )
