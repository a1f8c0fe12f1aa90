"""Assets: the BM Units that a company leads."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, or_, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.models.bm_unit import BmUnitRow
from state.persistence.transaction import reading

PAGE_ROWS = 50
"""Rows of one page of the list."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One BM Unit, as the list shows it."""

    bm_unit: str
    name: str
    unit_type: str
    fuel_code: str
    gsp_group: str
    capacity_mw: float
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class AssetPage:
    """One page of the list, and how many there are in all."""

    assets: tuple[Asset, ...]
    total: int


def assets_of_company(
    *, actor: Actor, organisation_id: int, search: str = "", page: int = 1
) -> AssetPage:
    """The company's BM Units by id, those whose id, name, fuel or GSP Group holds the search."""
    actor.require(Permission.ASSET_VIEW, organisation_id)
    wanted = [col(BmUnitRow.organisation_id) == organisation_id]
    if searched := search.strip()[:40]:
        columns = (BmUnitRow.bm_unit, BmUnitRow.name, BmUnitRow.fuel_code, BmUnitRow.gsp_group)
        wanted.append(
            or_(*(col(column).icontains(searched, autoescape=True) for column in columns))
        )
    with reading() as session:
        total = session.exec(select(func.count()).select_from(BmUnitRow).where(*wanted)).one()
        rows = session.exec(
            select(BmUnitRow)
            .where(*wanted)
            .order_by(BmUnitRow.bm_unit)
            .offset((max(page, 1) - 1) * PAGE_ROWS)
            .limit(PAGE_ROWS)
        ).all()
    return AssetPage(tuple(_asset(row) for row in rows), total)


def _asset(row: BmUnitRow) -> Asset:
    return Asset(
        bm_unit=row.bm_unit,
        name=row.name,
        unit_type=row.unit_type,
        fuel_code=row.fuel_code or "",
        gsp_group=row.gsp_group or "",
        capacity_mw=row.capacity_mw,
        since=row.since,
        until=row.until,
    )
