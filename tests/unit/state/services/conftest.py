"""People of the operator whom the tests of a module's own market share."""

import pytest

from state.domain.permissions import StaffRole


@pytest.fixture
def isla(market):
    return market.staff("stella", StaffRole.INSIGHTS_PUBLISHER)


@pytest.fixture
def adam(market):
    return market.staff("sid", StaffRole.ADMINISTRATOR)
