"""Random markets of eight units and six Parties, and the frames made of them.

Losses stay believable: generators give more or less what Suppliers take.
"""

from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from settlement_engine.periods import period_start

# name, Party, Trading Unit, type, P/C, least and most metered
UNITS = (
    ("T_A-1", "ALPHA", "SITE_A", "T", "P", 80, 300),
    ("T_B-1", "BETA", "SITE_B", "T", "P", 80, 300),
    ("E_C-1", "ALPHA", "SITE_A", "E", "P", -20, 40),
    ("2__ASUPP000", "SUPPLY", "DEFAULT__A", "G", "C", -300, -100),
    ("2__BBETA000", "BETA", "DEFAULT__B", "G", "C", -300, -100),
    ("2__PSITE000", "SUPPLY", "SITE_B", "S", "C", -30, 30),
    ("I_X-1", "TRADER", "LINK", "I", "P", -100, 100),
    ("V__AAGGR000", "AGGREGATOR", "AGGREGATED", "V", "C", 0, 0),
)
SECONDARY = "V__AAGGR000"
METERED = tuple(name for name, *_ in UNITS if name != SECONDARY)
NOTIFYING = ("T_A-1", "T_B-1", "E_C-1", "I_X-1")
ACCEPTED = ("T_A-1", "T_B-1")
PARTIES = ("ALPHA", "BETA", "SUPPLY", "TRADER", "AGGREGATOR", "BANK")
PAIRS = (-2, -1, 1, 2)
SECONDARY_SINCE, BASELINED_SINCE = date(2019, 2, 28), date(2023, 2, 23)

kilowatt_hours = st.integers(-50_000, 50_000).map(lambda kwh: kwh / 1000)
prices = st.sampled_from([-50.0, 0.0, 20.0, 55.55, 80.0, 80.0, 150.0]) | st.integers(
    -9_999, 29_999
).map(lambda pence: pence / 100)


@st.composite
def markets(draw, day, *, periods=2, balanced=True):
    """Frames of the first periods of a day; `balanced` contracts add up to zero."""
    numbers = range(1, draw(st.integers(1, periods)) + 1)
    keys = [(day, number) for number in numbers]
    acceptances, points = draw(_acceptances(day, len(keys)))
    return {
        "bm_unit_registrations": draw(_register(day)),
        "physical_notifications": draw(_notifications(keys)),
        "bid_offer_data": draw(_pairs(keys)),
        "acceptances": acceptances,
        "acceptance_points": points,
        "adjustment_actions": draw(_adjustments(keys)),
        "market_index": draw(_market_index(keys)),
        "price_adjusters": _by_period(
            [(*key, 1.25, -0.75) for key in keys],
            ["buy_price_adjuster_gbp_per_mwh", "sell_price_adjuster_gbp_per_mwh"],
        ),
        "metered_volumes": draw(_metered(keys)),
        "metered_volume_reallocations": draw(_reallocations(keys)),
        "contract_volumes": draw(_contracts(keys, balanced=balanced)),
        **draw(_services(keys, day)),
    }


def _by_period(rows, columns):
    names = ["settlement_date", "settlement_period", *columns]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None).with_columns(
        pl.col("settlement_date").cast(pl.Date), pl.col("settlement_period").cast(int)
    )


@st.composite
def _register(draw, day):
    factor = st.integers(-500_000, 500_000).map(lambda count: count / 10**7)
    rows = [
        (name, date(2009, 1, 1), party, trading_unit, kind, flag, draw(factor), kind == "V")
        for name, party, trading_unit, kind, flag, *_ in UNITS
        if name != SECONDARY or day >= SECONDARY_SINCE
    ]
    columns = [
        "bm_unit", "effective_from", "party_id", "trading_unit", "unit_type",
        "production_consumption_flag", "transmission_loss_factor_per_unit", "is_baselined",
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=columns, orient="row")


@st.composite
def _notifications(draw, keys):
    level = st.integers(-100, 600).map(float)
    rows = [
        (*key, unit, start, draw(level), start + timedelta(minutes=30), draw(level))
        for key in keys
        for unit in NOTIFYING
        for start in [period_start(*key)]
    ]
    return _by_period(rows, ["bm_unit", "from_at", "from_mw", "to_at", "to_mw"])


@st.composite
def _pairs(draw, keys):
    width = st.integers(0, 120).map(float)
    rows = []
    for key in keys:
        start = period_start(*key)
        for unit in ACCEPTED:
            for pair in PAIRS:
                sign = 1 if pair > 0 else -1
                ends = (
                    start,
                    sign * draw(width),
                    start + timedelta(minutes=30),
                    sign * draw(width),
                )
                rows.append((*key, unit, pair, *ends, draw(prices), draw(prices)))
    columns = ["bm_unit", "pair_number", "from_at", "from_mw", "to_at", "to_mw"]
    return _by_period(rows, [*columns, "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh"])


@st.composite
def _acceptances(draw, day, periods):
    """Up to three acceptances of each unit, of which some overlap and some are flagged."""
    midnight = period_start(day, 1)
    orders, spots = [], []
    for unit in ACCEPTED:
        for number in range(1, draw(st.integers(0, 3)) + 1):
            begins = draw(st.integers(-5, 30 * periods - 10))
            times = [begins, begins + draw(st.integers(2, 20)), begins + draw(st.integers(21, 45))]
            issued = midnight + timedelta(minutes=begins - draw(st.integers(0, 15)))
            orders.append((unit, number, issued, draw(st.booleans())))
            spots += [
                (unit, number, midnight + timedelta(minutes=at), order, draw(_levels))
                for order, at in enumerate(times, start=1)
            ]
    moment = pl.Datetime("us", "UTC")
    return (
        pl.DataFrame(
            orders,
            schema={
                "bm_unit": pl.String, "acceptance_number": pl.Int64, "accepted_at": moment,
                "so_flag": pl.Boolean,
            },
            orient="row",
        ),
        pl.DataFrame(
            spots,
            schema={
                "bm_unit": pl.String, "acceptance_number": pl.Int64, "at": moment,
                "point_order": pl.Int64, "level_mw": pl.Float64,
            },
            orient="row",
        ),
    )  # fmt: skip


_levels = st.integers(-200, 700).map(float)


@st.composite
def _adjustments(draw, keys):
    rows = [
        (*key, f"ADJ-{number}", draw(st.none() | kilowatt_hours), draw(kilowatt_hours), flagged)
        for key in keys
        for number in range(draw(st.integers(0, 3)))
        for flagged in [draw(st.booleans())]
    ]
    return _by_period(rows, ["action_id", "cost_gbp", "volume_mwh", "so_flag"]).with_columns(
        pl.col("action_id").cast(pl.String),
        pl.col("cost_gbp", "volume_mwh").cast(pl.Float64),
        pl.col("so_flag").cast(pl.Boolean),
    )


@st.composite
def _market_index(draw, keys):
    rows = [
        (*key, provider, draw(prices), draw(st.sampled_from([0.0, 10.0, 400.0])))
        for key in keys
        for provider in ("APXMIDP", "N2EXMIDP")
    ]
    return _by_period(rows, ["provider", "price_gbp_per_mwh", "volume_mwh"])


@st.composite
def _metered(draw, keys):
    limits = {name: (1000 * least, 1000 * most) for name, *_, least, most in UNITS}
    rows = [
        (*key, unit, draw(st.integers(*limits[unit])) / 1000) for key in keys for unit in METERED
    ]
    return _by_period(rows, ["bm_unit", "metered_volume_mwh"])


@st.composite
def _reallocations(draw, keys):
    """Up to half of some units goes to each of two other Parties, and a fixed volume."""
    share = st.integers(0, 50 * 10**5).map(lambda count: count / 10**5)
    rows = [
        (*key, unit, party, draw(share), draw(kilowatt_hours))
        for key in keys
        for unit in draw(st.sets(st.sampled_from(METERED)))
        for party in draw(st.sets(st.sampled_from(["BANK", "TRADER"]), min_size=1))
    ]
    columns = ["bm_unit", "party_id", "reallocation_percent", "reallocation_mwh"]
    return _by_period(rows, columns).with_columns(
        pl.col("bm_unit", "party_id").cast(pl.String),
        pl.col("reallocation_percent", "reallocation_mwh").cast(pl.Float64),
    )


@st.composite
def _contracts(draw, keys, *, balanced):
    rows = []
    for key in keys:
        sold = [draw(kilowatt_hours) for _ in PARTIES]
        sold[-1] = -round(sum(sold[:-1]), 3) if balanced else sold[-1]
        rows += [
            (*key, party, "production" if number % 2 else "consumption", volume)
            for number, (party, volume) in enumerate(zip(PARTIES, sold, strict=True))
        ]
    return _by_period(rows, ["party_id", "energy_account", "contract_volume_mwh"])


@st.composite
def _services(draw, keys, day):
    """Services outside the Balancing Mechanism, in the rules that know them."""
    applicable = [(*key, unit, draw(kilowatt_hours)) for key in keys for unit in ("T_A-1", "E_C-1")]
    found = {
        "applicable_balancing_services_volumes": _by_period(
            applicable, ["bm_unit", "applicable_volume_mwh"]
        )
    }
    if day >= SECONDARY_SINCE:
        found["delivered_volumes"] = _by_period(
            [
                (*key, unit, draw(kilowatt_hours))
                for key in keys
                for unit in (SECONDARY, "2__ASUPP000")
            ],
            ["bm_unit", "delivered_volume_mwh"],
        )
    if day >= BASELINED_SINCE:
        found["settlement_expected_volumes"] = _by_period(
            [(*key, SECONDARY, draw(kilowatt_hours)) for key in keys],
            ["bm_unit", "expected_volume_mwh"],
        )
    return found
