"""Rows that a program pushes: the same checks as any other, and each refusal told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from state.domain import rules
from state.domain.actor import Actor
from state.domain.datasets import dataset
from state.domain.feeds import Feed, GivenFile
from state.domain.permissions import Permission
from state.persistence.ingest_reports import refused_rows
from state.persistence.kept_answers import KeptAnswer, RequestKey, once
from state.services.feeds import RefusedRow
from state.services.ingest import IngestReceipt, ingest_files


class TooManyRowsError(Exception):
    """More rows than may be pushed at once; nothing was stored."""

    def __init__(self, most: int) -> None:
        """Say how many may be."""
        super().__init__(f"Send {most:,} rows at most, in several requests.")


@dataclass(frozen=True, slots=True)
class PushedRows:
    """What became of the rows that were pushed, and the first of the reasons against any."""

    receipt: IngestReceipt
    refused: tuple[RefusedRow, ...]
    reasons: int

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it was fit."""
        one = self.receipt
        return bool(one.files_refused) or not one.rows_stored + one.rows_held + one.rows_left_out


def push_rows(*, actor: Actor, feed: Feed, given: GivenFile, now: datetime) -> PushedRows:
    """Store the good rows of what a program sent; every other is refused with its reasons.

    Raises:
        NotAllowedError: The actor may not take data in, or the dataset is confidential.
        TooManyRowsError: There are too many rows; nothing was stored.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    actor.require(Permission.DATA_INGEST)
    if dataset(feed.dataset).classification != "public":
        raise LookupError(feed.dataset)
    most = rules.number_on("pushed_rows_most", now.date())
    if given.frame is not None and given.frame.height > most:
        raise TooManyRowsError(most)
    receipt = ingest_files(actor=actor, feed=feed, given=[given], now=now)
    found = refused_rows(str(receipt.report)) if receipt.report else None
    shown = rules.number_on("pushed_refusals_told_most", now.date())
    told = () if found is None else tuple(found.head(shown).iter_rows(named=True))
    return PushedRows(
        receipt,
        tuple(RefusedRow(**_plain(one)) for one in told),
        0 if found is None else found.height,
    )


def pushed_once(
    *, actor: Actor, asked: RequestKey, do: Callable[[], KeptAnswer], now: datetime
) -> KeptAnswer:
    """Push in the transaction that keeps its answer; or give the answer that is kept.

    Raises:
        AnotherRequestError: The key stands for another request.
    """
    actor.require(Permission.DATA_INGEST)
    return once(asked, do, now)


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    """The row's number may be none; any other that is none is empty."""
    return {name: "" if one[name] is None and name != "row" else one[name] for name in one}
