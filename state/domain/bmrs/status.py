"""How complete and how fresh the data are: rows of each period, and when each dataset last grew."""

from collections.abc import Callable
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]

_PERIOD: Final = ["settlementDate", "settlementPeriod"]
_BY_DEFAULT: Final = 25
_CODES: Final = {
    "BOALF": "BOALF",
    "BOAV": "BOAV",
    "BOD": "BOD",
    "DISBSAD": "DISBSAD",
    "DISEBSP": "DISEBSP",
    "DISPTAV": "BOAV",
    "EBOCF": "EBOCF",
    "FREQ": "FREQ",
    "ISPSTACK": "ISPSTACK",
    "NETBSAD": "NETBSAD",
    "PN": "PN",
    "REMIT": "REMIT",
}


def _count(code: str) -> View:
    """Rows of each period; of the last 25 periods unless a range is given."""

    def view(source: Source, asked: Arguments) -> pl.LazyFrame:
        rows = source.rows(code)
        if "settlementPeriodFrom" in rows.collect_schema():
            rows = rows.rename({"settlementPeriodFrom": "settlementPeriod"})
        found = (
            filtered(rows, asked)
            .group_by(_PERIOD)
            .agg(dataPointCount=pl.len())
            .sort(_PERIOD, descending=True)
        )
        ranged = asked.given("settlementDateFrom", "settlementDateTo")
        return found if ranged else found.head(_BY_DEFAULT)

    return view


VIEWS: Final[dict[str, View]] = {
    **{f"/data-status/{name}": _count(code) for name, code in _CODES.items()},
    "/datasets/metadata/latest": lambda source, _: source.rows("METADATA", always=True),
}
