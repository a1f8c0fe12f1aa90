"""Looking for entries of the audit trail."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """What an entry must be like; an empty part asks nothing. Days are in UTC, both included."""

    anything: str = ""
    event: str = ""
    actor: str = ""
    company: str = ""
    since: date | None = None
    until: date | None = None
    organisation_id: int | None = None
