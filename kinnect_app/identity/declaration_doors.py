"""The doors of a director's declaration: its link, and the signature beneath it.

The secret of the link stays in a cookie that only the doors see; the page has the public id.
"""

import logging

from fastapi import Request
from fastapi.responses import Response

from kinnect_app.identity.limits import too_many_forms
from kinnect_app.identity.mailed_link import MailedLink, client_of
from state.domain.actor import ANYONE
from state.domain.director_declaration import Signature
from state.services.director_declarations import DeclarationRefusedError
from state.services.signed_declarations import (
    open_declaration,
    refuse_declaration,
    sign_declaration,
)
from state.ui.session import ask, clock

_log = logging.getLogger("kinnect.doors")
_LINK = MailedLink("kinnect_declaration", "/declaration/")
_LONGEST_SECRET = 100
_LONGEST_ANSWER = 1_000


async def open_link(request: Request, secret: str) -> Response:
    """The link of a mail: its page is shown, and nothing is used up."""
    if too_many_forms(client_of(request)):
        return _LINK.to_page("?why=often")
    public_id = await ask(open_declaration, actor=ANYONE, secret=secret[:_LONGEST_SECRET])
    if public_id is None:
        return _LINK.to_page("?why=unknown")
    return _LINK.opened(secret, f"?declaration={public_id}")


async def answer(request: Request) -> Response:
    """Sign what the page showed, or say no; only a browser that opened the link can."""
    secret = _LINK.secret_in(request)
    form = {name: str(value)[:_LONGEST_ANSWER] for name, value in (await request.form()).items()}
    try:
        public_id = await _answered(secret, form)
    except DeclarationRefusedError as refused:
        _log.warning("declaration not answered: %s", refused.reasons[0].reason)
        found = await ask(open_declaration, actor=ANYONE, secret=secret)
        return _LINK.to_page(f"?why=wrong&declaration={found or ''}")
    return _LINK.forgetting(_LINK.to_page(f"?declaration={public_id}"))


async def _answered(secret: str, form: dict[str, str]) -> str:
    who = {"actor": ANYONE, "secret": secret, "now": clock()}
    if form.get("decision") == "refuse":
        return await ask(refuse_declaration, comment=form.get("comment", ""), **who)
    signature = Signature(
        name=form.get("signed_name", ""),
        born_month=form.get("born_month", ""),
        born_year=form.get("born_year", ""),
        is_confirmed=form.get("decision") == "sign",
    )
    digest = form.get("digest", "")
    return await ask(sign_declaration, digest=digest, signature=signature, **who)
