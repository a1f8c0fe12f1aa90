"""Who is acting: decided once at the door, asked in the first line of each service."""

from dataclasses import dataclass

from state.domain.permissions import (
    BY_CAPACITY,
    BY_STAFF_ROLE,
    CLOCK,
    CONSOLE,
    INVENTED,
    PUBLIC,
    SIGNED_IN,
    Capacity,
    Permission,
    StaffRole,
)

_BY_KIND = {"console": CONSOLE, "clock": CLOCK, "invented": INVENTED}
"""What those may do who are no person and are built by our own code alone."""


class NotAllowedError(Exception):
    """The actor may not do this; nothing was read or written."""


class NoCompanyError(NotAllowedError):
    """The actor acts for no company now, and this needs one."""


class NotSignedInError(NotAllowedError):
    """Nobody is signed in, and this needs somebody."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, the public or the server's console, with the one company they act for now.

    Built from the session table by the doors and from nothing that a browser sends.
    """

    kind: str
    name: str
    person_id: int | None = None
    session_id: str | None = None
    organisation_id: int | None = None
    capacity: Capacity | None = None
    staff_roles: frozenset[StaffRole] = frozenset()
    method: str = ""

    @property
    def reference(self) -> str:
        """How the audit trail names this actor: never a person's name."""
        return f"person:{self.person_id}" if self.person_id is not None else self.kind

    def may(self, permission: Permission, organisation_id: int | None = None) -> bool:
        """Whether the activity is allowed, for the company when it belongs to one."""
        if permission in PUBLIC or permission in _BY_KIND.get(self.kind, frozenset()):
            return True
        if self.person_id is None:
            return False
        if permission in SIGNED_IN:
            return True
        if any(permission in BY_STAFF_ROLE[role] for role in self.staff_roles):
            return True
        return (
            self.capacity is not None
            and organisation_id is not None
            and organisation_id == self.organisation_id
            and permission in BY_CAPACITY[self.capacity]
        )

    def require(self, permission: Permission, organisation_id: int | None = None) -> None:
        """Go on only if the activity is allowed.

        Raises:
            NotSignedInError: Nobody is signed in.
            NotAllowedError: The actor's capacity or roles do not hold the permission here.
        """
        if self.may(permission, organisation_id):
            return
        if self.person_id is None and self.kind not in _BY_KIND:
            raise NotSignedInError("Sign in to go on.")
        raise NotAllowedError(f"You may not do this ({permission.value}) for this company.")


ANYONE = Actor(kind="public", name="Anyone")
"""The public: not signed in."""

CONSOLE_OPERATOR = Actor(kind="console", name="Server console")
"""Whoever holds the server's command line."""

THE_CLOCK = Actor(kind="clock", name="The timetable")
"""The timetable of runs, and the worker that does what it asks for."""

INVENTED_OPERATOR = Actor(kind="invented", name="The demo market")
"""Whoever published what the demo market had published before it was opened."""
