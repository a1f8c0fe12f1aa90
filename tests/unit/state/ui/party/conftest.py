"""Two settled companies for the screens of settlement."""

import pytest

from tests.databases import installation
from tests.settled_companies import settled_companies
from tests.settled_market import DAY


@pytest.fixture(scope="session")
def settled_home(tmp_path_factory):
    with settled_companies(tmp_path_factory.mktemp("screens")) as made:
        yield made


@pytest.fixture
def settled(settled_home):
    home, made = settled_home
    with installation(home):
        yield made


@pytest.fixture
def day() -> str:
    return str(DAY)
