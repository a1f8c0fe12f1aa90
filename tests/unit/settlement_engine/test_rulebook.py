"""The rulebook: what is in force, spans, variants, comparison, fingerprint."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl
import pytest

from settlement_engine.given import GIVEN, PriceAdjusters
from settlement_engine.rule import Rule, Version
from settlement_engine.rulebook import Rulebook, Span, compare
from settlement_engine.saa.prices.energy_imbalance_price import EnergyImbalancePrice
from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES

FIRST = date(2015, 11, 5)


def actions(*days):
    return pl.DataFrame(
        [
            {
                "settlement_date": day, "settlement_period": 1, "action_id": name,
                "action_type": "offer", "volume_mwh": volume, "price_gbp_per_mwh": price,
            }
            for day in days
            for name, volume, price in (("a", 20.0, 100.0), ("b", 40.0, 60.0))
        ]
    )  # fmt: skip


def settle(rulebook, *days):
    return rulebook.settle({"balancing_actions": actions(*days)}, since=min(days), until=max(days))


def test_a_date_before_flagging_and_replacement_is_refused_in_words():
    with pytest.raises(
        RulebookError, match=r"2009-11-04 cannot be settled: .* start on 2009-11-05"
    ):
        settle(TRADING_CHARGES, date(2009, 11, 4))


def test_a_range_is_cut_where_a_rule_or_a_parameter_changes():
    assert TRADING_CHARGES.spans(date(2018, 10, 30), date(2019, 4, 2)) == (
        Span(date(2018, 10, 30), date(2018, 10, 31)),
        Span(date(2018, 11, 1), date(2019, 2, 27)),
        Span(date(2019, 2, 28), date(2019, 3, 31)),
        Span(date(2019, 4, 1), date(2019, 4, 2)),
    )
    assert TRADING_CHARGES.spans(FIRST, FIRST) == (Span(FIRST, FIRST),)
    with pytest.raises(RulebookError, match="before it starts"):
        TRADING_CHARGES.spans(date(2026, 1, 2), date(2026, 1, 1))


def test_each_day_of_a_range_has_the_values_of_its_date():
    days = date(2018, 10, 31), date(2018, 11, 1)
    settled = settle(TRADING_CHARGES, *days)
    prices = settled.decimals("energy_imbalance_price")["system_buy_price_gbp_per_mwh"]
    assert prices.to_list() == [76.0, 100.0]
    for day, price in zip(days, prices, strict=True):
        alone = settle(TRADING_CHARGES, day).decimals("energy_imbalance_price")
        assert alone["system_buy_price_gbp_per_mwh"].item() == price


def test_a_frame_that_is_given_is_not_worked_out():
    day = date(2026, 1, 1)
    price = pl.DataFrame(
        {"settlement_date": [day], "settlement_period": [1], "market_price_gbp_per_mwh": [33.0],
         "eligible_volume_mwh": [100.0]}
    )  # fmt: skip
    flagged = actions(day).with_columns(so_flag=pl.lit(value=True))
    settled = TRADING_CHARGES.settle(
        {"balancing_actions": flagged, "market_price": price}, since=day, until=day
    )
    assert "market_price" not in settled.worked_out
    assert settled.decimals("energy_imbalance_price")["system_buy_price_gbp_per_mwh"].item() == 33.0


def test_a_given_frame_that_lacks_rows_is_named():
    day = date(2026, 1, 1)
    none = pl.DataFrame(
        schema={"settlement_date": pl.Date, "settlement_period": pl.Int64,
                "net_imbalance_volume_mwh": pl.Float64}
    )  # fmt: skip
    with pytest.raises(RulebookError, match=r"net_imbalance_tagging .*: net_imbalance_vol"):
        TRADING_CHARGES.settle(
            {"balancing_actions": actions(day), "net_imbalance_volume": none}, since=day, until=day
        )


def test_the_actions_must_be_given_and_of_the_dates_asked_for():
    day = date(2026, 1, 1)
    with pytest.raises(RulebookError, match="Nothing was given"):
        TRADING_CHARGES.settle({}, since=day, until=day)
    with pytest.raises(RulebookError, match="Nothing was given for any date"):
        TRADING_CHARGES.settle({"balancing_actions": actions(day)}, since=FIRST, until=FIRST)
    other = TRADING_CHARGES.settle(
        {"balancing_actions": actions(day, FIRST)}, since=FIRST, until=FIRST
    )
    assert other.frames["energy_imbalance_price"].height == 1


def test_a_parameter_sandbox_changes_the_price_and_not_the_baseline():
    day = date(2026, 1, 1)
    sandbox = TRADING_CHARGES.variant(
        "par_50", parameters={"price_average_reference_mwh": Decimal(50)}
    )
    before, after = settle(TRADING_CHARGES, day), settle(sandbox, day)

    difference = compare(before, after, "energy_imbalance_price").row(0, named=True)
    assert difference["system_buy_price_gbp_per_mwh"] == 100.0
    assert difference["system_buy_price_gbp_per_mwh_in_variant"] == 76.0
    assert compare(before, after, "net_imbalance_volume").is_empty()
    assert sandbox.baseline is TRADING_CHARGES
    assert before.fingerprint != after.fingerprint
    assert before.fingerprint == settle(TRADING_CHARGES, day).fingerprint


def capped(net_imbalance_volume, price_average_tagging, market_price, price_adjusters):
    """The same price, never above 90."""
    single = TRADING_CHARGES.rule("energy_imbalance_price").versions[1].formula
    prices = single(net_imbalance_volume, price_average_tagging, market_price, price_adjusters)
    return prices.with_columns(pl.col("^system.*$").clip(upper_bound=90 * 10**5))


CAP = Rule(
    "energy_imbalance_price",
    produces=EnergyImbalancePrice,
    versions=(Version(FIRST, capped, modification="P999", source="T4.4"),),
)


def test_a_variant_rule_replaces_the_rule_of_its_name():
    settled = settle(TRADING_CHARGES.variant("cap", rules=(CAP,)), date(2026, 1, 1))
    assert settled.decimals("energy_imbalance_price")["system_buy_price_gbp_per_mwh"].item() == 90.0


def test_a_variant_may_not_add_names_or_change_frames():
    with pytest.raises(RulebookError, match="no quantity other"):
        TRADING_CHARGES.variant("x", rules=(Rule("other", EnergyImbalancePrice, CAP.versions),))
    with pytest.raises(RulebookError, match="same frame"):
        TRADING_CHARGES.variant(
            "x", rules=(Rule("energy_imbalance_price", PriceAdjusters, CAP.versions),)
        )
    with pytest.raises(RulebookError, match="no parameter colour"):
        TRADING_CHARGES.variant("x", parameters={"colour": "red"})


def test_a_rule_that_reads_what_nothing_gives_is_named():
    def orphan(weather):
        """Nothing gives the weather."""
        return weather

    rule = Rule("sky", PriceAdjusters, (Version(FIRST, orphan, modification="P1", source="T1"),))
    book = Rulebook("book", since=FIRST, given=GIVEN, parameters=(), rules=(rule,))
    with pytest.raises(RulebookError, match="sky reads weather, which nothing above it gives"):
        book.in_force(FIRST)


def test_a_rule_that_has_ended_is_in_force_no_more():
    ended = Version(FIRST, capped, modification="P1", source="T1", until=date(2020, 1, 1))
    rule = Rule("x", PriceAdjusters, (ended,))
    assert rule.version_on(date(2020, 1, 1)) is ended
    assert rule.version_on(date(2020, 1, 2)) is None
    book = Rulebook("book", since=FIRST, given=GIVEN, parameters=(), rules=(rule,))
    assert [span.since for span in book.spans(date(2019, 1, 1), date(2021, 1, 1))] == [
        date(2019, 1, 1), date(2020, 1, 2),
    ]  # fmt: skip


def test_a_rule_has_versions_in_order_of_date():
    with pytest.raises(ValueError, match="no version"):
        Rule("x", PriceAdjusters, ())
    with pytest.raises(ValueError, match="order of date"):
        Rule("x", PriceAdjusters, (CAP.versions[0], CAP.versions[0]))


def test_a_formula_that_breaks_its_promise_is_our_fault():
    def broken(net_imbalance_volume, price_average_tagging, market_price, price_adjusters):
        """No prices at all."""
        single = TRADING_CHARGES.rule("energy_imbalance_price").versions[1].formula
        prices = single(net_imbalance_volume, price_average_tagging, market_price, price_adjusters)
        return prices.with_columns(price_derivation_code=pl.lit("Z"))

    rule = Rule(
        "energy_imbalance_price",
        EnergyImbalancePrice,
        (Version(FIRST, broken, modification="P1", source="T1"),),
    )
    with pytest.raises(dy.exc.ValidationError):
        settle(TRADING_CHARGES.variant("broken", rules=(rule,)), date(2026, 1, 1))
