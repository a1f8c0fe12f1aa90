"""What every test may ask for."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresqlCluster, installation, passing_installation

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# A test says itself which settings it needs; those of whoever runs it are not the test's.
for name in [name for name in os.environ if name.startswith("KINNECT_")]:
    del os.environ[name]
os.environ["KINNECT_ENV"] = "development"


_MEASURED = (
    "golden",
    "unit/kinnect_app/api",
    "unit/kinnect_app/ingest",
    "unit/settlement_engine",
    "unit/state/domain",
    "unit/state/persistence",
    "unit/state/services",
)
"""What the floors of coverage are of is tested here; elsewhere it rests, as it costs a fifth."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure those tests alone whose lines count."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    place = item.path.relative_to(Path(__file__).parent).as_posix()
    if coverage is None or place.startswith(_MEASURED):
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        coverage.resume()


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


def pytest_collection_finish() -> None:
    """What is loaded stays: it is not looked through for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
