"""Companies House: a company's entry and its officers, as the public API gives them.

Shapes and limits: `customer.md` 4.2. Its names are mapped here, and nowhere else.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from typing import Any, Final

import httpx

from state.domain.director_match import CompanyOnRegister, Officer
from state.services.register_checks import RegisterAnswer

SOURCE: Final = "Companies House"

_TIMEOUT: Final = httpx.Timeout(8.0, connect=3.0)
_A_PAGE: Final = 35
_MOST_PAGES: Final = 30
"""A board of more than a thousand is no board: then the register is not read to its end."""


class RegisterUnavailableError(Exception):
    """The register did not answer, or not as it should; says why."""


class CompaniesHouse:
    """A client of the register; every call asks it anew and nothing is kept."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        source: str = SOURCE,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Ask at the address, with the key as the name and no password."""
        self._source = source
        self._client = httpx.Client(
            base_url=url,
            auth=httpx.BasicAuth(key, ""),
            timeout=_TIMEOUT,
            transport=transport,
            trust_env=False,
            follow_redirects=False,
        )

    def company(self, number: str) -> RegisterAnswer:
        """The entry of a company with every officer, or that there is none.

        Raises:
            RegisterUnavailableError: The register cannot be asked now.
        """
        try:
            return self._company(number)
        except httpx.HTTPError as fault:
            raise RegisterUnavailableError(type(fault).__name__) from fault
        except (KeyError, TypeError, ValueError) as fault:
            raise RegisterUnavailableError(f"an answer of another shape: {fault}") from fault

    def _company(self, number: str) -> RegisterAnswer:
        seen = hashlib.sha256()
        profile = self._asked(f"/company/{number}", seen)
        if profile is None:
            return RegisterAnswer(None, self._source, seen.hexdigest())
        company = CompanyOnRegister(
            number=profile["company_number"],
            name=profile["company_name"],
            status=profile["company_status"],
            status_detail=profile.get("company_status_detail") or "",
            officers=tuple(self._officers(number, seen)),
        )
        return RegisterAnswer(company, self._source, seen.hexdigest())

    def _officers(self, number: str, seen: "hashlib._Hash") -> Iterator[Officer]:
        for page in range(_MOST_PAGES):
            start = page * _A_PAGE
            asked = {"items_per_page": _A_PAGE, "start_index": start}
            answer = self._asked(f"/company/{number}/officers", seen, asked)
            if answer is None:  # a company without officers has no such page
                return
            yield from (_officer(item) for item in answer["items"])
            if start + _A_PAGE >= int(answer["total_results"]):
                return
        raise RegisterUnavailableError("more officers than can be read")

    def _asked(
        self, path: str, seen: "hashlib._Hash", asked: dict[str, int] | None = None
    ) -> dict[str, Any] | None:
        answer = self._client.get(path, params=asked)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            seen.update(answer.content)
            return None
        if answer.status_code != HTTPStatus.OK:
            raise RegisterUnavailableError(f"it answered {answer.status_code}")
        seen.update(answer.content)
        read: dict[str, Any] = answer.json()
        return read


def _officer(item: dict[str, Any]) -> Officer:
    born = item.get("date_of_birth") or {}
    return Officer(
        name=item["name"],
        role=item["officer_role"],
        appointed_on=_day(item.get("appointed_on")),
        resigned_on=_day(item.get("resigned_on")),
        born_month=born.get("month"),
        born_year=born.get("year"),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
