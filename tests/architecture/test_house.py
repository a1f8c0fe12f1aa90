"""The rules of the house (architecture.md 7.3) that concern services, screens, routes and names."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import kinnect_app.kinnect_app as assembled
import state.services
from kinnect_app import routes
from kinnect_app.routes import Audience, Route
from state.domain.authorisation_categories import categories_on
from state.domain.permissions import (
    KINDS,
    NEWEST,
    Capacity,
    Permission,
    Right,
    StaffRole,
    activities_on,
)

ROOT = Path(__file__).parents[2]
ROOMS = ("kinnect_app", "components", "state", "settlement_engine")
SOURCES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]

MAKES_ACTORS = {"who_is_here", "session_id_of", "program_here"}
"""The functions of the services that stand before there is an actor."""

PURE = {"settlement_dates", "settle_day", "settled_day"}
"""Functions of the services that read no record and change none."""

WORDLESS_PAGES = {"home", "overview", "not_found", "start"}
"""Pages without a screen state: they show nothing of the record but what the browser asks the
public API for by itself."""


def services() -> list[tuple[str, object]]:
    found = []
    for module in pkgutil.iter_modules(state.services.__path__):
        loaded = importlib.import_module(f"state.services.{module.name}")
        found += [
            (f"{module.name}.{name}", function)
            for name, function in vars(loaded).items()
            if inspect.isfunction(function)
            and not name.startswith("_")
            and function.__module__ == loaded.__name__
            and name not in MAKES_ACTORS | PURE
        ]
    return found


def test_every_service_takes_its_actor_by_keyword() -> None:
    wrong = []
    for name, function in services():
        parameters = inspect.signature(function).parameters
        if next(iter(parameters)) == "session":
            continue  # a piece of a service, called inside the picture that the service holds
        actor = parameters.get("actor")
        if actor is None or actor.kind is not inspect.Parameter.KEYWORD_ONLY:
            wrong.append(f"{name} takes no actor by keyword")
        body = inspect.getsource(function)
        if not re.search(r"actor\.require\(|_require_read\(|actor=actor", body):
            wrong.append(f"{name} asks no permission")
    assert wrong == []


def methods_of_screens() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in sorted((ROOT / "state/ui").rglob("*.py")):
        for kind in ast.parse(path.read_text()).body:
            if not isinstance(kind, ast.ClassDef) or "rx.State" not in map(ast.unparse, kind.bases):
                continue
            for node in kind.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{path.relative_to(ROOT)}: {node.name}", node


def test_every_method_of_a_screen_is_an_event_that_says_to_whom_it_is_open() -> None:
    wrong, events = [], 0
    for name, method in methods_of_screens():
        marks = [ast.unparse(mark).split("(")[0] for mark in method.decorator_list]
        if marks == ["rx.var"]:
            continue
        events += 1
        if marks[:1] != ["rx.event"]:
            wrong.append(f"{name} is no event")
        elif not "".join(marks[1:2]).startswith("for_"):
            wrong.append(f"{name} says not to whom it is open")
        if method.name.startswith("set_"):
            wrong.append(f"{name} takes a value that no form checks")
        if not isinstance(method, ast.AsyncFunctionDef):
            wrong.append(f"{name} holds up the loop")
    assert wrong == []
    assert events > 0


def test_every_route_has_a_page_and_every_page_a_route() -> None:
    named = {route for route in vars(routes).values() if isinstance(route, Route)}
    assert set(assembled.PAGES) == named
    modules = {
        path.stem
        for path in (ROOT / "kinnect_app/pages").rglob("*.py")
        if path.stem not in {"__init__", "layout"}
    }
    assert {page.__name__.rsplit(".", 1)[1] for page in assembled.PAGES.values()} == modules


def test_a_page_stands_in_the_folder_of_its_audience() -> None:
    folders = {Audience.ANYONE: "public", Audience.PEOPLE: "party", Audience.STAFF: "staff"}
    for route, page in assembled.PAGES.items():
        assert page.__name__.split(".")[-2] == folders[route.audience], route.path


def test_a_page_that_shows_the_record_has_a_screen_of_the_same_name() -> None:
    for page in assembled.PAGES.values():
        folder, name = page.__name__.split(".")[-2:]
        if name in WORDLESS_PAGES or name.startswith("market_entry_"):
            continue
        assert (ROOT / "state/ui" / folder / f"{name}.py").is_file(), name


def test_every_permission_is_held_by_somebody_and_the_matrix_is_whole() -> None:
    table = activities_on(NEWEST)
    assert set(table) == set(Permission)
    letters = {category.code for category in categories_on(NEWEST)}
    for permission, activity in table.items():
        held = {*activity.rights.values(), *activity.categories.values()} - {Right.NO}
        assert held, f"nobody may {permission}"
        assert set(activity.categories) <= letters, permission
        if activity.categories:
            assert activity.right_of("category_a") is not Right.NO, permission
    assert {*StaffRole, *Capacity} - {Capacity.SIGNATORY} <= set(KINDS)


def test_no_module_is_called_by_what_it_is_not() -> None:
    nothing = {"utils", "helpers", "common", "misc", "base", "manager"}
    assert [
        path for path in SOURCES if path.stem in nothing or re.search(r"_v\d+$", path.stem)
    ] == []


def test_packages_are_empty() -> None:
    assert [
        path for path in SOURCES if path.name == "__init__.py" and path.read_text().strip()
    ] == []


def test_colours_are_literal_in_the_tokens_alone() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![0-9a-zA-Z_-])")
    found = {
        str(path.relative_to(ROOT))
        for path in [*SOURCES, ROOT / "assets/kinnect.css", *(ROOT / "components").rglob("*.jsx")]
        if path.name != "tokens.py" and colour.search(path.read_text())
    }
    assert found == set()


def test_every_test_of_a_module_stands_where_the_module_does() -> None:
    for path in (ROOT / "tests/unit").rglob("test_*.py"):
        place = path.relative_to(ROOT / "tests/unit")
        source = ROOT / place.parent / f"{place.stem.removeprefix('test_')}.py"
        assert source.is_file() or source.with_suffix("").is_dir(), f"{path} mirrors no module"


def test_no_lock_or_setting_names_a_registry() -> None:
    for path in [
        *ROOT.glob("requirements*.lock"),
        ROOT / "pyproject.toml",
        *(ROOT / "reflex.lock").iterdir(),
    ]:
        assert not re.search(
            r"https?://[^\s\"]*(pypi|npmjs|npmmirror|registry)", path.read_text()
        ), path
