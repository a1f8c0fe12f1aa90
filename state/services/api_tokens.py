"""Letting programs in: a secret is changed for a token of a few minutes, and a token for an actor.

A token is random and looked up at each request: what is ended is ended at once.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.api_client import comes_from
from state.domain.api_secrets import hash_of, is_well_formed, new_access_token
from state.domain.permissions import Permission, StaffRole
from state.persistence.audit_trail import record
from state.persistence.models.api_clients import ApiClientRow, ApiTokenRow
from state.persistence.models.person import PersonRow
from state.persistence.queries.who_may import staff_roles_of
from state.persistence.transaction import reading, transaction
from state.services.choose_company import Company, companies_in

_SEEN_EVERY: Final = timedelta(seconds=60)
_NO_HASH: Final = "0" * 64


class UnknownProgramError(Exception):
    """No such program, another secret, another address, or it has ended: the answer is the same."""


class ScopeRefusedError(Exception):
    """The program asks for what it was not given."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a program shows with each request; stored nowhere."""

    token: str = field(repr=False)
    seconds: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramHere:
    """The actor of a token, and which program and company it is; one of the operator's has none."""

    actor: Actor
    program: str
    row_id: int
    organisation_id: int = 0
    organisation_public_id: str = ""


def take_token(  # who, by which secret, for what, from where, when
    *,
    actor: Actor,
    client_id: str,
    secret: str,
    scopes: Collection[str],
    address: str,
    now: datetime,
) -> AccessToken:
    """A token for a program that knows its secret; for all its scopes where none is asked for.

    Raises:
        UnknownProgramError: It is not let in.
        ScopeRefusedError: It was not given one of the scopes.
    """
    actor.require(Permission.SIGN_IN)
    with transaction() as session:
        row = _known(session, client_id, secret)
        if row is None or not comes_from(address, row.allowed_addresses):
            raise UnknownProgramError
        given = row.scopes.split()
        if not set(scopes) <= set(given):
            raise ScopeRefusedError
        if _here(session, row, row.scopes, now) is None:
            raise UnknownProgramError
        return _token(session, row, tuple(sorted(scopes or given)), now)


def program_here(*, token: str, address: str, now: datetime) -> ProgramHere | None:
    """The actor behind a token: the only place where one is made.

    Looked up at every request, so that an ended program, or a maker who left, counts at once.
    """
    if not is_well_formed(token):
        return None
    with reading() as session:
        found = session.exec(
            select(ApiTokenRow, ApiClientRow)
            .join(ApiClientRow, col(ApiClientRow.id) == col(ApiTokenRow.client_id))
            .where(ApiTokenRow.token_hash == hash_of(token), ApiTokenRow.expires_at > now)
        ).first()
        if found is None:
            return None
        held, row = found
        if row.until is not None or not comes_from(address, row.allowed_addresses):
            return None
        here = _here(session, row, held.scopes, now)
        if here is None:
            return None
    if row.last_used_at is None or now - row.last_used_at > _SEEN_EVERY:
        _seen(row.id or 0, now)
    return here


def _known(session: Session, client_id: str, secret: str) -> ApiClientRow | None:
    """The program of an id and a secret; as much work is done where there is none."""
    row = session.exec(select(ApiClientRow).where(ApiClientRow.client_id == client_id[:40])).first()
    kept = row.secret_hash if row is not None and row.until is None else ""
    is_right = hmac.compare_digest(hash_of(secret), kept or _NO_HASH)
    return row if is_right and is_well_formed(secret) else None


def _token(
    session: Session, row: ApiClientRow, scopes: tuple[str, ...], now: datetime
) -> AccessToken:
    session.execute(delete(ApiTokenRow).where(col(ApiTokenRow.expires_at) <= now))
    lasts = timedelta(minutes=rules.access_token_minutes(now.date()))
    token = new_access_token()
    session.add(
        ApiTokenRow(
            token_hash=hash_of(token),
            client_id=row.id or 0,
            scopes=" ".join(scopes),
            created_at=now,
            expires_at=now + lasts,
        )
    )
    row.last_used_at = now
    session.add(row)
    record(
        session,
        actor=Actor(kind="api_client", name=row.name, program=row.public_id),
        event="api_client.token_taken",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        scopes=list(scopes),
    )
    return AccessToken(token, int(lasts.total_seconds()), scopes)


def _here(session: Session, row: ApiClientRow, scopes: str, now: datetime) -> ProgramHere | None:
    """The program as its maker may act today; none where they may no more."""
    acting = Actor(
        kind="api_client",
        name=row.name,
        person_id=row.created_by,
        method="api",
        program=row.public_id,
        program_scopes=frozenset(scopes.split()) & frozenset(row.scopes.split()),
        on=now.date(),
    )
    if row.organisation_id is None:
        roles = _roles_of(session, row, now)
        return _of(row, replace(acting, staff_roles=roles)) if roles else None
    company = _company_of(session, row, now)
    if company is None:
        return None
    actor = replace(
        acting,
        organisation_id=row.organisation_id,
        capacity=company.capacity,
        authorisations=company.authorisations,
    )
    return replace(
        _of(row, actor),
        organisation_id=row.organisation_id,
        organisation_public_id=company.public_id,
    )


def _of(row: ApiClientRow, actor: Actor) -> ProgramHere:
    return ProgramHere(actor, row.public_id, row.id or 0)


def _roles_of(session: Session, row: ApiClientRow, now: datetime) -> frozenset[StaffRole]:
    """What the maker of a program of the operator's is today; nothing once they are suspended."""
    if session.get_one(PersonRow, row.created_by).status != "active":
        return frozenset()
    return staff_roles_of(session, row.created_by, now.date())


def _company_of(session: Session, row: ApiClientRow, now: datetime) -> Company | None:
    """The company as its maker may act for it today; none where they may no more."""
    maker = session.get_one(PersonRow, row.created_by)
    if maker.status != "active":
        return None
    theirs = companies_in(session, row.created_by, now)
    return next((one for one in theirs if one.organisation_id == row.organisation_id), None)


def _seen(row_id: int, now: datetime) -> None:
    with transaction() as session:
        row = session.get(ApiClientRow, row_id)
        if row is not None:
            row.last_used_at = now
            session.add(row)
