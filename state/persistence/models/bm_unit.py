"""BM Units: what the lead Party generates, consumes or trades at, unit by unit."""

from datetime import date

from sqlmodel import Field

from state.persistence.models.record import Record


class BmUnitRow(Record, table=True):
    """One BM Unit and its lead Party, from a date."""

    __tablename__ = "bm_unit"

    bm_unit: str = Field(max_length=11, unique=True)
    name: str = Field(max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    unit_type: str = Field(max_length=1)
    fuel_code: str | None = Field(default=None, max_length=10)
    gsp_group: str | None = Field(default=None, max_length=2)
    capacity_mw: float
    since: date
    until: date | None = None
