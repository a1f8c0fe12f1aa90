"""What the settlement of a day came to: prices, stacks, volumes and cashflows, period by period."""

from collections.abc import Callable
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

View = Callable[[Source, Arguments], pl.LazyFrame]

_PERIOD: Final = ["settlementDate", "settlementPeriod"]
_PAIRS: Final = 6
_SIDES: Final = {"offer": "buy", "bid": "sell"}


def prices(source: Source, asked: Arguments) -> pl.LazyFrame:
    """System prices with the volumes of the stack that made them.

    What is tagged is what no longer counts in the price: volume less what PAR tagging left.
    """
    rows = filtered(source.rows("DISEBSP"), asked)
    adjusters = source.rows("BPA").select(*_PERIOD, "buyPriceAdjustment", "sellPriceAdjustment")
    return (
        rows.join(_totals(filtered(source.rows("ISPSTACK"), asked)), on=_PERIOD, how="left")
        .join(adjusters, on=_PERIOD, how="left")
        .with_columns(bsadDefaulted=pl.lit(value=False))
        .sort(_PERIOD, descending=True)
    )


def _totals(stack: pl.LazyFrame) -> pl.LazyFrame:
    of_unit = pl.col("bm_unit").is_not_null()
    offers, bids = of_unit & (pl.col("volume") > 0), of_unit & (pl.col("volume") < 0)
    buys, sells = ~of_unit & (pl.col("volume") > 0), ~of_unit & (pl.col("volume") < 0)
    kinds = {
        "AcceptedOffer": offers,
        "AcceptedBid": bids,
        "AdjustmentSell": sells,
        "AdjustmentBuy": buys,
    }
    volume = pl.col("volume")
    tagged = volume - pl.col("parAdjustedVolume").fill_null(0)
    return stack.group_by(_PERIOD).agg(
        **{f"total{kind}Volume": volume.filter(of).sum() for kind, of in kinds.items()},
        **{f"totalSystemTagged{kind}Volume": tagged.filter(of).sum() for kind, of in kinds.items()},
    )


def stack(source: Source, asked: Arguments) -> pl.LazyFrame:
    """The actions of one side in the order of the stack, with what each step left of them."""
    rows = filtered(source.rows("ISPSTACK"), asked)
    left = pl.col("parAdjustedVolume") * pl.col("transmissionLossMultiplier")
    return (
        rows.filter(pl.col("side") == _SIDES[_side(asked)])
        .sort("stack_rank")
        .with_columns(
            sequenceNumber=pl.int_range(1, pl.len() + 1),
            id=pl.coalesce("bm_unit", "action_id"),
            tlmAdjustedVolume=left,
            tlmAdjustedCost=left * pl.col("finalPrice"),
        )
    )


def _side(asked: Arguments) -> str:
    return str(asked.get("bidOffer")).lower()


def acceptance_volumes(source: Source, asked: Arguments) -> pl.LazyFrame:
    """What each acceptance moved in each bid-offer pair, of one side."""
    rows = _of_side(source.rows("BOAV"), asked, "accepted_{}_volume_mwh")
    made = _by_pair([*_PERIOD, "startTime", "createdDateTime", "bmUnit", "acceptanceId"], rows)
    return _of_units(
        source, made.rename({"pairs": "pairVolumes", "total": "totalVolumeAccepted"}), asked
    )


def indicative_volumes(source: Source, asked: Arguments) -> pl.LazyFrame:
    """What each BM Unit moved in each bid-offer pair, of one side."""
    rows = _of_side(source.rows("BOAV"), asked, "accepted_{}_volume_mwh")
    made = _by_pair([*_PERIOD, "startTime", "createdDateTime", "bmUnit"], rows)
    named = made.rename({"pairs": "pairVolumes", "total": "totalVolumeAccepted"})
    return _of_units(source, named.with_columns(dataType=pl.lit("Original")), asked)


def cashflows(source: Source, asked: Arguments) -> pl.LazyFrame:
    """What each BM Unit is paid for each bid-offer pair, of one side."""
    rows = _of_side(source.rows("EBOCF"), asked, "{}_cashflow_gbp")
    made = _by_pair([*_PERIOD, "startTime", "createdDateTime", "bmUnit"], rows)
    return _of_units(
        source, made.rename({"pairs": "bidOfferPairCashflows", "total": "totalCashflow"}), asked
    )


def _of_side(rows: pl.LazyFrame, asked: Arguments, column: str) -> pl.LazyFrame:
    """Rows of the period or day that have a value on the side asked for, as `value`."""
    only_time = Arguments({n: v for n, v in asked.values.items() if n in _PERIOD})
    named = rows.with_columns(value=pl.col(column.format(_side(asked))))
    return filtered(named, only_time).filter(pl.col("value") != 0)


def _by_pair(key: list[str], rows: pl.LazyFrame) -> pl.LazyFrame:
    """One row a key, with its pairs from the sixth below zero to the sixth above."""
    of_pair = [
        pl.col("value")
        .filter(pl.col("pair_number") == sign * number)
        .sum()
        .replace(0.0, None)
        .alias(f"{name}{number}")
        for number in range(1, _PAIRS + 1)
        for sign, name in ((-1, "negative"), (1, "positive"))
    ]
    names = [expression.meta.output_name() for expression in of_pair]
    return (
        rows.group_by(key)
        .agg(*of_pair, total=pl.col("value").sum())
        .select(*key, "total", pairs=pl.struct(names))
        .sort(key)
    )


def _of_units(source: Source, rows: pl.LazyFrame, asked: Arguments) -> pl.LazyFrame:
    """With what the register says of each unit, and of those asked for."""
    register = (
        source.rows("BMUNITS", always=True)
        .select("elexonBmUnit", "nationalGridBmUnit", "leadPartyName", "bmUnitType")
        .drop_nulls("elexonBmUnit")
        .unique("elexonBmUnit", keep="first")
        .rename({"elexonBmUnit": "bmUnit"})
    )
    first = pl.col("bmUnit").str.head(1)
    found = rows.drop("nationalGridBmUnit", strict=False).join(register, on="bmUnit", how="left")
    found = found.with_columns(bmUnitType=pl.coalesce("bmUnitType", first))
    return filtered(found, Arguments({n: v for n, v in asked.values.items() if n == "bmUnit"}))


def acceptances(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Accepted pairs of a period with their prices."""
    accepted = filtered(source.rows("BOAV"), asked).filter(
        (pl.col("accepted_offer_volume_mwh") != 0) | (pl.col("accepted_bid_volume_mwh") != 0)
    )
    times = source.rows("BOALF").select("bmUnit", "acceptanceNumber", "acceptanceTime").unique()
    pair = [*_PERIOD, "bmUnit", "bidOfferPairId"]
    priced = (
        source.rows("BOD")
        .rename({"pairId": "bidOfferPairId"})
        .group_by(pair)
        .agg(bidPrice=pl.col("bid").first(), offerPrice=pl.col("offer").first())
    )
    return (
        accepted.rename({"acceptanceId": "acceptanceNumber", "pair_number": "bidOfferPairId"})
        .join(times, on=["bmUnit", "acceptanceNumber"], how="left")
        .join(priced, on=pair, how="left")
        .sort("bmUnit", "acceptanceNumber", "bidOfferPairId")
    )


def market_depth(source: Source, asked: Arguments) -> pl.LazyFrame:
    """What was on offer in each period and what was taken of it.

    On offer is the width of each pair over the half-hour, offers above zero and bids below.
    """
    hours = (pl.col("timeTo") - pl.col("timeFrom")).dt.total_seconds() / 3600
    mean = (pl.col("levelFrom") + pl.col("levelTo")) / 2 * hours
    offered = (
        filtered(source.rows("BOD"), asked)
        .group_by(_PERIOD)
        .agg(
            offerVolume=mean.filter(pl.col("pairId") > 0).sum(),
            bidVolume=mean.filter(pl.col("pairId") < 0).sum(),
        )
    )
    taken = _totals(filtered(source.rows("ISPSTACK"), asked)).select(
        *_PERIOD,
        "totalAcceptedOfferVolume",
        "totalAcceptedBidVolume",
        pricedAcceptedOffersVolume=pl.col("totalAcceptedOfferVolume")
        - pl.col("totalSystemTaggedAcceptedOfferVolume"),
        pricedAcceptedBidsVolume=pl.col("totalAcceptedBidVolume")
        - pl.col("totalSystemTaggedAcceptedBidVolume"),
    )
    expected = (
        filtered(source.rows("IMBALNGC"), asked)
        .filter(pl.col("boundary") == "N")
        .select(*_PERIOD, indicatedImbalance="imbalance")
    )
    return (
        offered.join(taken, on=_PERIOD, how="full", coalesce=True)
        .join(expected, on=_PERIOD, how="left")
        .sort(_PERIOD)
    )


def summary(source: Source, asked: Arguments) -> pl.LazyFrame:
    """A period's price with what it was averaged over, and the price of the market."""
    rows = prices(source, asked)
    left = pl.col("parAdjustedVolume") * pl.col("price_weight_per_unit")
    main = (
        filtered(source.rows("ISPSTACK"), asked)
        .group_by(_PERIOD)
        .agg(_volume=left.sum(), _cost=(left * pl.col("finalPrice")).sum())
    )
    market = (
        filtered(source.rows("MID"), asked)
        .group_by(_PERIOD)
        .agg(
            _market_volume=pl.col("volume").sum(),
            _market_cost=(pl.col("price") * pl.col("volume")).sum(),
        )
    )
    return (
        rows.join(main, on=_PERIOD, how="left")
        .join(market, on=_PERIOD, how="left")
        .with_columns(
            adjuster="buyPriceAdjustment",
            mainPrice=_price("_cost", "_volume"),
            marketPrice=_price("_market_cost", "_market_volume"),
        )
    )


def _price(cost: str, volume: str) -> pl.Expr:
    value = pl.when(pl.col(volume) != 0).then(pl.col(cost) / pl.col(volume))
    return pl.struct(cost=pl.col(cost), volume=pl.col(volume), value=value)


def _each(address: str, view: View) -> dict[str, View]:
    """Of a day, and of one period of it."""
    return {address: view, f"{address}/{{settlementPeriod}}": view}


_AT: Final = "/balancing/settlement"

VIEWS: Final[dict[str, View]] = {
    **_each(f"{_AT}/system-prices/{{settlementDate}}", prices),
    **_each(f"{_AT}/acceptance/volumes/all/{{bidOffer}}/{{settlementDate}}", acceptance_volumes),
    **_each(f"{_AT}/indicative/volumes/all/{{bidOffer}}/{{settlementDate}}", indicative_volumes),
    **_each(f"{_AT}/indicative/cashflows/all/{{bidOffer}}/{{settlementDate}}", cashflows),
    **_each(f"{_AT}/market-depth/{{settlementDate}}", market_depth),
    f"{_AT}/stack/all/{{bidOffer}}/{{settlementDate}}/{{settlementPeriod}}": stack,
    f"{_AT}/acceptances/all/{{settlementDate}}/{{settlementPeriod}}": acceptances,
    f"{_AT}/summary/{{settlementDate}}/{{settlementPeriod}}": summary,
    **_each(
        f"{_AT}/messages/{{settlementDate}}",
        lambda source, asked: filtered(source.rows("SMSG"), asked),
    ),
}
