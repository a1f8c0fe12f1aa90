"""The Balancing Mechanism: notifications, limits, bids and offers, acceptances, adjustments."""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]

_PHYSICAL: Final = ("PN", "QPN", "MILS", "MELS")
_RATES: Final = ("RDRE", "RURE", "RDRI", "RURI")
_DYNAMIC: Final = {
    "SEL": "level",
    "SIL": "level",
    "MZT": "periodMin",
    "MNZT": "periodMin",
    "MDV": "volumeMax",
    "MDP": "periodMax",
    "NTB": "notice",
    "NTO": "notice",
    "NDZ": "notice",
}
_FLOW: Final = [
    "settlementDate",
    "settlementPeriod",
    "timeFrom",
    "timeTo",
    "levelFrom",
    "levelTo",
    "nationalGridBmUnit",
    "bmUnit",
]


def _several(
    source: Source,
    codes: Sequence[str],
    columns: Sequence[str],
    names: dict[str, str] | None = None,
) -> pl.LazyFrame:
    """Rows of several datasets one under the other, each with its code."""
    return pl.concat(
        [
            source.rows(code)
            .rename({names[code]: "value"} if names else {})
            .select(pl.lit(code).alias("dataset"), *columns)
            for code in codes
        ],
        how="vertical_relaxed",
    )


def _named(asked: Arguments, known: Sequence[str]) -> list[str]:
    """The datasets asked for, of those that belong here; all where none is named."""
    given = asked.get("dataset")
    several = given if isinstance(given, tuple) else (given,)
    wanted = {one.upper() for one in several if one}
    return [code for code in known if not wanted or code in wanted]


def physical(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Notifications and limits of one BM Unit, or of all in one period."""
    codes = _named(asked, _PHYSICAL) or list(_PHYSICAL)
    return filtered(_several(source, codes, _FLOW), asked)


def dynamic(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Dynamic parameters in one shape."""
    codes = _named(asked, tuple(_DYNAMIC)) or list(_DYNAMIC)
    columns = [
        "bmUnit",
        "nationalGridBmUnit",
        "time",
        "value",
        "settlementDate",
        "settlementPeriod",
    ]
    return _at_snapshot(_several(source, codes, columns, _DYNAMIC), asked)


def rates(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Run-up and run-down rates in one shape."""
    codes = _named(asked, _RATES) or list(_RATES)
    steps = ["rate1", "elbow2", "rate2", "elbow3", "rate3"]
    columns = ["settlementDate", "settlementPeriod", "time", *steps, "nationalGridBmUnit", "bmUnit"]
    return _at_snapshot(_several(source, codes, columns), asked)


def _at_snapshot(rows: pl.LazyFrame, asked: Arguments) -> pl.LazyFrame:
    """What held at the moment, and what was declared from then until another."""
    rows = filtered(rows, asked)
    at = asked.get("snapshotAt")
    if at is None:
        return rows
    unit = ["dataset", "bmUnit"]
    held = rows.filter(pl.col("time") <= at).sort("time").unique(unit, keep="last")
    if not asked.given("until"):
        return held
    later = rows.filter(pl.col("time").is_between(at, asked.get("until"), closed="right"))
    return pl.concat([held, later]).sort("time")


def acceptances(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Profiles of acceptances: of a unit over a range, of all in a period, or of one by number."""
    rows = source.rows("BOALF")
    if asked.given("settlementPeriod"):
        period = pl.lit(asked.get("settlementPeriod"))
        day = pl.col("settlementDate") == asked.get("settlementDate")
        rows = rows.filter(day & period.is_between("settlementPeriodFrom", "settlementPeriodTo"))
        given = {name: of for name, of in asked.values.items() if name == "bmUnit"}
        return filtered(rows, Arguments(given))
    return filtered(rows.with_columns(settlementPeriod="settlementPeriodFrom"), asked)


def latest_acceptances(source: Source, _: Arguments) -> pl.LazyFrame:
    """The newest acceptance of each BM Unit on the last day held."""
    rows = source.rows("BOALF")
    return rows.filter(
        pl.col("acceptanceTime") == pl.col("acceptanceTime").max().over("bmUnit")
    ).sort("acceptanceTime", descending=True)


def bids_and_offers(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Pairs with levels; a list of all leaves out those that are zero at both ends, as there."""
    rows = filtered(source.rows("BOD"), asked)
    if asked.given("settlementPeriod"):
        rows = rows.filter((pl.col("levelFrom") != 0) | (pl.col("levelTo") != 0))
    return rows


def adjustments(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Adjustment actions with their price, cost by volume."""
    price = pl.when(pl.col("volume") != 0).then(pl.col("cost") / pl.col("volume"))
    return filtered(source.rows("DISBSAD"), asked).with_columns(price=price)


def adjustment_summary(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Adjustment actions of each period counted, priced and summed."""
    rows = adjustments(source, asked)
    buy, sell, price = pl.col("volume") > 0, pl.col("volume") < 0, pl.col("price")
    return (
        rows.group_by("settlementDate", "settlementPeriod", "startTime")
        .agg(
            buyActionCount=buy.sum(),
            sellActionCount=sell.sum(),
            buyPriceMinimum=price.filter(buy).min(),
            buyPriceMaximum=price.filter(buy).max(),
            buyPriceAverage=_average(buy),
            sellPriceMinimum=price.filter(sell).min(),
            sellPriceMaximum=price.filter(sell).max(),
            sellPriceAverage=_average(sell),
            buyVolumeTotal=pl.col("volume").filter(buy).sum(),
            sellVolumeTotal=pl.col("volume").filter(sell).sum(),
            netVolume=pl.col("volume").sum(),
        )
        .sort("startTime")
    )


def _average(side: pl.Expr) -> pl.Expr:
    """Weighted by volume."""
    return pl.col("cost").filter(side).sum() / pl.col("volume").filter(side).sum()


def _of_code(code: str, value: Sequence[str]) -> View:
    """Rows of a dataset; those without any value on request only."""

    def view(source: Source, asked: Arguments) -> pl.LazyFrame:
        rows = filtered(source.rows(code), asked)
        if not asked.get("includeZero", False):
            rows = rows.filter(pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in value))
        return rows.sort("startTime", descending=True)

    return view


def _events(code: str, value: Sequence[str]) -> View:
    """The last so many rows with a value, before a moment where one is given."""

    def view(source: Source, asked: Arguments) -> pl.LazyFrame:
        rows = source.rows(code, always=True)
        rows = rows.filter(pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in value))
        before = asked.get("before")
        if before is not None and asked.given("settlementPeriodBefore"):
            earlier = (pl.col("settlementDate") < before.date()) | (
                (pl.col("settlementDate") == before.date())
                & (pl.col("settlementPeriod") < asked.get("settlementPeriodBefore"))
            )
            rows = rows.filter(earlier)
        elif before is not None:
            rows = rows.filter(pl.col("startTime") < before)
        return rows.sort("startTime", descending=True).head(max(asked.get("count"), 0))

    return view


def _restored(source: Source, asked: Arguments) -> pl.LazyFrame:
    rows = filtered(source.rows("RZDR", always=True), asked)
    if asked.given("before"):
        rows = rows.filter(pl.col("submissionDateTime") < asked.get("before"))
    return rows.sort("submissionDateTime", descending=True).head(max(asked.get("count"), 0))


_NET: Final = (
    "netBuyPriceCostAdjustmentEnergy",
    "netBuyPriceVolumeAdjustmentEnergy",
    "netBuyPriceVolumeAdjustmentSystem",
    "buyPricePriceAdjustment",
    "netSellPriceCostAdjustmentEnergy",
    "netSellPriceVolumeAdjustmentEnergy",
    "netSellPriceVolumeAdjustmentSystem",
    "sellPricePriceAdjustment",
)

VIEWS: Final[dict[str, View]] = {
    "/balancing/physical": physical,
    "/balancing/physical/all": physical,
    "/balancing/dynamic": dynamic,
    "/balancing/dynamic/all": dynamic,
    "/balancing/dynamic/rates": rates,
    "/balancing/dynamic/rates/all": rates,
    "/balancing/acceptances": acceptances,
    "/balancing/acceptances/all": acceptances,
    "/balancing/acceptances/all/latest": latest_acceptances,
    "/balancing/acceptances/{acceptanceNumber}": acceptances,
    "/balancing/bid-offer": bids_and_offers,
    "/balancing/bid-offer/all": bids_and_offers,
    "/balancing/nonbm/disbsad/details": adjustments,
    "/balancing/nonbm/disbsad/summary": adjustment_summary,
    "/balancing/nonbm/netbsad": _of_code("NETBSAD", _NET),
    "/balancing/nonbm/netbsad/events": _events("NETBSAD", _NET),
    "/balancing/nonbm/stor": _of_code("NONBM", ("generation",)),
    "/balancing/nonbm/stor/events": _events("NONBM", ("generation",)),
    "/demand/by-restoration-zone/restored/submissions": _restored,
}
