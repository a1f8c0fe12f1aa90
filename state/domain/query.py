"""A question in SQL about the public data: what may be asked, and what is said where it may not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from state.domain import query_limits
from state.domain.datasets import Dataset, datasets
from state.domain.refusal import Refusal

SQL: Final = "sql"
"""The field that a fault of the text is tied to."""

_WORD: Final = re.compile(r"\w+")
_BEGINNING: Final = re.compile(
    r"(?>\s|--[^\n]*\n|/\*.*?\*/|\()*+"
    r"(select|with|from|values|table|describe|summarize|show|unpivot)\b",
    re.IGNORECASE | re.DOTALL,
)
_EACH_TIME_ANOTHER: Final = re.compile(
    r"\b(now|today|random|setseed|uuid\w*|gen_random_uuid|get_current_\w+|current_\w+|"
    r"transaction_timestamp|txid_current|localtime\w*|age|tablesample|sample)\b",
    re.IGNORECASE,
)


_UNIT_AT_THE_END: Final = (
    ("_gbp_per_mwh", "GBP/MWh"),
    ("_gbp", "GBP"),
    ("_mwh", "MWh"),
    ("_mw", "MW"),
)
"""As our own columns are named; whoever names one in a query so gets its unit too."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the moment at which its rows were known; now, where there is none."""

    sql: str
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take on a date."""

    seconds: int
    memory_megabytes: int
    rows: int
    answer_megabytes: int


def limits(on: date) -> Limits:
    """The limits that are in force."""
    return Limits(
        seconds=query_limits.query_seconds_most(on),
        memory_megabytes=query_limits.query_memory_megabytes_most(on),
        rows=query_limits.query_rows_most(on),
        answer_megabytes=query_limits.query_answer_megabytes_most(on),
    )


def refusals(sql: str, *, on: date) -> tuple[Refusal, ...]:
    """What can be seen to be wrong before anything is run; none means that it may be tried."""
    most = query_limits.query_characters_most(on)
    if not sql.strip():
        return (Refusal(SQL, "Write a query, for example SELECT * FROM system_prices LIMIT 10."),)
    if len(sql) > most:
        return (Refusal(SQL, f"The query is longer than {most:,} characters: make it shorter."),)
    if "\0" in sql:
        return (Refusal(SQL, "The query holds a character that no text has: type it anew."),)
    if not _BEGINNING.match(sql):
        begins = "A query begins with SELECT, WITH, FROM or DESCRIBE: nothing can be changed here."
        return (Refusal(SQL, begins),)
    return ()


def datasets_named(sql: str) -> tuple[Dataset, ...]:
    """Every public dataset whose name or official code is a word of the query; maybe some more."""
    words = {word.lower() for word in _WORD.findall(sql)}
    return tuple(
        one
        for one in datasets().values()
        if one.classification == "public" and words & {one.name, (one.code or one.name).lower()}
    )


def is_repeatable(sql: str) -> bool:
    """Whether the same data give the same answer: nothing in it asks for the time or for chance."""
    return _EACH_TIME_ANOTHER.search(sql) is None


def unit_of_name(name: str) -> str | None:
    """The unit that the end of a column's name says, if it says one."""
    lower = name.lower()
    return next((unit for end, unit in _UNIT_AT_THE_END if lower.endswith(end)), None)


def fault_words(kind: str, detail: str, most: Limits) -> str:
    """Why there is no answer, and how to put it right; `detail` is what the engine says."""
    told: Mapping[str, str] = {
        "time": (
            f"The query took longer than {most.seconds} s and was stopped. Ask for fewer days (a "
            "WHERE on the date), fewer tables at once, or group before you join."
        ),
        "memory": (
            f"The query needed more than {most.memory_megabytes:,} MB of memory and was stopped. "
            "Ask for fewer days or columns, or join on equal keys."
        ),
        "size": (
            f"The answer is larger than {most.answer_megabytes} MB. Ask for fewer rows or columns, "
            "or for shorter texts."
        ),
        "beyond": (
            "The query reaches for something that is not there for it: it reads the public tables, "
            "and neither files nor the network."
        ),
        "refused": detail,
        "wrong": f"The query cannot be read. {detail}",
    }
    return told.get(kind, "The query made the engine stop. Nothing is lost: put it another way.")


def truncated_words(most: Limits) -> str:
    """Said where there are more rows than an answer has."""
    return (
        f"These are the first {most.rows:,} rows. Group them, or ask for fewer with WHERE or LIMIT."
    )
