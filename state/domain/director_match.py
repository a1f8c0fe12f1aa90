"""Whether who signed as a director is one, by a company's entry in a register (`customer.md` 4.2).

Pure: the entry is given, and so is the day. The thresholds are dated numbers of the operator.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from state.domain.rules import number_on


class Finding(StrEnum):
    """What a check comes to; `MANUAL` is for people to decide."""

    PASSED = "passed"
    MANUAL = "manual"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as the register has them: `SURNAME, Forename Middle`; birth by month and year."""

    name: str
    role: str
    appointed_on: date | None = None
    resigned_on: date | None = None
    born_month: int | None = None
    born_year: int | None = None


@dataclass(frozen=True, slots=True)
class CompanyOnRegister:
    """A company's entry: its status in the register's words, and every officer it has had."""

    number: str
    name: str
    status: str
    status_detail: str = ""
    officers: tuple[Officer, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimedDirector:
    """Who says that they are a director: their name as signed, and when they were born."""

    name: str
    born_month: int | None = None
    born_year: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, why (a code of `WORDS`), and how alike the names are, in percent."""

    finding: Finding
    code: str
    score_percent: int = 0


WORDS: Final = {
    "director_current": "The register has a serving director of that name and month of birth",
    "company_not_found": "The register has no company of that number",
    "company_closed": "The register says that the company is closed",
    "company_insolvent": "The register says that the company is in an insolvency procedure",
    "striking_off": "The register says that the company may be struck off",
    "director_resigned": "The register says that this director does not serve now",
    "birth_differs": "The register has another month of birth for that name",
    "birth_unknown": "The month of birth could not be compared",
    "name_close": "The register has a name that is close, but not the same",
    "no_such_director": "The register has no such director",
    "not_in_register": "The company is not in a register that we can ask",
    "unavailable": "The register did not answer",
}
"""Each code in words for staff: what the register holds of others is never shown."""

_OPEN: Final = frozenset({"active", "open", "registered"})
_CLOSED: Final = frozenset({"dissolved", "closed", "removed", "converted-closed"})
_DIRECTORS: Final = frozenset(
    {
        "director",
        "llp-designated-member",
        "llp-member",
        "member-of-a-management-organ",
        "member-of-an-administrative-organ",
        "managing-officer",
        "general-partner-in-a-limited-partnership",
    }
)
"""Officers who can stand for the company, and are people."""

_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor"}
)
_ORDER: Final = (Finding.FAILED, Finding.MANUAL, Finding.PASSED)
_SAME_PERCENT: Final = 100


def verdict(company: CompanyOnRegister | None, claimed: ClaimedDirector, *, today: date) -> Verdict:
    """What the entry says of who signed; with no entry the company is not in the register."""
    if company is None:
        return Verdict(Finding.FAILED, "company_not_found")
    if company.status in _CLOSED:
        return Verdict(Finding.FAILED, "company_closed")
    if company.status not in _OPEN:
        return Verdict(Finding.MANUAL, "company_insolvent")
    directors = [one for one in company.officers if one.role in _DIRECTORS]
    found = max(
        (_of_officer(one, claimed, today) for one in directors),
        key=_rank,
        default=Verdict(Finding.FAILED, "no_such_director"),
    )
    if found.finding is Finding.PASSED and company.status_detail:
        return Verdict(Finding.MANUAL, "striking_off", found.score_percent)
    return found


def _rank(one: Verdict) -> tuple[int, bool, int]:
    """The best of several officers: what passed, then what says most."""
    return _ORDER.index(one.finding), one.code != "no_such_director", one.score_percent


def name_likeness(claimed: str, registered: str, *, today: date) -> tuple[int, int]:
    """How alike surnames and first forenames are, in percent: of `Ada Lund` and `LUND, Ada Eva`.

    Titles and accents do not count; where one has only an initial, the same letter is as alike as
    it must be at least. The surname may be of several words.
    """
    surname, _, forenames = registered.partition(",")
    its_surname, its_forename = " ".join(_tokens(surname)), next(_tokens(forenames), "")
    typed = list(_tokens(claimed))
    splits = [(" ".join(typed[at:]), typed[0]) for at in range(1, len(typed))]
    return max(
        (
            (_alike(its_surname, last), _forenames_alike(its_forename, first, today))
            for last, first in splits
        ),
        key=sum,
        default=(0, 0),
    )


def _of_officer(officer: Officer, claimed: ClaimedDirector, today: date) -> Verdict:
    surname, forename = name_likeness(claimed.name, officer.name, today=today)
    score = (surname + forename) // 2
    if score < number_on("director_score_manual_percent", today):
        return Verdict(Finding.FAILED, "no_such_director", score)
    is_same_name = (
        surname >= number_on("director_surname_least_percent", today)
        and forename >= number_on("director_forename_least_percent", today)
        and score >= number_on("director_score_passes_percent", today)
    )
    born = _births_agree(officer, claimed)
    if born is False:
        return Verdict(Finding.FAILED, "birth_differs", score)
    if _serves_not(officer, today):
        return Verdict(Finding.FAILED, "director_resigned", score)
    if not is_same_name:
        return Verdict(Finding.MANUAL, "name_close", score)
    if born is None:
        return Verdict(Finding.MANUAL, "birth_unknown", score)
    return Verdict(Finding.PASSED, "director_current", score)


def _births_agree(officer: Officer, claimed: ClaimedDirector) -> bool | None:
    its, typed = (officer.born_month, officer.born_year), (claimed.born_month, claimed.born_year)
    return None if None in {*its, *typed} else its == typed


def _serves_not(officer: Officer, today: date) -> bool:
    has_resigned = officer.resigned_on is not None and officer.resigned_on <= today
    return has_resigned or (officer.appointed_on is not None and officer.appointed_on > today)


def _tokens(name: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    for token in re.split(r"[^\w]+", kept.replace("'", "").replace("’", "")):
        if token and token not in _TITLES:
            yield token


def _forenames_alike(one: str, other: str, today: date) -> int:
    if one and other and one[0] == other[0] and 1 in {len(one), len(other)}:
        return number_on("director_forename_least_percent", today)
    return _alike(one, other)


def _alike(one: str, other: str) -> int:
    """Percent, rounded down; the measure depends on which comes first, so both are tried."""
    if not one or not other:
        return 0
    both = ((one, other), (other, one))
    return int(_SAME_PERCENT * max(SequenceMatcher(None, *pair).ratio() for pair in both))
