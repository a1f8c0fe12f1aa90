"""The company's contacts on screen."""

from datetime import date

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.services import contact_as_person, contact_reviews, registered
from state.services.registered import Entry, Tab
from state.ui.access import for_people
from state.ui.register_list import RegisterList, look, row_of
from state.ui.session import ask, clock, company_here

_PATH = "/account/contacts"
_FORM = "/account/contact"


class ContactsState(RegisterList, rx.State):
    """The contacts of the chosen tab."""

    said: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        self.said = ""
        await _look(self)

    @rx.event
    @for_people
    async def still_right(self, public_id: str):
        """Say that a contact is as it must be."""
        actor, organisation_id = await company_here(self)
        name = await ask(
            contact_reviews.confirm_contact,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(public_id)[:40],
            now=clock(),
        )
        await _look(self)
        self.said = f"Thank you. {name} is noted as still right."

    @rx.event
    @for_people
    async def make_signatory(self, public_id: str):
        """To the form of the person that the contact is; or to their invitation as a signatory."""
        actor, organisation_id = await company_here(self)
        found = await ask(
            contact_as_person.person_behind_contact,
            actor=actor,
            organisation_id=organisation_id,
            public_id=str(public_id)[:40],
        )
        if found.person:
            return rx.redirect(f"/account/signatory?id={found.person}")
        if actor.may(Permission.ACCESS_GRANT, organisation_id):
            return rx.redirect(f"/account/people/invite?contact={str(public_id)[:40]}")
        self.said = (
            f"{found.name} has no access here yet. A Category A colleague can invite them as a "
            "signatory, under People and access."
        )
        return None


async def _look(screen: ContactsState) -> None:
    actor, organisation_id = await company_here(screen)
    may_confirm = actor.may(Permission.CONTACT_APPROVE, organisation_id)
    may_name = actor.may(Permission.SIGNATORY_PREPARE, organisation_id)
    today = clock().date()

    def row(entry: Entry, may_change: bool) -> dict[str, str]:  # noqa: FBT001
        return _row(entry, may_change, today) | {
            "review_id": entry.public_id if may_confirm and entry.is_to_be_reviewed else "",
            "signs_id": entry.public_id if may_name and entry.tab is Tab.ACTIVE else "",
        }

    await look(
        screen,
        registered.contacts_of,
        path=_PATH,
        permission=Permission.CONTACT_PREPARE,
        row=row,
    )


def _row(entry: Entry, may_change: bool, today: date) -> dict[str, str]:  # noqa: FBT001
    words = entry.words
    hours = "Can be reached day and night" if words["out_of_hours"] == "Yes" else ""
    lines = (
        words["purposes"],
        words["job_title"],
        words["email"],
        " · ".join(number for number in (words["phone"], words["mobile"]) if number),
        hours,
    )
    row = row_of(entry, lines, _FORM, may_change=may_change)
    due = entry.review_due_on
    if due is None or not entry.is_to_be_reviewed:
        return row
    when = "since" if due <= today else "by"
    return row | {"tag": f"To be reviewed {when} {spoken_date(due)}", "tone": "warn"}
