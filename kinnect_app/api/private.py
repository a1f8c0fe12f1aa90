"""What is answered to one person alone: refusals by their cause, and nothing that anyone keeps."""

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import Final, ParamSpec

from fastapi import Response

from kinnect_app.api.answers import Answer
from kinnect_app.api.problems import BadRequestError, problem
from state.domain.actor import NotAllowedError, NotSignedInError, SignInAgainError
from state.services.settlement_runs import RunRefusedError

PUBLIC_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,40}")
FLOW_FILE: Final = "text/plain; charset=utf-8"
_NOT_THERE: Final = "There is no such figure that you may read."

_P = ParamSpec("_P")


class NoSuchFiguresError(Exception):
    """The address names no figures that whoever asks may read."""


def private(endpoint: Callable[_P, Awaitable[Response]]) -> Callable[_P, Awaitable[Response]]:
    """Answer with a problem where it cannot be answered; let nobody keep the answer."""

    @wraps(endpoint)
    async def guarded(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        answer = await _told(endpoint(*args, **kwargs))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Vary"] = "Cookie"
        return answer

    return guarded


async def _told(answering: Awaitable[Response]) -> Response:
    try:
        return await answering
    except NotSignedInError:
        return problem(HTTPStatus.UNAUTHORIZED, "Sign in to go on.")
    except SignInAgainError:
        return problem(
            HTTPStatus.FORBIDDEN, "Sign in again to go on.", kind="/problems/sign-in-again"
        )
    except NotAllowedError:
        return problem(HTTPStatus.FORBIDDEN, "You may not read this for the company you act for.")
    except BadRequestError as bad:
        return problem(HTTPStatus.BAD_REQUEST, "The request cannot be answered.", bad.faults)
    except (RunRefusedError, NoSuchFiguresError):
        return problem(HTTPStatus.NOT_FOUND, _NOT_THERE)


def sent(answer: Answer) -> Response:
    """The answer, as a file to keep where it has a name."""
    named = {"Content-Disposition": f'attachment; filename="{answer.file_name}"'}
    headers = named if answer.file_name else {}
    return Response(answer.content, media_type=answer.media_type, headers=headers)
