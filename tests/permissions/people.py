"""Everybody whom the permission matrix knows, and what it says of each: read from the table itself.

The table is read here anew, by other means than the product reads it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, INVENTED_OPERATOR, THE_CLOCK, Actor
from state.domain.actor import Authorisation as Held
from state.domain.permissions import Capacity, StaffRole
from tests.market import TinyMarket

DOMAIN = Path(__file__).parents[2] / "state/domain"
_LINES = (DOMAIN / "permission_matrix.csv").read_text().splitlines()
TABLE = {row["activity"]: row for row in csv.DictReader(_LINES)}
LETTERS = sorted(
    {cell.rstrip("!") for row in TABLE.values() for cell in row["categories"].split()} - {"A"}
)
SCOPES = {
    row["scope"]: frozenset(row["permissions"])
    for row in yaml.safe_load((DOMAIN / "api_scopes.yaml").read_text())
}
NO_PERSON = {"console": CONSOLE_OPERATOR, "clock": THE_CLOCK, "invented": INVENTED_OPERATOR}
OF_OPERATOR = "data:publish"
"""The scope of programs that act for no company."""

OF_A_COMPANY = ("viewer", "signatory", "assistant", "category_a", "individual")


OF_ONES_OWN = {"insights.read", "content.read", "session.own", "customer.view_as"}
"""What staff who look at a company's pages still do as themselves; all else is a viewer's."""


@dataclass(frozen=True)
class Kind:
    """A kind of person: the columns that count for it, and how one of it acts."""

    name: str
    actor: Actor
    columns: tuple[str, ...]
    letter: str = ""
    only: frozenset[str] = field(default=frozenset(TABLE))
    while_looking: tuple[str, ...] = ()

    def right(self, activity: str) -> str:
        """`""`, `yes` or `again`, as the table says."""
        row = TABLE[activity]
        if activity not in self.only:
            return ""
        columns = self.while_looking if activity in OF_ONES_OWN else self.columns
        cells = {row[column] for column in columns or self.columns}
        letters = row["categories"].split()
        cells |= {"yes"} if self.letter and self.letter in letters else set()
        cells |= {"again"} if self.letter and f"{self.letter}!" in letters else set()
        return "yes" if "yes" in cells else "again" if "again" in cells else ""

    def may(self, *activities: str) -> bool:
        """Whether they may do one of these."""
        return any(self.right(activity) for activity in activities)


def kinds(market: TinyMarket | None = None) -> dict[str, Kind]:
    """All of them, by name; in a market they act for ALPHA and are people of it."""
    found = [Kind("anyone", ANYONE, ("anyone",))]
    found += [Kind(name, actor, ("anyone", name)) for name, actor in NO_PERSON.items()]
    signed_in = Actor("person", "Sam", person_id=_person(market), session_id="s", fresh=True)
    found.append(Kind("signed_in", signed_in, ("anyone", "signed_in")))
    found += list(_of_company(signed_in, market))
    found += [
        Kind(role, replace(signed_in, staff_roles=frozenset({role})), (*_PERSON, role))
        for role in StaffRole
    ]
    publisher = replace(
        signed_in,
        kind="program",
        program="kin_c",
        program_scopes=frozenset({OF_OPERATOR}),
        staff_roles=frozenset({StaffRole.INSIGHTS_PUBLISHER}),
        fresh=False,
    )
    columns = (*_PERSON, "insights_publisher")
    found.append(Kind(f"program {OF_OPERATOR}", publisher, columns, only=SCOPES[OF_OPERATOR]))
    looks = replace(
        signed_in,
        organisation_id=market.organisations["ALPHA"] if market else 1,
        capacity=Capacity.VIEWER,
        staff_roles=frozenset({StaffRole.MARKET_ENTRY}),
        looking_only=True,
    )
    as_themselves = (*_PERSON, "market_entry")
    found.append(Kind("staff who look", looks, ("viewer",), while_looking=as_themselves))
    return {kind.name: kind for kind in found}


_PERSON = ("anyone", "signed_in")


def _of_company(signed_in: Actor, market: TinyMarket | None) -> Iterator[Kind]:
    own = market.organisations["ALPHA"] if market else 1
    for name in OF_A_COMPANY:
        held = frozenset({Held("A")}) if name == "category_a" else frozenset()
        acting = replace(
            signed_in, organisation_id=own, capacity=Capacity(name), authorisations=held
        )
        yield Kind(name, acting, (*_PERSON, name))
    for letter in LETTERS:
        signs = replace(
            signed_in,
            organisation_id=own,
            capacity=Capacity.SIGNATORY,
            authorisations=frozenset({Held(letter)}),
        )
        yield Kind(f"signatory {letter}", signs, (*_PERSON, "signatory"), letter=letter)
    for scope, activities in SCOPES.items():
        if scope == OF_OPERATOR:
            continue
        program = replace(
            signed_in,
            kind="program",
            program="kin_c",
            program_scopes=frozenset({scope}),
            organisation_id=own,
            capacity=Capacity.CATEGORY_A,
            authorisations=frozenset({Held("A")}),
            fresh=False,
        )
        yield Kind(f"program {scope}", program, (*_PERSON, "category_a"), only=activities)


def _person(market: TinyMarket | None) -> int:
    return market.people["ann"] if market else 1
