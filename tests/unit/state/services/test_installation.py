import pytest

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.services import installation
from state.services.installation import DatabaseUnreachableError


def test_a_database_that_does_not_answer_is_said_not_to(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KINNECT_DATABASE_URL", f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(DatabaseUnreachableError):
        installation.schema_state(actor=CONSOLE_OPERATOR)


def test_a_migrated_database_answers(database) -> None:
    assert installation.schema_state(actor=CONSOLE_OPERATOR).is_current
    assert installation.database_answers(actor=ANYONE)
    with pytest.raises(NotSignedInError):
        installation.migrate(actor=ANYONE)
