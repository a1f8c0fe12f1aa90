"""How every request of a program is taken and answered: one place for what they have in common."""

import hashlib
import re
import secrets
from collections.abc import Callable, Coroutine, Iterator
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from kinnect_app.api.problems import BadRequestError, Fault, problem
from kinnect_app.api.registry_caller import (
    NoProgramError,
    ScopeMissingError,
    TooOftenError,
    let_in,
)
from kinnect_app.api.registry_models import PROBLEM, record_body
from kinnect_app.api.strict_json import MOST_BYTES, StrictRequest, TooLargeError
from state.domain.actor import NotAllowedError
from state.domain.refusal import RefusedError
from state.services.api_answers import AnotherRequestError
from state.services.registry import NoVersionError, StaleError

_REQUEST_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_AT_TOP: Final = frozenset(
    {"kind", "action", "subject", "effective_on", "reason", "url", "events", "datasets", "answer"}
)
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """What a request may be answered beside what it asks for, for the description."""
    told = {"application/problem+json": {"schema": PROBLEM}}
    return {int(status): {"description": status.phrase, "content": told} for status in statuses}


EVERYWHERE: Final = problems(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
) | {304: {"description": "You have it already."}}
"""What any request of a program may be answered."""


class OpenRoute(APIRoute):
    """A request that anybody may send: strict, tagged, every fault told in one form."""

    def get_route_handler(self) -> _Handler:
        """The framework's own, inside ours."""
        inner = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def handler(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive, self.most_bytes())
            answer = await self._told(strict, inner, known)
            _tag(request, answer)
            given = request.headers.get("x-request-id", "")
            answer.headers["X-Request-Id"] = (
                given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
            )
            for name, text in getattr(request.state, "budget", {}).items():
                answer.headers[name] = text
            return answer

        return handler

    async def before(self, request: Request) -> None:
        """What must be so before the request is read; here nothing."""

    def most_bytes(self) -> int:
        """How large a body may be."""
        return MOST_BYTES

    async def _told(self, request: Request, inner: _Handler, known: frozenset[str]) -> Response:
        try:
            await self.before(request)
            await request.body()
            _check_query(request, known)
            return await inner(request)
        except NotAllowedError:
            return problem(HTTPStatus.NOT_FOUND, "There is no such thing that you may use.")
        except RefusedError as refused:
            return problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "It cannot be done as it is asked for. Nothing was stored.",
                [Fault(_pointer(one.field), one.reason, in_body=True) for one in refused.reasons],
            )
        except StaleError as stale:
            return _stale(stale)
        except (NoProgramError, ScopeMissingError, TooOftenError) as fault:
            return _not_let_in(fault, request)
        except (
            BadRequestError,
            RequestValidationError,
            TooLargeError,
            AnotherRequestError,
            NoVersionError,
        ) as fault:
            return _at_fault(fault)


class ProgramRoute(OpenRoute):
    """A request that a program with a token may send. Nobody keeps the answer."""

    async def before(self, request: Request) -> None:
        """Let the program in before its request is read."""
        await let_in(request)


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def _check_query(request: Request, known: frozenset[str]) -> None:
    names = [name for name, _ in request.query_params.multi_items()]
    faults = [
        Fault(name[:60], "There is no such parameter.") for name in names if name not in known
    ]
    faults += [Fault(name, "Give it once.") for name in sorted(known) if names.count(name) > 1]
    if faults:
        raise BadRequestError(faults)


def _tag(request: Request, answer: Response) -> None:
    """A tag on whatever was read; nothing is sent again to who has it."""
    is_program = hasattr(request.state, "program")
    answer.headers.setdefault("Cache-Control", "no-store" if is_program else "public, no-cache")
    if request.method != "GET" or answer.status_code != HTTPStatus.OK:
        return
    tag = answer.headers.get("etag") or f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    answer.headers["ETag"] = tag
    if is_program:
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Authorization"
    given = {one.strip().removeprefix("W/") for one in _header(request, "if-none-match").split(",")}
    if tag in given or "*" in given:
        answer.status_code, answer.body = int(HTTPStatus.NOT_MODIFIED), b""
        del answer.headers["content-length"]
        del answer.headers["content-type"]


def _header(request: Request, name: str) -> str:
    return request.headers.get(name, "")


def _stale(stale: StaleError) -> Response:
    answer = problem(
        HTTPStatus.PRECONDITION_FAILED,
        "The record was changed since you read it. Begin from what it is now.",
        current=record_body(stale.current),
    )
    answer.headers["ETag"] = f'"v{stale.current.version}"'
    return answer


def _not_let_in(
    fault: NoProgramError | ScopeMissingError | TooOftenError, request: Request
) -> Response:
    if isinstance(fault, TooOftenError):
        answer = problem(HTTPStatus.TOO_MANY_REQUESTS, "You ask too often: wait a little.")
        answer.headers["Retry-After"] = request.state.budget["RateLimit-Reset"]
    elif isinstance(fault, ScopeMissingError):
        answer = problem(HTTPStatus.FORBIDDEN, f"The token does not hold the scope {fault.scope}.")
        answer.headers["WWW-Authenticate"] = (
            f'Bearer realm="kinnect", error="insufficient_scope", scope="{fault.scope}"'
        )
    else:
        answer = problem(HTTPStatus.UNAUTHORIZED, "Send a token of a program that counts.")
        error = ', error="invalid_token"' if fault.was_given else ""
        answer.headers["WWW-Authenticate"] = f'Bearer realm="kinnect"{error}'
    return answer


def _at_fault(fault: Exception) -> Response:
    if isinstance(fault, BadRequestError):
        return problem(HTTPStatus.BAD_REQUEST, "The request cannot be answered.", fault.faults)
    if isinstance(fault, TooLargeError):
        words = f"That is too large: send {fault.most_bytes // 1000:,} kB at most."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)
    if isinstance(fault, NoVersionError):
        return problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            "Read the record first, and send its ETag as If-Match.",
        )
    if isinstance(fault, AnotherRequestError):
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "That Idempotency-Key stands for another request. Use a new one.",
        )
    faults = list(_faults(fault)) if isinstance(fault, RequestValidationError) else []
    status = (
        HTTPStatus.UNPROCESSABLE_ENTITY
        if any(one.in_body for one in faults)
        else HTTPStatus.BAD_REQUEST
    )
    return problem(status, "The request is not as it must be. Nothing was stored.", faults)


def _faults(fault: RequestValidationError) -> Iterator[Fault]:
    """Never what was sent: it may be large, or a secret."""
    for one in fault.errors():
        where, *path = one["loc"]
        if where == "body":
            steps = [str(step)[:60] for step in path if one["type"] != "json_invalid"]
            pointer = "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
            yield Fault(pointer, one["msg"][:200], in_body=True)
        else:
            yield Fault(str(path[0])[:60] if path else str(where), one["msg"][:200])


def _pointer(field: str) -> str:
    if not field or field in _AT_TOP or field.startswith("values/"):
        return f"/{field}" if field else ""
    return f"/values/{field}"
