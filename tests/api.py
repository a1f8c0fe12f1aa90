"""The whole API without its pages, for tests: the same doors, asked in the same process."""

from functools import cache

import httpx
from fastapi import APIRouter, FastAPI

from kinnect_app.api.routers import ROUTERS
from tests.programs import MadeProgram, token_of

_APPS: dict[tuple[int, ...], FastAPI] = {}


def app_of(*routers: APIRouter) -> FastAPI:
    """An app of some doors alone; one for all tests, as it works each door out when first asked."""
    doors = tuple(map(id, routers))
    if doors not in _APPS:
        _APPS[doors] = FastAPI()
        for router in routers:
            _APPS[doors].include_router(router)
    return _APPS[doors]


@cache
def whole_api() -> FastAPI:
    api = FastAPI(title="Kinnect", version="1", openapi_url="/api/v1/openapi.json")
    for router in ROUTERS:
        api.include_router(router)
    return api


def asking(app: FastAPI, token: str = "") -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(app, client=("192.0.2.7", 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://test/api/v1", headers=headers)


def asking_as(app: FastAPI, program: MadeProgram, *scopes: str, now) -> httpx.AsyncClient:
    return asking(app, token_of(program, *scopes, now=now))
