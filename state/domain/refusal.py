"""A refusal in full: every reason at once, each tied to its field."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, in words for the person who can put it right."""

    field: str
    reason: str


class RefusedError(Exception):
    """What was asked breaks rules; nothing was stored."""

    def __init__(self, reasons: tuple[Refusal, ...]) -> None:
        """Keep every reason."""
        super().__init__("; ".join(f"{reason.field}: {reason.reason}" for reason in reasons))
        self.reasons = reasons
