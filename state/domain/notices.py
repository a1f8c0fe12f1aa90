"""What people are told: each kind of notice, its words, and whether it can be muted."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

_MAIL: Final = "Sign in to view it."
"""All that a mail says under its subject: it holds nothing of a person, and nothing of a bank."""

WHY_MANDATORY: Final = {
    "security": "It protects you and your company",
    "legal": "Your company's rights and duties depend on it",
}
"""Why some kinds cannot be muted, in words for the page of preferences."""


@dataclass(frozen=True, slots=True)
class NoticeTopic:
    """A group of kinds that a person mutes together."""

    key: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice. The sentence is read in the app; a mail has the subject and `mail`."""

    key: str
    topic: str
    mandatory: str
    subject: str
    sentence: str
    mail: str = _MAIL

    @property
    def placeholders(self) -> frozenset[str]:
        """The words that a notice of this kind needs."""
        texts = (self.subject, self.sentence, self.mail)
        return frozenset(name for text in texts for _, name, _, _ in _FORMAT.parse(text) if name)


_FORMAT: Final = string.Formatter()


def notice_topics() -> tuple[NoticeTopic, ...]:
    """The topics, in the order of the page of preferences."""
    return tuple(NoticeTopic(**row) for row in _catalogue()["topics"])


def notice_kind(key: str) -> NoticeKind:
    """A kind by its key.

    Raises:
        KeyError: The catalogue has none such.
    """
    return notice_kinds()[key]


@cache
def notice_kinds() -> Mapping[str, NoticeKind]:
    """Every kind by its key."""
    return {row["key"]: NoticeKind(**row) for row in _catalogue()["kinds"]}


def said(text: str, words: Mapping[str, str]) -> str:
    """The text with its words put in.

    Raises:
        KeyError: A word is missing.
    """
    return text.format_map(words)


def why_topic_is_mandatory(topic: str) -> str:
    """Why no kind of the topic can be muted; empty where one can."""
    reasons = {kind.mandatory for kind in notice_kinds().values() if kind.topic == topic}
    return "" if "" in reasons else WHY_MANDATORY[min(reasons)]


@cache
def _catalogue() -> dict[str, Any]:
    text = (resources.files("state.domain") / "notices.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
