"""Outages of power stations and cables, as companies published them: latest revisions, by day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from state.domain.actor import Actor
from state.domain.bmrs.arguments import Arguments
from state.domain.permissions import Permission
from state.services.bm_units import outages_listed


@dataclass(frozen=True, slots=True)
class Outages:
    """Messages of a range, soonest first, and the fuels that any message of it names."""

    rows: tuple[dict[str, Any], ...]
    fuels: tuple[str, ...]


def outages_of(*, actor: Actor, since: date, until: date, fuel: str = "") -> Outages:
    """Outages whose event touches the days, both included, of one fuel or of all."""
    actor.require(Permission.INSIGHTS_READ)
    start = datetime.combine(since, time(), UTC)
    end = datetime.combine(until + timedelta(days=1), time(), UTC)
    found = outages_listed(actor=actor, asked=Arguments({"from": start, "to": end}))
    shown = found.filter(pl.col("fuelType") == fuel) if fuel else found
    active = shown.filter(pl.col("eventStatus").fill_null("Active") != "Dismissed")
    return Outages(
        rows=tuple(active.to_dicts()),
        fuels=tuple(found["fuelType"].drop_nulls().unique().sort()),
    )
