"""Programs and webhooks of the company on screen. No secret ever comes this way."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.permissions import Permission
from state.domain.refusal import RefusedError
from state.services import api_clients, webhooks
from state.services.api_clients import Program
from state.services.webhooks import Delivery, Webhook
from state.ui.access import for_people
from state.ui.forms import answer, problems_of, ticked
from state.ui.session import ask, clock, company_here

_ENDS: Final[Mapping[str, tuple[Callable[..., object], str]]] = {
    "program": (api_clients.end_program, "The program has no access any more."),
    "webhook": (webhooks.end_webhook, "The webhook has ended."),
}


class ProgramsState(rx.State):
    """The company's programs and webhooks, and the two forms that add one."""

    loaded: bool = False
    may_view: bool = False
    may_manage: bool = False
    programs: list[dict[str, str]] = []
    webhooks: list[dict[str, str]] = []
    deliveries: list[dict[str, str]] = []
    adding: str = ""
    ending: dict[str, str] = {}
    problems: dict[str, str] = {}
    done: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read what there is."""
        self.problems, self.done, self.adding, self.ending = {}, "", "", {}
        await _read(self)

    @rx.event
    @for_people
    async def begin(self, what: str):
        """Open a form, or with anything else close it, and the question too."""
        self.problems, self.done, self.ending = {}, "", {}
        self.adding = what if what in {"program", "webhook"} else ""
        return rx.set_focus("adding") if self.adding else None

    @rx.event
    @for_people
    async def add_program(self, form: dict):
        """Give a program access; its secret is taken with a button of its row."""
        said = {
            "name": answer(form, "name"),
            "scopes": ticked(form, "scopes"),
            "allowed_addresses": answer(form, "networks"),
        }
        done = f"{said['name']} has access. Make its secret now: it is shown once."
        return await _do(self, done, api_clients.create_program, **said)

    @rx.event
    @for_people
    async def begin_to_end(self, what: str, public_id: str):
        """Ask once more before a program or a webhook ends."""
        rows = {"program": self.programs, "webhook": self.webhooks}.get(str(what), [])
        found = [one for one in rows if one["public_id"] == public_id]
        self.problems, self.done, self.adding = {}, "", ""
        self.ending = {"what": str(what), **found[0]} if found else {}
        return rx.set_focus("ending")

    @rx.event
    @for_people
    async def end(self):
        """End what was asked about, from now."""
        service, done = _ENDS.get(self.ending.get("what", ""), _ENDS["program"])
        return await _do(self, done, service, public_id=self.ending.get("public_id", ""))

    @rx.event
    @for_people
    async def add_webhook(self, form: dict):
        """Tell an address of events from now on."""
        said = {
            "url": answer(form, "url"),
            "events": ticked(form, "events"),
            "datasets": answer(form, "datasets").replace(",", " ").split(),
        }
        return await _do(self, "The webhook is added.", webhooks.add_webhook, **said)

    @rx.event
    @for_people
    async def ping(self, public_id: str):
        """Send a test."""
        return await _do(
            self, "A test is on its way.", webhooks.ping_webhook, public_id=str(public_id)[:40]
        )

    @rx.event
    @for_people
    async def replay(self, public_id: str):
        """Send an event once more."""
        return await _do(
            self, "It is sent once more.", webhooks.replay_delivery, public_id=str(public_id)[:40]
        )

    @rx.event
    @for_people
    async def look_again(self):
        """See how sending goes."""
        await _read(self)


async def _do(
    screen: ProgramsState,
    said: str,
    service: Callable[..., object],
    **more: Any,  # noqa: ANN401  # what the service takes
) -> object:
    actor, organisation_id = await company_here(screen)
    try:
        await ask(service, actor=actor, organisation_id=organisation_id, now=clock(), **more)
    except RefusedError as refused:
        screen.problems, screen.done = problems_of(refused), ""
        return rx.set_focus("error-summary")
    screen.problems, screen.adding, screen.ending, screen.done = {}, "", {}, said
    await _read(screen)
    return None


async def _read(screen: ProgramsState) -> None:
    actor, organisation_id = await company_here(screen)
    where = {"actor": actor, "organisation_id": organisation_id}
    screen.may_view = actor.may(Permission.API_CLIENT_VIEW, organisation_id)
    screen.loaded = True
    if not screen.may_view:
        return
    programs = await ask(api_clients.programs_of, **where, now=clock())
    hooks = await ask(webhooks.webhooks_of, **where)
    screen.programs = [_program(one) for one in programs]
    screen.webhooks = [_webhook(one) for one in hooks]
    screen.deliveries = [_delivery(hook, one) for hook in hooks for one in hook.deliveries]
    screen.may_manage = actor.may(Permission.API_CLIENT_MANAGE, organisation_id)


def _program(one: Program) -> dict[str, str]:
    state, tone = ("Acts", "good") if one.acts else ("Stopped: its maker left", "warn")
    if one.until:
        state, tone = "Ended", "plain"
    elif not one.has_secret:
        state, tone = "Waits for its secret", "info"
    return {
        "public_id": one.public_id,
        "name": one.name,
        "client_id": one.client_id,
        "may": ". ".join(one.may),
        "addresses": one.allowed_addresses or "Any",
        "since": f"{one.made_by}, on {spoken_date(one.since)}",
        "used": spoken_moment(one.last_used_at) if one.last_used_at else "Never",
        "state": state,
        "tone": tone,
        "is_open": "" if one.until else "yes",
        "has_secret": "yes" if one.has_secret else "",
    }


def _webhook(one: Webhook) -> dict[str, str]:
    state, tone = "Works", "good"
    if one.disabled_at:
        state, tone = f"Switched off {spoken_moment(one.disabled_at)}", "bad"
    elif one.failing_since:
        state, tone = f"Fails since {spoken_moment(one.failing_since)}", "warn"
    return {
        "public_id": one.public_id,
        "name": one.url,
        "events": ", ".join(one.events),
        "datasets": ", ".join(one.datasets) or "None",
        "since": spoken_date(one.since),
        "state": state,
        "tone": tone,
    }


def _delivery(hook: Webhook, one: Delivery) -> dict[str, str]:
    if one.delivered_at:
        state, tone = "Delivered", "good"
    else:
        state, tone = ("Waits", "info") if one.next_try_at else ("Given up", "bad")
    return {
        "public_id": one.public_id,
        "event": one.event,
        "url": hook.url,
        "at": spoken_moment(one.created_at),
        "tries": str(one.tries),
        "state": state,
        "tone": tone,
        "answer": one.last_answer or "–",
    }
