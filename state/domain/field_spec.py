"""One field of a form: what it is called, why it is asked, what may be in it, what is wrong."""

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from state.domain.formats import flow_text
from state.domain.formats.kinds import FORMATS, Format
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.masking import masked_as

_STRICT = ConfigDict(extra="forbid", strict=True)
_CHOSEN = frozenset({"radio", "ticks", "select"})


@dataclass(frozen=True, slots=True, config=_STRICT)
class Choice:
    """One answer among several."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Condition:
    """Holds when another field of the same form has one of the values, or none of them."""

    field: str
    is_in: tuple[str, ...] = ()
    is_not_in: tuple[str, ...] = ()

    def holds(self, values: Mapping[str, str]) -> bool:
        """Whether it holds for the answers."""
        answer = values.get(self.field, "")
        return answer in self.is_in if self.is_in else bool(answer) and answer not in self.is_not_in


@dataclass(frozen=True, slots=True, config=_STRICT)
class SpecialFormat:
    """Another format, where a condition holds: a postcode is one of ours only in our country."""

    format: str
    where: Condition


@dataclass(frozen=True, slots=True, config=_STRICT)
class OwnWords:
    """What this field says where it does not speak as its format does."""

    missing: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, config=_STRICT)
class FieldSpec:
    """One field, as `field_catalogue/` says it once for the form, the API and the tests."""

    name: str
    label: str
    thing: str
    longest: int
    source: str
    format: str = "text"
    box: Literal["text", "textarea", "radio", "ticks", "select", "date"] = "text"
    hint: str = ""
    why: str = ""
    example: str = ""
    needed: Literal["always", "never"] | Condition = "always"
    asked: Condition | None = None
    special: SpecialFormat | None = None
    not_before: str = ""
    errors: OwnWords = OwnWords()
    autocomplete: str = "off"
    input_mode: str = "text"
    width: str = "full"
    private: bool = False
    choices: tuple[Choice, ...] = ()

    def rule(self, values: Mapping[str, str] | None = None) -> Format:
        """The format of what may be typed, given the other answers; its own one without them."""
        if self.special and (values is None or self.special.where.holds(values)):
            return FORMATS[self.special.format]
        return FORMATS[self.format]

    @property
    def is_chosen(self) -> bool:
        """Whether it is answered by choosing, not by typing."""
        return self.box in _CHOSEN

    @property
    def is_several(self) -> bool:
        """Whether several choices may be ticked; they are kept as keys with spaces between."""
        return self.box == "ticks"

    @property
    def is_confirmed(self) -> bool:
        """Whether a good answer is confirmed on screen as soon as the box is left."""
        return self.rule().confirmation is not None

    @property
    def question(self) -> str:
        """The label, which says when an answer is optional."""
        return f"{self.label} (optional)" if self.needed == "never" else self.label

    def is_asked(self, values: Mapping[str, str]) -> bool:
        """Whether the field is part of the form, given the other answers."""
        return self.asked is None or self.asked.holds(values)

    def is_needed(self, values: Mapping[str, str]) -> bool:
        """Whether it must be answered, given the other answers."""
        if not self.is_asked(values):
            return False
        if isinstance(self.needed, Condition):
            return self.needed.holds(values)
        return self.needed == "always"

    def problem(self, text: str, values: Mapping[str, str] | None = None) -> str | None:
        """What is wrong with an answer that was given, given the other answers; or None."""
        if self.is_chosen:
            return None if self._is_offered(text) else self.missing
        rule = self.rule(values)
        wrong = (
            text_problem(self.thing, text, longest=self._longest_typed)
            or rule.problem_with(text, self.thing)
            or text_problem(self.thing, rule.normal(text), longest=self.longest)
        )
        if wrong is None:
            return None
        return (self.errors.wrong or wrong) + self._suggestion(text)

    @property
    def missing(self) -> str:
        """What is said where there is no answer."""
        return self.errors.missing or f"{'Select' if self.is_chosen else 'Enter'} {self.thing}"

    def normal(self, text: str, values: Mapping[str, str] | None = None) -> str:
        """The answer as it is kept, given the other answers."""
        if self.is_several:
            ticked = set(text.split())
            return " ".join(choice.value for choice in self.choices if choice.value in ticked)
        return tidy(text) if self.is_chosen else self.rule(values).normal(text)

    def confirmation(self, text: str) -> str:
        """A good code in words for the screen; nothing for other fields or where it is wrong."""
        confirm = self.rule().confirmation
        if confirm is None or not tidy(text) or self.problem(text):
            return ""
        if self.private:
            return f"Valid: {masked_as(self.format, self.normal(text))}"
        return confirm(text)

    def as_typed(self, text: str) -> str:
        """A kept answer as people write it: a number as it is dialled at home."""
        shown = FORMATS[self.format].shown
        return shown(text) if shown is not None and text else text

    def words(self, text: str) -> str:
        """A kept answer for reading: choices in words, private ones masked."""
        if self.private:
            return masked_as(self.format, text)
        if not self.is_chosen:
            return self.as_typed(text)
        labels = {choice.value: choice.label for choice in self.choices}
        keys = text.split() if self.is_several else [text]
        return ", ".join(labels.get(key, key) for key in keys)

    @property
    def _longest_typed(self) -> int:
        return 4 * self.longest if self.is_confirmed else self.longest

    def _is_offered(self, text: str) -> bool:
        keys = text.split() if self.is_several else [text]
        return bool(keys) and set(keys) <= {choice.value for choice in self.choices}

    def _suggestion(self, text: str) -> str:
        if self.format not in {"flow_text", "system_name"}:
            return ""
        spelled = flow_text.suggestion(text)
        return f". You could write ‘{spelled}’" if spelled else ""
