"""BM Units as the public sees them: found by any id, and what was published of one on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import polars as pl

from state.domain.actor import Actor
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.catalogue import endpoints
from state.domain.permissions import Permission
from state.services.bmrs import public_rows

MOST_FOUND: Final = 60
_IDS: Final = ("elexonBmUnit", "nationalGridBmUnit", "eic")
_SEARCHED: Final = ("nationalGridBmUnit", "elexonBmUnit", "eic", "bmUnitName", "leadPartyName")


@dataclass(frozen=True, slots=True)
class UnitDay:
    """What the register says of a unit, and its acceptances and cash of one Settlement Date.

    Rows have official names: levels in MW, cash in GBP, none where the day is not settled.
    """

    unit: dict[str, Any]
    acceptances: tuple[dict[str, Any], ...]
    offer_cash_gbp: float | None
    bid_cash_gbp: float | None
    outages: tuple[dict[str, Any], ...]


class NoSuchUnitError(LookupError):
    """No BM Unit of the register has this id."""


def units_found(*, actor: Actor, text: str) -> tuple[tuple[dict[str, Any], ...], int]:
    """Units whose id, name or company holds the text, the first of them, and how many there are."""
    actor.require(Permission.INSIGHTS_READ)
    register = _register(actor)
    wanted = text.strip().lower()[:80]
    holds = pl.any_horizontal(
        pl.col(name).str.to_lowercase().str.contains(wanted, literal=True) for name in _SEARCHED
    )
    found = register.filter(holds) if wanted else register
    return tuple(found.head(MOST_FOUND).to_dicts()), found.height


def unit_day(*, actor: Actor, unit: str, day: date) -> UnitDay:
    """One unit by any of its ids.

    Raises:
        NoSuchUnitError: There is none.
    """
    actor.require(Permission.INSIGHTS_READ)
    register = _register(actor)
    found = _named(register, unit)
    if found.is_empty():
        raise NoSuchUnitError(f"The register has no BM Unit {unit[:40]}.")
    facts = found.row(0, named=True)
    name = facts["elexonBmUnit"] or facts["nationalGridBmUnit"]
    return UnitDay(
        unit=facts,
        acceptances=_acceptances(actor, name, day),
        offer_cash_gbp=_cash(actor, name, day, "offer"),
        bid_cash_gbp=_cash(actor, name, day, "bid"),
        outages=_outages(actor, name, day),
    )


def unit_named(*, actor: Actor, text: str) -> str | None:
    """The BM Unit that one of its ids, or its whole name, is; none where there is not just one."""
    actor.require(Permission.INSIGHTS_READ)
    found = _named(_register(actor), text)
    names = found.select(pl.coalesce("elexonBmUnit", "nationalGridBmUnit")).to_series()
    return names[0] if names.n_unique() == 1 else None


def _named(register: pl.DataFrame, text: str) -> pl.DataFrame:
    """By an id; by the whole name where no id is so."""
    wanted = text.strip().upper()
    by_id = pl.any_horizontal(pl.col(name).str.to_uppercase() == wanted for name in _IDS)
    found = register.filter(by_id)
    if found.height:
        return found
    return register.filter(pl.col("bmUnitName").str.to_uppercase() == wanted)


def _register(actor: Actor) -> pl.DataFrame:
    return public_rows(
        actor=actor, endpoint=endpoints()["/reference/bmunits/all"], asked=Arguments({})
    )


def _acceptances(actor: Actor, unit: str, day: date) -> tuple[dict[str, Any], ...]:
    """One row an acceptance: when, from which level to which, and its flags."""
    asked = Arguments(
        {"from": _start(day), "to": _start(day), "settlementPeriodFrom": 1, "bmUnit": unit}
    )
    rows = public_rows(actor=actor, endpoint=endpoints()["/balancing/acceptances"], asked=asked)
    one_each = rows.group_by("acceptanceNumber", maintain_order=True).agg(
        pl.col("acceptanceTime", "soFlag", "storFlag", "deemedBoFlag").first(),
        pl.col("timeFrom").min(),
        pl.col("timeTo").max(),
        lowest=pl.min_horizontal(pl.col("levelFrom").min(), pl.col("levelTo").min()),
        highest=pl.max_horizontal(pl.col("levelFrom").max(), pl.col("levelTo").max()),
    )
    return tuple(one_each.sort("acceptanceTime", "acceptanceNumber").to_dicts())


def _cash(actor: Actor, unit: str, day: date, side: str) -> float | None:
    """None where the day has not been settled: then nobody's cash is known."""
    path = "/balancing/settlement/indicative/cashflows/all/{bidOffer}/{settlementDate}"
    asked = Arguments({"bidOffer": side, "settlementDate": day})
    rows = public_rows(actor=actor, endpoint=endpoints()[path], asked=asked)
    if rows.is_empty():
        return None
    return float(rows.filter(pl.col("bmUnit") == unit)["totalCashflow"].sum())


def _outages(actor: Actor, unit: str, day: date) -> tuple[dict[str, Any], ...]:
    """Latest revisions that touch the day or the two weeks after it."""
    asked = Arguments(
        {"from": _start(day), "to": _start(day) + timedelta(days=14), "assetId": unit}
    )
    return tuple(outages_listed(actor=actor, asked=asked).to_dicts())


def outages_listed(*, actor: Actor, asked: Arguments) -> pl.DataFrame:
    """Whole messages, latest revisions, whose events touch a range; soonest first."""
    actor.require(Permission.INSIGHTS_READ)
    listed = public_rows(actor=actor, endpoint=endpoints()["/remit/list/by-event"], asked=asked)
    wanted = Arguments({"messageId": tuple(str(one) for one in listed["id"])}, asked.as_of)
    rows = public_rows(actor=actor, endpoint=endpoints()["/remit"], asked=wanted)
    return rows.sort("eventStartTime", "mrid")


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
