"""Where a page leaves what is being typed into a form, so that no time-out costs anyone words."""

import json
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from kinnect_app.identity.browser_session import peer_of
from kinnect_app.identity.caller import who_asks
from kinnect_app.identity.limits import too_many_requests
from state.domain.actor import NotAllowedError, NotSignedInError
from state.services.drafts import MOST_BYTES, DraftRefusedError, keep_draft
from state.ui.session import ask, clock

_ESCAPES = 6


async def keep(request: Request, form_key: str) -> Response:
    """Keep a draft, for the company that the page was drawn for and for no other."""
    if too_many_requests(peer_of(request)):
        return Response(status_code=429)
    body = await request.body()
    if len(body) > MOST_BYTES * _ESCAPES:  # JSON may write one letter as six
        return Response(status_code=413)
    who = await who_asks(request)
    try:
        sent = json.loads(body)
        if sent.get("organisation", "") != who.organisation_public_id:
            return Response(status_code=409)
        await ask(
            keep_draft,
            actor=who.actor,
            form_key=form_key,
            fields=_fields(sent["fields"]),
            basis=str(sent.get("basis", "")),
            now=clock(),
        )
    except NotAllowedError as refused:
        return Response(status_code=401 if isinstance(refused, NotSignedInError) else 403)
    except (ValueError, KeyError, AttributeError, RecursionError, DraftRefusedError):
        return Response(status_code=400)
    return Response(status_code=204)


def _fields(sent: Any) -> dict[str, str]:  # noqa: ANN401  # a browser may send anything
    """Text by names, and nothing else; half a character is none."""
    return {
        str(name): value.encode("utf-8", "ignore").decode().replace("\x00", "")
        for name, value in sent.items()
        if isinstance(value, str)
    }
