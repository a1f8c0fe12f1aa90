"""Which program sends a request, and whether its token holds the scope that this needs."""

from datetime import date
from typing import Annotated, Final

from fastapi import Request, Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2, SecurityScopes

from kinnect_app.identity.limits import program_budget
from state.domain import rules
from state.domain.api_scopes import COMPANY, OPERATOR, scopes_on
from state.services.api_tokens import ProgramHere, program_here
from state.ui.session import ask, clock

TOKEN_URL: Final = "/api/v1/oauth/token"  # noqa: S105  # an address
"""Where a program takes its token."""


class NoProgramError(Exception):
    """There is no token, or it counts no more."""

    def __init__(self, *, was_given: bool) -> None:
        """Keep whether there was one at all."""
        super().__init__()
        self.was_given = was_given


class ScopeMissingError(Exception):
    """The token does not hold the scope that this needs."""

    def __init__(self, scope: str) -> None:
        """Keep which."""
        super().__init__(scope)
        self.scope = scope


class TooOftenError(Exception):
    """The program asked more often in the last minute than it may."""


_SCHEME: Final = OAuth2(
    flows=OAuthFlows(
        clientCredentials=OAuthFlowClientCredentials(
            tokenUrl=TOKEN_URL,
            scopes={
                one.scope: one.words
                for holder in (COMPANY, OPERATOR)
                for one in scopes_on(date.max, holder)
            },
        )
    ),
    scheme_name="program",
    description="A token of a program: POST its id and secret to the token address.",
    auto_error=False,
)


async def let_in(request: Request) -> None:
    """Find the program behind the token and count the request, before anything is read.

    Raises:
        NoProgramError: There is none.
        TooOftenError: It has no request left in this minute.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    address = request.client.host if request.client else ""
    here = None
    if kind.lower() == "bearer":
        here = await ask(program_here, token=token.strip(), address=address, now=clock())
    if here is None:
        raise NoProgramError(was_given=bool(kind))
    request.state.program = here
    most = rules.program_requests_a_minute(clock().date())
    may, left, reset_at = program_budget(here.program, most)
    seconds = max(0, int(reset_at - clock().timestamp()) + 1)
    request.state.budget = {
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(left),
        "RateLimit-Reset": str(seconds),
    }
    if not may:
        raise TooOftenError


async def _program(
    request: Request,
    needed: SecurityScopes,
    _header: Annotated[str | None, Security(_SCHEME)],
) -> ProgramHere:
    """The program, if its token holds what is needed."""
    here: ProgramHere = request.state.program
    for scope in needed.scopes:
        if scope not in here.actor.program_scopes:
            raise ScopeMissingError(scope)
    return here


Reader = Annotated[ProgramHere, Security(_program, scopes=["registry:read"])]
"""A program that may read the record."""

Writer = Annotated[ProgramHere, Security(_program, scopes=["registry:write"])]
"""A program that may prepare changes."""

Answerer = Annotated[ProgramHere, Security(_program, scopes=["information:answer"])]
"""A program that may answer requests for information."""

NoticeReader = Annotated[ProgramHere, Security(_program, scopes=["notices:read"])]
"""A program that may read notices."""

DirectoryReader = Annotated[ProgramHere, Security(_program, scopes=["directory:read"])]
"""A program that may read the directory of participants."""

WebhookKeeper = Annotated[ProgramHere, Security(_program, scopes=["webhooks:manage"])]
"""A program that may keep webhooks."""

Publisher = Annotated[ProgramHere, Security(_program, scopes=["data:publish"])]
"""A program that may push rows of public datasets."""
