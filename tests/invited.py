"""Invitations for tests: made by Ann of ALPHA, their links taken from the outbox."""

from dataclasses import replace

from sqlmodel import col, select

from state.domain.invitations import Offer, OfferedCategory
from state.domain.permissions import Capacity
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.transaction import reading
from state.services import invitations
from state.services.sessions import DEVELOPMENT, DEVELOPMENT_ISSUER, Identity
from tests.market import NOW, TinyMarket

VIEWER = Offer("new@people.example", "Nell New", "viewer")
SIGNATORY = replace(VIEWER, kind="signatory", categories=(OfferedCategory("F"),))
OF_MONEY = replace(VIEWER, kind="signatory", categories=(OfferedCategory("N"),))
NELL = Identity(
    issuer=DEVELOPMENT_ISSUER,
    subject="nell",
    method=DEVELOPMENT,
    name="Nell New",
    email="New@People.example",
)


def a_of_alpha(market: TinyMarket, subject: str = "ann", *, fresh: bool = True):
    return market.acting(subject, "ALPHA", Capacity.CATEGORY_A, "A", fresh=fresh)


def invite(market: TinyMarket, offer: Offer = VIEWER, *, now=NOW, actor=None):
    actor = actor or a_of_alpha(market)
    return invitations.invite(
        actor=actor, organisation_id=market.organisations["ALPHA"], offer=offer, now=now
    )


def newest_secret() -> str:
    with reading() as session:
        rows = session.exec(
            select(OutboxMailRow.link)
            .where(col(OutboxMailRow.link).startswith("/auth/join/"))
            .order_by(col(OutboxMailRow.id).desc())
        ).all()
    return rows[0].rpartition("/")[2]


def notices_of(person_id: int) -> list[str]:
    with reading() as session:
        return list(
            session.exec(
                select(NoticeRow.key).where(NoticeRow.person_id == person_id).order_by(NoticeRow.id)
            )
        )


def events() -> list[str]:
    with reading() as session:
        return list(session.exec(select(AuditEntryRow.event).order_by(AuditEntryRow.sequence)))
