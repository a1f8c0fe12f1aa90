"""Reports of a run under `/api/v1/runs`: for the operator's staff."""

from typing import Final

from fastapi import APIRouter, Request, Response

from kinnect_app.api.answers import Answer
from kinnect_app.api.parameters import read_parameters
from kinnect_app.api.private import FLOW_FILE, PUBLIC_ID, NoSuchFiguresError, private, sent
from kinnect_app.identity.caller import caller_of
from state.domain.actor import NotSignedInError
from state.services import settlement_report
from state.ui.session import ask

_REPORTS: Final = {
    "S0142": settlement_report.public_report,
    "S0143": settlement_report.company_report,
}

router = APIRouter(prefix="/api/v1/runs", include_in_schema=False, tags=["runs"])


@router.get("/{run}/reports/{flow}")
@private
async def report(request: Request, run: str, flow: str) -> Response:
    """The Settlement Report of the whole day: S0142 or S0143."""
    actor = await caller_of(request)
    if actor.person_id is None:
        raise NotSignedInError
    read_parameters(request.query_params, {})
    if flow not in _REPORTS or not PUBLIC_ID.fullmatch(run):
        raise NoSuchFiguresError
    found = await ask(_REPORTS[flow], actor=actor, run=run)
    return sent(Answer(found.text.encode(), FLOW_FILE, found.name))
