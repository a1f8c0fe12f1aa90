"""Laws the price keeps whatever the stack (settlement.md 16: I7 to I11, I18, I22)."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from settlement_engine.trading_charges import TRADING_CHARGES
from tests.property.examples import examples
from tests.property.imbalance_price_reference import Action, Terms
from tests.property.stacks import MWH, stacks
from tests.property.test_imbalance_price import frames_of

DAY = date(2026, 1, 1)
PAR = MWH
DMAT = MWH // 10
few = settings(max_examples=examples(15), deadline=None)


def settle(*periods, terms=None):
    """The stacks, one a period, with a Market Price and adjusters."""
    terms = terms or Terms(market_price=60 * 10**5, bpa=150_000, spa=-250_000)
    given_frames = frames_of([(stack, terms) for stack in periods], DAY)
    return TRADING_CHARGES.settle(given_frames, since=DAY, until=DAY)


def prices(*periods):
    rows = settle(*periods).frames["energy_imbalance_price"].sort("settlement_period")
    return rows["system_buy_price_gbp_per_mwh"].to_list()


@few
@given(st.lists(stacks(), min_size=1, max_size=4))
def test_i7_i9_i10_one_price_averaged_over_par_within_what_was_kept(periods):
    settled = settle(*periods)
    price = settled.frames["energy_imbalance_price"]
    assert price["system_buy_price_gbp_per_mwh"].equals(price["system_sell_price_gbp_per_mwh"])
    for row in price.iter_rows(named=True):
        niv = row["net_imbalance_volume_mwh"]
        kept = settled.frames["action_stack"].filter(
            pl.col("volume_after_price_average_mwh") != 0,
            settlement_period=row["settlement_period"],
        )
        assert kept["volume_after_price_average_mwh"].abs().sum() == min(PAR, abs(niv))
        if niv:
            adjuster = 150_000 if niv > 0 else -250_000
            average = row["system_buy_price_gbp_per_mwh"] - adjuster
            finals = kept["final_price_gbp_per_mwh"]
            assert finals.min() <= average <= finals.max()


@few
@given(st.lists(stacks(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_i8_the_order_of_rows_changes_no_byte(periods, random):
    frames = frames_of([(stack, Terms(market_price=0)) for stack in periods], DAY)
    shuffled = {
        name: frame[random.sample(range(frame.height), frame.height)]
        for name, frame in frames.items()
    }
    assert digest(frames) == digest(shuffled)


@settings(few, suppress_health_check=[HealthCheck.filter_too_much])
@given(stacks(), st.data())
def test_i8_an_action_split_in_two_is_one_action(stack, data):
    whole = data.draw(st.sampled_from(stack))
    assume(abs(whole.volume) >= 2 * DMAT)
    first = data.draw(st.integers(DMAT, abs(whole.volume) - DMAT))
    sign = 1 if whole.volume > 0 else -1
    halves = [
        replace(whole, name=whole.name, volume=sign * first),
        replace(whole, name=whole.name + "+", volume=whole.volume - sign * first),
    ]
    split = [action for action in stack if action is not whole] + halves
    one, two = prices(stack, split)
    # Shares of a tie are whole 1e-9 MWh, so the weights of the average may shift by that much.
    same_losses = len({action.tlm for action in stack}) == 1
    assert abs(one - two) <= (0 if same_losses else 1)


@few
@given(stacks(), st.integers(DMAT, 50 * MWH), st.integers(0, 10**7))
def test_i8_the_same_volume_bought_and_sold_between_the_sides_cancels(stack, volume, at):
    buys = [a.price for a in stack if a.volume > 0 and a.price is not None and not is_control(a)]
    buys += [6000 * 10**5] if any(is_control(a) for a in stack) else []
    sells = [a.price for a in stack if a.volume < 0 and a.price is not None]
    highest_sell, lowest_buy = max(sells, default=-(10**7)), min(buys, default=10**7)
    assume(highest_sell + 1 < lowest_buy)
    price = highest_sell + 1 + at % (lowest_buy - highest_sell - 1)
    pair = [
        Action("x-bought", "gas_or_reserve_buy", volume, price),
        Action("x-sold", "gas_or_reserve_sell", -volume, price),
    ]
    one, two = prices(stack, stack + pair)
    assert one == two


def is_control(action):
    return action.kind == "demand_control" and action.volume > 0


@few
@given(
    st.lists(st.tuples(st.integers(1, 2 * MWH), st.integers(0, 300)), min_size=1, max_size=6),
    st.data(),
)
def test_i11_a_dearer_action_does_not_lower_a_short_price(bought, data):
    stack = [
        Action(f"a{n}", "gas_or_reserve_buy", volume + DMAT, price * 10**5)
        for n, (volume, price) in enumerate(bought)
    ]
    raised = data.draw(st.integers(0, len(stack) - 1))
    dearer = [
        replace(a, price=a.price + 5 * 10**5) if n == raised else a for n, a in enumerate(stack)
    ]
    before, after = prices(stack, dearer)
    assert after >= before


def test_i22_a_variant_that_changes_nothing_gives_the_same_bytes():
    stack = [Action("a", "offer", 5 * MWH, 50 * 10**5), Action("b", "bid", -2 * MWH, 20 * 10**5)]
    frames = frames_of([(stack, Terms())], DAY)
    same = TRADING_CHARGES.variant("same")
    assert digest(frames) == digest(frames, same)
    assert same.fingerprint() == TRADING_CHARGES.fingerprint()


def test_the_streaming_engine_of_polars_gives_the_same_bytes():
    frames = large_frames()
    expected = digest(frames)
    with pl.Config():
        pl.Config.set_engine_affinity("streaming")
        assert digest(frames) == expected


def test_i18_threads_change_no_byte():
    """The number of threads is fixed when Polars is loaded, so each has a process of its own."""
    code = (
        "from tests.property.test_price_laws import digest, large_frames;"
        "print(digest(large_frames()))"
    )
    path = os.pathsep.join(sys.path)
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONPATH": path},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(found) == 1


def digest(frames, rulebook=TRADING_CHARGES):
    """A hash of the bytes of every frame that is worked out."""
    settled = rulebook.settle(frames, since=DAY, until=DAY)
    found = hashlib.sha256()
    for name in settled.worked_out:
        found.update(settled.decimals(name).write_csv().encode())
    return found.hexdigest()


def large_frames():
    """48 periods of a thousand actions with many ties."""
    rows = 48_000
    n = pl.int_range(rows, eager=True)
    sells = n % 2 == 1
    size = (n * 7919 % 1013) / 37 + 0.05
    actions = pl.DataFrame({"n": n, "sells": sells, "size": size}).select(
        settlement_date=pl.lit(DAY),
        settlement_period=pl.col("n") % 48 + 1,
        action_id=pl.format("a{}", "n"),
        action_type=pl.when("sells").then(pl.lit("bid")).otherwise(pl.lit("offer")),
        volume_mwh=pl.when("sells").then(-pl.col("size")).otherwise("size"),
        price_gbp_per_mwh=(pl.col("n") * 31 % 41).cast(pl.Float64)
        + pl.when("sells").then(20).otherwise(40),
        so_flag=pl.col("n") % 5 == 0,
        transmission_loss_multiplier_per_unit=0.98 + (pl.col("n") % 9) / 200,
    )
    return {"balancing_actions": actions}
