"""A company's access on the staff's screen: people, the first of them, directors' letters."""

import reflex as rx

from state.domain.authorisation_categories import CATEGORY_A
from state.domain.change_words import what_it_is
from state.domain.dates import spoken_date, spoken_moment
from state.domain.invitations import Offer, OfferedCategory
from state.domain.permissions import Permission
from state.services import change_decisions, company_access, support
from state.services.change_views import ChangeView
from state.services.people_with_access import PersonWithAccess
from state.services.sent_invitations import HeldInvitation
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done

_LONGEST_ID = 40
_STATUS = {"draft": "Awaits a director", "revoked": "Withdrawn"}


class CompanyAccessState(rx.State):
    """The company that the address names."""

    loaded: bool = False
    name: str = ""
    public_id: str = ""
    party_ids: str = ""
    has_category_a: bool = True
    may_invite: bool = False
    people: list[dict[str, str]] = []
    invitations: list[dict[str, str]] = []
    letters: list[dict[str, str]] = []
    changes: list[dict[str, str]] = []
    may_assign: bool = False
    may_ask: bool = False
    supporters: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    _digests: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Read who has access."""
        self.problems, self.said = {}, ""
        self.public_id = str(self.router.url.query_parameters.get("id", ""))[:_LONGEST_ID]
        await _read(self)

    @rx.event
    @for_staff
    async def invite(self, form: dict):
        """Invite one of the first people."""
        kind = answer(form, "kind")
        first = kind == "category_a"
        offer = Offer(
            answer(form, "email"),
            answer(form, "name"),
            "signatory" if first else kind,
            (OfferedCategory(CATEGORY_A),) if first else (),
        )
        waits = "Another of us now asks a director of the company to confirm, and the mail goes."
        said = waits if first else "The invitation is on its way."
        return await done(
            self, _read, company_access.invite_first, said, public_id=self.public_id, offer=offer
        )

    @rx.event
    @for_staff
    async def confirm(self, form: dict):
        """Confirm the director's letter about a first Category A."""
        return await done(
            self,
            _read,
            company_access.confirm_first,
            "The letter is confirmed, and the invitation is on its way.",
            public_id=self.public_id,
            invitation=answer(form, "invitation")[:_LONGEST_ID],
            reference=answer(form, "reference"),
        )

    @rx.event
    @for_staff
    async def assign(self, form: dict):
        """Name whom the company turns to."""
        return await done(
            self,
            _read,
            support.assign_support_manager,
            "The company's support manager is named.",
            public_id=self.public_id,
            person=answer(form, "support_manager")[:_LONGEST_ID],
        )

    @rx.event
    @for_staff
    async def approve(self, form: dict):
        """Confirm the director's letter about a change that nobody else can approve."""
        change = answer(form, "change")[:_LONGEST_ID]
        return await done(
            self,
            _read,
            change_decisions.approve_for_director,
            "The change is approved by the director's letter.",
            public_id=change,
            digest=self._digests.get(change, ""),
            letter_reference=answer(form, "letter_reference"),
        )


async def _read(screen: CompanyAccessState) -> None:
    who = {"actor": await here(screen), "public_id": screen.public_id, "now": clock()}
    found = await ask(company_access.access_of_company, **who)
    screen.name, screen.party_ids = found.name, ", ".join(found.party_ids)
    screen.has_category_a, screen.may_invite = found.has_category_a, found.may_invite_first
    screen.people = [_person(one) for one in found.people]
    screen.invitations = [_invitation(one) for one in found.invitations]
    screen.letters = [
        _invitation(one)
        for one in found.invitations
        if one.awaits_me and found.may_confirm and not found.has_category_a
    ]
    screen.changes = [_change(one) for one in found.for_the_director]
    screen._digests = {one.line.public_id: one.digest for one in found.for_the_director}
    screen.may_ask = who["actor"].may(Permission.INFORMATION_ASK)
    await _read_support(screen)
    screen.loaded = True


async def _read_support(screen: CompanyAccessState) -> None:
    who = {"actor": await here(screen), "public_id": screen.public_id, "now": clock()}
    screen.may_assign = who["actor"].may(Permission.SUPPORT_MANAGER_ASSIGN)
    if not screen.may_assign:
        return
    found = await ask(support.support_choice, **who)
    screen.supporters = [
        {"public_id": public_id, "name": name, "now": "yes" if public_id == found.now else ""}
        for public_id, name in found.choices
    ]


def _person(one: PersonWithAccess) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name,
        "email": one.email,
        "is_what": one.is_what,
        "since": spoken_date(one.since),
        "until": spoken_date(one.until) if one.until else "",
        "last_seen": spoken_date(one.last_seen_at.date()) if one.last_seen_at else "Never",
        "status": "Suspended" if one.is_suspended else ("Ended" if one.has_ended else ""),
    }


def _invitation(one: HeldInvitation) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name or one.email,
        "email": one.email,
        "offered": one.offered,
        "status": _STATUS.get(one.status, one.status.capitalize()),
        "invited_by": one.invited_by,
        "at": spoken_moment(one.created_at),
    }


def _change(one: ChangeView) -> dict[str, str]:
    return {
        "public_id": one.line.public_id,
        "what": what_it_is(one.line.kind, one.line.title),
        "by": one.line.made_by,
        "at": spoken_moment(one.line.made_at),
        "differs": " · ".join(
            f"{field.label}: {field.before or 'nothing'} → {field.after or 'nothing'}"
            for field in one.fields
        ),
        "reason": one.reason,
    }
