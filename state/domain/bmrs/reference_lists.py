"""Lists that other data refer to: BM Units, fuels, interconnectors, who sends outage messages."""

from collections.abc import Callable
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]


def units(source: Source, asked: Arguments) -> pl.LazyFrame:
    """The newest list of BM Units."""
    rows = source.rows("BMUNITS", always=True)
    newest = rows.filter(pl.col("listed_on") == pl.col("listed_on").max())
    return filtered(newest, asked).sort("nationalGridBmUnit")


def _of(code: str) -> View:
    return lambda source, _: source.rows(code, always=True)


def _distinct(column: str) -> View:
    """Every value of a column of outage messages, as a list of texts."""

    def view(source: Source, _: Arguments) -> pl.LazyFrame:
        rows = source.rows("REMIT", always=True)
        return rows.select(value=pl.col(column).drop_nulls().unique().sort())

    return view


VIEWS: Final[dict[str, View]] = {
    "/reference/bmunits": units,
    "/reference/bmunits/all": units,
    "/reference/fueltypes/all": _of("FUELTYPES"),
    "/reference/interconnectors/all": _of("INTERCONNECTORS"),
    "/reference/remit/assets/all": _distinct("assetId"),
    "/reference/remit/fueltypes/all": _distinct("fuelType"),
    "/reference/remit/participants/all": _distinct("participantId"),
}
