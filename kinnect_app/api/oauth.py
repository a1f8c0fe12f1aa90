"""Tokens for programs: the client credentials of RFC 6749 4.4, by Basic or in the form."""

import base64
import binascii
import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Request, Response

from kinnect_app.identity.limits import too_many_tokens
from state.domain.actor import ANYONE
from state.services.api_tokens import ScopeRefusedError, UnknownProgramError, take_token
from state.ui.session import ask, clock

_LONGEST: Final = 4_000
_KEPT_BY_NOBODY: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_FORM: Final = "application/x-www-form-urlencoded"
_FORM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "scope": {"type": "string", "description": "Fewer scopes than the program has."},
        "client_id": {"type": "string", "description": "Unless it is sent by Basic."},
        "client_secret": {"type": "string", "description": "Unless it is sent by Basic."},
    },
}
_TOKEN_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["access_token", "token_type", "expires_in", "scope"],
    "properties": {
        "access_token": {"type": "string"},
        "token_type": {"type": "string", "enum": ["Bearer"]},
        "expires_in": {"type": "integer", "description": "Seconds."},
        "scope": {"type": "string"},
    },
}
_ERROR_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["error", "error_description"],
    "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
}

router = APIRouter(prefix="/api/v1/oauth", tags=["programs"])


class _NoTokenError(Exception):
    """The request is answered with an error of RFC 6749 5.2."""

    def __init__(self, error: str, words: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(error)
        self.error, self.words, self.status = error, words, status


_NOT_LET_IN: Final = _NoTokenError(
    "invalid_client", "This program is not let in.", HTTPStatus.UNAUTHORIZED
)

_TOO_OFTEN: Final = _NoTokenError(
    "slow_down", "Too often: wait a minute.", HTTPStatus.TOO_MANY_REQUESTS
)


def _told(status: int, schema: dict[str, Any], words: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": words, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "/token",
    summary="Take a token",
    response_class=Response,
    responses=_told(200, _TOKEN_SCHEMA, "A token for 15 minutes.")
    | _told(400, _ERROR_SCHEMA, "The request is at fault.")
    | _told(401, _ERROR_SCHEMA, "The program is not let in.")
    | _told(429, _ERROR_SCHEMA, "Too often."),
    openapi_extra={
        "requestBody": {"required": True, "content": {_FORM: {"schema": _FORM_SCHEMA}}},
        "security": [{"basic": []}, {}],
    },
)
async def token(request: Request) -> Response:
    """Change a program's id and secret for a token, as client credentials (RFC 6749 4.4)."""
    address = request.client.host if request.client else ""
    if too_many_tokens(address):
        return _refused(_TOO_OFTEN)
    try:
        form = await _form(request)
        client_id, secret = _credentials(request.headers.get("authorization", ""), form)
        given = await ask(
            take_token,
            actor=ANYONE,
            client_id=client_id,
            secret=secret,
            scopes=frozenset(form.get("scope", "").split()),
            address=address,
            now=clock(),
        )
    except UnknownProgramError:
        return _refused(_NOT_LET_IN)
    except ScopeRefusedError:
        return _refused(_NoTokenError("invalid_scope", "The program was not given that scope."))
    except _NoTokenError as wrong:
        return _refused(wrong)
    return _sent(
        HTTPStatus.OK,
        {
            "access_token": given.token,
            "token_type": "Bearer",
            "expires_in": given.seconds,
            "scope": " ".join(given.scopes),
        },
    )


async def _form(request: Request) -> dict[str, str]:
    """The form: each parameter once, and of the one kind of grant there is."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        raise _NoTokenError("invalid_request", f"Send a form: {_FORM}.")
    body = await request.body()
    try:
        pairs = parse_qsl(body[:_LONGEST].decode("ascii"), max_num_fields=10)
    except ValueError:
        raise _NoTokenError("invalid_request", "The form cannot be read.") from None
    form = dict(pairs)
    if len(body) > _LONGEST or len(form) != len(pairs):
        raise _NoTokenError("invalid_request", "Give each parameter once, and no more than needed.")
    if "grant_type" not in form:
        raise _NoTokenError("invalid_request", "grant_type is missing.")
    if form["grant_type"] != "client_credentials":
        raise _NoTokenError("unsupported_grant_type", "There is client_credentials alone.")
    return form


def _credentials(header: str, form: dict[str, str]) -> tuple[str, str]:
    """The program's id and secret, sent in one way and not in two."""
    if not header:
        return form.get("client_id", ""), form.get("client_secret", "")
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        raise _NOT_LET_IN
    if "client_secret" in form:
        raise _NoTokenError("invalid_request", "Send the secret in one way, not in two.")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        raise _NOT_LET_IN from None
    client_id, _, secret = decoded.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def _refused(wrong: _NoTokenError) -> Response:
    answer = _sent(wrong.status, {"error": wrong.error, "error_description": wrong.words})
    if wrong.status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Basic realm="kinnect"'
    if wrong.status is HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = "60"
    return answer


def _sent(status: HTTPStatus, document: dict[str, object]) -> Response:
    return Response(
        json.dumps(document),
        status_code=int(status),
        media_type="application/json",
        headers=_KEPT_BY_NOBODY,
    )
