"""A contact who is also, or shall become, a person of the company: who signs must be one."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.permissions import Permission
from state.persistence.models.organisation import ContactRow
from state.persistence.models.person import MembershipRow, PersonRow
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class PersonBehindContact:
    """A contact, and the id of the person of the same address; empty where nobody has it."""

    name: str
    email: str
    person: str


def person_behind_contact(
    *, actor: Actor, organisation_id: int, public_id: str
) -> PersonBehindContact:
    """Who of the company a contact is.

    Raises:
        NotAllowedError: The actor prepares no signatories, or the company has no such contact now.
    """
    actor.require(Permission.SIGNATORY_PREPARE, organisation_id)
    with reading() as session:
        contact = session.exec(
            select(ContactRow).where(
                ContactRow.public_id == public_id,
                ContactRow.organisation_id == organisation_id,
                col(ContactRow.until).is_(None),
            )
        ).first()
        if contact is None:
            raise NotAllowedError("There is no such contact at your company.")
        person = session.exec(
            select(PersonRow.public_id)
            .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
            .where(
                MembershipRow.organisation_id == organisation_id,
                func.lower(PersonRow.email) == contact.email.lower(),
                col(MembershipRow.until).is_(None),
            )
        ).first()
        return PersonBehindContact(contact.name, contact.email, person or "")
