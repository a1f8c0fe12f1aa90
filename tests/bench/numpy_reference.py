"""The same formulas in plain NumPy, as an engineer would write them once: the baseline of a day.

Floats throughout. It knows what the invented day of `realistic_day.py` needs: acceptances without
steps, one price for each pair and period, no reallocations, no Secondary BM Units, single price.
Nothing of the engine is used.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

HALF_HOUR = 1800.0
DMAT, PAR, RPAR, CADL_MINUTES, ALPHA = 0.1, 1.0, 1.0, 10.0, 0.45


@dataclass
class Day:
    """What the day came to."""

    volumes: dict[tuple[str, int, int, int], tuple[float, float]]
    price: np.ndarray
    imbalance: np.ndarray
    net: dict[str, float]


def settle(frames: dict[str, pl.DataFrame]) -> Day:
    """The whole of Trading Charges of one day."""
    units = frames["bm_unit_registrations"].sort("bm_unit")
    names = units["bm_unit"].to_numpy()
    place = {name: number for number, name in enumerate(names)}
    metered = _grid(frames["metered_volumes"], place, "metered_volume_mwh")
    multiplier, delivering = losses(units, metered)
    orders = accepted_orders(frames)
    volumes = acceptance_volumes(frames, orders)
    price, imbalance = prices(frames, orders, volumes, multiplier, place)
    net = charges(frames, units, volumes, metered, multiplier, delivering, price, place)
    return Day(volumes, price, imbalance, net)


def _grid(frame: pl.DataFrame, place: dict[str, int], column: str) -> np.ndarray:
    """A value for each unit and period."""
    grid = np.zeros((len(place), 48))
    rows = np.array([place[name] for name in frame["bm_unit"]])
    grid[rows, frame["settlement_period"].to_numpy() - 1] = frame[column].to_numpy()
    return grid


def losses(units: pl.DataFrame, metered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The loss multiplier of each unit and period, and whether it delivers."""
    _, trading_unit = np.unique(units["trading_unit"].to_numpy(), return_inverse=True)
    totals = np.zeros((trading_unit.max() + 1, 48))
    np.add.at(totals, trading_unit, metered)
    delivering = totals[trading_unit] > 0
    factor = units["transmission_loss_factor_per_unit"].to_numpy()[:, None]
    total = metered.sum(axis=0)
    plus, minus = (metered * delivering).sum(axis=0), (metered * ~delivering).sum(axis=0)
    weighted = metered * factor
    adjusted_plus = -(ALPHA * total + (weighted * delivering).sum(axis=0)) / plus
    adjusted_minus = ((ALPHA - 1) * total - (weighted * ~delivering).sum(axis=0)) / minus
    return 1 + factor + np.where(delivering, adjusted_plus, adjusted_minus), delivering


def accepted_orders(frames: dict[str, pl.DataFrame]) -> dict[str, list[tuple]]:
    """Acceptances of each unit in order of issue: number, seconds, levels, flagged."""
    start = frames["physical_notifications"]["from_at"].min()
    points = frames["acceptance_points"].sort("bm_unit", "acceptance_number", "at", "point_order")
    issued = {
        (unit, number): (at, so)
        for unit, number, at, so in frames["acceptances"]
        .select("bm_unit", "acceptance_number", "accepted_at", "so_flag")
        .iter_rows()
    }
    orders: dict[str, list[tuple]] = {}
    for (unit, number), told in points.group_by(
        "bm_unit", "acceptance_number", maintain_order=True
    ):
        seconds = (told["at"] - start).dt.total_seconds().to_numpy().astype(float)
        at, so = issued[unit, number]
        order = (at, number, seconds, told["level_mw"].to_numpy(), so)
        orders.setdefault(unit, []).append(order)
    for told in orders.values():
        told.sort(key=lambda order: order[:2])
    return orders


def acceptance_volumes(frames: dict[str, pl.DataFrame], orders: dict[str, list[tuple]]) -> dict:
    """Offer and bid volume of each unit, period, acceptance and pair."""
    notified = {
        (unit, period): level
        for unit, period, level in frames["physical_notifications"]
        .select("bm_unit", "settlement_period", "from_mw")
        .iter_rows()
    }
    pairs: dict[tuple[str, int], list[tuple[int, float]]] = {}
    offered = frames["bid_offer_data"].filter(pl.col("bm_unit").is_in(list(orders)))
    for unit, period, pair, width in (
        offered.select("bm_unit", "settlement_period", "pair_number", "from_mw")
        .sort("pair_number")
        .iter_rows()
    ):
        pairs.setdefault((unit, period), []).append((pair, width))
    found: dict[tuple[str, int, int, int], tuple[float, float]] = {}
    for unit, told in orders.items():
        for period in range(1, 49):
            begins, ends = (period - 1) * HALF_HOUR, period * HALF_HOUR
            here = [o for o in told if o[2][0] < ends and o[2][-1] > begins]
            if here:
                bands = _bands(pairs[unit, period])
                level = notified[unit, period]
                for number, pair, up, down in _moved(here, begins, ends, level, bands):
                    found[unit, period, number, pair] = (up, down)
    return found


def _bands(widths: list[tuple[int, float]]) -> list[tuple[int, float, float]]:
    """Each pair from its lower to its upper end, the outermost without one."""
    bands, top, bottom = [], 0.0, 0.0
    above = sorted(pair for pair in widths if pair[0] > 0)
    below = sorted((pair for pair in widths if pair[0] < 0), reverse=True)
    for number, width in above:
        bands.append([number, top, top + width])
        top += width
    if above:
        bands[-1][2] = np.inf
    for number, width in below:
        bands.append([number, bottom + width, bottom])
        bottom += width
    if below:
        bands[-1][1] = -np.inf
    return [tuple(band) for band in bands]


def _moved(here: list[tuple], begins: float, ends: float, notified: float, bands: list):
    cuts = np.unique(np.clip(np.concatenate([[begins, ends], *(o[2] for o in here)]), begins, ends))
    start, end = cuts[:-1], cuts[1:]
    now = np.zeros((2, start.size))
    for _, number, seconds, levels, _ in here:
        covers = (seconds[0] <= start) & (seconds[-1] >= end)
        asked = np.vstack([np.interp(start, seconds, levels), np.interp(end, seconds, levels)])
        asked -= notified
        before, after, length = now[:, covers], asked[:, covers], (end - start)[covers] / 3600
        ahead = after - before
        crosses = ahead[0] * ahead[1] < 0
        share = np.where(crosses, ahead[0] / np.where(crosses, ahead[0] - ahead[1], 1), 1.0)
        middle = [x[0] + (x[1] - x[0]) * share for x in (before, after)]
        parts = [
            (before[0], middle[0], after[0], middle[1], length * share),
            (middle[0], before[1], middle[1], after[1], length * (1 - share)),
        ]
        for pair, low, high in bands:
            up = down = 0.0
            for b0, b1, a0, a1, hours in parts:
                energy = hours * (_within(a0, a1, low, high) - _within(b0, b1, low, high))
                up += energy[energy > 0].sum()
                down += energy[energy < 0].sum()
            if abs(up) > 5e-10 or abs(down) > 5e-10:
                yield number, pair, up, down
        now[:, covers] = after


def _within(start: np.ndarray, end: np.ndarray, low: float, high: float) -> np.ndarray:
    """Mean of a line cut to a band, but for the part that two lines have in common."""
    if low == -np.inf:
        return (start + end) / 2 - _above(start - high, end - high)
    lower = _above(start - low, end - low)
    return lower if high == np.inf else lower - _above(start - high, end - high)


def _above(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    top, bottom = np.maximum(start, end), np.minimum(start, end)
    mixed = (top > 0) & (bottom < 0)
    spread = np.where(mixed, top - bottom, 1.0)
    return np.where(bottom >= 0, (top + bottom) / 2, np.where(mixed, top * top / (2 * spread), 0.0))


def _flags(orders: dict[str, list[tuple]]) -> dict[tuple[str, int], bool]:
    """First-stage flags: for the network, or in a run shorter than CADL."""
    flags = {}
    for unit, told in orders.items():
        by_start = sorted(told, key=lambda order: order[2][0])
        runs, reach = [], -np.inf
        for order in by_start:
            if order[2][0] > reach:
                runs.append([])
            runs[-1].append(order)
            reach = max(reach, order[2][-1])
        for run in runs:
            length = max(o[2][-1] for o in run) - min(o[2][0] for o in run)
            for _, number, _, _, so in run:
                flags[unit, number] = so or length < CADL_MINUTES * 60
    return flags


def prices(frames, orders, volumes, multiplier, place) -> tuple[np.ndarray, np.ndarray]:
    """The price and the imbalance of each period."""
    asked = {
        row[:3]: row[3:]
        for row in frames["bid_offer_data"]
        .filter(pl.col("bm_unit").is_in(list(orders)))
        .select(
            "bm_unit", "settlement_period", "pair_number",
            "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh",
        )
        .iter_rows()
    }  # fmt: skip
    flags = _flags(orders)
    stacks: list[list[tuple]] = [[] for _ in range(48)]
    for (unit, period, number, pair), (up, down) in volumes.items():
        offer, bid = asked[unit, period, pair]
        weight = round(float(multiplier[place[unit], period - 1]), 7)
        flagged = flags[unit, number]
        if up > 5e-10:
            stacks[period - 1].append((round(up, 9), offer, flagged, weight))
        if down < -5e-10:
            stacks[period - 1].append((round(down, 9), bid, flagged, weight))
    for period, volume, cost, so in (
        frames["adjustment_actions"]
        .select("settlement_period", "volume_mwh", "cost_gbp", "so_flag")
        .iter_rows()
    ):
        if volume:
            stacks[period - 1].append((volume, round(cost / volume, 5), so, 1.0))
    market = frames["market_index"].sort("settlement_period")["price_gbp_per_mwh"].to_numpy()
    priced = [_price(np.array(stack, float), market[n]) for n, stack in enumerate(stacks)]
    return np.array([p for p, _ in priced]), np.array([n for _, n in priced])


def _price(stack: np.ndarray, market: float) -> tuple[float, float]:
    stack = stack[np.abs(stack[:, 0]) >= DMAT]
    buy, sell = _ranked(stack[stack[:, 0] > 0], 1), _ranked(stack[stack[:, 0] < 0], -1)
    crossed = _crossed(buy, sell)
    buy, sell = _less_cheapest(buy, crossed), _less_cheapest(sell, crossed)
    _second_stage(buy, 1)
    _second_stage(sell, -1)
    niv = buy[:, 0].sum() - sell[:, 0].sum()
    if abs(niv) < 5e-10:
        return market, 0.0
    main, sign = (buy, 1) if niv > 0 else (sell, -1)
    main = _cheapest(main, abs(niv))
    if main[:, 2].any():
        unflagged = _dearest(main[main[:, 2] == 0], RPAR)
        total = unflagged[:, 0].sum()
        replaced = (unflagged[:, 0] * unflagged[:, 1]).sum() / total if total > 0 else market
        main[main[:, 2] == 1, 1] = round(replaced, 5)
        main = main[np.argsort(main[:, 1] * sign, kind="stable")]
    main = _dearest(main, PAR)
    weight = main[:, 0] * main[:, 3]
    return (weight * main[:, 1]).sum() / weight.sum(), niv


def _ranked(side: np.ndarray, sign: int) -> np.ndarray:
    side = side[np.argsort(side[:, 1] * sign, kind="stable")]
    side[:, 0] = np.abs(side[:, 0])
    return side


def _crossed(buy: np.ndarray, sell: np.ndarray) -> float:
    """How much was bought no dearer than it was sold."""
    if not buy.size or not sell.size:
        return 0.0
    bought, sold = np.cumsum(buy[:, 0]), np.cumsum(sell[:, 0])
    upto = np.unique(np.concatenate([bought, sold]))
    upto = upto[upto <= min(bought[-1], sold[-1]) + 1e-9]
    at_buy = buy[np.minimum(np.searchsorted(bought, upto - 1e-9), bought.size - 1), 1]
    at_sell = sell[np.minimum(np.searchsorted(sold, upto - 1e-9), sold.size - 1), 1]
    crossing = upto[at_buy <= at_sell]
    return crossing.max() if crossing.size else 0.0


def _less_cheapest(side: np.ndarray, volume: float) -> np.ndarray:
    side = side.copy()
    side[:, 0] -= _shares(side, volume)
    return side[side[:, 0] > 1e-9]


def _cheapest(side: np.ndarray, volume: float) -> np.ndarray:
    side = side.copy()
    side[:, 0] = _shares(side, volume)
    return side[side[:, 0] > 1e-9]


def _dearest(side: np.ndarray, volume: float) -> np.ndarray:
    return _less_cheapest(side, max(side[:, 0].sum() - volume, 0.0))


def _shares(side: np.ndarray, volume: float) -> np.ndarray:
    """How much of each action lies in the cheapest `volume`; equal prices share pro rata."""
    if not side.size:
        return np.zeros(0)
    level = np.concatenate([[0], np.cumsum(np.diff(side[:, 1]) != 0)])
    whole = np.bincount(level, side[:, 0])
    before = np.cumsum(whole) - whole
    taken = np.clip(volume - before, 0, whole)
    return side[:, 0] * (taken / whole)[level]


def _second_stage(side: np.ndarray, sign: int) -> None:
    """Flags stay on what is dearer than the dearest unflagged action."""
    unflagged = side[side[:, 2] == 0, 1] * sign
    dearest = unflagged.max() if unflagged.size else -np.inf
    side[:, 2] = (side[:, 2] == 1) & (side[:, 1] * sign > dearest)


def charges(  # noqa: PLR0913, PLR0917  # all that a day is
    frames, units, volumes, metered, multiplier, delivering, price, place
) -> dict[str, float]:
    """What each Party is paid on balance for the day."""
    parties, holder = np.unique(units["party_id"].to_numpy(), return_inverse=True)
    services, cash, charged = np.zeros_like(metered), np.zeros_like(metered), None
    asked = {
        row[:3]: row[3:]
        for row in frames["bid_offer_data"]
        .select(
            "bm_unit", "settlement_period", "pair_number",
            "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh",
        )
        .iter_rows()
    }  # fmt: skip
    taken: dict[tuple[int, int], dict[int, list[float]]] = {}
    for (unit, period, _, pair), (up, down) in volumes.items():
        row, offer_bid = place[unit], asked[unit, period, pair]
        services[row, period - 1] += up + down
        cash[row, period - 1] += (up * offer_bid[0] + down * offer_bid[1]) * multiplier[
            row, period - 1
        ]
        entry = taken.setdefault((row, period - 1), {}).setdefault(pair, [0.0, 0.0, *offer_bid])
        entry[0] += up
        entry[1] += down
    notified = _grid(frames["physical_notifications"], place, "from_mw") / 2
    charged = _non_delivery(taken, notified + services - metered, price, multiplier)
    energy = metered * multiplier
    is_production = (units["production_consumption_flag"] == "P").to_numpy()
    account = holder * 2 + ~is_production
    credited, balanced, counted, sold = (np.zeros((parties.size * 2, 48)) for _ in range(4))
    np.add.at(credited, account, energy)
    np.add.at(balanced, account, services * multiplier)
    np.add.at(counted, account, np.where(delivering, energy, -energy))
    number = {party: n for n, party in enumerate(parties)}
    for party, kind, period, volume in (
        frames["contract_volumes"]
        .select("party_id", "energy_account", "settlement_period", "contract_volume_mwh")
        .iter_rows()
    ):
        sold[number[party] * 2 + (kind != "production"), period - 1] += volume
    imbalance_cash = -(credited - balanced - sold) * price
    residual = counted / counted.sum(axis=0) * imbalance_cash.sum(axis=0)
    by_account = (residual - imbalance_cash).sum(axis=1).reshape(-1, 2).sum(axis=1)
    by_unit = np.bincount(holder, (cash - charged).sum(axis=1), parties.size)
    return dict(zip(parties.tolist(), (by_account + by_unit).tolist(), strict=True))


def _non_delivery(taken, gap, price, multiplier) -> np.ndarray:
    charged = np.zeros_like(gap)
    for (row, period), pairs in taken.items():
        short = min(max(gap[row, period], 0), sum(p[0] for p in pairs.values()))
        for up, _, offer, _ in sorted(pairs.values(), key=lambda p: -p[2]):
            part = min(short, up)
            short -= part
            charged[row, period] += part * max(offer - price[period], 0) * multiplier[row, period]
        over = max(min(gap[row, period], 0), sum(p[1] for p in pairs.values()))
        for _, down, _, bid in sorted(pairs.values(), key=lambda p: p[3]):
            part = max(over, down)
            over -= part
            charged[row, period] += part * min(bid - price[period], 0) * multiplier[row, period]
    return charged
