"""The audit trail as a file: the whole of it for staff, a company's own for the company."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from itertools import chain
from typing import Any, Final

import polars as pl
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from kinnect_app.api.answers import Answer
from kinnect_app.api.parameters import one_of, read_parameters, settlement_date
from kinnect_app.api.private import private, sent
from kinnect_app.identity.caller import caller_of
from state.domain.actor import NotAllowedError
from state.domain.audit_search import AuditSearch
from state.domain.audit_words import harmless_cell
from state.services import audit_export, audit_trail
from state.ui.session import ask

router = APIRouter(prefix="/api/v1", include_in_schema=False, tags=["audit"])

_Readers = Mapping[str, Callable[[str], object]]

_FORMATS: Final = {"csv": "csv", "parquet": "parquet"}
_DAYS: Final[_Readers] = {"from": settlement_date, "to": settlement_date}
_OF_ALL: Final[_Readers] = {
    "format": one_of(_FORMATS),
    **dict.fromkeys(("search", "event", "actor", "company"), str),
    **_DAYS,
}
_OF_COMPANY: Final[_Readers] = {"event": str, **_DAYS}
_COMPANY_COLUMNS: Final = ("entry", "at", "who", "what", "about", "details")


@router.get("/audit/entries")
@private
async def entries(request: Request) -> Response:
    """Everybody's entries that meet the search, as CSV or as Parquet."""
    actor = await caller_of(request)
    asked = read_parameters(request.query_params, _OF_ALL)
    batches = await ask(audit_export.audit_rows, actor=actor, wanted=_search(asked))
    if asked.get("format") == "parquet":
        content = await ask(_parquet, batches=batches)
        return sent(Answer(content, "application/vnd.apache.parquet", "audit-trail.parquet"))
    return _streamed(audit_export.COLUMNS, batches, "audit-trail.csv")


@router.get("/account/audit")
@private
async def of_company(request: Request) -> Response:
    """The entries of the company that the caller acts for, as CSV."""
    actor = await caller_of(request)
    asked = read_parameters(request.query_params, _OF_COMPANY)
    if actor.organisation_id is None and actor.person_id is not None:
        raise NotAllowedError("Choose a company first.")
    batches = await ask(
        audit_trail.company_trail_rows,
        actor=actor,
        organisation_id=actor.organisation_id or 0,
        wanted=_search(asked),
    )
    rows = (
        [(e.sequence, e.at.isoformat(), e.who, e.what, e.about, e.details) for e in batch]
        for batch in batches
    )
    return _streamed(_COMPANY_COLUMNS, rows, "audit-trail.csv")


def _search(asked: dict[str, Any]) -> AuditSearch:
    return AuditSearch(
        anything=asked.get("search", ""),
        event=asked.get("event", ""),
        actor=asked.get("actor", ""),
        company=asked.get("company", ""),
        since=asked.get("from"),
        until=asked.get("to"),
    )


def _streamed(
    columns: tuple[str, ...], batches: Iterable[list[tuple[Any, ...]]], file_name: str
) -> Response:
    return StreamingResponse(
        (_lines(batch) for batch in chain([[columns]], batches)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def _lines(rows: Iterable[tuple[Any, ...]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([harmless_cell(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode()


def _parquet(*, batches: Iterator[list[tuple[Any, ...]]]) -> bytes:
    kinds = {name: pl.Int64 if name == "entry" else pl.String for name in audit_export.COLUMNS}
    empty = pl.DataFrame(schema=kinds)
    frames = (pl.DataFrame(batch, schema=kinds, orient="row") for batch in batches)
    kept = BytesIO()
    pl.concat([empty, *frames]).write_parquet(kept)
    return kept.getvalue()
