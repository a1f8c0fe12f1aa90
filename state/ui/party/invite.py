"""Inviting a colleague on screen."""

import re
from datetime import date
from typing import Final

import reflex as rx

from state.domain.authorisation_categories import categories_on
from state.domain.invitations import InvitationStatus, Offer, OfferedCategory
from state.domain.permissions import Permission
from state.services import account, contact_as_person, invitations
from state.services.sent_invitations import InvitationRefusedError
from state.ui.access import for_people
from state.ui.drafts import draft_here, filled, forget_draft_here, kept_words
from state.ui.forms import answer, date_answer, problems_of, ticked
from state.ui.party.people import PeopleState
from state.ui.session import ask, clock, company_here

FORM: Final = "invite"
"""Under what the form is kept while it is typed."""

_WHOLE_COMPANY: Final = "all"
_BOXES: Final = ("name", "email", "kind", "role", "until_day", "until_month", "until_year")


class InviteState(rx.State):
    """One invitation, or many at once."""

    loaded: bool = False
    may_grant: bool = False
    kind: str = ""
    categories: list[dict[str, str]] = []
    roles: list[dict[str, str]] = []
    values: dict[str, str] = {}
    kept: str = ""
    problems: dict[str, str] = {}
    lines: list[dict[str, str]] = []
    version: int = 0

    @rx.event
    @for_people
    async def load(self):
        """Begin with an empty form, with a contact that the address names, or with a draft."""
        actor, organisation_id = await company_here(self)
        self.problems, self.lines = {}, []
        self.may_grant = actor.may(Permission.ACCESS_GRANT, organisation_id)
        self.categories = [
            {"code": one.code, "words": one.words} for one in categories_on(clock().date())
        ]
        found = await ask(
            account.company_account, actor=actor, organisation_id=organisation_id, now=clock()
        )
        named = {role.code: role.name for role in found.roles}
        self.roles = [{"code": _WHOLE_COMPANY, "name": "All of the company's roles"}] + [
            {"code": code, "name": name} for code, name in named.items()
        ]
        await _begin(self)
        self.loaded = True

    @rx.event
    @for_people
    async def start_again(self):
        """Throw away what was kept of the form."""
        await forget_draft_here(self, FORM)
        self.problems = {}
        await _begin(self)

    @rx.event
    @for_people
    async def choose_kind(self, kind: str):
        """Categories are asked of a signatory alone."""
        self.kind = str(kind)[:20]

    @rx.event
    @for_people
    async def send(self, form: dict):
        """Invite them, or say all that is wrong."""
        actor, organisation_id = await company_here(self)
        try:
            held = await ask(
                invitations.invite,
                actor=actor,
                organisation_id=organisation_id,
                offer=_offer(form),
                now=clock(),
            )
        except InvitationRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await forget_draft_here(self, FORM)
        screen = await self.get_state(PeopleState)
        waits = held.status is InvitationStatus.DRAFT
        screen.said = (
            f"{held.name} will be invited as soon as a second Category A signatory approves it."
            if waits
            else f"{held.name} is invited: a link is on its way to {held.email}."
        )
        return rx.redirect("/account/people?show=invited")

    @rx.event
    @for_people
    async def send_many(self, form: dict):
        """Invite each of them, and say of each what became of it."""
        actor, organisation_id = await company_here(self)
        addresses = re.split(r"[\s,;]+", answer(form, "addresses"))
        try:
            lines = await ask(
                invitations.invite_many,
                actor=actor,
                organisation_id=organisation_id,
                addresses=[address for address in addresses if address],
                offer=Offer("", "", answer(form, "batch_kind")),
                now=clock(),
            )
        except InvitationRefusedError as refused:
            found = problems_of(refused)
            self.problems = {
                {"kind": "batch_kind"}.get(field, field): why for field, why in found.items()
            }
            return rx.set_focus("error-summary")
        self.problems = {}
        self.lines = [
            {
                "email": line.email,
                "words": line.reason or "Invited",
                "tone": "bad" if line.reason else "good",
            }
            for line in lines
        ]
        return None


async def _begin(screen: InviteState) -> None:
    """What was typed and not sent, as when one had to sign in again first, stands there again."""
    typed = await draft_here(screen, FORM)
    given = dict.fromkeys(_BOXES, "") | {"role": _WHOLE_COMPANY}
    named = str(screen.router.url.query_parameters.get("contact", ""))[:40]
    if named and screen.may_grant and typed is None:
        actor, organisation_id = await company_here(screen)
        found = await ask(
            contact_as_person.person_behind_contact,
            actor=actor,
            organisation_id=organisation_id,
            public_id=named,
        )
        given |= {"name": found.name, "email": found.email, "kind": "signatory"}
    screen.values = filled(given, typed)
    letters = ticked(typed.fields, "categories") if typed else ()
    screen.categories = [
        one | {"ticked": "yes" if one["code"] in letters else ""} for one in screen.categories
    ]
    screen.kind, screen.kept = screen.values["kind"], kept_words(typed)
    screen.version += 1


def _offer(form: dict) -> Offer:
    kind = answer(form, "kind")
    role = answer(form, "role")
    role_code = None if role in {"", _WHOLE_COMPANY} else role[:8]
    letters = ticked(form, "categories") if kind == "signatory" else ()
    return Offer(
        email=answer(form, "email"),
        name=answer(form, "name"),
        kind=kind,
        categories=tuple(OfferedCategory(letter, role_code) for letter in letters),
        until=_until(form),
    )


def _until(form: dict) -> date | None:
    """The last day; a day that is none is one long past, so that the service refuses it."""
    typed = any(answer(form, f"until_{part}") for part in ("day", "month", "year"))
    return date_answer(form, "until") or (date.min if typed else None)
