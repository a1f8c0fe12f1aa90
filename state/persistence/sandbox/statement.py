"""What a query may say: one SELECT over the tables it was given, and no door to anything else.

Read off the engine's own parse of the text. This is for clear words and is the first of several
walls: the engine's settings and the kernel's limits stand behind it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

SCHEMAS: Final = frozenset({"main", "revisions"})
"""Where the tables stand: the latest revision of each row, and every revision."""

_TABLE_FUNCTIONS: Final = frozenset({"range", "generate_series", "unnest"})
_OF_THE_ENGINE: Final = re.compile(
    r"(duckdb|pragma|pg|sqlite|information_schema|parquet|read|write|json_execute)_.*"
    r"|current_setting|getvariable|getenv|which_secret",
    re.IGNORECASE,
)
"""Functions and tables about the engine, its settings and files."""


class StatementRefusedError(Exception):
    """The text asks for more than a query may; its words say what, for whoever wrote it."""


def check(parsed: Mapping[str, Any], tables: frozenset[str]) -> None:
    """Nothing is named but these tables, and no function that looks beyond them.

    Raises:
        StatementRefusedError: Something is.
    """
    nodes = list(_nodes(parsed))
    named = {str(one["key"]).lower() for node in nodes for one in _named_by_itself(node)}
    for node in nodes:
        if node.get("type") == "SHOW_REF":
            _check_show(node)
        elif node.get("type") == "TABLE_FUNCTION" and "class" not in node:
            _check_table_function(node)
        elif "table_name" in node:
            _check_table(node, named, tables)
        elif "function_name" in node and _OF_THE_ENGINE.fullmatch(str(node["function_name"])):
            raise _not_here(str(node["function_name"]))


def _check_show(source: Mapping[str, Any]) -> None:
    """DESCRIBE and SUMMARIZE hold a query; SHOW names something of the engine."""
    if not source.get("query"):
        raise StatementRefusedError("The list of tables names them all: DESCRIBE one of them.")


def _check_table_function(source: Mapping[str, Any]) -> None:
    name = str((source.get("function") or {}).get("function_name", ""))
    if name.lower() not in _TABLE_FUNCTIONS:
        raise _not_here(name)


def _check_table(source: Mapping[str, Any], named: set[str], tables: frozenset[str]) -> None:
    name, schema = str(source["table_name"]), str(source.get("schema_name") or "").lower()
    if _OF_THE_ENGINE.fullmatch(name) or _OF_THE_ENGINE.fullmatch(f"{schema}_"):
        raise _not_here(name)
    if source.get("catalog_name"):
        raise StatementRefusedError(f"Leave out {str(source['catalog_name'])[:80]} before {name}.")
    if name.lower() in tables and (not schema or schema in SCHEMAS):
        return
    if not schema and name.lower() in named:
        return
    near = difflib.get_close_matches(name.lower(), sorted(tables), n=1)
    hint = f"Did you mean {near[0]}?" if near else "The list of tables names them all."
    shown = f"{schema}.{name}" if schema else name
    raise StatementRefusedError(f"There is no public table {shown[:80]}. {hint}")


def _not_here(name: str) -> StatementRefusedError:
    return StatementRefusedError(
        f"{name[:80]} cannot be used here: a query reads the public tables, and neither files, nor "
        "the network, nor the engine's own settings."
    )


def _named_by_itself(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the query names itself (WITH)."""
    held = node.get("cte_map")
    return list(held.get("map", [])) if isinstance(held, Mapping) else []


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # whatever JSON can hold
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
