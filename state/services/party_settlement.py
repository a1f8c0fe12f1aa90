"""A company's own settlement: what it was paid and charged, by day, period, unit and account.

Only what is published, and only the company's own rows: they are cut out of the files by Party
before anything is read. What is not published or not the company's answers as not found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Final, Literal

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
from state.services.settlement_runs import NOT_FOUND, RunRefusedError, shown

FileFormat = Literal["csv", "parquet"]

DAILY: Final = "daily_party_charges"
_PERIOD: Final = ["settlement_date", "settlement_period"]
_UNIT_PERIOD: Final = [*_PERIOD, "bm_unit"]
_ACCOUNT_PERIOD: Final = [*_PERIOD, "party_id", "energy_account"]
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
    return _started(own.rows(CASHFLOWS))


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
    return _started(
        own.rows("energy_imbalance_volume")
        .join(prices, on=_PERIOD, how="left", maintain_order="left")
        .join(
            own.rows("energy_imbalance_cashflow"),
            on=_ACCOUNT_PERIOD,
            how="left",
            maintain_order="left",
        )
    )


def unit_periods(
    *,
    actor: Actor,
    organisation_id: int,
    settlement_date: date,
    run: str | None = None,
    bm_unit: str | None = None,
) -> pl.DataFrame:
    """One row a period and own BM Unit (or the one named): its volumes, losses and cashflows.

    Columns beside the keys and `start_at`: `party_id`, `energy_account`, `metered_volume_mwh`,
    `expected_metered_volume_mwh`, `accepted_offer_volume_mwh`, `accepted_bid_volume_mwh`,
    `transmission_loss_multiplier_per_unit`, `bm_unit_cashflow_gbp`, `non_delivery_charge_gbp`,
    `information_imbalance_charge_gbp`.

    Raises:
        RunRefusedError: The date has no such published run, or the unit is not the company's.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, settlement_date, run)
    if bm_unit is not None:
        if bm_unit not in own.units:
            raise RunRefusedError((NOT_FOUND,))
        own = replace(own, units=(bm_unit,))
    joined = own.unit_rows("delivery_mode").select(
        *_UNIT_PERIOD, "party_id", "energy_account", "metered_volume_mwh"
    )
    accepted = (
        own.unit_rows("accepted_pair_cashflow")
        .group_by(_UNIT_PERIOD)
        .agg(pl.col("accepted_offer_volume_mwh", "accepted_bid_volume_mwh").sum())
    )
    expected = own.unit_rows("expected_metered_volume").select(
        *_UNIT_PERIOD, "expected_metered_volume_mwh"
    )
    losses = own.unit_rows("transmission_loss_multiplier")
    cashflows = own.unit_rows("bm_unit_cashflow").drop("party_id")
    for beside in (expected, accepted, losses, cashflows):
        joined = joined.join(beside, on=_UNIT_PERIOD, how="left", maintain_order="left")
    volumes = pl.col("accepted_offer_volume_mwh", "accepted_bid_volume_mwh").fill_null(0.0)
    return _started(joined.with_columns(volumes).sort("bm_unit", "settlement_period"))


def units_of_day(
    *, actor: Actor, organisation_id: int, settlement_date: date, run: str | None = None
) -> pl.DataFrame:
    """One row an own BM Unit: the day's sums of `unit_periods`, without the loss multiplier.

    Raises:
        RunRefusedError: The date has no such published run.
    """
    periods = unit_periods(
        actor=actor, organisation_id=organisation_id, settlement_date=settlement_date, run=run
    )
    sums = [name for name in periods.columns if name.endswith(("_mwh", "_gbp"))]
    return (
        periods.group_by("bm_unit", "party_id", "energy_account")
        .agg(pl.col(sums).sum().round(8))
        .sort("bm_unit")
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


def own_quantities(*, actor: Actor, organisation_id: int, run: str) -> tuple[str, ...]:
    """The quantities of a published run that can be downloaded.

    Raises:
        RunRefusedError: There is no such published run.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        return tuple(own_figures(session, organisation_id, None, run).figures.files)


def own_file(
    *, actor: Actor, organisation_id: int, run: str, quantity: str, file_format: FileFormat
) -> bytes:
    """The company's rows of a quantity of a published run, as a file; decimals, in key order.

    Raises:
        RunRefusedError: There is no such published run, or it has no such quantity.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, None, run)
    if quantity not in own.figures.files:
        raise RunRefusedError((NOT_FOUND,))
    rows, buffer = own.rows(quantity), BytesIO()
    if file_format == "csv":
        rows.write_csv(buffer)
    else:
        rows.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


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


def _started(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(start_at=period_start_expression())
