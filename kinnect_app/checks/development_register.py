"""A register of made-up companies, for development alone: it answers as Companies House does."""

import re
from http import HTTPStatus
from typing import Any, Final

import httpx

from kinnect_app.checks.companies_house import CompaniesHouse

SOURCE: Final = "Development register (made up)"

_GONE: Final = {"errors": [{"error": "company-profile-not-found", "type": "ch:service"}]}


def development_register() -> CompaniesHouse:
    """The same client as for the real one, which reaches no network."""
    transport = httpx.MockTransport(_answer)
    return CompaniesHouse("http://register.invalid", "", source=SOURCE, transport=transport)


def _answer(request: httpx.Request) -> httpx.Response:
    parts = re.fullmatch(r"/company/([A-Z0-9]+)(/officers)?", request.url.path)
    held = _REGISTER.get(parts[1]) if parts else None
    if parts is None or held is None:
        return httpx.Response(HTTPStatus.NOT_FOUND, json=_GONE)
    if parts[2]:
        officers = held["officers"]
        return httpx.Response(
            HTTPStatus.OK, json={"items": officers, "total_results": len(officers)}
        )
    return httpx.Response(HTTPStatus.OK, json=held["profile"] | {"company_number": parts[1]})


def _held(name: str, status: str, *officers: dict[str, Any], detail: str = "") -> dict[str, Any]:
    profile = {"company_name": name, "company_status": status, "company_status_detail": detail}
    return {"profile": profile, "officers": list(officers)}


def _director(
    name: str, born: tuple[int, int], *, role: str = "director", resigned_on: str = ""
) -> dict[str, Any]:
    served = {"resigned_on": resigned_on} if resigned_on else {}
    return {
        "name": name,
        "officer_role": role,
        "appointed_on": "2015-04-01",
        "date_of_birth": {"month": born[0], "year": born[1]},
        **served,
    }


_REGISTER: Final[dict[str, dict[str, Any]]] = {
    "90000102": _held(
        "LANTERN LANE SUPPLY LTD",
        "active",
        _director("OKONJO, Ngozi Adaeze", (4, 1975)),
        _director("RAVENSCAR, Piers", (2, 1960), resigned_on="2024-05-01"),
    ),
    "90000103": _held("COPPERKETTLE POWER LTD", "active", _director("THISTLEWOOD, Una", (9, 1968))),
    "90000104": _held(
        "MOORHEN HOME ENERGY LTD",
        "active",
        _director("ESKDALE, Morag", (7, 1971)),
        detail="active-proposal-to-strike-off",
    ),
    "90000105": _held(
        "DAYBREAK STREET ELECTRIC LTD", "liquidation", _director("FARROWBY, Idris", (11, 1959))
    ),
    "OC400001": _held(
        "CALDER GENERATION LLP",
        "active",
        _director("PENHALLOW, Loveday", (1, 1980), role="llp-designated-member"),
    ),
}
"""By company number: companies of the demo market with directors whom nobody has."""
