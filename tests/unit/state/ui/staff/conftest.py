"""A settled market for the screens of the operator's staff."""

import pytest

from tests.market import tiny_market
from tests.settled_market import store_small_market


@pytest.fixture
def market(database):
    store_small_market()
    return tiny_market()
