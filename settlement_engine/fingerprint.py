"""A formula known by its source: its own, and that of every module of the engine it calls."""

import hashlib
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Final, cast

from settlement_engine.rule import Formula

_PACKAGE: Final = __name__.partition(".")[0]


@cache
def source_hash(formula: Formula) -> str:
    """A hash of the formula and of the modules whose functions it calls, constants and all."""
    digest = hashlib.sha256(inspect.getsource(formula).encode())
    for module in sorted({function.__module__ for function in functions_called(formula)}):
        digest.update(inspect.getsource(sys.modules[module]).encode())
    return digest.hexdigest()


def functions_called(formula: Formula) -> set[FunctionType]:
    """The functions of the engine that a formula, itself a plain function, calls, however deep."""
    called: set[FunctionType] = set()
    ahead = [cast("FunctionType", formula)]
    while ahead:
        function = ahead.pop()
        if function.__module__.startswith(_PACKAGE):
            called.add(function)
        ahead += [found for found in _named(function) if found not in called]
    return called


def _named(function: FunctionType) -> Iterator[FunctionType]:
    """The engine's functions that stand in the body, whether named alone or after a module."""
    names = set(_names(function.__code__))
    for name in names:
        value = function.__globals__.get(name)
        inside = [vars(value).get(inner) for inner in names] if inspect.ismodule(value) else [value]
        for found in inside:
            if isinstance(found, FunctionType) and found.__module__.startswith(_PACKAGE):
                yield found


def _names(code: CodeType) -> Iterator[str]:
    """Every name in a body and in the comprehensions and functions within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
