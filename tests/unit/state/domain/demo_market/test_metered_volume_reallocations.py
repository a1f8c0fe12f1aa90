import polars as pl

from state.domain.demo_market.metered_volume_reallocations import (
    REALLOCATIONS,
    expected_reallocations,
)


def test_each_notice_stands_in_every_period(frames):
    rows = frames["metered_volume_reallocations"]
    assert rows.height == len(REALLOCATIONS) * (7 * 48 + 2)
    assert rows.select("bm_unit", "party_id").unique().height == len(REALLOCATIONS)
    assert sorted(rows["reallocation_percent"].unique()) == [0, 20]
    assert sorted(rows["reallocation_mwh"].unique()) == [0, 2]


def test_production_gives_to_traders_only(market):
    units = {unit.bm_unit: unit for unit in market.bm_units}
    companies = {company.party_id: company for company in market.companies}
    for notice in REALLOCATIONS:
        unit = units[notice.bm_unit]
        assert unit.production_consumption_flag == "P"
        assert unit.lead_party != notice.party_id
        assert companies[notice.party_id].has_role("TN")


def test_what_is_expected_is_the_share_of_the_notification_and_the_fixed_volume():
    share, fixed = sorted(REALLOCATIONS, key=lambda notice: notice.fixed_kwh)
    notified = pl.DataFrame(
        {
            "tick": [1, 1, 1],
            "bm_unit": [share.bm_unit, fixed.bm_unit, "T_OTHER-1"],
            "lead_party": ["A", "B", "C"],
            "party_key": [1, 2, 3],
            "from_mw": [100, 0, 50],
            "to_mw": [300, 0, 50],
        }
    )
    given = expected_reallocations(notified)
    assert given.select("lead_party", "party_id", "given_kwh").rows() == [
        ("A", share.party_id, 20_000),  # a fifth of half an hour of 200 MW
        ("B", fixed.party_id, 2_000),
    ]
