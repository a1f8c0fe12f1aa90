"""My Account on screen."""

import reflex as rx

from state.domain.actor import Actor
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.domain.dates import spoken_date
from state.domain.information_requests import RequestStatus
from state.domain.permissions import Permission
from state.services import account, information_requests, signatory_confirmations
from state.services.account import AccountCounts, CompanyAccount
from state.ui.access import for_people
from state.ui.session import ask, clock, company_here


class AccountState(rx.State):
    """The company, as the first page of My Account shows it."""

    loaded: bool = False
    company: dict[str, str] = {}
    roles: list[dict[str, str]] = []
    tiles: list[dict[str, str]] = []
    may_change: bool = False
    may_export: bool = False
    overdue: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the account of the company that is acted for."""
        actor, organisation_id = await company_here(self)
        found = await ask(
            account.company_account, actor=actor, organisation_id=organisation_id, now=clock()
        )
        self.company = _company(found)
        self.roles = [
            {
                "code": role.code,
                "name": role.name,
                "since": spoken_date(role.since),
                "until": spoken_date(role.until) if role.until else "",
            }
            for role in found.roles
        ]
        sees_bank = actor.may(Permission.BANK_VIEW, organisation_id)
        self.tiles = _tiles(found.counts, sees_bank=sees_bank)
        self.tiles += await _asked_for(actor, organisation_id)
        self.may_change = actor.may(Permission.ORG_PREPARE, organisation_id)
        self.may_export = actor.may(Permission.DATA_EXPORT, organisation_id)
        duty = await ask(
            signatory_confirmations.list_to_confirm,
            actor=actor,
            organisation_id=organisation_id,
            now=clock(),
        )
        self.overdue = spoken_date(duty.due_on) if duty.due_on and duty.is_overdue else ""
        self.loaded = True


def _company(found: CompanyAccount) -> dict[str, str]:
    words = {
        field.name: field.words(str(getattr(found, field.name)))
        for field in questions_of(ChangeKind.COMPANY).fields
    }
    return words | {
        "public_id": found.public_id,
        "legal_name": found.legal_name,
        "party_ids": ", ".join(found.party_ids),
        "company_number": found.company_number,
        "country": found.country,
        "address": found.registered_address,
        "status": found.status.capitalize(),
        "bm_units": f"{found.counts.bm_units:,}",
    }


def _tiles(counts: AccountCounts, *, sees_bank: bool) -> list[dict[str, str]]:
    """What there is, how much of it, and what of it asks for attention."""
    to_review = f"{counts.contacts_to_review} to be reviewed" if counts.contacts_to_review else ""
    for_me = f"{counts.changes_for_me} waiting for you" if counts.changes_for_me else ""
    money = [_tile("Bank accounts", counts.bank_accounts, "/account/bank")] if sees_bank else []
    return [
        _tile("Contacts", counts.contacts, "/account/contacts", to_review),
        _tile("Addresses", counts.addresses, "/account/addresses"),
        *money,
        _tile("Open changes", counts.open_changes, "/account/changes", for_me),
        _tile("BM Units", counts.bm_units, "/assets"),
    ]


async def _asked_for(actor: Actor, organisation_id: int) -> list[dict[str, str]]:
    """How many answers the operator waits for, to those who may see it."""
    if not actor.may(Permission.INFORMATION_VIEW, organisation_id):
        return []
    asked = await ask(
        information_requests.requests_of_company,
        actor=actor,
        organisation_id=organisation_id,
        now=clock(),
    )
    waiting = sum(one.status is RequestStatus.ASKED for one in asked)
    late = sum(one.is_overdue for one in asked)
    overdue = f"{late} overdue" if late else ""
    to_answer = "Waiting for you" if waiting else ""
    return [_tile("Requests to answer", waiting, "/account/information", overdue or to_answer)]


def _tile(name: str, count: int, href: str, alert: str = "") -> dict[str, str]:
    return {"name": name, "count": f"{count:,}", "href": href, "alert": alert}
