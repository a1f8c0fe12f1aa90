import json
from datetime import datetime

import pytest

from state.ui.session import clock
from tests.api import asking, asking_as, whole_api
from tests.market import tiny_market
from tests.programs import made_program


def now() -> datetime:
    return clock()


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def app():
    return whole_api()


@pytest.fixture
async def erp(market, app):
    """A client that sends the token of a program with every scope."""
    async with asking_as(app, made_program(market, now=now()), now=now()) as client:
        yield client


@pytest.fixture
async def stranger(market, app):
    """A client that sends no token."""
    async with asking(app) as client:
        yield client


def told(answer) -> dict:
    return json.loads(answer.content)
