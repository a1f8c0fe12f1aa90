"""Laws of `settlement.md` 16 that hold on every market: energy, money, and the bytes of both."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from functools import cache

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settlement_engine.trading_charges import TRADING_CHARGES
from tests.property.examples import examples
from tests.property.markets import markets

# Each day has other rules: of losses, of the price, of the residual, of secondary units.
DAYS = [
    date(2010, 1, 4),
    date(2013, 1, 7),
    date(2016, 1, 4),
    date(2018, 6, 4),
    date(2019, 6, 3),
    date(2026, 1, 5),
]
DAY = DAYS[-1]
PERIOD = ["settlement_date", "settlement_period"]
UNIT_PERIOD = [*PERIOD, "bm_unit"]
FACTOR = 10**12  # counts of a loss multiplier in one
PENNY = 10**6  # counts of money in a penny

few = settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
fewer = settings(few, max_examples=examples(4))


@st.composite
def settled_markets(draw, days=DAYS):
    day = draw(st.sampled_from(days))
    return TRADING_CHARGES.settle(draw(markets(day)), since=day, until=day)


@few
@given(settled=settled_markets())
def test_the_laws_of_energy_and_money_hold(settled):
    for period in settled.frames["settlement_balance"]["settlement_period"]:
        frames = {
            name: frame.filter(settlement_period=period)
            for name, frame in settled.frames.items()
            if "settlement_period" in frame.columns
        }
        i4_losses_are_shared_out_whole(frames)
        i5_no_energy_is_lost_between_units_and_accounts(frames)
        i6_imbalances_are_what_services_took(frames)
        i12_shares_of_the_residual_are_one_whole(frames)
        i13_what_parties_get_the_operator_pays(frames)
        i14_non_delivery_is_bounded_and_charged(frames)
    i13_the_day_sums_to_zero_but_for_pence(settled)


def i4_losses_are_shared_out_whole(frames):
    """A multiplier is rounded to half of 1e-12, which is all that may be left."""
    adjusted = _times_losses(frames, frames["metered_volumes"], "metered_volume_mwh")
    size = sum(map(abs, frames["metered_volumes"]["metered_volume_mwh"]))
    assert 2 * abs(adjusted) <= size


def i5_no_energy_is_lost_between_units_and_accounts(frames):
    """But for what secondary units delivered, which was metered at others (P344)."""
    credited = frames["credited_energy_volume"]
    secondary = frames["delivery_mode"].filter(unit_type="V")
    delivered = _times_losses(frames, secondary, "actual_volume_mwh")
    left = credited["credited_energy_volume_mwh"].sum() * FACTOR - delivered
    assert 2 * abs(left) <= (credited.height + 1) * FACTOR
    assert frames["contract_volumes"]["contract_volume_mwh"].sum() == 0


def i6_imbalances_are_what_services_took(frames):
    accounts = frames["energy_imbalance_volume"]
    for row in accounts.iter_rows(named=True):
        assert row["energy_imbalance_volume_mwh"] == (
            row["credited_energy_volume_mwh"]
            - row["balancing_services_volume_mwh"]
            - row["contract_volume_mwh"]
        )
    total = accounts.select(
        pl.col("energy_imbalance_volume_mwh", "balancing_services_volume_mwh").sum()
    ).row(0)
    assert sum(total) == frames["credited_energy_volume"]["credited_energy_volume_mwh"].sum()


def i12_shares_of_the_residual_are_one_whole(frames):
    shares, paid = frames["residual_reallocation"], frames["residual_cashflow"]
    left = shares["residual_reallocation_per_unit"].sum() - FACTOR
    assert 2 * abs(left) <= shares.height
    total = frames["energy_imbalance_cashflow"]["energy_imbalance_cashflow_gbp"].sum()
    assert set(paid["total_residual_cashflow_gbp"]) == {total}
    assert 2 * abs(paid["residual_cashflow_gbp"].sum() - total) <= paid.height


def i13_what_parties_get_the_operator_pays(frames):
    """From the amounts of units and accounts, not from the engine's own sums."""
    units, accounts = frames["bm_unit_cashflow"], frames["energy_imbalance_cashflow"]
    residual = frames["residual_cashflow"]
    operator = units["bm_unit_cashflow_gbp"].sum() - units["non_delivery_charge_gbp"].sum()
    parties = (
        operator
        - units["information_imbalance_charge_gbp"].sum()
        - accounts["energy_imbalance_cashflow_gbp"].sum()
        + residual["residual_cashflow_gbp"].sum()
    )
    assert frames["system_operator_cashflow"]["system_operator_cashflow_gbp"].item() == operator
    assert frames["party_cashflow"]["net_to_party_gbp"].sum() == parties
    assert 2 * abs(parties - operator) <= residual.height


def i13_the_day_sums_to_zero_but_for_pence(settled):
    charges = settled.frames["daily_party_charges"]
    operator = settled.frames["system_operator_cashflow"]["system_operator_cashflow_gbp"].sum()
    amounts = 5 * charges.height  # each rounded by half a penny at most
    assert 2 * abs(charges["net_to_party_gbp"].sum() - operator) <= amounts * PENNY + charges.height
    assert (charges["net_to_party_gbp"] % PENNY == 0).all()


def i14_non_delivery_is_bounded_and_charged(frames):
    assert frames["bm_unit_cashflow"]["non_delivery_charge_gbp"].ge(0).all()
    accepted = (
        frames["accepted_volume"]
        .group_by(UNIT_PERIOD)
        .agg(
            up=pl.col("accepted_offer_volume_mwh").sum(),
            down=pl.col("accepted_bid_volume_mwh").sum(),
        )
    )
    bounded = frames["non_delivered_volume"].join(accepted, on=UNIT_PERIOD)
    assert bounded.height == accepted.height
    assert bounded["non_delivered_offer_volume_mwh"].le(bounded["up"]).all()
    assert bounded["non_delivered_bid_volume_mwh"].ge(bounded["down"]).all()
    both = pl.col("non_delivered_offer_volume_mwh", "non_delivered_bid_volume_mwh").sum()
    laid = frames["non_delivery_charge"].select(both).row(0)
    assert laid == frames["non_delivered_volume"].select(both).row(0)


def _times_losses(frames, volumes, column):
    """Sum of a volume times the loss multiplier, exact in Python's whole numbers."""
    losses = frames["transmission_loss_multiplier"]
    joined = volumes.select(*UNIT_PERIOD, column).join(losses, on=UNIT_PERIOD)
    assert joined.height == volumes.height
    factors = joined["transmission_loss_multiplier_per_unit"]
    return sum(volume * factor for volume, factor in zip(joined[column], factors, strict=True))


@fewer
@given(frames=markets(DAY, balanced=False), random=st.randoms(use_true_random=False))
def test_i18_the_order_of_rows_changes_no_byte(frames, random):
    shuffled = {
        name: frame[random.sample(range(frame.height), frame.height)]
        for name, frame in frames.items()
    }
    assert digest(frames) == digest(shuffled)


def test_i18_threads_change_no_byte():
    """The number of threads is fixed when Polars is loaded, so each has a process of its own."""
    code = (
        "from tests.property.test_market_laws import digest, one_market;print(digest(one_market()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env={
                **os.environ,
                "POLARS_MAX_THREADS": threads,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(found) == 1


@fewer
@given(frames=markets(DAY))
def test_i22_a_variant_that_changes_nothing_gives_the_same_bytes(frames):
    same = TRADING_CHARGES.variant("same")
    assert same.fingerprint() == TRADING_CHARGES.fingerprint()
    assert digest(frames) == digest(frames, same)


@fewer
@given(data=st.data())
def test_i24_the_price_is_the_same_from_notifications_and_from_the_actions_they_make(data):
    day = data.draw(st.sampled_from(DAYS))
    frames = data.draw(markets(day))
    worked_out = TRADING_CHARGES.settle(frames, since=day, until=day)
    from_actions = {
        "balancing_actions": worked_out.decimals("balancing_actions"),
        **{name: frames[name] for name in ("market_index", "price_adjusters", "metered_volumes")},
    }
    given_rows = TRADING_CHARGES.settle(from_actions, since=day, until=day)
    for name in ("action_stack", "replacement_price", "energy_imbalance_price"):
        assert given_rows.decimals(name).equals(worked_out.decimals(name)), name


def digest(frames, rulebook=TRADING_CHARGES):
    """A hash of the bytes of every quantity, as people and files see them."""
    settled = rulebook.settle(frames, since=DAY, until=DAY)
    found = hashlib.sha256()
    for name in settled.worked_out:
        found.update(settled.decimals(name).write_csv().encode())
    return found.hexdigest()


@cache
def one_market():
    """A market of no chance, the same in every process."""
    from tests.bench.realistic_day import day_of_frames  # noqa: PLC0415

    return {
        name: frame.filter(pl.col("settlement_period") <= 2)
        if "settlement_period" in frame.columns
        else frame
        for name, frame in day_of_frames(DAY).items()
    }
