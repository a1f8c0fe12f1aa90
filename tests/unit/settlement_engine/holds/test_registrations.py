from datetime import date

import polars as pl
import pytest

from tests.unit.settlement_engine.holds.held import DAY, FIRST_UNIT, KEY, at, held, is_unit, market

UNKNOWN = {
    "metered_volumes": {"metered_volume_mwh": 1.0},
    "metered_volume_reallocations": {
        "party_id": "BANK", "reallocation_percent": 10.0, "reallocation_mwh": 0.0,
    },
    "applicable_balancing_services_volumes": {"applicable_volume_mwh": 1.0},
    "delivered_volumes": {"delivered_volume_mwh": 1.0},
    "demand_disconnection_volumes": {"disconnected_volume_mwh": 1.0},
    "settlement_expected_volumes": {"expected_volume_mwh": 1.0},
    "physical_notifications": {
        "from_at": at(0), "from_mw": 10.0, "to_at": at(30), "to_mw": 10.0,
    },
    "bid_offer_data": {
        "from_at": at(0), "from_mw": 10.0, "to_at": at(30), "to_mw": 10.0,
        "pair_number": 1, "offer_price_gbp_per_mwh": 60.0, "bid_price_gbp_per_mwh": 50.0,
    },
}  # fmt: skip


def registered_twice(effective_from: date, effective_to: date | None = None):
    """T_A-1 until the end of 2025, and once more from a date."""
    frames = market()
    register = frames["bm_unit_registrations"].with_columns(
        effective_to=pl.when(is_unit()).then(date(2025, 12, 31))
    )
    second = register.filter(is_unit()).with_columns(
        effective_from=pl.lit(effective_from), effective_to=pl.lit(effective_to, pl.Date)
    )
    return frames | {"bm_unit_registrations": pl.concat([register, second])}


def without(name, *conditions):
    frames = market()
    return frames | {name: frames[name].filter(~pl.all_horizontal(conditions))}


def test_a_registration_after_another_is_not_held():
    assert held(registered_twice(date(2026, 1, 1))) == []


def test_overlapping_registrations_are_held():
    frames = registered_twice(date(2025, 12, 31))
    row = frames["bm_unit_registrations"].height
    assert held(frames) == [
        (
            f"bm_unit_registrations, row {row}, column effective_from: T_A-1 is registered from "
            "2025-12-31 while another registration of it runs to 2025-12-31. "
            "End the earlier one the day before."
        )
    ]


def test_a_registration_that_ends_before_it_starts_is_held():
    frames = registered_twice(date(2026, 1, 1), date(2025, 12, 30))
    row = frames["bm_unit_registrations"].height
    assert held(frames)[0] == (
        f"bm_unit_registrations, row {row}, column effective_to: T_A-1 ends on 2025-12-30, before "
        "it starts. End it on or after its first date."
    )


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_unit_is_held_wherever_it_occurs(name):
    frame = market().get(name, pl.DataFrame())
    row = {**KEY, "bm_unit": "T_NOBODY-1", **UNKNOWN[name]}
    frames = market(**{name: pl.concat([frame, pl.DataFrame([row])], how="diagonal_relaxed")})
    assert held(frames) == [
        (
            f"{name}, row {frame.height + 1}, column bm_unit: T_NOBODY-1 is not registered on "
            "2026-01-05. Register the unit for the date, or mend its name."
        )
    ]


def test_an_acceptance_of_an_unknown_unit_is_held():
    frames = market()
    names = {
        name: frames[name].with_columns(bm_unit=pl.col("bm_unit").replace("T_B-1", "T_NOBODY-1"))
        for name in ("acceptances", "acceptance_points")
    }
    assert (
        "acceptances, row 2, column bm_unit: T_NOBODY-1 is not registered. "
        "Register the unit for the date, or mend its name."
    ) in held(frames | names)


def test_a_unit_whose_registration_has_ended_is_unknown():
    frames = market()
    ended = frames["bm_unit_registrations"].with_columns(
        effective_to=pl.when(is_unit()).then(date(2026, 1, 4))
    )
    sources = {fault.split(",")[0] for fault in held(frames | {"bm_unit_registrations": ended})}
    assert sources == {
        "metered_volumes", "physical_notifications", "bid_offer_data",
        "metered_volume_reallocations",
    }  # fmt: skip


def test_missing_metered_volumes_are_held():
    assert held(without("metered_volumes", is_unit(), pl.col("settlement_period") == 2)) == [
        (
            "metered_volumes: T_A-1 has no metered volume in 1 periods of 2026-01-05, the first of "
            "them 2. Give it, estimated if need be: zero is a volume too."
        )
    ]


def test_a_missing_notification_is_held_but_for_a_supplier():
    assert held(without("physical_notifications", is_unit())) == [
        (
            "physical_notifications: T_A-1 has no Physical Notification in 2 periods of 2026-01-05"
            ", the first of them 1. Give the one that was in force; the last valid one counts "
            "where none was sent."
        )
    ]
    assert not market()["physical_notifications"].filter(is_unit("2__ASUPP000")).height


def test_a_secondary_unit_has_no_meter_and_a_baselined_one_no_notification():
    frames = market()
    secondary = pl.col("unit_type") == "V"
    assert frames["bm_unit_registrations"].filter(secondary)["is_baselined"].item()
    ordinary = frames["bm_unit_registrations"].with_columns(
        is_baselined=pl.when(secondary).then(statement=False).otherwise("is_baselined")
    )
    [fault] = held(frames | {"bm_unit_registrations": ordinary})
    assert fault.startswith("physical_notifications: V__AAGGR000 has no Physical Notification")


def test_what_is_given_for_another_day_is_not_looked_at():
    frames = market()
    frame = frames["metered_volumes"]
    other = frame.head(1).with_columns(
        settlement_date=pl.lit(date(2026, 1, 6)), bm_unit=pl.lit("T_NOBODY-1")
    )
    assert held(frames | {"metered_volumes": pl.concat([frame, other])}) == []
    assert date(2026, 1, 6) != DAY
    assert FIRST_UNIT in set(frame["bm_unit"])


def test_a_secondary_unit_that_is_metered_is_held():
    frames = market()
    register = frames["bm_unit_registrations"]
    [secondary] = register.filter(pl.col("unit_type") == "V")["bm_unit"].head(1)
    volumes = frames["metered_volumes"]
    more = pl.concat([volumes, volumes.head(1).with_columns(bm_unit=pl.lit(secondary))])
    [fault] = held(frames | {"metered_volumes": more})
    assert f"{secondary} is a Secondary BM Unit and cannot be metered" in fault
