"""Who of a company, or of the staff, holds a right today."""

from datetime import date

from sqlmodel import Session, col, select

from state.domain.actor import Actor, Authorisation
from state.domain.authorisation_categories import CATEGORY_A
from state.domain.permissions import Capacity, Permission, StaffRole
from state.persistence.models.person import (
    AuthorisationRow,
    MembershipRow,
    PersonRow,
    StaffRoleRow,
)


def capacity_of(kind: str, held: frozenset[Authorisation]) -> Capacity:
    """What a member is: a signatory is what their categories make of them, today."""
    if kind != Capacity.SIGNATORY:
        return Capacity(kind)
    if Authorisation(CATEGORY_A) in held:
        return Capacity.CATEGORY_A
    return Capacity.SIGNATORY if held else Capacity.VIEWER


def authorisations_of(
    session: Session, membership_id: int | None, day: date
) -> frozenset[Authorisation]:
    """The categories that a membership holds on a day."""
    rows = session.exec(
        select(AuthorisationRow).where(
            AuthorisationRow.membership_id == membership_id,
            AuthorisationRow.since <= day,
            (col(AuthorisationRow.until).is_(None)) | (col(AuthorisationRow.until) >= day),
        )
    ).all()
    return frozenset(Authorisation(row.category, row.role_code) for row in rows)


def people_who_may(
    session: Session, organisation_id: int, permission: Permission, day: date
) -> tuple[int, ...]:
    """The company's people who hold a right for it on a day."""
    rows = session.exec(
        select(MembershipRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(
            MembershipRow.organisation_id == organisation_id,
            PersonRow.status == "active",
            MembershipRow.since <= day,
            (col(MembershipRow.until).is_(None)) | (col(MembershipRow.until) >= day),
        )
        .order_by(col(MembershipRow.person_id))
    ).all()
    return tuple(
        row.person_id for row in rows if _member(session, row, day).may(permission, organisation_id)
    )


def staff_roles_of(session: Session, person_id: int, day: date) -> frozenset[StaffRole]:
    """What a person is for the operator on a day."""
    rows = session.exec(
        select(StaffRoleRow.role).where(
            StaffRoleRow.person_id == person_id,
            StaffRoleRow.since <= day,
            (col(StaffRoleRow.until).is_(None)) | (col(StaffRoleRow.until) >= day),
        )
    ).all()
    return frozenset(StaffRole(role) for role in rows)


def active_holders_of(session: Session, role: StaffRole, day: date) -> tuple[int, ...]:
    """Who holds a staff role and can sign in; nobody gives or ends that role meanwhile."""
    rows = session.exec(
        select(StaffRoleRow)
        .where(
            StaffRoleRow.role == role,
            StaffRoleRow.since <= day,
            (col(StaffRoleRow.until).is_(None)) | (col(StaffRoleRow.until) >= day),
        )
        .order_by(col(StaffRoleRow.id))
        .with_for_update()
    ).all()
    people = select(PersonRow.id).where(
        col(PersonRow.id).in_([row.person_id for row in rows]), PersonRow.status == "active"
    )
    return tuple(one for one in session.exec(people).all() if one is not None)


def staff_who_may(session: Session, permission: Permission, day: date) -> tuple[int, ...]:
    """The operator's people who hold a right on a day."""
    rows = session.exec(
        select(StaffRoleRow)
        .join(PersonRow, col(PersonRow.id) == col(StaffRoleRow.person_id))
        .where(
            PersonRow.status == "active",
            StaffRoleRow.since <= day,
            (col(StaffRoleRow.until).is_(None)) | (col(StaffRoleRow.until) >= day),
        )
        .order_by(col(StaffRoleRow.person_id))
    ).all()
    holders = {
        row.person_id
        for row in rows
        if Actor(
            kind="person",
            name="",
            person_id=row.person_id,
            staff_roles=frozenset({StaffRole(row.role)}),
            on=day,
        ).may(permission)
    }
    return tuple(sorted(holders))


def _member(session: Session, row: MembershipRow, day: date) -> Actor:
    held = authorisations_of(session, row.id, day)
    return Actor(
        kind="person",
        name="",
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        capacity=capacity_of(row.kind, held),
        authorisations=held,
        on=day,
    )
