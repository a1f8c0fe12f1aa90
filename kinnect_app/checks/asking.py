"""Asking the register what services wish to know, as the worker's clock has it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import Final, Protocol

import structlog

from kinnect_app.checks.companies_house import CompaniesHouse, RegisterUnavailableError
from kinnect_app.checks.development_register import development_register
from kinnect_app.neighbours import register_settings
from state.domain.actor import THE_CLOCK
from state.services.register_checks import (
    CheckToMake,
    RegisterAnswer,
    check_answered,
    check_failed,
    check_to_make,
)

_AT_ONCE: Final = 20

_log = structlog.get_logger(__name__)


class Register(Protocol):
    """A register of companies: what any that can be asked gives."""

    def company(self, number: str) -> RegisterAnswer:
        """The entry of a company, or that there is none.

        Raises:
            RegisterUnavailableError: The register cannot be asked now.
        """


class RegisterClerk:
    """One thread beside the worker's clock: a register that hangs holds nothing else up."""

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="register")
        self._round: Future[int] | None = None

    def go(self, now: datetime) -> None:
        """Begin a round, unless one is still going on."""
        if self._round is not None:
            if not self._round.done():
                return
            if fault := self._round.exception():
                _log.error("register round failed", exc_info=fault)
        self._round = self._thread.submit(ask_registers, now)


def ask_registers(now: datetime) -> int:
    """Make every check that is due; gives how many were answered."""
    answered = 0
    for _ in range(_AT_ONCE):
        check = check_to_make(actor=THE_CLOCK, now=now)
        if check is None or not _answered(check, now):
            break  # where the register cannot be reached the rest would fare no better
        answered += 1
    return answered


def _answered(check: CheckToMake, now: datetime) -> bool:
    try:
        answer = _register().company(check.company_number)
    except RegisterUnavailableError as fault:
        again = check_failed(actor=THE_CLOCK, check_id=check.check_id, now=now)
        _log.warning("register not reached", why=str(fault), again=again)
        return False
    check_answered(actor=THE_CLOCK, check_id=check.check_id, answer=answer, now=now)
    return True


class _NoRegister:
    """None is configured: every check is for people to make."""

    def company(self, number: str) -> RegisterAnswer:
        """Nothing can be asked."""
        raise RegisterUnavailableError(f"no register is configured to look {number} up in")


@cache
def _register() -> Register:
    chosen = register_settings()
    if key := chosen.companies_house_key.get_secret_value():
        return CompaniesHouse(chosen.companies_house_url, key)
    return development_register() if chosen.env == "development" else _NoRegister()
