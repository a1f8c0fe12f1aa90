"""What the system operator decides: which units it moves, when, how far and why."""

from typing import Final

import polars as pl

from state.domain.demo_market.bids_and_offers import VIRTUAL
from state.domain.demo_market.grid import MINUTES_A_TICK
from state.domain.demo_market.market_prices import in_stor_window
from state.domain.demo_market.noise import noise
from state.domain.demo_market.notifications import BOTH_WAYS_FUELS
from state.domain.demo_market.precision import between
from state.domain.demo_market.weather import WIND_REGIONS

TICKS_A_SLOT: Final = 3
SLOT_MINUTES: Final = TICKS_A_SLOT * MINUTES_A_TICK
_SLOT_PHASE: Final = 2
"""Slots start off the hour of midnight, in summer and winter, so that some reach over it."""

_SHORT_SHARE: Final = 0.22
_MIDDLING_SHARE: Final = 0.48
_RESERVE_KINDS: Final = ("OCGT", "OIL", VIRTUAL)
_GAS_STABLE_SHARE: Final = 0.40
_EMERGENCY_CHANCE: Final = 0.0012
_DEEMED_CHANCE: Final = 0.004
_SPLIT_CHANCE: Final = 0.08
_LEAST_SPLIT_MINUTES: Final = 14
_WINDY: Final = 0.50
_SECOND_PAIR_CHANCE: Final = 0.16


def episodes(seed: int, ladders: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    """At most one move a unit and slot of ninety minutes.

    side is 1 up, -1 down; depth_mw how far from the notification; start, end and ramp in minutes
    from the slot's start; notified_0 to notified_3 the notification at the slot's half-hours.
    """
    slots = _slots(ladders).join(
        prices.select("tick", "local_hour", "wind_north"),
        on="tick",
        how="left",
        maintain_order="left",
    )
    decided = slots.with_columns(**_rooms()).with_columns(**_reasons(seed))
    decided = decided.with_columns(side=_side(seed)).filter(pl.col("side") != 0)
    decided = decided.with_columns(so_flag=_so_flag()).with_columns(depth_mw=_depth(seed))
    return _flagged(seed, _timed(seed, decided.filter(pl.col("depth_mw") > 0)))


def _slots(ladders: pl.DataFrame) -> pl.DataFrame:
    level = pl.col("level_mw")
    ahead = {
        f"notified_{step}": level.shift(-step).over("unit_key", order_by="tick")
        for step in range(TICKS_A_SLOT + 1)
    }
    return (
        ladders.with_columns(**ahead)
        .filter(pl.col("tick") % TICKS_A_SLOT == _SLOT_PHASE)
        .drop_nulls(f"notified_{TICKS_A_SLOT}")
    )


def _rooms() -> dict[str, pl.Expr]:
    """Whole megawatts a unit can move up and down all slot long."""
    notified = [f"notified_{step}" for step in range(TICKS_A_SLOT + 1)]
    highest, lowest = pl.max_horizontal(notified), pl.min_horizontal(notified)
    kind, capacity = pl.col("kind"), pl.col("capacity_mw")
    gas_floor = (capacity * _GAS_STABLE_SHARE).ceil().cast(pl.Int64)
    floor = (
        pl.when(kind.is_in([*BOTH_WAYS_FUELS, VIRTUAL]))
        .then(-capacity)
        .when(kind == "CCGT")
        .then(gas_floor)
        .otherwise(0)
    )
    standing = (kind == "WIND") | ((kind == "CCGT") & (lowest <= 0))
    return {
        "headroom_mw": pl.when(standing).then(0).otherwise(capacity - highest - 1),
        "footroom_mw": lowest - floor - 1,
    }


def _reasons(seed: int) -> dict[str, pl.Expr]:
    """Chances that energy is bought or sold here, and that the network needs this unit moved."""
    short, market = pl.col("shortness"), pl.col("market_gbp_per_mwh")
    most = market + 26 + 75 * short.clip(0.0, None) + 6_000 * pl.col("scarcity")
    least = market - 32 - 62 * (-short).clip(0.0, None)
    cheap, dear = pl.col("offer_1") <= most, pl.col("bid_1") >= least
    scotland = pl.col("gsp_group").is_in(list(WIND_REGIONS["north"])) & (pl.col("kind") == "WIND")
    constrained = scotland & (pl.col("wind_north") > _WINDY)
    return {
        "buy_chance": pl.when(cheap).then(between(0.66 + 0.45 * short, 0.22, 0.97)).otherwise(0.0),
        "sell_chance": pl.when(dear).then(between(0.54 - 0.45 * short, 0.18, 0.95)).otherwise(0.0),
        "network_buy_chance": pl.when(pl.col("kind") == "CCGT").then(0.34).otherwise(0.16),
        "network_sell_chance": pl.when(constrained).then(0.60).otherwise(0.09),
        "network_draw": noise(seed, "network", pl.col("unit_key"), pl.col("tick")),
        "most_gbp_per_mwh": most,
        "least_gbp_per_mwh": least,
    }


def _side(seed: int) -> pl.Expr:
    """The network comes first; then energy, bought with low draws and sold with high ones."""
    draw = noise(seed, "energy", pl.col("unit_key"), pl.col("tick"))
    network = pl.col("network_draw")
    can_rise, can_fall = pl.col("headroom_mw") > 0, pl.col("footroom_mw") > 0
    return (
        pl.when(can_rise & (network < pl.col("network_buy_chance")))
        .then(1)
        .when(can_fall & (network > 1 - pl.col("network_sell_chance")))
        .then(-1)
        .when(can_rise & (draw < pl.col("buy_chance")))
        .then(1)
        .when(can_fall & (draw > 1 - pl.col("sell_chance")))
        .then(-1)
        .otherwise(0)
    )


def _so_flag() -> pl.Expr:
    network = pl.col("network_draw")
    return (
        pl.when(pl.col("side") > 0)
        .then(network < pl.col("network_buy_chance"))
        .otherwise(network > 1 - pl.col("network_sell_chance"))
    )


def _depth(seed: int) -> pl.Expr:
    """Mostly inside the first pair; into the second when it pays, or when the network asks."""
    up = pl.col("side") > 0
    room = pl.when(up).then(pl.col("headroom_mw")).otherwise(pl.col("footroom_mw"))
    pays = (
        pl.when(up)
        .then(pl.col("offer_2") <= pl.col("most_gbp_per_mwh"))
        .otherwise(pl.col("bid_2") >= pl.col("least_gbp_per_mwh"))
    )
    asked = noise(seed, "second pair", pl.col("unit_key"), pl.col("tick")) < _SECOND_PAIR_CHANCE
    limit = (
        pl.when(pays | (asked & pl.col("so_flag")))
        .then(room)
        .otherwise(pl.min_horizontal(room, "first_width_mw"))
    )
    draw = noise(seed, "depth", pl.col("unit_key"), pl.col("tick"))
    return (
        (limit * (0.015 + 0.985 * draw * (0.25 + 0.75 * draw))).ceil().cast(pl.Int64).clip(0, limit)
    )


def _timed(seed: int, decided: pl.DataFrame) -> pl.DataFrame:
    """A third of the moves are over within minutes, the others last up to the whole slot."""
    keys = (pl.col("unit_key"), pl.col("tick"))
    kind, length = noise(seed, "kind of length", *keys), noise(seed, "length", *keys)
    minutes = (
        pl.when(kind < _SHORT_SHARE)
        .then(5 + length * 5)
        .when(kind < _MIDDLING_SHARE)
        .then(12 + length * 20)
        .otherwise(32 + length * 58)
    )
    decided = decided.with_columns(minutes=minutes.floor().cast(pl.Int64))
    latest = SLOT_MINUTES + 1 - pl.col("minutes")
    steep = noise(seed, "ramp", *keys) * pl.min_horizontal(pl.lit(7), pl.col("minutes") // 2)
    return decided.with_columns(
        start=(noise(seed, "start", *keys) * latest).floor().cast(pl.Int64),
        ramp=pl.max_horizontal(pl.lit(1), steep.floor().cast(pl.Int64)),
    ).with_columns(end=pl.col("start") + pl.col("minutes"))


def _flagged(seed: int, timed: pl.DataFrame) -> pl.DataFrame:
    keys = (pl.col("unit_key"), pl.col("tick"))
    reserve = pl.col("kind").is_in(list(_RESERVE_KINDS)) & (pl.col("side") > 0)
    long_enough = pl.col("minutes") >= _LEAST_SPLIT_MINUTES
    return timed.with_columns(
        stor_flag=reserve & in_stor_window() & (noise(seed, "reserve", *keys) < 1 / 2),
        emergency_flag=noise(seed, "emergency", *keys) < _EMERGENCY_CHANCE,
        deemed_flag=noise(seed, "deemed", *keys) < _DEEMED_CHANCE,
        is_split=long_enough & (noise(seed, "split", *keys) < _SPLIT_CHANCE),
        lead_minutes=2 + (noise(seed, "lead", *keys) * 14).floor().cast(pl.Int64),
    )
