"""Authorised signatories: the categories somebody holds, and what a company may never be without.

BSCP38: only Category A appoints and cancels; a company has at least one Category A at all times.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from state.domain.authorisation_categories import CATEGORY_A, categories_on
from state.domain.dates import spoken_date
from state.domain.permissions import NEWEST
from state.domain.refusal import Refusal


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One category from a day on, for one role of the company or (empty) for all.

    `since` empty: from the day the change takes effect.
    """

    category: str
    role_code: str = ""
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        started = self.since is None or self.since <= day
        return started and (self.until is None or day <= self.until)


def read_grants(text: str) -> tuple[Grant, ...]:
    """Grants from their text: `A`, or `F/VP/2026-12-01/2027-12-31`, separated by spaces.

    Raises:
        ValueError: The text is not of that form.
    """
    return tuple(sorted(_grant(one) for one in text.split()))


def write_grants(grants: Iterable[Grant]) -> str:
    """The text of grants, in their order: the same grants give the same text."""
    return " ".join(_text(grant) for grant in sorted(grants, key=_order))


def grants_in_words(text: str) -> str:
    """`Funds and bank details (N) from 1 December 2026, BM Units (F) for VP`."""
    names = {category.code: category.words for category in categories_on(NEWEST)}
    return ", ".join(
        " ".join(
            part
            for part in (
                names.get(grant.category, grant.category),
                f"for {grant.role_code}" if grant.role_code else "",
                f"from {spoken_date(grant.since)}" if grant.since else "",
                f"until {spoken_date(grant.until)}" if grant.until else "",
            )
            if part
        )
        for grant in read_grants(text)
    )


def grants_after(held: Iterable[Grant], letters: Iterable[str], new: Grant) -> tuple[Grant, ...]:
    """What is held once the ticked letters are: those held stay, the others are like `new`."""
    wanted = list(dict.fromkeys(letters))
    kept = [grant for grant in held if grant.category in wanted]
    there = {grant.category for grant in kept}
    begun = [
        Grant(letter, new.role_code, new.since, new.until)
        for letter in wanted
        if letter not in there
    ]
    return (*kept, *begun)


def grant_refusals(text: str, *, held_roles: Iterable[str], today: date) -> tuple[Refusal, ...]:
    """Every reason to refuse the categories as they are asked for."""
    try:
        grants = read_grants(text)
    except ValueError:
        return (Refusal("categories", "Select the categories again: a date is not a real date"),)
    known = {category.code: category for category in categories_on(today)}
    roles = set(held_roles)
    reasons = [
        reason
        for grant in grants
        for reason in (
            None if grant.category in known else f"There is no category {grant.category} now",
            None
            if not grant.role_code or grant.role_code in roles
            else f"Your company does not take part as {grant.role_code}",
            None
            if not (grant.since and grant.until) or grant.since <= grant.until
            else f"Category {grant.category}: the last day must be on or after the first",
        )
        if reason
    ]
    return tuple(Refusal("categories", reason) for reason in reasons)


def last_category_a_refusal(
    company: str, held_by_others: Iterable[Grant], held_after: Iterable[Grant], day: date
) -> tuple[Refusal, ...]:
    """A reason to refuse where nobody would hold Category A, for every role, on some day on.

    Only what has no end counts as remaining: a company may not run out of Category A by itself.
    """
    lasting = [
        grant
        for grant in (*held_by_others, *held_after)
        if grant.category == CATEGORY_A
        and not grant.role_code
        and grant.until is None
        and (grant.since is None or grant.since <= day)
    ]
    if lasting:
        return ()
    return (
        Refusal(
            "categories",
            f"{company} must always have a Category A signatory. Choose a replacement first",
        ),
    )


def _order(grant: Grant) -> tuple[str, str, date]:
    return grant.category, grant.role_code, grant.since or date.min


def _text(grant: Grant) -> str:
    days = ("" if day is None else day.isoformat() for day in (grant.since, grant.until))
    return "/".join((grant.category, grant.role_code, *days)).rstrip("/")


def _grant(text: str) -> Grant:
    category, role_code, since, until, *more = [*text.split("/"), "", "", ""]
    if any(more):
        raise ValueError(text)
    return Grant(
        category,
        role_code,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
    )
