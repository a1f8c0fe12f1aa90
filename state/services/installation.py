"""The installation: bringing its database up to date, and telling whether it may be served."""

from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence import schema
from state.persistence.models import tables  # noqa: F401  # the models, all of them
from state.persistence.sealed import UnfitKeysError, data_keys
from state.persistence.transaction import UnfitDatabaseError, engine, reading

__all__ = ["UnfitDatabaseError", "UnfitKeysError"]


class DatabaseUnreachableError(Exception):
    """The database did not answer; says what it said."""


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which revision the database has, and which one this code needs."""

    found: str | None
    needed: str | None

    @property
    def is_current(self) -> bool:
        """Whether they are the same."""
        return self.found == self.needed


def schema_state(*, actor: Actor) -> SchemaState:
    """Compare the database with this code.

    Raises:
        UnfitDatabaseError: The database cannot be trusted with records.
        DatabaseUnreachableError: It does not answer.
    """
    actor.require(Permission.INSTALLATION_RUN)
    try:
        return SchemaState(schema.revision_of(engine()), schema.newest_revision())
    except OperationalError as fault:
        raise DatabaseUnreachableError(str(fault.orig).strip()) from fault


def need_data_keys(*, actor: Actor) -> None:
    """Make sure that the sealed fields can be opened.

    Raises:
        UnfitKeysError: There are no keys for them, or what is given is none.
    """
    actor.require(Permission.INSTALLATION_RUN)
    data_keys()


def migrate(*, actor: Actor) -> SchemaState:
    """Bring the database to the revision of this code; gives what it was before.

    Raises:
        UnfitDatabaseError: The database cannot be trusted with records.
        DatabaseUnreachableError: It does not answer.
    """
    actor.require(Permission.INSTALLATION_RUN)
    before = schema_state(actor=actor)
    schema.upgrade(engine())
    return before


def database_answers(*, actor: Actor) -> bool:
    """Whether the database can be read just now."""
    actor.require(Permission.INSIGHTS_READ)
    with reading() as session:
        return session.connection().exec_driver_sql("SELECT 1").scalar() == 1
