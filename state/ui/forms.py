"""Reading what a browser sends as a form: anything may come, only short text goes through."""

from datetime import date
from typing import Any

from state.domain.dates import typed_date
from state.domain.refusal import RefusedError

_LONGEST = 5_000


def answer(form: Any, name: str) -> str:  # noqa: ANN401  # a browser may send anything
    """The text of one question; empty when it is missing or is no text."""
    value = form.get(name) if isinstance(form, dict) else None
    if not isinstance(value, str):
        return ""
    return value[:_LONGEST].encode("utf-8", "ignore").decode().strip()  # half a character is none


def ticked(form: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401
    """The values of the boxes `name.value` that are ticked."""
    if not isinstance(form, dict):
        return ()
    prefix = f"{name}."
    return tuple(
        key.removeprefix(prefix)[:40]
        for key, value in form.items()
        if isinstance(key, str) and key.startswith(prefix) and value
    )


def date_answer(form: Any, name: str) -> date | None:  # noqa: ANN401
    """The date of three boxes; None when it is no real date."""
    day, month, year = (answer(form, f"{name}_{part}") for part in ("day", "month", "year"))
    return typed_date(day, month, year)


def yes_or_no(form: Any) -> bool | None:  # noqa: ANN401
    """The answer to `decision`: accept, decline, or none of them."""
    return {"accept": True, "decline": False}.get(answer(form, "decision"))


def problems_of(refused: RefusedError) -> dict[str, str]:
    """Each reason by its field, the first where a field has several."""
    problems: dict[str, str] = {}
    for reason in refused.reasons:
        problems.setdefault(reason.field, reason.reason)
    return problems
