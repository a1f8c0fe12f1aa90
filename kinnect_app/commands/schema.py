"""What every command that reads the record asks first: is the database of this code?"""

from kinnect_app.commands.outcome import ExitCode, stop
from state.domain.actor import CONSOLE_OPERATOR
from state.services.installation import schema_state


def need_current_schema() -> None:
    """End with a sentence and code 3 where the database must be migrated first."""
    found = schema_state(actor=CONSOLE_OPERATOR)
    if not found.is_current:
        stop(
            ExitCode.UNFIT,
            f"The database is at revision {found.found or 'none'}; this code needs {found.needed}.",
            "Run `kinnect migrate` first.",
        )
