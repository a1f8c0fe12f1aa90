"""Declarations for tests: asked of a director of BETA, their links taken from the outbox."""

from sqlmodel import col, select

from state.domain.actor import ANYONE
from state.domain.director_declaration import AskedDirector, Signature
from state.domain.invitations import Offer, OfferedCategory
from state.domain.permissions import StaffRole
from state.persistence.models.notices import OutboxMailRow
from state.persistence.models.person import MembershipRow
from state.persistence.transaction import reading, transaction
from state.services import company_access, director_declarations, signed_declarations
from tests.market import NOW, SINCE, TinyMarket

FIRST = Offer("dora@beta.example", "Dora First", "signatory", (OfferedCategory("A"),))
NGOZI = AskedDirector("Ngozi Okonjo", "ngozi@beta.example", "director")
SIGNED = Signature("Ngozi Okonjo", "4", "1975", is_confirmed=True)


def stella(market: TinyMarket):
    return market.staff("stella", StaffRole.MARKET_ENTRY)


def peter(market: TinyMarket):
    return market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)


def without_category_a(market: TinyMarket) -> None:
    """BETA has nobody any more who signs."""
    with transaction() as session:
        for row in session.exec(
            select(MembershipRow).where(
                MembershipRow.organisation_id == market.organisations["BETA"]
            )
        ):
            row.until = SINCE
            session.add(row)


def prepared(market: TinyMarket) -> str:
    """The id of an invitation of the first Category A of BETA, which Stella prepared."""
    made = company_access.invite_first(actor=stella(market), public_id="beta", offer=FIRST, now=NOW)
    return made.public_id


def asked(market: TinyMarket, invitation: str, director=NGOZI, *, actor=None, now=NOW) -> str:
    return director_declarations.ask_director(
        actor=actor or peter(market),
        company="beta",
        invitation=invitation,
        asked=director,
        now=now,
    )


def secret_of(kind: str) -> str:
    """The secret of the newest link of a kind that waits to be mailed."""
    with reading() as session:
        link = session.exec(
            select(OutboxMailRow.link)
            .where(col(OutboxMailRow.link).startswith(f"/auth/{kind}/"))
            .order_by(col(OutboxMailRow.id).desc())
        ).first()
    return (link or "").rpartition("/")[2]


def signed(secret: str, signature=SIGNED, *, now=NOW) -> str:
    public_id = signed_declarations.open_declaration(actor=ANYONE, secret=secret)
    shown = signed_declarations.declaration_to_sign(
        actor=ANYONE, public_id=public_id or "", now=now
    )
    return signed_declarations.sign_declaration(
        actor=ANYONE,
        secret=secret,
        digest=shown.digest if shown else "",
        signature=signature,
        now=now,
    )
