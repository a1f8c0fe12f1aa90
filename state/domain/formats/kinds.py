"""Every format by the key that the field catalogue calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from state.domain.formats import (
    account_number,
    bic,
    calendar_date,
    company_number,
    duns,
    eic,
    email_address,
    flow_text,
    iban,
    lei,
    mpan,
    mpid,
    party_id,
    person_name,
    plain_text,
    postcode,
    roll_number,
    sort_code,
    system_name,
    telephone,
    vat_number,
    website,
)


@dataclass(frozen=True, slots=True)
class Format:
    """What may be typed, how it is kept, and how a good code is confirmed on screen."""

    problem: Callable[..., str | None]
    normal: Callable[[str], str]
    confirmation: Callable[[str], str] | None = None
    pattern: str = ""
    schema: str = ""
    speaks_of: bool = False
    shown: Callable[[str], str] | None = None

    def problem_with(self, text: str, thing: str) -> str | None:
        """What is wrong; formats of words say it of the thing that was asked for."""
        return self.problem(text, thing) if self.speaks_of else self.problem(text)


def _code(kind: object, pattern: str = "") -> Format:
    return Format(
        kind.problem,  # type: ignore[attr-defined]
        kind.normal,  # type: ignore[attr-defined]
        kind.confirmation,  # type: ignore[attr-defined]
        pattern or getattr(kind, "PATTERN", ""),
    )


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format(plain_text.problem, plain_text.normal, speaks_of=True),
    "flow_text": Format(
        flow_text.problem, flow_text.normal, pattern=flow_text.PATTERN, speaks_of=True
    ),
    "person_name": Format(person_name.problem, person_name.normal, speaks_of=True),
    "system_name": Format(system_name.problem, system_name.normal, pattern=flow_text.PATTERN),
    "email": Format(email_address.problem, email_address.normal, schema="email"),
    "website": Format(website.problem, website.normal, pattern=website.PATTERN, schema="uri"),
    "date": Format(calendar_date.problem, calendar_date.normal, schema="date", speaks_of=True),
    "roll_number": Format(roll_number.problem, roll_number.normal, pattern=roll_number.PATTERN),
    "telephone": replace(_code(telephone), shown=telephone.shown),
    "postcode": _code(postcode),
    "company_number": _code(company_number),
    "vat_number": _code(vat_number),
    "duns": _code(duns),
    "eic": _code(eic),
    "eic_asset": Format(partial(eic.problem, letter="W"), eic.normal, eic.confirmation),
    "lei": _code(lei),
    "mpan": _code(mpan),
    "party_id": _code(party_id),
    "mpid": _code(mpid),
    "sort_code": _code(sort_code),
    "account_number": _code(account_number),
    "iban": _code(iban),
    "bic": _code(bic),
}
"""Each format by its key."""
