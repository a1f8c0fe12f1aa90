"""My Account on screen."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.services import account
from state.services.account import CompanyAccount, HeldContact
from state.ui.access import for_people
from state.ui.session import ask, company_here


class AccountState(rx.State):
    """The company, as My Account shows it."""

    loaded: bool = False
    company: dict[str, str] = {}
    roles: list[dict[str, str]] = []
    contacts: list[dict[str, str]] = []
    may_change_contacts: bool = False
    saved: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the account of the company that is acted for."""
        actor, organisation_id = await company_here(self)
        found = await ask(account.company_account, actor=actor, organisation_id=organisation_id)
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
        self.contacts = [_contact(held) for held in found.contacts]
        self.may_change_contacts = actor.may(Permission.CONTACT_APPROVE, organisation_id)
        self.loaded = True


def _company(found: CompanyAccount) -> dict[str, str]:
    return {
        "legal_name": found.legal_name,
        "system_name": found.system_name,
        "party_ids": ", ".join(found.party_ids),
        "company_number": found.company_number,
        "country": found.country,
        "address": found.address,
        "postcode": found.postcode,
        "status": found.status.capitalize(),
        "bm_units": f"{found.bm_unit_count:,}",
    }


def _contact(held: HeldContact) -> dict[str, str]:
    return {
        "public_id": held.public_id,
        "purpose": held.purpose,
        "name": held.contact.name,
        "job_title": held.contact.job_title,
        "email": held.contact.email,
        "phone": held.contact.phone,
    }
