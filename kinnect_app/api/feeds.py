"""Why rows of a feed were refused, as a file: for the operator's staff."""

import csv
from io import StringIO

from fastapi import APIRouter, Request, Response

from kinnect_app.api.answers import Answer
from kinnect_app.api.private import NoSuchFiguresError, private, sent
from kinnect_app.identity.caller import caller_of
from state.domain.audit_words import harmless_cell
from state.services import feeds
from state.services.feeds import NoReportError, RefusedToSee
from state.ui.session import ask

router = APIRouter(prefix="/api/v1/feeds", include_in_schema=False, tags=["feeds"])


@router.get("/reports/{ingest}")
@private
async def report(request: Request, ingest: str) -> Response:
    """Every refused row of one run, with its reason and how to put it right, as CSV."""
    actor = await caller_of(request)
    if not ingest.isascii() or not ingest.isdigit() or len(ingest) > len(str(2**31)) - 1:
        raise NoSuchFiguresError
    try:
        found = await ask(feeds.refused_of, actor=actor, ingest=int(ingest), at_most=None)
    except NoReportError as fault:
        raise NoSuchFiguresError from fault
    return sent(Answer(_csv(found), "text/csv; charset=utf-8", f"refused-rows-{ingest}.csv"))


def _csv(found: RefusedToSee) -> bytes:
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(["file", "row", "column", "value", "code", "reason", "remedy"])
    lines.writerows(
        [
            harmless_cell(str(cell))
            for cell in (
                one.file,
                one.row or "",
                one.column,
                one.value,
                one.code,
                one.reason,
                one.remedy,
            )
        ]
        for one in found.rows
    )
    return text.getvalue().encode()
