"""Migrations up, down and up again, on both databases, with rows in them."""

import pytest
import sqlalchemy as sa
from alembic.config import Config

from state.domain.actor import CONSOLE_OPERATOR
from state.persistence import schema, transaction
from state.services import installation as service
from tests.databases import installation
from tests.market import tiny_market


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """An installation whose database has never been migrated."""
    if request.param == "sqlite":
        with installation(tmp_path):
            yield
        return
    cluster = request.getfixturevalue("postgresql_cluster")
    with cluster.database("template0") as url, installation(tmp_path, url):
        yield


def tables() -> set[str]:
    return set(sa.inspect(transaction.engine()).get_table_names()) - {"alembic_version"}


def test_up_with_rows_down_and_up_again(empty) -> None:
    before = service.migrate(actor=CONSOLE_OPERATOR)
    assert before.found is None
    tiny_market()
    assert service.schema_state(actor=CONSOLE_OPERATOR).is_current
    schema.downgrade(transaction.engine(), "base")
    assert tables() == set()
    assert service.migrate(actor=CONSOLE_OPERATOR).found is None
    tiny_market()
    assert service.migrate(actor=CONSOLE_OPERATOR).is_current
    assert service.database_answers(actor=CONSOLE_OPERATOR)


def test_the_migrations_make_the_tables_of_the_models(empty) -> None:
    schema.upgrade(transaction.engine())
    schema.check(transaction.engine())


def test_a_migration_that_fails_leaves_nothing_behind(empty, tmp_path, monkeypatch) -> None:
    """The next try starts from where the last good one ended."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    ours = schema._config().get_main_option("script_location")
    monkeypatch.setattr(
        schema, "_config", lambda engine=None: _with_a_bad_one(ours, folder, engine)
    )
    with pytest.raises(ZeroDivisionError):
        schema.upgrade(transaction.engine())
    assert schema.revision_of(transaction.engine()) == "0012"
    assert "half_made" not in tables()
    with pytest.raises(ZeroDivisionError):
        schema.upgrade(transaction.engine())


def _with_a_bad_one(ours, folder, engine):
    (folder / "versions" / "bad.py").write_text(
        'revision = "bad"\ndown_revision = "0012"\n\n'
        "def upgrade():\n"
        "    from alembic import op\n"
        "    import sqlalchemy as sa\n"
        '    op.create_table("half_made", sa.Column("id", sa.Integer))\n'
        "    1 / 0\n"
    )
    config = Config()
    config.set_main_option("script_location", ours)
    config.set_main_option("version_locations", f"{ours}/versions {folder}/versions")
    config.set_main_option("path_separator", "space")
    config.attributes["engine"] = engine
    return config
