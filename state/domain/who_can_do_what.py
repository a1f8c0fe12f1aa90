"""The table of permissions in words, for everybody to read: made from the table that is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from state.domain.authorisation_categories import AuthorisationCategory, categories_on
from state.domain.permissions import Activity, Capacity, Permission, Right, StaffRole, activities_on


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of person: the name over its column, and what it is."""

    key: str
    name: str
    meaning: str


COMPANY_KINDS: Final = (
    Kind(Capacity.VIEWER, "Viewer", "Reads the company's pages and changes nothing."),
    Kind(
        Capacity.ASSISTANT,
        "Assistant",
        "Prepares changes for the company. A signatory approves them.",
    ),
    Kind(
        Capacity.CATEGORY_A,
        "Category A",
        "A signatory who may sign for everything, and gives colleagues their access. A director "
        "appoints the first. Every company always has at least one.",
    ),
    Kind(
        Capacity.SIGNATORY,
        "Other categories",
        "Signatories who may sign for the matters of the categories they hold.",
    ),
    Kind(
        Capacity.INDIVIDUAL,
        "Private individual",
        "A person who takes part in their own name, without a company.",
    ),
)
"""The kinds of people who act for a company or for themselves."""

STAFF_KINDS: Final = (
    Kind(StaffRole.MARKET_ENTRY, "Market entry", "Answers newcomers and lets them in."),
    Kind(
        StaffRole.PARTICIPANT_MANAGEMENT,
        "Participant management",
        "Looks after companies while they take part, and when they leave.",
    ),
    Kind(
        StaffRole.SETTLEMENT_OPERATIONS,
        "Settlement operations",
        "Runs settlement, and puts verified bank accounts to use.",
    ),
    Kind(StaffRole.INSIGHTS_PUBLISHER, "Insights publisher", "Takes in and publishes market data."),
    Kind(
        StaffRole.ADMINISTRATOR,
        "Administrator",
        "Gives staff their roles and keeps the platform's settings, with a second administrator.",
    ),
    Kind(StaffRole.AUDITOR, "Auditor", "Reads what matters and changes nothing."),
)
"""The roles of the operator's staff."""

_EVERYBODY: Final = (("anyone", "Anyone, signed in or not"), ("signed_in", "Whoever is signed in"))
_GROUPS: Final = {
    "insights": "Market data",
    "alert": "Market data",
    "query": "Market data",
    "session": "Signing in",
    "invitation": "Invitations",
    "eoi": "Expressions of interest",
    "org": "Company details",
    "contact": "Contacts",
    "address": "Addresses",
    "signatory": "Signatories",
    "access": "Colleagues' access",
    "bank": "Bank accounts",
    "charges": "Fees and charges",
    "asset": "Assets",
    "information": "Requests for information",
    "exit": "Leaving the market",
    "settlement": "Settlement",
    "audit": "Audit trail",
    "data": "Data in and out",
    "api_client": "Programs and webhooks",
    "webhook": "Programs and webhooks",
    "publisher": "Data in and out",
    "people": "People",
    "customer": "Companies' pages",
    "reference": "Fees, limits and categories",
    "content": "Help and what comes next",
    "feedback": "Feedback",
    "user_group": "User group",
    "support_manager": "Operational support",
    "staff_role": "Staff roles",
    "market": "Demo market",
    "installation": "The installation",
    "outbox": "What waits to be sent",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in words, and whether each kind of person may do it."""

    permission: Permission
    group: str
    words: str
    rights: Mapping[str, Right]
    categories: str = ""
    categories_again: bool = False


@dataclass(frozen=True, slots=True)
class WhoCanDoWhat:
    """The table in force on a day. Every activity stands in at least one of its parts."""

    on: date
    everybody: tuple[Line, ...]
    company: tuple[Line, ...]
    staff: tuple[Line, ...]
    machine: tuple[Line, ...]
    categories: tuple[AuthorisationCategory, ...]


def who_can_do_what(day: date) -> WhoCanDoWhat:
    """The table of a day."""
    lines = [_line(activity, day) for activity in activities_on(day).values()]
    everybody = tuple(_held_by(lines, (key for key, _ in _EVERYBODY)))
    company = tuple(_held_by(lines, (kind.key for kind in COMPANY_KINDS)))
    staff = tuple(_held_by(lines, (kind.key for kind in STAFF_KINDS)))
    told = {line.permission for line in (*everybody, *company, *staff)}
    return WhoCanDoWhat(
        on=day,
        everybody=everybody,
        company=company,
        staff=staff,
        machine=tuple(line for line in lines if line.permission not in told),
        categories=categories_on(day),
    )


def line_of(permission: Permission, day: date) -> Line:
    """One activity, as the table of a day has it."""
    return _line(activities_on(day)[permission], day)


def everybody_words(line: Line) -> str:
    """Who `everybody` is for a line that is open to all."""
    return next(words for key, words in _EVERYBODY if line.rights[key] is not Right.NO)


def group_of(permission: Permission) -> str:
    """The heading over an activity: by the first part of its key."""
    first = permission.value.split(".", maxsplit=1)[0]
    return _GROUPS.get(first, first.replace("_", " ").capitalize())


def _line(activity: Activity, day: date) -> Line:
    held = [each for each in categories_on(day) if each.code in activity.categories]
    rights = {*activity.categories.values(), activity.right_of(Capacity.SIGNATORY)}
    best = next((right for right in (Right.YES, Right.AGAIN) if right in rights), Right.NO)
    return Line(
        permission=activity.permission,
        group=group_of(activity.permission),
        words=activity.words,
        rights={**activity.rights, Capacity.SIGNATORY: best},
        categories=", ".join(category.words for category in held),
        categories_again=best is Right.AGAIN,
    )


def _held_by(lines: Iterable[Line], kinds: Iterable[str]) -> Iterator[Line]:
    wanted = tuple(kinds)
    for line in lines:
        if any(line.rights.get(kind, Right.NO) is not Right.NO for kind in wanted):
            yield line
