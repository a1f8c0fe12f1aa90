"""One figure of a run as the tree of what it came from, as far as whoever asks may see it.

Rows of other Parties are taken out before the tree is made, so none can show through: where a
figure sums over the whole system, its total stands there and the others' rows are counted.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from settlement_engine.explain import Figure, explain, rows_read
from settlement_engine.frames import decimals
from settlement_engine.rulebook import Settled
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.domain.settlement_runs import WITH_RESULTS
from state.persistence.queries.settlement_figures import figures_of, own_rows
from state.persistence.transaction import reading
from state.services.own_figures import own_figures
from state.services.settled_run import settled_run
from state.services.settlement_runs import NOT_FOUND, RunRefusedError, needed

DAILY: Final = "daily_party_charges"


def explain_own_figure(
    *,
    actor: Actor,
    organisation_id: int,
    run: str,
    quantity: str,
    key: Mapping[str, object],
) -> Figure:
    """The tree of one of the company's own figures, or of one of the whole system.

    Raises:
        RunRefusedError: There is no such published run, or no such figure that the company may see.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, None, run)
        whole = settled_run(session, own.row, quantity)
    visible = replace(
        whole,
        frames={
            name: own_rows(
                frame.lazy(), TRADING_CHARGES.frame_types()[name], own.parties, own.units
            ).collect()
            for name, frame in whole.frames.items()
        },
    )
    return _with_others_counted(_explained(visible, quantity, key), visible, whole)


def explain_figure(*, actor: Actor, run: str, quantity: str, key: Mapping[str, object]) -> Figure:
    """The tree of any figure of a run that has figures.

    Raises:
        RunRefusedError: There is no such run or figure.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        row = needed(session, run)
        if row.state not in WITH_RESULTS:
            raise RunRefusedError((Refusal("", f"The run is {row.state}: it has no figures"),))
        whole = settled_run(session, row, quantity)
    return _explained(whole, quantity, key)


def charges_of_run(*, actor: Actor, run: str) -> pl.DataFrame:
    """What each Party is charged and paid by a run that has figures, in decimals, by Party.

    Raises:
        RunRefusedError: There is no such run, or it has no figures.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        row = needed(session, run)
        if row.state not in WITH_RESULTS:
            raise RunRefusedError((NOT_FOUND,))
        exact = figures_of(session, row.id or 0).scan(DAILY).collect()
    return decimals(exact, TRADING_CHARGES.frame_types()[DAILY])


def _explained(settled: Settled, quantity: str, key: Mapping[str, object]) -> Figure:
    try:
        return explain(settled, quantity, key)
    except RulebookError as unknown:
        raise RunRefusedError((NOT_FOUND,)) from unknown


def _with_others_counted(figure: Figure, visible: Settled, whole: Settled) -> Figure:
    """The tree with the count of the rows that were taken out, frame by frame."""
    if figure.source is None or not figure.followed:
        return figure
    seen, all_of_them = _rows_read(visible, figure), _rows_read(whole, figure)
    hidden = {name: more for name in seen if (more := all_of_them[name] - seen[name])}
    left_out = {
        name: figure.left_out.get(name, 0) + hidden.get(name, 0)
        for name in {**figure.left_out, **hidden}
    }
    return replace(
        figure,
        left_out=left_out,
        nothing_of=tuple(name for name in figure.nothing_of if name not in hidden),
        read=tuple(_with_others_counted(each, visible, whole) for each in figure.read),
    )


def _rows_read(settled: Settled, figure: Figure) -> dict[str, int]:
    """How many rows of each frame made the figure."""
    key = {value.column: value.value for value in figure.key}
    return rows_read(settled, figure.quantity, key)
