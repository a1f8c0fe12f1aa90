"""What no other door of the API answers: said in the same form as any other problem."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.routing import Match

from kinnect_app.api.problems import problem

_METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def nothing_but(routers: Sequence[APIRouter]) -> APIRouter:
    """The door for whatever these do not answer."""
    router = APIRouter(prefix="/api/v1", include_in_schema=False)

    @router.api_route("/{rest:path}", methods=_METHODS)
    async def nothing_here(request: Request, rest: str) -> Response:
        """No such address; or there is one, but not for that method."""
        allowed: set[str] = set()
        for route in (route for known in routers for route in known.routes):
            if route.matches(request.scope)[0] is Match.PARTIAL:
                allowed |= getattr(route, "methods", None) or set()
        if not allowed:
            return problem(HTTPStatus.NOT_FOUND, f"There is nothing at /api/v1/{rest[:200]}.")
        answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, "That cannot be done here.")
        answer.headers["Allow"] = ", ".join(sorted(allowed))
        return answer

    return router
