"""Who looks at a company's pages as it does writes nothing: read off the services themselves."""

import ast
import inspect
import re
from functools import cache
from types import ModuleType

from state.domain.actor import WHILE_LOOKING
from state.domain.changes import RIGHTS
from state.domain.permissions import NEWEST, Capacity, Permission, Right, right_of
from tests.architecture.test_house import services

OF_A_LOOKER = {
    one
    for one in Permission
    if one in WHILE_LOOKING or right_of(one, Capacity.VIEWER, NEWEST) is not Right.NO
}
"""All that a looker may; whatever else a service asks for, they are refused."""

ABOUT_THE_LOOK_OR_THE_SIGN_IN = {
    "sessions.renew_session",
    "sessions.end_session",
    "sign_ins.end_sign_in",
    "sign_ins.end_every_sign_in",
    "view_as.begin_look",
    "view_as.stop_looking",
}
"""What a looker does write: that they are out, or look no more."""


@cache
def functions_of(module: ModuleType) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    return {
        node.name: node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def reached(function) -> str:
    """The source of a service function, and of the private ones of its module that it calls."""
    tree = functions_of(inspect.getmodule(function))
    seen, waiting = {}, [function.__name__]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in tree:
            continue
        seen[name] = ast.unparse(tree[name])
        waiting += [node.id for node in ast.walk(tree[name]) if isinstance(node, ast.Name)]
    return "\n".join(seen.values())


def is_shut_to_a_looker(source: str) -> bool:
    asked = {Permission[one] for one in re.findall(r"\bPermission\.([A-Z_]+)", source)}
    first = re.search(r"actor\.require\(Permission\.([A-Z_]+)", source)
    if first is None:  # asked of the change itself, or of the kind of actor
        return "RIGHTS[" in source or "permission_to_invite(" in source or not asked & OF_A_LOOKER
    return Permission[first.group(1)] not in OF_A_LOOKER or "require_not_looking()" in source


def test_a_service_that_writes_is_shut_to_who_only_looks() -> None:
    sources = {name: reached(function) for name, function in services()}
    writing = {
        name
        for name, source in sources.items()
        if "with transaction()" in source and name not in ABOUT_THE_LOOK_OR_THE_SIGN_IN
    }
    assert writing
    assert [name for name in sorted(writing) if not is_shut_to_a_looker(sources[name])] == []


def test_no_kind_of_change_is_prepared_or_approved_by_who_only_looks() -> None:
    for rights in RIGHTS.values():
        assert not {rights.prepare, rights.approve} & OF_A_LOOKER
