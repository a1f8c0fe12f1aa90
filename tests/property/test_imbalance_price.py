"""The engine against the slow reference, on stacks nobody would think of."""

from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settlement_engine.periods import period_start
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.property.examples import examples
from tests.property.imbalance_price_reference import price_period
from tests.property.stacks import balancing_actions, period_terms, stacks

# Each date has its own parameters: PAR, DMAT and the Value of Lost Load.
DATES = {
    date(2015, 11, 5): {"par": 50 * 10**9, "dmat": 10**9, "voll": 3000 * 10**5},
    date(2018, 10, 31): {"par": 50 * 10**9, "dmat": 10**9, "voll": 3000 * 10**5},
    date(2018, 11, 1): {"par": 10**9, "dmat": 10**9, "voll": 6000 * 10**5},
    date(2019, 4, 1): {"par": 10**9, "dmat": 10**8, "voll": 6000 * 10**5},
    date(2026, 1, 1): {"par": 10**9, "dmat": 10**8, "voll": 6000 * 10**5},
}
STEPS = {
    "volume_after_de_minimis_mwh": "de_minimis",
    "volume_after_arbitrage_mwh": "arbitrage",
    "volume_after_net_imbalance_mwh": "niv",
    "volume_after_price_average_mwh": "par",
}


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    periods=st.lists(st.tuples(stacks(), period_terms()), min_size=1, max_size=8),
    settlement_date=st.sampled_from(list(DATES)),
    scope=st.sampled_from(["row", "row", "acceptance_side", "unit_pair"]),
    stor_flags=st.sampled_from(["unflag", "unflag", "leave"]),
)
def test_the_engine_gives_what_the_reference_gives(periods, settlement_date, scope, stor_flags):
    for _, terms in periods:
        vars(terms).update(DATES[settlement_date], scope=scope, stor_flags=stor_flags)
    rulebook = TRADING_CHARGES.variant(
        "options", parameters={"de_minimis_scope": scope, "reserve_repricing_flags": stor_flags}
    )
    given_frames = frames_of(periods, settlement_date)
    settled = rulebook.settle(given_frames, since=settlement_date, until=settlement_date)

    for number, (stack, terms) in enumerate(periods, start=1):
        expected = price_period(stack, terms)
        assert price_row(settled, number) == (
            expected.price, expected.price, expected.niv, expected.code
        )  # fmt: skip
        assert replacement(settled, number) == expected.replacement
        compare_actions(settled, number, expected)


def compare_actions(settled, number, expected):
    rows = settled.frames["action_stack"].filter(settlement_period=number)
    assert rows.height == len(expected.actions)
    for row in rows.iter_rows(named=True):
        action = expected.actions[row["action_id"]]
        sign = 1 if action.buys else -1
        left = {column: sign * action.left[step] for column, step in STEPS.items()}
        assert {column: row[column] for column in STEPS} == left
        assert row["first_stage_flag"] == action.first
        assert row["second_stage_flag"] == action.second
        if row["volume_after_net_imbalance_mwh"]:
            assert row["final_price_gbp_per_mwh"] == action.price


def price_row(settled, number):
    frame = settled.frames["energy_imbalance_price"].filter(settlement_period=number)
    return frame.drop("settlement_date", "settlement_period").row(0)


def replacement(settled, number):
    rows = settled.frames["replacement_price"].filter(settlement_period=number)
    return rows["replacement_price_gbp_per_mwh"].item() if rows.height else None


def frames_of(periods, settlement_date):
    """The five given frames of some periods, numbered from 1."""
    numbered = list(enumerate(periods, start=1))
    starts = {n: period_start(settlement_date, n) for n, _ in numbered}
    market = [(n, terms.market_price) for n, (_, terms) in numbered]
    scarcity = [(n, terms.rsvp, terms.voll) for n, (_, terms) in numbered]
    frames = {
        "balancing_actions": pl.concat(
            balancing_actions(stack, settlement_date, n) for n, (stack, _) in numbered
        ),
        "market_index": pl.DataFrame(
            [(n, "APXMIDP", p / 10**5, 100.0) for n, p in market if p is not None]
            + [(n, "N2EXMIDP", 77.0, 0.0) for n, _ in market],
            schema=["settlement_period", "provider", "price_gbp_per_mwh", "volume_mwh"],
            orient="row",
        ),
        "price_adjusters": pl.DataFrame(
            [(n, terms.bpa / 10**5, terms.spa / 10**5) for n, (_, terms) in numbered],
            schema=[
                "settlement_period", "buy_price_adjuster_gbp_per_mwh",
                "sell_price_adjuster_gbp_per_mwh",
            ],
            orient="row",
        ),
        "reserve_scarcity_price": pl.DataFrame(
            [(n, None if rsvp is None else rsvp / 10**5) for n, rsvp, _ in scarcity],
            schema={
                "settlement_period": pl.Int64, "reserve_scarcity_price_gbp_per_mwh": pl.Float64
            },
            orient="row",
        ),
    }  # fmt: skip
    dated = {
        name: frame.with_columns(settlement_date=pl.lit(settlement_date))
        for name, frame in frames.items()
    }
    windows = [starts[n] for n, (_, terms) in numbered if terms.in_window]
    dated["stor_windows"] = pl.DataFrame(
        {"starts_at": windows, "ends_at": [at + timedelta(minutes=30) for at in windows]},
        schema={"starts_at": pl.Datetime("us", "UTC"), "ends_at": pl.Datetime("us", "UTC")},
    )
    return dated
