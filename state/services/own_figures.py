"""A published run as far as one company may see it: rows are cut out by Party where they stand."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlmodel import Session, col, select

from settlement_engine.frames import decimals
from settlement_engine.trading_charges import TRADING_CHARGES
from state.persistence.models.organisation import ParticipantRow
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.settlement_figures import Figures, figures_of, own_rows
from state.persistence.queries.settlement_runs import published_run, run_of
from state.services.settlement_runs import NOT_FOUND, RunRefusedError


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """A run's figures, as far as a company may see them."""

    row: SettlementRunRow
    figures: Figures
    parties: tuple[str, ...]
    units: tuple[str, ...]

    def exact(self, quantity: str) -> pl.DataFrame:
        """The company's rows, in the engine's exact numbers."""
        schema = TRADING_CHARGES.frame_types()[quantity]
        return own_rows(self.figures.scan(quantity), schema, self.parties, self.units).collect()

    def rows(self, quantity: str) -> pl.DataFrame:
        """The company's rows, as people read them."""
        return decimals(self.exact(quantity), TRADING_CHARGES.frame_types()[quantity])

    def unit_rows(self, quantity: str) -> pl.DataFrame:
        """Rows of the company's units alone."""
        own = pl.col("bm_unit").is_in(list(self.units))
        exact = self.figures.scan(quantity).filter(own).collect()
        return decimals(exact, TRADING_CHARGES.frame_types()[quantity])


def own_figures(
    session: Session, organisation_id: int, settlement_date: date | None, run: str | None
) -> OwnFigures:
    """The figures of the run named, or of the one that counts now on the date.

    Raises:
        RunRefusedError: There is no such run, or it never was published.
    """
    row = run_of(session, run) if run is not None else None
    if run is None and settlement_date is not None:
        row = published_run(session, settlement_date)
    if row is None or row.id is None or row.published_at is None:
        raise RunRefusedError((NOT_FOUND,))
    if settlement_date is not None and row.settlement_date != settlement_date:
        raise RunRefusedError((NOT_FOUND,))
    figures = figures_of(session, row.id)
    parties = parties_of(session, organisation_id)
    return OwnFigures(row, figures, parties, tuple(figures.units_of(parties)))


def parties_of(session: Session, organisation_id: int) -> tuple[str, ...]:
    """The Party Ids of a company."""
    rows = session.exec(
        select(ParticipantRow.party_id)
        .where(ParticipantRow.organisation_id == organisation_id)
        .order_by(col(ParticipantRow.party_id))
    )
    return tuple(rows.all())
