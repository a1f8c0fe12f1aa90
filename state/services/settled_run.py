"""A run as the engine left it, for whoever looks into it: its frames, given and worked out."""

from collections.abc import Mapping

import polars as pl
from sqlmodel import Session

from settlement_engine.faults import GivenFramesError, checked
from settlement_engine.rulebook import Settled, Span
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.refusal import Refusal
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.settlement_runs import frame_files, input_file, input_rows
from state.persistence.run_files import FrameFile, frame_of
from state.persistence.transaction import data_directory
from state.services.settlement_runs import NOT_FOUND, RunRefusedError
from state.services.settlement_work import settled_day

OTHER_RULES = Refusal(
    "", "The run was worked out by rules that have changed since: it cannot be shown from here"
)


def settled_run(session: Session, row: SettlementRunRow, quantity: str) -> Settled:
    """The run as the engine left it, from the files of what it started from and what it gave.

    Where the rules of this release are others, the day is worked out again; if the quantity comes
    out the same, its tree is as good as the first.

    Raises:
        RunRefusedError: The quantity comes out otherwise by the rules of this release.
    """
    home, types = data_directory(), TRADING_CHARGES.frame_types()
    raw = {each.name: frame_of(home, input_file(each)) for each in input_rows(session, row.id or 0)}
    files = frame_files(session, row.id or 0)
    if row.fingerprint != TRADING_CHARGES.fingerprint():
        return _worked_out_again(row, raw, {file.name: file for file in files}, quantity)
    return Settled(
        rulebook=TRADING_CHARGES,
        span=Span(row.settlement_date, row.settlement_date),
        fingerprint=row.fingerprint,
        frames={
            **{name: schema.create_empty() for name, schema in TRADING_CHARGES.given.items()},
            **checked(raw, types).frames,
            **{file.name: frame_of(home, file) for file in files},
        },
        worked_out=tuple(file.name for file in files),
        lacking={},
    )


def _worked_out_again(
    row: SettlementRunRow,
    raw: Mapping[str, pl.DataFrame],
    files: Mapping[str, FrameFile],
    quantity: str,
) -> Settled:
    try:
        settled = settled_day(raw, row.settlement_date)
    except (GivenFramesError, RulebookError) as changed:
        raise RunRefusedError((OTHER_RULES,)) from changed
    again = settled.frames.get(quantity)
    if quantity not in files or again is None:
        raise RunRefusedError((NOT_FOUND,))
    first = frame_of(data_directory(), files[quantity])
    if not first.equals(again.sort(again.columns)):
        raise RunRefusedError((OTHER_RULES,))
    return settled
