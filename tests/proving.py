"""Identity checks for tests: of Ada Lund, who joins in her own name; links from the outbox."""

from datetime import date

from state.domain.actor import ANYONE
from state.domain.identity_check import IdentityAnswer, ProviderStatus
from state.domain.market_entry import Applicant, ExpressionOfInterest
from state.services import identity_checks, market_entry, own_identity
from tests.declared import secret_of, stella
from tests.market import NOW, TinyMarket

HERSELF = ExpressionOfInterest(
    legal_name="",
    registered_in_uk=True,
    company_number="",
    country="",
    role_codes=(),
    target_date=date(2027, 9, 1),
    description="",
    contact_name="Ada Lund",
    job_title="",
    email="ada@people.example",
    phone="01632 960 001",
    may_act=True,
    applicant=Applicant.INDIVIDUAL,
    born_on=date(1984, 3, 27),
)
ADA = IdentityAnswer(ProviderStatus.VERIFIED, "medium", "Ada Eva", "Lund", date(1984, 3, 27))
NOBODY = IdentityAnswer(ProviderStatus.FAILED)


def expressed() -> str:
    """The reference of her expression of interest."""
    return market_entry.express_interest(actor=ANYONE, interest=HERSELF, now=NOW).reference


def asked_to_prove(market: TinyMarket, reference: str, *, now=NOW) -> str:
    """The secret of the link that she was mailed."""
    identity_checks.ask_for_identity(actor=stella(market), reference=reference, now=now)
    return secret_of("identity")


def proved(secret: str, answer: IdentityAnswer = ADA, *, now=NOW):
    """What one try at the provider comes to."""
    made = own_identity.try_to_make(actor=ANYONE, secret=secret, provider="A provider", now=now)
    return own_identity.identity_answered(
        actor=ANYONE, secret=secret, reference=made.reference, answer=answer, now=now
    )
