"""People and access on screen: who has it, who is invited, whose has ended."""

from collections.abc import Callable
from datetime import date

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.services import access, people_with_access, sent_invitations
from state.services.access import AccessRefusedError
from state.services.people_with_access import PersonWithAccess
from state.services.sent_invitations import HeldInvitation, InvitationRefusedError
from state.ui.access import for_people
from state.ui.forms import answer, date_answer, problems_of, ticked
from state.ui.session import ask, clock, company_here

_TABS = {"active": "Active", "invited": "Invited", "ended": "Ended"}
_TONES = {
    "draft": "warn",
    "sent": "info",
    "opened": "info",
    "expired": "plain",
    "revoked": "plain",
    "bounced": "bad",
}
_STATUS = {"draft": "Awaits a second Category A", "revoked": "Withdrawn"}


class PeopleState(rx.State):
    """The company's people; the address says which of them."""

    loaded: bool = False
    tab: str = "active"
    choices: list[dict[str, str]] = []
    people: list[dict[str, str]] = []
    invitations: list[dict[str, str]] = []
    may_grant: bool = False
    may_name_signatories: bool = False
    overdue: int = 0
    ending: dict[str, str] = {}
    problems: dict[str, str] = {}
    said: str = ""
    done: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read who they are; what another page has to say is said here."""
        self.problems, self.ending = {}, {}
        self.done, self.said = self.said, ""
        await _read(self)

    @rx.event
    @for_people
    async def confirm(self, form: dict):
        """The people who are ticked still need access."""
        actor, organisation_id = await company_here(self)
        try:
            confirmed = await ask(
                access.confirm_people,
                actor=actor,
                organisation_id=organisation_id,
                public_ids=ticked(form, "people"),
                now=clock(),
            )
        except AccessRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await _did(self, f"You confirmed {confirmed} {'person' if confirmed == 1 else 'people'}.")
        return None

    @rx.event
    @for_people
    async def begin_to_end(self, public_id: str):
        """Ask from when the access ends."""
        found = [one for one in self.people if one["public_id"] == public_id]
        self.ending, self.problems, self.done = (found[0] if found else {}), {}, ""
        return rx.set_focus("ending")

    @rx.event
    @for_people
    async def keep(self):
        """End nobody's access after all."""
        self.ending, self.problems = {}, {}

    @rx.event
    @for_people
    async def end(self, form: dict):
        """End it from the day that was given."""
        actor, organisation_id = await company_here(self)
        name = self.ending.get("name", "")
        try:
            await ask(
                access.end_access,
                actor=actor,
                organisation_id=organisation_id,
                public_id=self.ending.get("public_id", ""),
                on=_day(form),
                now=clock(),
            )
        except AccessRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await _did(self, f"The access of {name} ends as you said.")
        return None

    @rx.event
    @for_people
    async def change_kind(self, public_id: str, kind: str):
        """Make a viewer an assistant, or the other way round."""
        actor, organisation_id = await company_here(self)
        try:
            await ask(
                access.change_kind,
                actor=actor,
                organisation_id=organisation_id,
                public_id=str(public_id)[:40],
                kind=str(kind)[:20],
                now=clock(),
            )
        except AccessRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await _did(self, "Their access is changed.")
        return None

    @rx.event
    @for_people
    async def resend(self, public_id: str):
        """Mail a new link."""
        return await _about(self, public_id, sent_invitations.resend, "A new link is on its way.")

    @rx.event
    @for_people
    async def revoke(self, public_id: str):
        """Withdraw an invitation."""
        return await _about(self, public_id, sent_invitations.revoke, "It is withdrawn.")

    @rx.event
    @for_people
    async def approve(self, public_id: str):
        """Send what another Category A prepared."""
        return await _about(
            self, public_id, sent_invitations.approve_invitation, "It is approved and sent."
        )


async def _about(
    screen: PeopleState, public_id: str, service: Callable[..., HeldInvitation], said: str
) -> object:
    actor, organisation_id = await company_here(screen)
    try:
        await ask(
            service,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(public_id)[:40],
            now=clock(),
        )
    except InvitationRefusedError as refused:
        await _read(screen)
        screen.problems = problems_of(refused)
        return rx.set_focus("error-summary")
    await _did(screen, said)
    return None


async def _did(screen: PeopleState, said: str) -> None:
    screen.problems, screen.ending, screen.done = {}, {}, said
    await _read(screen)


async def _read(screen: PeopleState) -> None:
    actor, organisation_id = await company_here(screen)
    where = {"actor": actor, "organisation_id": organisation_id, "now": clock()}
    people = await ask(people_with_access.people_of, **where)
    invitations = await ask(sent_invitations.invitations_of, **where)
    asked = str(screen.router.url.query_parameters.get("show", ""))
    screen.tab = asked if asked in _TABS else "active"
    active = [one for one in people if not one.has_ended]
    counts = {
        "active": len(active),
        "invited": len(invitations),
        "ended": len(people) - len(active),
    }
    screen.choices = [
        {
            "text": f"{words} ({counts[tab]})",
            "href": f"/account/people?show={tab}",
            "current": "page" if tab == screen.tab else "false",
        }
        for tab, words in _TABS.items()
    ]
    screen.people = [_person(one) for one in people if one.has_ended == (screen.tab == "ended")]
    screen.invitations = [_invitation(one) for one in invitations]
    screen.may_grant = actor.may(Permission.ACCESS_GRANT, organisation_id)
    screen.may_name_signatories = actor.may(Permission.SIGNATORY_PREPARE, organisation_id)
    screen.overdue = sum(one.is_overdue for one in people)
    screen.loaded = True


def _day(form: dict) -> date | None:
    return date_answer(form, "on") if answer(form, "when") == "later" else clock().date()


def _person(one: PersonWithAccess) -> dict[str, str]:
    other = {"viewer": "assistant", "assistant": "viewer"}.get(one.kind, "")
    return {
        "public_id": one.public_id,
        "name": one.name,
        "email": one.email,
        "me": "You" if one.is_me else "",
        "is_what": one.is_what,
        "other_kind": other,
        "signs": "" if other else "yes",
        "since": spoken_date(one.since),
        "until": spoken_date(one.until) if one.until else "",
        "last_seen": spoken_date(one.last_seen_at.date()) if one.last_seen_at else "Never",
        "second_factor": "Used" if one.has_second_factor else "Not seen",
        "confirmed": spoken_date(one.confirmed_on) if one.confirmed_on else "Never",
        "overdue": "Overdue" if one.is_overdue else "",
    }


def _invitation(one: HeldInvitation) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "name": one.name or one.email,
        "email": one.email if one.name else "",
        "offered": one.offered,
        "status": _STATUS.get(one.status, one.status.capitalize()),
        "tone": _TONES.get(one.status, "plain"),
        "invited_by": one.invited_by,
        "invited": spoken_date(one.created_at.date()),
        "expires": spoken_date(one.expires_at.date()) if one.status in {"sent", "opened"} else "–",
        "awaits_me": "yes" if one.awaits_me else "",
        "resend": "yes" if one.can_be_sent_again else "",
        "revoke": "yes" if one.can_be_revoked else "",
    }
