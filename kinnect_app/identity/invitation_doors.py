"""The doors of an invitation: its link, and what becomes of it when the invited person signs in.

The secret of the link stays in a cookie that only the doors see; the page has the public id.
"""

import logging

from fastapi import Request
from fastapi.responses import Response

from kinnect_app.identity.mailed_link import MailedLink
from state.domain.actor import ANYONE, NotAllowedError
from state.services.joining import accept_invitation
from state.services.opened_invitations import development_identity, open_invitation
from state.services.sent_invitations import InvitationRefusedError
from state.services.sessions import Identity
from state.ui.session import ask, clock

_log = logging.getLogger("kinnect.doors")
LINK = MailedLink("kinnect_invitation", "/join/")
"""The link of an invitation."""


async def open_link(secret: str) -> Response:
    """The link of a mail: its page is shown, and nothing is used up."""
    public_id = await ask(open_invitation, actor=ANYONE, secret=secret[:200], now=clock())
    if public_id is None:
        return LINK.to_page("?why=unknown")
    return LINK.opened(secret, f"?invitation={public_id}")


async def join_if_invited(request: Request, identity: Identity) -> Response | None:
    """Accept the invitation whose link this browser opened; a page where that is refused.

    A person of the development sign-in who was chosen by name has no address and joins nothing.
    """
    secret = LINK.secret_in(request)
    if not secret or not identity.email:
        return None
    try:
        await ask(accept_invitation, actor=ANYONE, identity=identity, secret=secret, now=clock())
    except InvitationRefusedError as refused:
        why = refused.reasons[0].field
        _log.warning("invitation not accepted: %s", why)
        if why in {"used", "member"}:
            return None  # they may be who accepted it: let them in, if they are anybody
        public_id = await ask(open_invitation, actor=ANYONE, secret=secret, now=clock())
        return LINK.forgetting(LINK.to_page(f"?why={why}&invitation={public_id or ''}"))
    return None


async def invited_identity(request: Request) -> Identity | None:
    """Whom the development sign-in takes the invited person for; None where nobody is invited."""
    try:
        return await ask(development_identity, actor=ANYONE, secret=LINK.secret_in(request))
    except NotAllowedError:
        return None
