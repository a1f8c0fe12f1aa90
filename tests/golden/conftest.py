"""Golden cases are data: each case of `rules/<quantity>.yaml` is a test named by its sentence.

A case gives frames, by name, as rows of decimals; what a row leaves out is neutral, and the period
is the first unless it says another. The quantity of the file is worked out on the case's date, so
the dated table is tested too. `expect` holds every row of it, `expect_among` some; a row names the
columns it cares about. `places` rounds to the places a figure was published to.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from settlement_engine.frames import keys
from settlement_engine.trading_charges import TRADING_CHARGES

CASE_WORDS = {"name", "source", "settlement_date", "parameters", "given", "places"}


class UnexpectedFigureError(AssertionError):
    """The figures of a case differ."""


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".yaml" and file_path.parent.name == "rules":
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        for case in yaml.safe_load(self.path.read_text(encoding="utf-8")):
            yield Case.from_parent(self, name=case["name"], case=case, quantity=self.path.stem)


class Case(pytest.Item):
    def __init__(self, *, case: dict[str, Any], quantity: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.case, self.quantity = case, quantity

    def runtest(self) -> None:
        case = self.case
        if unknown := case.keys() - CASE_WORDS - {"expect", "expect_among"}:
            raise UnexpectedFigureError(f"The case says {unknown}, which means nothing.")
        day = case["settlement_date"]
        rulebook = TRADING_CHARGES
        if "parameters" in case:
            rulebook = rulebook.variant("case", parameters=case["parameters"])
        given = {name: frame(name, rows, day) for name, rows in case["given"].items()}
        settled = rulebook.settle(given, since=day, until=day, wanted=[self.quantity])
        self.compare(settled.decimals(self.quantity))

    def compare(self, found: pl.DataFrame) -> None:
        expected = self.case.get("expect", self.case.get("expect_among"))
        if "expect" in self.case and found.height != len(expected):
            raise UnexpectedFigureError(f"{found.height} rows, not {len(expected)}:\n{found}")
        for row in expected:
            self.compare_row(found, row)

    def compare_row(self, found: pl.DataFrame, row: dict[str, Any]) -> None:
        named = [k for k in keys(TRADING_CHARGES.rule(self.quantity).produces) if k in row]
        match = found.filter(*(pl.col(key) == row[key] for key in named))
        if match.height != 1:
            raise UnexpectedFigureError(f"{match.height} rows for {row}:\n{found}")
        for column, value in row.items():
            figure = match[column].item()
            if isinstance(figure, float) and "places" in self.case:
                figure = round(figure, self.case["places"])
            if figure != value:
                raise UnexpectedFigureError(f"{column} is {figure}, not {value}; in {row}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> str:
        return f"{self.path.name}: {self.name}\n{excinfo.value}"

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.quantity}: {self.name}"


def frame(name: str, rows: list[dict[str, Any]], day: Any) -> pl.DataFrame:
    """The rows of a frame as the engine is given them; a misspelt column fails there."""
    columns = TRADING_CHARGES.frame_types()[name].column_names()
    dated = {"settlement_date": day, "settlement_period": 1}
    dated = {column: value for column, value in dated.items() if column in columns}
    return pl.DataFrame([dated | row for row in rows], infer_schema_length=None)
