"""How a price was made, in eight sentences about this very period: a sentence for each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

MINUS: Final = "\u2212"
_HALF_PENNY: Final = 0.005


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One step: its name, what it did here, and where the Code says so."""

    name: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The numbers of the Code that the steps need, as they stood on the date."""

    de_minimis_mwh: Decimal
    price_average_mwh: Decimal
    replacement_average_mwh: Decimal


def price_steps(
    actions: pl.DataFrame, price: Mapping[str, Any] | None, rules: RulesInForce
) -> tuple[PriceStep, ...]:
    """The steps in order. `actions` is the stack of one period, `price` its row of prices."""
    return (
        PriceStep("All actions", _taken(actions), "BSC Section T3"),
        PriceStep("De minimis", _de_minimis(actions, rules), "Annex T-1, 6"),
        PriceStep("Arbitrage", _arbitrage(actions), "Annex T-1, 7"),
        PriceStep("Flags", _flags(actions), "Annex T-1, 8"),
        PriceStep("NIV tagging", _net_imbalance(actions), "Annex T-1, 9"),
        PriceStep("Replacement price", _replacement(actions, rules), "Annex T-1, 10"),
        PriceStep("PAR tagging", _price_average(actions, rules), "Annex T-1, 11"),
        PriceStep("The price", _price(actions, price), "BSC Section T4.4"),
    )


def megawatt_hours(volume: float) -> str:
    """`1,234.567 MWh`, without digits that say nothing, and with a true minus sign."""
    text = f"{abs(volume):,.3f}".rstrip("0").rstrip(".")
    return f"{MINUS if volume < 0 and text != '0' else ''}{text} MWh"


def pounds(price: float) -> str:
    """`£1,234.56`, with a true minus sign."""
    text = f"£{abs(price):,.2f}"
    return f"{MINUS}{text}" if price < 0 and text != "£0.00" else text


def _taken(actions: pl.DataFrame) -> str:
    buys, sells = (actions.filter(pl.col("side") == side) for side in ("buy", "sell"))
    return (
        f"The System Operator took {_count(actions.height)}: {buys.height:,} bought "
        f"{megawatt_hours(_size(buys, 'volume_mwh'))}, {sells.height:,} sold "
        f"{megawatt_hours(_size(sells, 'volume_mwh'))}. Each side stands in order of cost to the "
        "system, the cheapest in the middle."
    )


def _de_minimis(actions: pl.DataFrame, rules: RulesInForce) -> str:
    gone = actions.filter(pl.col("volume_after_de_minimis_mwh") == 0)
    limit = megawatt_hours(float(rules.de_minimis_mwh))
    if gone.is_empty():
        return f"No action is smaller than {limit}, so all stay."
    out = megawatt_hours(_size(gone, "volume_mwh"))
    return f"{_count(gone.height).capitalize()} of less than {limit} left the stack: {out} in all."


def _arbitrage(actions: pl.DataFrame) -> str:
    before, after = "volume_after_de_minimis_mwh", "volume_after_arbitrage_mwh"
    touched = actions.filter(pl.col(before) != pl.col(after))
    if touched.is_empty():
        return "No buy was as cheap as a sell, so there was nothing to cancel out."
    each = (_size(touched, before) - _size(touched, after)) / 2
    return (
        f"{megawatt_hours(each)} was bought at or below the price that as much was sold for. It "
        f"left both sides, from {_count(touched.height)}."
    )


def _flags(actions: pl.DataFrame) -> str:
    there = actions.filter(pl.col("volume_after_arbitrage_mwh") != 0)
    first = there.filter("first_stage_flag").height
    second = there.filter("second_stage_flag")
    if not first and second.is_empty():
        return "No action was taken for reasons other than energy, so all keep their price."
    lost = (
        "none of them is dearer than the dearest energy action of its side, so all keep their price"
        if second.is_empty()
        else f"{_count(second.height)} ({megawatt_hours(_size(second, _AFTER_ARBITRAGE))}) lost "
        "the price: dearer than any energy action of the side, or without a price"
    )
    why = "; ".join(_flagged_for(there, flag, words) for flag, words in _REASONS.items())
    return (
        f"{_count(first).capitalize()} may have been taken for reasons other than energy "
        f"({why}); {lost}."
    )


_REASONS: Final = {
    "so_flag": "for the network, by the System Operator's flag",
    "cadl_flag": "for minutes only, by the CADL",
}


def _flagged_for(actions: pl.DataFrame, flag: str, words: str) -> str:
    found = actions.filter(pl.col(flag).fill_null(value=False))
    volume = f", {megawatt_hours(_size(found, _AFTER_ARBITRAGE))}" if found.height else ""
    return f"{found.height or 'none'} {words}{volume}"


_AFTER_ARBITRAGE = "volume_after_arbitrage_mwh"
_LEFT = "volume_after_net_imbalance_mwh"
_PRICED = "volume_after_price_average_mwh"


def _net_imbalance(actions: pl.DataFrame) -> str:
    buys, sells = (
        _size(actions.filter(pl.col("side") == side), _AFTER_ARBITRAGE) for side in ("buy", "sell")
    )
    net = buys - sells
    both = f"{megawatt_hours(buys)} of buys stand against {megawatt_hours(sells)} of sells"
    if abs(net) < 1e-6:  # noqa: PLR2004  # less than the smallest volume there is
        return f"{both} and cancel out exactly. The system was in balance."
    dear, state = ("buys", "short") if net > 0 else ("sells", "long")
    return (
        f"{both} and cancel out, the dearest {dear} first. What is left is the net "
        f"imbalance volume: {megawatt_hours(net)}. The system was {state}."
    )


def _replacement(actions: pl.DataFrame, rules: RulesInForce) -> str:
    flagged = actions.filter("second_stage_flag", pl.col(_LEFT) != 0)
    if flagged.is_empty():
        return "No action without a price is left, so no Replacement Price is needed."
    price = pounds(flagged["final_price_gbp_per_mwh"][0])
    volume = megawatt_hours(_size(flagged, _LEFT))
    unflagged = actions.filter(~pl.col("second_stage_flag"), pl.col(_LEFT) != 0)
    how = (
        "the Market Price, as no energy action is left"
        if unflagged.is_empty()
        else "the average of the dearest "
        f"{megawatt_hours(float(rules.replacement_average_mwh))} of energy actions left (RPAR)"
    )
    return f"{_count(flagged.height).capitalize()} without a price ({volume}) take {price}: {how}."


def _price_average(actions: pl.DataFrame, rules: RulesInForce) -> str:
    priced = actions.filter(pl.col(_PRICED) != 0)
    limit = megawatt_hours(float(rules.price_average_mwh))
    if priced.is_empty():
        return "Nothing is left to average."
    volume = megawatt_hours(_size(priced, _PRICED))
    return (
        f"Only the dearest {limit} of what is left (PAR) make the price: {volume} from "
        f"{_count(priced.height)}."
    )


def _price(actions: pl.DataFrame, price: Mapping[str, Any] | None) -> str:
    if price is None:
        return "No price is held for this period."
    paid = price["system_buy_price_gbp_per_mwh"]
    priced = actions.filter(pl.col(_PRICED) != 0)
    if priced.is_empty():
        return f"In balance, the price is the Market Price, or nought without one: {pounds(paid)}."
    weight = pl.col(_PRICED).abs() * pl.col("price_weight_per_unit")
    average = priced.select(
        (weight * pl.col("final_price_gbp_per_mwh")).sum() / weight.sum()
    ).item()
    adjuster = paid - average
    if abs(adjuster) < _HALF_PENNY:
        return f"Weighted for losses, they cost {pounds(paid)} for a megawatt-hour: the price."
    kind = "Buy-Price" if price["net_imbalance_volume_mwh"] > 0 else "Sell-Price"
    return (
        f"Weighted for losses, they cost {pounds(average)} for a megawatt-hour. With the {kind} "
        f"Adjuster of {pounds(adjuster)} the price is {pounds(paid)}."
    )


def _count(number: int) -> str:
    return "no action" if number == 0 else f"{number:,} action{'' if number == 1 else 's'}"


def _size(actions: pl.DataFrame, column: str) -> float:
    return float(actions[column].abs().sum())
