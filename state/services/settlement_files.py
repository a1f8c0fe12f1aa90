"""The files of a published run that a company may take home: its own rows of every quantity."""

from io import BytesIO
from typing import Literal

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.transaction import reading
from state.services.own_figures import own_figures
from state.services.settlement_runs import NOT_FOUND, RunRefusedError

FileFormat = Literal["csv", "parquet"]


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
