"""Random stacks with everything that makes a stack awkward, and the frames made of them."""

from collections.abc import Sequence
from datetime import date

import polars as pl
from hypothesis import strategies as st

from tests.property.imbalance_price_reference import Action, Terms

KINDS = (
    "offer", "bid", "buy_adjustment", "sell_adjustment", "demand_control", "gas_or_reserve_buy",
    "gas_or_reserve_sell",
)  # fmt: skip
SELLS = {"bid", "sell_adjustment", "gas_or_reserve_sell"}

MWH = 10**9
PENNY = 10**3

# Few prices, so that levels tie; volumes on either side of the thresholds, nil among them.
volumes = st.one_of(
    st.sampled_from([0, 1, MWH // 10 - 1, MWH // 10, MWH // 10 + 1, MWH // 3, MWH, 50 * MWH]),
    st.integers(0, 200 * MWH),
)
prices = st.one_of(
    st.none(),
    st.sampled_from([-99_999, -50, 0, 20, 50, 50, 50, 80, 120, 9_999]).map(lambda p: p * 10**5),
    st.integers(-100 * 10**5, 300 * 10**5),
)
multipliers = st.sampled_from([10**7, 9_900_000, 10_100_000, 9_772_410])


@st.composite
def actions(draw, flags=None):
    kind = draw(st.sampled_from(KINDS))
    size = draw(volumes)
    if flags is None:
        flags = st.sampled_from([False, False, False, True])
    return Action(
        name="",
        kind=kind,
        volume=-size if kind in SELLS else size,
        price=draw(prices),
        so=draw(flags),
        cadl=draw(flags),
        emergency=draw(flags),
        stor=draw(flags),
        tlm=draw(multipliers),
        bm_unit=draw(st.sampled_from([None, "T_A-1", "T_B-1"])),
        acceptance=draw(st.sampled_from([None, 1, 2])),
        pair=draw(st.sampled_from([None, -1, 1])),
    )


@st.composite
def stacks(draw, max_size=14):
    found = draw(st.lists(actions(), min_size=1, max_size=max_size))
    names = draw(st.permutations([f"action-{n:02}" for n in range(len(found))]))
    for action, name in zip(found, names, strict=True):
        action.name = name
    return found


@st.composite
def period_terms(draw):
    adjuster = st.integers(-10 * 10**5, 10 * 10**5)
    return Terms(
        market_price=draw(st.one_of(st.none(), st.integers(-100, 30_000).map(lambda p: p * PENNY))),
        bpa=draw(adjuster),
        spa=draw(adjuster),
        rsvp=draw(st.one_of(st.none(), st.integers(0, 6_000 * 10**5))),
        in_window=draw(st.booleans()),
    )


def balancing_actions(stack: Sequence[Action], settlement_date: date, period: int) -> pl.DataFrame:
    """The stack as a person would give it."""
    return pl.DataFrame(
        {
            "settlement_date": [settlement_date] * len(stack),
            "settlement_period": [period] * len(stack),
            "action_id": [a.name for a in stack],
            "action_type": [a.kind for a in stack],
            "bm_unit": [a.bm_unit for a in stack],
            "acceptance_number": [a.acceptance for a in stack],
            "pair_number": [a.pair for a in stack],
            "volume_mwh": [a.volume / 10**9 for a in stack],
            "price_gbp_per_mwh": [None if a.price is None else a.price / 10**5 for a in stack],
            "so_flag": [a.so for a in stack],
            "cadl_flag": [a.cadl for a in stack],
            "emergency_flag": [a.emergency for a in stack],
            "stor_flag": [a.stor for a in stack],
            "transmission_loss_multiplier_per_unit": [a.tlm / 10**7 for a in stack],
        },
        schema_overrides={
            "bm_unit": pl.String,
            "acceptance_number": pl.Int64,
            "pair_number": pl.Int64,
            "price_gbp_per_mwh": pl.Float64,
        },
    )
