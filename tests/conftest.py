"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresqlCluster, installation, passing_installation

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# A test says itself which settings it needs; those of whoever runs it are not the test's.
for name in [name for name in os.environ if name.startswith("KINNECT_")]:
    del os.environ[name]
os.environ["KINNECT_ENV"] = "development"


_UNMEASURED = (
    "architecture",
    "database",
    "permissions",
    "property/test_api_schema",
    "unit/kinnect_app/jobs",
    "unit/state/ui",
)
"""Coverage rests here: what its floors are of has tests of its own, and measuring costs a fifth."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure those alone whose lines count."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(_UNMEASURED):
            item.add_marker("no_cover")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """An empty installation on SQLite; gives its data directory."""
    with passing_installation(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[PostgresqlCluster]:
    """A PostgreSQL cluster for the session."""
    cluster = PostgresqlCluster()
    yield cluster
    cluster.stop()


@pytest.fixture
def postgresql(postgresql_cluster: PostgresqlCluster, tmp_path: Path) -> Iterator[Path]:
    """An empty installation on PostgreSQL; gives its data directory."""
    with postgresql_cluster.database() as url, installation(tmp_path, url) as folder:
        yield folder


@pytest.fixture(params=["database", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> Path:
    """The same test on both databases."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real market data beside the project; a visible skip where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here: no real data to test with")
    return SHARED_DATA
