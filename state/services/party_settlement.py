"""A company's own settlement: what it was paid and charged, by day, period and account.

Only what is published, and only the company's own rows: they are cut out of the files by Party
before anything is read. What is not published or not the company's answers as not found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import polars as pl
from sqlmodel import Session

from settlement_engine.frames import decimals
from settlement_engine.periods import period_start_expression
from settlement_engine.runs import RunType
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.settlement_differences import CHARGES, NET, Charge, differences
from state.domain.settlement_runs import RunState
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.settlement_runs import frame_files, published_span, runs_between
from state.persistence.run_files import frame_of
from state.persistence.transaction import data_directory, reading
from state.services.own_figures import own_figures, parties_of
from state.services.settlement_comparison import CASHFLOWS, RunComparison, refuse_incomparable
from state.services.settlement_runs import shown

DAILY: Final = "daily_party_charges"
_PERIOD: Final = ["settlement_date", "settlement_period"]
_ACCOUNT_PERIOD: Final = [*_PERIOD, "party_id", "energy_account"]
_STARTED: Final = period_start_expression().alias("start_at")
_WAS_PUBLISHED: Final = (RunState.PUBLISHED, RunState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class PublishedRun:
    """A run that is, or was, published, as a company sees it."""

    public_id: str
    settlement_date: date
    run_type: RunType
    run_number: int
    published_at: datetime
    superseded_at: datetime | None
    net_to_party_gbp: float


@dataclass(frozen=True, slots=True)
class SettledDay:
    """One Settlement Date: the run that counts now, and those that it replaced, newest first."""

    settlement_date: date
    current: PublishedRun
    earlier: tuple[PublishedRun, ...]


@dataclass(frozen=True, slots=True)
class AmountOfCharge:
    """What one charge came to; positive is paid to the Party where `charge.paid_to_party`."""

    charge: Charge
    amount_gbp: float


@dataclass(frozen=True, slots=True)
class ChargesOfDay:
    """A day's charges of a company, in order, then what they come to."""

    run: PublishedRun
    charges: tuple[AmountOfCharge, ...]
    net_to_party_gbp: float


def settled_days(
    *, actor: Actor, organisation_id: int, since: date, until: date
) -> tuple[SettledDay, ...]:
    """The Settlement Dates of the range that have a published run, the newest first."""
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        rows = [
            row
            for row in runs_between(session, since, until, _WAS_PUBLISHED)
            if row.published_at is not None
        ]
        views = _published(session, rows, parties_of(session, organisation_id))
    days: dict[date, list[PublishedRun]] = {}
    for view in sorted(views, key=lambda each: (each.settlement_date, each.published_at)):
        days.setdefault(view.settlement_date, []).insert(0, view)
    return tuple(
        SettledDay(day, found[0], tuple(found[1:])) for day, found in reversed(days.items())
    )


def settled_span(*, actor: Actor, organisation_id: int) -> tuple[date, date] | None:
    """The first and the last Settlement Date that have a published run; None where none has."""
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        return published_span(session)


def charges_of_day(
    *, actor: Actor, organisation_id: int, settlement_date: date, run: str | None = None
) -> ChargesOfDay:
    """The day's charges, by the run that counts now or the one named.

    Raises:
        RunRefusedError: The date has no such published run.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, settlement_date, run)
        view = _published(session, [own.row], own.parties)[0]
    amounts = own.rows(DAILY).select(pl.exclude("settlement_date", "party_id").sum())
    found = dict(zip(amounts.columns, amounts.row(0), strict=True))
    return ChargesOfDay(
        run=view,
        charges=tuple(AmountOfCharge(each, found[each.column]) for each in CHARGES),
        net_to_party_gbp=found[NET.column],
    )


def charges_by_period(
    *, actor: Actor, organisation_id: int, settlement_date: date, run: str | None = None
) -> pl.DataFrame:
    """One row a period and Party Id: `start_at`, each charge and the net, in GBP.

    Raises:
        RunRefusedError: The date has no such published run.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, settlement_date, run)
    return own.rows(CASHFLOWS).with_columns(_STARTED)


def imbalance_by_period(
    *, actor: Actor, organisation_id: int, settlement_date: date, run: str | None = None
) -> pl.DataFrame:
    """One row a period, Party Id and Energy Account: energy against contracts, and its price.

    Columns beside the keys and `start_at`: `credited_energy_volume_mwh`,
    `balancing_services_volume_mwh`, `contract_volume_mwh`, `energy_imbalance_volume_mwh`,
    `system_buy_price_gbp_per_mwh`, `system_sell_price_gbp_per_mwh`,
    `energy_imbalance_cashflow_gbp`.

    Raises:
        RunRefusedError: The date has no such published run.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, settlement_date, run)
    prices = own.rows("energy_imbalance_price").select(
        *_PERIOD, "system_buy_price_gbp_per_mwh", "system_sell_price_gbp_per_mwh"
    )
    return (
        own.rows("energy_imbalance_volume")
        .join(prices, on=_PERIOD, how="left", maintain_order="left")
        .join(
            own.rows("energy_imbalance_cashflow"),
            on=_ACCOUNT_PERIOD,
            how="left",
            maintain_order="left",
        )
        .with_columns(_STARTED)
    )


def compare_own(*, actor: Actor, organisation_id: int, before: str, after: str) -> RunComparison:
    """Two published runs of one date, as far as they concern the company.

    Raises:
        RunRefusedError: One of them is no published run, or they are of two dates.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        sides = [own_figures(session, organisation_id, None, each) for each in (before, after)]
        refuse_incomparable(session, *(side.row for side in sides))
        runs = shown(session, tuple(side.row for side in sides))
    earlier, later = (replace(run, requested_by="", published_by="", reason="") for run in runs)
    found = differences(*(side.exact(CASHFLOWS) for side in sides))
    return RunComparison(earlier, later, found)


def _published(
    session: Session, rows: Sequence[SettlementRunRow], parties: tuple[str, ...]
) -> list[PublishedRun]:
    nets = _nets(session, rows, parties)
    return [
        PublishedRun(
            public_id=row.public_id,
            settlement_date=row.settlement_date,
            run_type=RunType(row.run_type),
            run_number=row.run_number,
            published_at=row.published_at or row.updated_at,
            superseded_at=row.superseded_at,
            net_to_party_gbp=nets.get(row.id or 0, 0.0),
        )
        for row in rows
    ]


def _nets(
    session: Session, rows: Sequence[SettlementRunRow], parties: tuple[str, ...]
) -> dict[int, float]:
    """What each run comes to for the Parties, from its daily charges."""
    home, schema = data_directory(), TRADING_CHARGES.frame_types()[DAILY]
    found: dict[int, float] = {}
    for row in rows:
        for file in frame_files(session, row.id or 0):
            if file.name == DAILY:
                own = frame_of(home, file).filter(pl.col("party_id").is_in(sorted(parties)))
                found[row.id or 0] = round(float(decimals(own, schema)[NET.column].sum()), 2)
    return found
