"""Who is acting: decided once at the door, asked in the first line of each service."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from state.domain.api_scopes import permissions_of
from state.domain.permissions import (
    NEWEST,
    Capacity,
    Permission,
    Right,
    StaffRole,
    right_of,
    right_of_category,
)

WHILE_LOOKING: Final = frozenset(
    {
        Permission.INSIGHTS_READ,
        Permission.CONTENT_READ,
        Permission.SESSION_OWN,
        Permission.CUSTOMER_VIEW_AS,
    }
)
"""What of their own remains to who looks at a company's pages: the public data, and the way out."""

PAGE: Final = "page"
"""By what a person's own change comes."""

_NO_PERSON = frozenset({"console", "clock", "invented"})
"""Those who are no person and are built by our own code alone."""

_ONLY_LOOKING = "You look at this company's pages as it does: stop looking to change anything."


class NotAllowedError(Exception):
    """The actor may not do this; nothing was read or written."""


class RightLackingError(NotAllowedError):
    """None of what the actor is holds the right to an activity here."""

    def __init__(self, permission: Permission) -> None:
        """`permission` is the activity, as the matrix names it."""
        super().__init__(f"You may not do this ({permission.value}) for this company.")
        self.permission = permission


class NoCompanyError(NotAllowedError):
    """The actor acts for no company now, and this needs one."""


class NotSignedInError(NotAllowedError):
    """Nobody is signed in, and this needs somebody."""


class SignInAgainError(NotAllowedError):
    """The actor may do this, but only within minutes of signing in: they must do it again."""


class OnlyLookingError(NotAllowedError):
    """A member of staff looks at a company's pages as the company does: nothing can be changed."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A category that a signatory holds, for one role of the company or (None) for all."""

    category: str
    role_code: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a program, the public or the console, with the one company they act for now.

    A program acts for the person who made it, within its scopes and never beyond them; one of the
    operator's own acts for no company. Built from
    the tables of sessions and tokens and from nothing that a browser sends. `fresh` says that the
    person signed in within the last minutes, `on` which day's table counts. One who is
    `looking_only` is of the staff and sees what a viewer of the company sees; they change nothing.
    """

    kind: str
    name: str
    person_id: int | None = None
    session_id: str | None = None
    organisation_id: int | None = None
    capacity: Capacity | None = None
    authorisations: frozenset[Authorisation] = frozenset()
    staff_roles: frozenset[StaffRole] = frozenset()
    method: str = ""
    fresh: bool = False
    looking_only: bool = False
    program: str = ""
    program_scopes: frozenset[str] = frozenset()
    on: date = NEWEST

    @property
    def reference(self) -> str:
        """How the audit trail names this actor: never a person's name."""
        if self.program:
            return f"program:{self.program}"
        return f"person:{self.person_id}" if self.person_id is not None else self.kind

    @property
    def through(self) -> str:
        """By what a change comes: a page, or a program by its name."""
        return f"program {self.name}" if self.program else PAGE

    def right(
        self,
        permission: Permission,
        organisation_id: int | None = None,
        *,
        role_code: str | None = None,
    ) -> Right:
        """The best right that any of the actor's capacities gives, here and now.

        `role_code` is the role of the company that the activity concerns: an authorisation for
        one role counts for that role alone, and for nothing that concerns the company as a whole.
        """
        if self.program:
            return self._right_of_program(permission, organisation_id)
        if self.looking_only and permission not in WHILE_LOOKING:
            is_of = self._is_of(organisation_id)
            return right_of(permission, Capacity.VIEWER, self.on) if is_of else Right.NO
        rights = {right_of(permission, kind, self.on) for kind in self._kinds()}
        if self._is_of(organisation_id):
            rights.add(right_of(permission, self.capacity or "", self.on))
            rights |= {
                right_of_category(permission, held.category, self.on)
                for held in self.authorisations
                if held.role_code in {None, role_code}
            }
        for right in (Right.YES, Right.AGAIN):
            if right in rights:
                return right
        return Right.NO

    def may(
        self,
        permission: Permission,
        organisation_id: int | None = None,
        *,
        role_code: str | None = None,
    ) -> bool:
        """Whether the activity is allowed, for the company when it belongs to one."""
        return self.right(permission, organisation_id, role_code=role_code) is not Right.NO

    def require(
        self,
        permission: Permission,
        organisation_id: int | None = None,
        *,
        role_code: str | None = None,
    ) -> None:
        """Go on only if the activity is allowed.

        Raises:
            NotSignedInError: Nobody is signed in.
            RightLackingError: The actor's capacity or roles do not hold the permission here.
            OnlyLookingError: The actor looks at a company's pages, and this is no looking.
            SignInAgainError: They hold it, but signed in too long ago for this.
        """
        right = self.right(permission, organisation_id, role_code=role_code)
        if right is Right.YES or (right is Right.AGAIN and self.fresh):
            return
        if right is Right.AGAIN:
            raise SignInAgainError("Sign in again to go on: this needs a fresh sign-in.")
        if self.looking_only:
            raise OnlyLookingError(_ONLY_LOOKING)
        if self.person_id is None and self.kind not in _NO_PERSON:
            raise NotSignedInError("Sign in to go on.")
        raise RightLackingError(permission)

    def _right_of_program(self, permission: Permission, organisation_id: int | None) -> Right:
        """What its scopes name and its maker may still do here; no fresh sign-in can be asked."""
        if permission not in permissions_of(self.program_scopes, self.on):
            return Right.NO
        maker = replace(self, kind="person", program="", program_scopes=frozenset())
        is_own = self._is_of(organisation_id) or self.organisation_id is organisation_id is None
        is_held = is_own and maker.may(permission, organisation_id)
        return Right.YES if is_held else Right.NO

    def require_not_looking(self) -> None:
        """Go on only if the actor does not look at a company's pages as the company does.

        Raises:
            OnlyLookingError: They do, so that not even what is their own may be changed.
        """
        if self.looking_only:
            raise OnlyLookingError(_ONLY_LOOKING)

    def _kinds(self) -> tuple[str, ...]:
        if self.person_id is None:
            return ("anyone", self.kind) if self.kind in _NO_PERSON else ("anyone",)
        return ("anyone", "signed_in", *self.staff_roles)

    def _is_of(self, organisation_id: int | None) -> bool:
        return (
            self.person_id is not None
            and self.capacity is not None
            and organisation_id is not None
            and organisation_id == self.organisation_id
        )


ANYONE = Actor(kind="public", name="Anyone")
"""The public: not signed in."""

CONSOLE_OPERATOR = Actor(kind="console", name="Server console")
"""Whoever holds the server's command line."""

THE_CLOCK = Actor(kind="clock", name="The timetable")
"""The timetable of runs, and the worker that does what it asks for."""

INVENTED_OPERATOR = Actor(kind="invented", name="The demo market")
"""Whoever published what the demo market had published before it was opened."""
