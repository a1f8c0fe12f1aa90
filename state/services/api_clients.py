"""Programs of a company: given access by a Category A, shown to those who may see them, ended."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from state.domain import rules
from state.domain.actor import Actor, NotAllowedError
from state.domain.api_client import client_refusals, normal_networks
from state.domain.api_scopes import scopes_on
from state.domain.api_secrets import hash_of, new_client_secret
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.api_clients import ApiClientRow, ApiTokenRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import PersonRow
from state.persistence.notices import notify
from state.persistence.queries.who_may import people_who_may
from state.persistence.transaction import reading, transaction


class ProgramRefusedError(RefusedError):
    """What was said of the program cannot be; nothing is stored."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the company, now or once."""

    public_id: str
    name: str
    client_id: str
    may: tuple[str, ...]
    allowed_addresses: str
    since: date
    until: date | None
    last_used_at: datetime | None
    made_by: str
    has_secret: bool
    acts: bool


@dataclass(frozen=True, slots=True)
class ProgramSecret:
    """What lets a program in: shown once, stored nowhere."""

    name: str
    client_id: str
    secret: str = field(repr=False)


def create_program(
    *,
    actor: Actor,
    organisation_id: int,
    name: str,
    scopes: Collection[str],
    allowed_addresses: str,
    now: datetime,
) -> str:
    """Give a program access; gives its id. It is let in once somebody has taken its secret.

    Raises:
        ProgramRefusedError: Every reason, by field.
    """
    actor.require(Permission.API_CLIENT_MANAGE, organisation_id)
    name = tidy(name)
    with transaction() as session:
        company = session.exec(
            select(OrganisationRow).where(OrganisationRow.id == organisation_id).with_for_update()
        ).one()
        there = [row for row in _rows(session, organisation_id) if row.until is None]
        reasons = client_refusals(
            name, scopes, allowed_addresses, [row.name for row in there], now.date()
        )
        if len(there) >= rules.programs_most(now.date()):
            reasons = (*reasons, Refusal("", "There are too many programs. End one first"))
        if reasons:
            raise ProgramRefusedError(reasons)
        row = _new(actor, organisation_id, name, scopes, allowed_addresses, now)
        session.add(row)
        session.flush()
        _record(session, actor, row, "created", now, scopes=row.scopes)
        _tell(session, actor, row, company.legal_name, now)
        return row.public_id


def new_program_secret(
    *, actor: Actor, organisation_id: int, public_id: str, now: datetime
) -> ProgramSecret:
    """A new secret for a program, shown once. The one before it and its tokens count no more.

    Raises:
        NotAllowedError: There is no such program at the company, or it has ended.
    """
    actor.require(Permission.API_CLIENT_MANAGE, organisation_id)
    with transaction() as session:
        row = _acting(session, organisation_id, public_id)
        secret = new_client_secret()
        row.secret_hash = hash_of(secret)
        _touch(session, row, now)
        _record(session, actor, row, "secret_made", now)
        return ProgramSecret(row.name, row.client_id, secret)


def end_program(*, actor: Actor, organisation_id: int, public_id: str, now: datetime) -> str:
    """End a program, from now; gives its name.

    Raises:
        NotAllowedError: There is no such program at the company, or it has ended.
    """
    actor.require(Permission.API_CLIENT_MANAGE, organisation_id)
    with transaction() as session:
        row = _acting(session, organisation_id, public_id)
        row.until, row.secret_hash = now.date(), ""
        _touch(session, row, now)
        _record(session, actor, row, "ended", now)
        return row.name


def programs_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[Program, ...]:
    """The company's programs, those that act first."""
    actor.require(Permission.API_CLIENT_VIEW, organisation_id)
    with reading() as session:
        may = people_who_may(session, organisation_id, Permission.ORG_VIEW, now.date())
        rows = sorted(_rows(session, organisation_id), key=lambda row: row.until is not None)
        return tuple(_program(session, row, may, now.date()) for row in rows)


def _new(  # a program has this many sides
    actor: Actor,
    organisation_id: int,
    name: str,
    scopes: Collection[str],
    allowed_addresses: str,
    now: datetime,
) -> ApiClientRow:
    if actor.person_id is None or actor.program:
        raise NotAllowedError("Only a person may do this.")
    return ApiClientRow(
        public_id=secrets.token_hex(10),
        organisation_id=organisation_id,
        name=name,
        client_id=f"kin_c{secrets.token_hex(10)}",
        scopes=" ".join(sorted(set(scopes))),
        allowed_addresses=normal_networks(allowed_addresses),
        since=now.date(),
        created_by=actor.person_id,
        created_at=now,
        updated_at=now,
    )


def _rows(session: Session, organisation_id: int) -> list[ApiClientRow]:
    return list(
        session.exec(
            select(ApiClientRow)
            .where(ApiClientRow.organisation_id == organisation_id)
            .order_by(col(ApiClientRow.id))
        )
    )


def _acting(session: Session, organisation_id: int, public_id: str) -> ApiClientRow:
    row = session.exec(
        select(ApiClientRow)
        .where(ApiClientRow.public_id == public_id, ApiClientRow.organisation_id == organisation_id)
        .with_for_update()
    ).first()
    if row is None or row.until is not None:
        raise NotAllowedError("There is no such program at your company.")
    return row


def _touch(session: Session, row: ApiClientRow, now: datetime) -> None:
    """What a program held until now counts no more."""
    row.row_version += 1
    row.updated_at = now
    session.add(row)
    session.execute(delete(ApiTokenRow).where(col(ApiTokenRow.client_id) == row.id))


def _record(
    session: Session,
    actor: Actor,
    row: ApiClientRow,
    what: str,
    now: datetime,
    **details: str,
) -> None:
    record(
        session,
        actor=actor,
        event=f"api_client.{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        name=row.name,
        **details,
    )


def _tell(session: Session, actor: Actor, row: ApiClientRow, company: str, now: datetime) -> None:
    manage = Permission.API_CLIENT_MANAGE
    notify(
        session,
        key="api_client.created",
        people=people_who_may(session, row.organisation_id or 0, manage, now.date()),
        organisation_id=row.organisation_id,
        link="/account/programs",
        now=now,
        dedupe_key=f"api_client.created/{row.public_id}",
        company=company,
        who=actor.name,
        what=row.name,
    )


def _program(session: Session, row: ApiClientRow, may_act: Collection[int], today: date) -> Program:
    words = {one.scope: one.words for one in scopes_on(today)}
    return Program(
        public_id=row.public_id,
        name=row.name,
        client_id=row.client_id,
        may=tuple(words.get(scope, scope) for scope in row.scopes.split()),
        allowed_addresses=row.allowed_addresses,
        since=row.since,
        until=row.until,
        last_used_at=row.last_used_at,
        made_by=session.get_one(PersonRow, row.created_by).name,
        has_secret=bool(row.secret_hash),
        acts=row.until is None and row.created_by in may_act,
    )
