"""REMIT outage messages: whole, in lists, and in all their revisions."""

from collections.abc import Callable
from typing import Final
from zlib import crc32

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]

BASE: Final = "/bmrs/api/v1"
_PROFILE: Final = pl.List(
    pl.Struct({"startTime": pl.String(), "endTime": pl.String(), "capacity": pl.Float64()})
)


def messages(source: Source) -> pl.LazyFrame:
    """Every revision of every message. One that was given no number gets one from its name."""
    rows = source.rows("REMIT", every_publication=True, always=True)
    named = pl.concat_str("mrid", pl.lit("/"), "revisionNumber")
    number = named.map_elements(lambda name: crc32(name.encode()), return_dtype=pl.Int64)
    return rows.with_columns(
        id=pl.coalesce("id", number),
        outageProfile=pl.col("outageProfile").str.json_decode(_PROFILE),
    ).with_columns(url=pl.concat_str(pl.lit(f"{BASE}/remit/"), "id"))


def newest(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The latest revision of each message."""
    return rows.sort("revisionNumber", "publishTime").unique(
        "mrid", keep="last", maintain_order=True
    )


def published(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Messages by when they were published."""
    return filtered(messages(source), asked).sort("publishTime")


def by_number(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Messages by their numbers."""
    wanted = asked.get("messageId")
    several = wanted if isinstance(wanted, tuple) else (wanted,)
    return messages(source).filter(
        pl.col("id").is_in([int(one) for one in several if str(one).isdecimal()])
    )


def search(source: Source, asked: Arguments) -> pl.LazyFrame:
    """One message by its name: the revision asked for, or the latest."""
    rows = filtered(messages(source), asked)
    return rows if asked.given("revisionNumber") else newest(rows)


def revisions(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Every revision of a message, named or numbered."""
    rows = messages(source)
    if asked.given("messageId"):
        names = by_number(source, Arguments({"messageId": asked.get("messageId")})).select("mrid")
        rows = rows.join(names.unique(), on="mrid", how="semi")
    return filtered(rows, Arguments({n: v for n, v in asked.values.items() if n == "mrid"})).sort(
        "revisionNumber"
    )


def _listed(rows: pl.LazyFrame, asked: Arguments) -> pl.LazyFrame:
    kept = {name: value for name, value in asked.values.items() if name not in {"from", "to"}}
    rows = filtered(rows, Arguments(kept))
    if asked.get("profileOnly", False):
        rows = rows.filter(pl.col("outageProfile").list.len() > 0)
    return rows.sort("publishTime", descending=True)


def _revised(source: Source, asked: Arguments) -> pl.LazyFrame:
    """The latest revisions unless all are asked for."""
    rows = messages(source)
    return newest(rows) if asked.get("latestRevisionOnly", True) else rows


def by_event(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Messages whose event touches the range."""
    ends = pl.col("eventEndTime").fill_null(pl.col("eventStartTime"))
    touching = (pl.col("eventStartTime") <= asked.get("to")) & (ends >= asked.get("from"))
    return _listed(_revised(source, asked).filter(touching), asked)


def by_publish(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Messages published in the range."""
    within = pl.col("publishTime").is_between(asked.get("from"), asked.get("to"))
    return _listed(_revised(source, asked).filter(within), asked)


VIEWS: Final[dict[str, View]] = {
    "/datasets/REMIT": published,
    "/remit": by_number,
    "/remit/{messageId}": by_number,
    "/remit/search": search,
    "/remit/revisions": revisions,
    "/remit/list/by-event": by_event,
    "/remit/list/by-publish": by_publish,
}
