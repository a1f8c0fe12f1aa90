"""Programs that push rows of public datasets: the operator's own, let in and ended on its server.

One acts for a member of staff who takes data in, and no longer than they do.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.api_secrets import hash_of, new_client_secret
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.refusal import RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.api_clients import ApiClientRow
from state.persistence.models.person import PersonRow
from state.persistence.publishers import (
    WantedPublisher,
    acting_publisher,
    end_publisher_row,
    publisher_refusals,
    publisher_rows,
    put_publisher,
)
from state.persistence.transaction import reading, transaction
from state.services.api_clients import ProgramSecret


class PublisherRefusedError(RefusedError):
    """What was said of the program cannot be; nothing is stored."""


class NoPublisherError(LookupError):
    """There is no such program, or it has ended."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A program that pushes rows, now or once."""

    public_id: str
    name: str
    client_id: str
    acts_for: str
    allowed_addresses: str
    since: date
    until: date | None
    last_used_at: datetime | None


def add_publisher(
    *, actor: Actor, name: str, acts_for: str, allowed_addresses: str, now: datetime
) -> ProgramSecret:
    """Let a program push rows, for the member of staff of an address; its secret is shown once.

    Raises:
        PublisherRefusedError: Every reason, by field.
    """
    actor.require(Permission.PUBLISHER_MANAGE)
    wanted = WantedPublisher(tidy(name), acts_for, allowed_addresses)
    with transaction() as session:
        reasons, person = publisher_refusals(session, wanted, now.date())
        if reasons or person is None:
            raise PublisherRefusedError(reasons)
        secret = new_client_secret()
        row = put_publisher(session, wanted, person, hash_of(secret), now)
        _record(session, actor, row, "added", now)
        return ProgramSecret(row.name, row.client_id, secret)


def end_publisher(*, actor: Actor, public_id: str, now: datetime) -> str:
    """End a program, from now; gives its name.

    Raises:
        NoPublisherError: There is none such.
    """
    actor.require(Permission.PUBLISHER_MANAGE)
    with transaction() as session:
        row = acting_publisher(session, public_id)
        if row is None:
            raise NoPublisherError(f"No program that pushes rows has the id {public_id[:40]}.")
        end_publisher_row(session, row, now)
        _record(session, actor, row, "ended", now)
        return row.name


def publishers(*, actor: Actor) -> tuple[Publisher, ...]:
    """Every program that pushes rows or did, the oldest first."""
    actor.require(Permission.PUBLISHER_MANAGE)
    with reading() as session:
        return tuple(
            Publisher(
                public_id=row.public_id,
                name=row.name,
                client_id=row.client_id,
                acts_for=session.get_one(PersonRow, row.created_by).email,
                allowed_addresses=row.allowed_addresses,
                since=row.since,
                until=row.until,
                last_used_at=row.last_used_at,
            )
            for row in publisher_rows(session)
        )


def _record(session: Session, actor: Actor, row: ApiClientRow, what: str, now: datetime) -> None:
    record(
        session,
        actor=actor,
        event=f"publisher.{what}",
        subject=row.public_id,
        now=now,
        name=row.name,
    )
