"""The rules of the house (architecture.md 7.3) that concern services, screens, routes and names."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

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

WORDLESS_PAGES = {"home", "overview", "not_allowed", "not_found", "start"}
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


@pytest.mark.parametrize(
    ("name", "function"), services(), ids=lambda it: it if isinstance(it, str) else ""
)
def test_every_service_takes_its_actor_by_keyword(name: str, function) -> None:
    parameters = inspect.signature(function).parameters
    if next(iter(parameters)) == "session":
        return  # a piece of a service, called inside the picture that the service holds
    assert parameters["actor"].kind is inspect.Parameter.KEYWORD_ONLY
    body = inspect.getsource(function)
    assert re.search(r"actor\.require\(|_require_read\(|actor=actor", body), (
        f"{name} asks no permission"
    )


@pytest.mark.parametrize("path", sorted((ROOT / "state/ui").rglob("*.py")), ids=str)
def test_every_method_of_a_screen_is_an_event_that_says_to_whom_it_is_open(path: Path) -> None:
    for kind in [
        node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)
    ]:
        if not any(ast.unparse(base) == "rx.State" for base in kind.bases):
            continue
        for method in [
            node for node in kind.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]:
            marks = [ast.unparse(mark).split("(")[0] for mark in method.decorator_list]
            if marks == ["rx.var"]:
                continue
            assert marks[0] == "rx.event", f"{path.name}: {method.name}"
            assert marks[1].startswith("for_"), (
                f"{path.name}: {method.name} says not to whom it is open"
            )
            assert not method.name.startswith("set_")
            assert isinstance(method, ast.AsyncFunctionDef), (
                f"{path.name}: {method.name} holds up the loop"
            )


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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_called_by_what_it_is_not(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "misc", "base", "manager"}
    assert not re.search(r"_v\d+$", path.stem)


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
