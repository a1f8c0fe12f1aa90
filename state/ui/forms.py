"""Reading what a browser sends as a form: anything may come, only short text goes through."""

from datetime import date
from typing import Any

from state.domain.dates import typed_date
from state.domain.field_catalogue import FormSpec
from state.domain.field_spec import FieldSpec
from state.domain.refusal import Refusal, RefusedError

_LONGEST = 5_000
_LONGEST_CODE = 200


def answer(form: Any, name: str) -> str:  # noqa: ANN401  # a browser may send anything
    """The text of one question; empty when it is missing or is no text."""
    value = form.get(name) if isinstance(form, dict) else None
    if not isinstance(value, str):
        return ""
    return value[:_LONGEST].encode("utf-8", "ignore").decode().strip()  # half a character is none


def answers(form: Any, spec: FormSpec) -> dict[str, str]:  # noqa: ANN401
    """The answer to each question of a form of the catalogue, as it was typed."""
    return {field.name: _answer_to(form, field) for field in spec.fields}


def confirmations_after(
    confirmations: dict[str, str], spec: FormSpec, name: object, typed: object
) -> dict[str, str]:
    """What is confirmed on screen once a box is left: a good code is, any other answer is not."""
    asked = {field.name: field for field in spec.fields}.get(str(name)[:40])
    others = {key: words for key, words in confirmations.items() if key != name}
    if asked is None:
        return others
    words = asked.confirmation(answer({"typed": typed}, "typed")[:_LONGEST_CODE])
    return others | ({asked.name: words} if words else {})


def without_problems(confirmations: dict[str, str], problems: dict[str, str]) -> dict[str, str]:
    """What stays confirmed after a refusal: nothing is good and wrong at once."""
    return {name: words for name, words in confirmations.items() if name not in problems}


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


def unreal_date(form: Any, name: str, thing: str) -> Refusal | None:  # noqa: ANN401
    """The reason to refuse three boxes that hold something, but no real date."""
    boxes = [answer(form, f"{name}_{part}") for part in ("day", "month", "year")]
    if not any(boxes) or typed_date(*boxes) is not None:
        return None
    return Refusal(name, f"{thing} must be a real date, like 27 3 2027")


def _answer_to(form: Any, field: FieldSpec) -> str:  # noqa: ANN401
    if field.is_several:
        return " ".join(ticked(form, field.name))
    if field.box == "date":
        return " ".join(
            part
            for part in (answer(form, f"{field.name}_{part}") for part in ("day", "month", "year"))
            if part
        )
    return answer(form, field.name)


def yes_or_no(form: Any) -> bool | None:  # noqa: ANN401
    """The answer to `decision`: accept, decline, or none of them."""
    return {"accept": True, "decline": False}.get(answer(form, "decision"))


def problems_of(refused: RefusedError) -> dict[str, str]:
    """Each reason by its field, the first where a field has several."""
    problems: dict[str, str] = {}
    for reason in refused.reasons:
        problems.setdefault(reason.field, reason.reason)
    return problems
