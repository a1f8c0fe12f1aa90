"""Figures of Settlement Runs, read from the files that hold them and cut down where they stand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl
from sqlmodel import Session

from settlement_engine.frames import Frame, keys
from settlement_engine.trading_charges import TRADING_CHARGES
from state.persistence.queries.settlement_runs import frame_files
from state.persistence.run_files import FrameFile, frame_of
from state.persistence.transaction import data_directory

REGISTERED = "registered_bm_unit"
_PARTY, _UNIT = "party_id", "bm_unit"


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities of one run, by name, none of them read yet."""

    files: Mapping[str, FrameFile]

    def scan(self, quantity: str) -> pl.LazyFrame:
        """Every row of a quantity, in the engine's exact numbers; none where it was not made.

        Raises:
            DamagedFileError: The file is not as it was written: nobody is shown what it says.
        """
        file = self.files.get(quantity)
        if file is None:
            return TRADING_CHARGES.frame_types()[quantity].create_empty().lazy()
        return frame_of(data_directory(), file).lazy()

    def units_of(self, parties: Collection[str]) -> list[str]:
        """The BM Units of which one of the Parties was lead Party on the day."""
        own = self.scan(REGISTERED).filter(pl.col(_PARTY).is_in(sorted(parties)))
        return sorted(own.select(_UNIT).collect()[_UNIT].to_list())


def figures_of(session: Session, run_id: int) -> Figures:
    """The figures of a run."""
    return Figures({file.name: file for file in frame_files(session, run_id)})


def own_rows(
    frame: pl.LazyFrame, schema: Frame, parties: Collection[str], units: Collection[str]
) -> pl.LazyFrame:
    """The rows that a company may see: its Parties', its units', and those of the whole system.

    A frame that names a unit beside its key is the public price stack, whole.
    """
    names = schema.column_names()
    own_party = pl.col(_PARTY).is_in(sorted(parties))
    own_unit = pl.col(_UNIT).is_in(sorted(units))
    if _PARTY in names:
        return frame.filter(own_party | own_unit if _UNIT in keys(schema) else own_party)
    return frame.filter(own_unit) if _UNIT in keys(schema) else frame
