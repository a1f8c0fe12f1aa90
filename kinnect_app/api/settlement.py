"""A company's own settlement under `/api/v1/settlement`: for the person whose session asks.

The company is the one that the session acts for: no address names it. Nothing is kept by anyone.
"""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

import polars as pl
from fastapi import APIRouter, Request, Response

from kinnect_app.api.answers import Answer, csv_answer, json_answer
from kinnect_app.api.parameters import (
    FORMATS,
    one_of,
    range_end,
    range_start,
    read_parameters,
)
from kinnect_app.api.parameters import settlement_date as settlement_date_in
from kinnect_app.api.private import FLOW_FILE, PUBLIC_ID, NoSuchFiguresError, private, sent
from kinnect_app.api.problems import problem
from kinnect_app.identity.caller import caller_of
from state.domain.actor import Actor, NotAllowedError, NotSignedInError
from state.domain.settlement_differences import CHARGES, NET
from state.services import party_settlement, settlement_files, settlement_report, settlement_units
from state.ui.session import ask

PREFIX: Final = "/api/v1/settlement"
_RUN: Final = "/{settlement_date}/runs/{run}"
_MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_FORMAT: Final = one_of(FORMATS)
_SERIES: Final = {"from": range_start, "to": range_end, "format": _FORMAT}
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z_-]+")
_AMOUNTS: Final = tuple(charge.column for charge in (*CHARGES, NET))

_LONGEST_PARTY: Final = 8

router = APIRouter(prefix=PREFIX, include_in_schema=False, tags=["settlement"])


@router.get(_RUN + "/charges")
@private
async def charges(request: Request, settlement_date: str, run: str) -> Response:
    """Each charge and the net by Settlement Period, summed over the company's Party Ids."""
    whose = await _whose(request, settlement_date, run)
    asked = read_parameters(request.query_params, _SERIES)
    found = await ask(party_settlement.charges_by_period, **whose)
    parties = found["party_id"].unique()
    sums = found.group_by("settlement_period", "start_at").agg(pl.col(*_AMOUNTS).sum())
    document = {
        **_about(whose),
        "party_id": parties.item() if len(parties) == 1 else None,
        "charges": [
            {"column": each.column, "name": each.name, "paid_to_party": each.paid_to_party}
            for each in (*CHARGES, NET)
        ],
    }
    return _series(document, sums.sort("settlement_period"), asked, "charges")


@router.get(_RUN + "/imbalance")
@private
async def imbalance(request: Request, settlement_date: str, run: str) -> Response:
    """Energy against contracts of one Energy Account by Settlement Period, and its price."""
    whose = await _whose(request, settlement_date, run)
    asked = read_parameters(request.query_params, {**_SERIES, "party": str, "account": str})
    party, account = asked.get("party", ""), asked.get("account", "")
    found = await ask(party_settlement.imbalance_by_period, **whose)
    own = found.filter(
        pl.col("party_id") == party, pl.col("energy_account").cast(pl.String) == account
    )
    if own.is_empty():
        raise NoSuchFiguresError
    document = {**_about(whose), "party_id": party, "energy_account": account}
    return _series(document, own, asked, f"imbalance-{account}")


@router.get(_RUN + "/units/{bm_unit}")
@private
async def unit(request: Request, settlement_date: str, run: str, bm_unit: str) -> Response:
    """One BM Unit by Settlement Period."""
    whose = await _whose(request, settlement_date, run)
    asked = read_parameters(request.query_params, _SERIES)
    found = await ask(settlement_units.unit_periods, **whose, bm_unit=bm_unit)
    return _series({**_about(whose), "bm_unit": bm_unit}, found, asked, bm_unit)


@router.get(_RUN + "/files/{name}")
@private
async def file(request: Request, settlement_date: str, run: str, name: str) -> Response:
    """The company's rows of one quantity, as CSV or Parquet."""
    whose = await _whose(request, settlement_date, run)
    read_parameters(request.query_params, {})
    quantity, _, file_format = name.rpartition(".")
    if file_format not in _MEDIA_TYPES:
        raise NoSuchFiguresError
    header = await ask(party_settlement.charges_of_day, **whose)
    content = await ask(
        settlement_files.own_file,
        actor=whose["actor"],
        organisation_id=whose["organisation_id"],
        run=run,
        quantity=quantity,
        file_format=file_format,
    )
    which = f"{header.run.run_type.value}-{header.run.run_number}"
    file_name = f"{whose['settlement_date']}-{which}-{name}"
    return sent(Answer(content, _MEDIA_TYPES[file_format], file_name))


@router.get(_RUN + "/reports/{party_id}")
@private
async def report(request: Request, settlement_date: str, run: str, party_id: str) -> Response:
    """The Settlement Report (S0141) of one of the company's Party Ids."""
    whose = await _whose(request, settlement_date, run)
    read_parameters(request.query_params, {})
    found = await ask(
        settlement_report.own_report,
        actor=whose["actor"],
        organisation_id=whose["organisation_id"],
        run=run,
        party_id=party_id[:_LONGEST_PARTY],
    )
    return sent(Answer(found.text.encode(), FLOW_FILE, found.name))


@router.get("/{rest:path}")
@private
async def nothing_here(request: Request, rest: str) -> Response:
    """To a stranger no address says more than another."""
    await _company_of(request)
    return problem(HTTPStatus.NOT_FOUND, f"There is nothing at {PREFIX}/{rest[:200]}.")


async def _company_of(request: Request) -> tuple[Actor, int]:
    actor = await caller_of(request)
    if actor.person_id is None:
        raise NotSignedInError
    if actor.organisation_id is None:
        raise NotAllowedError
    return actor, actor.organisation_id


async def _whose(request: Request, settlement_date: str, run: str) -> dict[str, Any]:
    """Whose figures of which run: who asks is looked up before anything else is looked at."""
    actor, organisation_id = await _company_of(request)
    try:
        day = settlement_date_in(settlement_date)
    except ValueError as bad:
        raise NoSuchFiguresError from bad
    if not PUBLIC_ID.fullmatch(run):
        raise NoSuchFiguresError
    return {"actor": actor, "organisation_id": organisation_id, "settlement_date": day, "run": run}


def _about(whose: dict[str, Any]) -> dict[str, str]:
    return {"settlement_date": str(whose["settlement_date"]), "run": whose["run"]}


def _series(
    document: dict[str, Any], rows: pl.DataFrame, asked: dict[str, Any], name: str
) -> Response:
    within = _within(rows, asked.get("from"), asked.get("to"))
    if asked.get("format") == "csv":
        safe = _UNSAFE.sub("-", name)
        return sent(csv_answer(within, f"{document['settlement_date']}-{safe}.csv"))
    numbers = [column for column, kind in within.schema.items() if kind.is_float()]
    columns = {column: within[column] for column in numbers}
    return sent(json_answer(document, {"": {"time": within["start_at"]}, "columns": columns}))


def _within(
    rows: pl.DataFrame, from_at: datetime | None, until_at: datetime | None
) -> pl.DataFrame:
    start = pl.col("start_at")
    wanted = [*([start >= from_at] if from_at else []), *([start < until_at] if until_at else [])]
    return rows.filter(*wanted) if wanted else rows
