"""The imbalance price the slow way: one period at a time, in plain Python and exact fractions.

Written from `settlement.md` 4.13 and nothing of the engine, to be checked by reading. Volumes are
whole numbers of 1e-9 MWh, prices of 1e-5 GBP/MWh, multipliers of 1e-7.
"""

from dataclasses import dataclass, field
from fractions import Fraction

BUYS = {"offer", "buy_adjustment", "demand_control", "gas_or_reserve_buy"}


@dataclass
class Action:
    name: str
    kind: str
    volume: int
    price: int | None
    so: bool = False
    cadl: bool = False
    emergency: bool = False
    stor: bool = False
    tlm: int = 10**7
    bm_unit: str | None = None
    acceptance: int | None = None
    pair: int | None = None
    # What becomes of it:
    first: bool = field(default=False, init=False)
    second: bool = field(default=False, init=False)
    left: dict[str, int] = field(default_factory=dict, init=False)

    @property
    def buys(self) -> bool:
        return self.kind in BUYS

    @property
    def cost(self) -> int:
        """What it costs the system; only asked of priced actions."""
        return self.price if self.buys else -self.price

    @property
    def weight(self) -> int:
        return self.tlm if self.kind in {"offer", "bid"} else 10**7


@dataclass
class Terms:
    """The parameters of the date and the other inputs of the period."""

    dmat: int = 10**8
    par: int = 10**9
    rpar: int = 10**9
    voll: int = 6000 * 10**5
    scope: str = "row"
    stor_flags: str = "unflag"
    market_price: int | None = None
    bpa: int = 0
    spa: int = 0
    rsvp: int | None = None
    in_window: bool = False


@dataclass
class Priced:
    price: int
    code: str
    niv: int
    replacement: int | None
    actions: dict[str, Action]


def price_period(actions: list[Action], terms: Terms) -> Priced:
    for action in actions:
        enter(action, terms)
    ranked = sorted(actions, key=lambda a: (a.price is None, a.price and a.cost, a.name))
    for action in ranked:
        action.left["de_minimis"] = remaining_after_dmat(action, actions, terms)
    buys, sells = ([a for a in ranked if a.buys is side] for side in (True, False))
    arbitrage(buys, sells)
    for side in (buys, sells):
        classify(side)
    niv = sum(a.left["arbitrage"] for a in buys) - sum(a.left["arbitrage"] for a in sells)
    for side, sign in ((buys, 1), (sells, -1)):
        keep = max(0, sign * niv)
        tag(side, "arbitrage", "niv", cheapest=keep)
    main = [a for a in ranked if a.left["niv"]]
    replacement = replace(main, terms)
    main.sort(key=lambda a: a.cost)  # stable: equal prices keep the order of the stack
    total = sum(a.left["niv"] for a in main)
    tag(main, "niv", "dropped", cheapest=max(0, total - terms.par))
    for action in actions:
        action.left["par"] = action.left["niv"] - action.left.get("dropped", 0)
    price, code = final_price(main, niv, terms)
    return Priced(price, code, niv, replacement, {a.name: a for a in actions})


def enter(action: Action, terms: Terms) -> None:
    repriced = False
    if action.kind == "demand_control":
        action.price = terms.voll
    elif action.stor and action.buys and terms.in_window and terms.rsvp is not None:
        repriced = action.price is None or terms.rsvp > action.price
        action.price = terms.rsvp if repriced else action.price
    action.first = action.so or action.cadl or action.emergency
    if repriced and terms.stor_flags == "unflag":
        action.first = False


def remaining_after_dmat(action: Action, actions: list[Action], terms: Terms) -> int:
    together = [action]
    if terms.scope == "acceptance_side" and None not in (action.bm_unit, action.acceptance):
        together = [
            a
            for a in actions
            if (a.bm_unit, a.acceptance, a.buys) == (action.bm_unit, action.acceptance, action.buys)
        ]
    if terms.scope == "unit_pair" and None not in (action.bm_unit, action.pair):
        together = [
            a
            for a in actions
            if (a.bm_unit, a.pair, a.buys) == (action.bm_unit, action.pair, action.buys)
        ]
    size = sum(abs(a.volume) for a in together)
    return abs(action.volume) if size >= terms.dmat else 0


def arbitrage(buys: list[Action], sells: list[Action]) -> None:
    """While the cheapest buy costs no more than the cheapest sell brings, remove from both."""
    bought = [
        [a.price, a.left["de_minimis"]]
        for a in buys
        if a.price is not None and a.left["de_minimis"]
    ]
    sold = [
        [a.price, a.left["de_minimis"]]
        for a in sells
        if a.price is not None and a.left["de_minimis"]
    ]
    removed = 0
    while bought and sold and bought[0][0] <= sold[0][0]:
        both = min(bought[0][1], sold[0][1])
        removed += both
        for side in (bought, sold):
            side[0][1] -= both
            if side[0][1] == 0:
                side.pop(0)
    for side in (buys, sells):
        tag(side, "de_minimis", "removed", cheapest=removed)
        for action in side:
            action.left["arbitrage"] = action.left["de_minimis"] - action.left["removed"]


def classify(side: list[Action]) -> None:
    staying = [a for a in side if a.left["arbitrage"]]
    unflagged = [a.cost for a in staying if a.price is not None and not a.first]
    for action in staying:
        if action.price is None:
            action.second = True
        elif action.first:
            action.second = not unflagged or action.cost > max(unflagged)


def replace(main: list[Action], terms: Terms) -> int | None:
    if not any(a.second for a in main):
        return None
    unflagged = [a for a in main if not a.second]
    wanted, volume, cost = terms.rpar, 0, 0
    for action in reversed(unflagged):
        taken = min(action.left["niv"], wanted - volume)
        volume += taken
        cost += taken * action.price
    replacement = rounded(Fraction(cost, volume)) if volume else terms.market_price or 0
    for action in main:
        if action.second:
            action.price = replacement
    return replacement


def final_price(main: list[Action], niv: int, terms: Terms) -> tuple[int, str]:
    if niv == 0:
        return (terms.market_price or 0), ("L" if terms.market_price is None else "K")
    weight = sum(a.left["par"] * a.weight for a in main)
    cost = sum(a.left["par"] * a.weight * a.price for a in main)
    average = rounded(Fraction(cost, weight))
    return (average + terms.bpa, "P") if niv > 0 else (average + terms.spa, "N")


def tag(side: list[Action], before: str, after: str, *, cheapest: int) -> None:
    """The cheapest volume of a side that stands in order; equal prices share pro rata."""
    for price in dict.fromkeys(a.price for a in side):
        level = [a for a in side if a.price == price]
        volume = sum(a.left[before] for a in level)
        taken = min(volume, cheapest)
        cheapest -= taken
        upto = given = 0
        for action in level:
            upto += action.left[before]
            share = rounded(Fraction(upto * taken, volume)) - given if volume else 0
            action.left[after] = share
            given += share


def rounded(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    size = abs(value)
    whole = int(size) + (size - int(size) >= Fraction(1, 2))
    return whole if value >= 0 else -whole
