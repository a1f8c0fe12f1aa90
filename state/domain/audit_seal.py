"""The seal of an audit entry: a hash over the entry and the seal before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_SEAL = "0" * 64
"""What the first entry is sealed to."""


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """What one entry says."""

    sequence: int
    at: datetime
    actor: str
    organisation_id: int | None
    event: str
    subject: str
    details: str


def seal(facts: AuditFacts, previous_seal: str) -> str:
    """SHA-256 over the canonical form of the facts and the previous seal, in hexadecimal."""
    canonical = json.dumps(
        [
            facts.sequence,
            facts.at.astimezone(UTC).isoformat(timespec="microseconds"),
            facts.actor,
            facts.organisation_id,
            facts.event,
            facts.subject,
            facts.details,
            previous_seal,
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
