"""What a question in SQL may cost: limits that are the operator's own dated numbers."""

from datetime import date

from state.domain.rules import number_on


def query_seconds_most(on: date) -> int:
    """How long a query in SQL may run, in seconds."""
    return number_on("query_seconds_most", on)


def query_memory_megabytes_most(on: date) -> int:
    """How much memory a query in SQL may take, in megabytes."""
    return number_on("query_memory_megabytes_most", on)


def query_rows_most(on: date) -> int:
    """How many rows the answer to a query in SQL has at most."""
    return number_on("query_rows_most", on)


def query_answer_megabytes_most(on: date) -> int:
    """How large the answer to a query in SQL is at most, in megabytes."""
    return number_on("query_answer_megabytes_most", on)


def query_characters_most(on: date) -> int:
    """How long the text of a query in SQL is at most."""
    return number_on("query_characters_most", on)


def queries_at_once_most(on: date) -> int:
    """How many queries in SQL run at once."""
    return number_on("queries_at_once_most", on)


def queries_at_once_of_one_most(on: date) -> int:
    """How many queries in SQL run at once for one address."""
    return number_on("queries_at_once_of_one_most", on)


def queries_saved_most(on: date) -> int:
    """How many queries a person may save."""
    return number_on("queries_saved_most", on)
