"""A folder may name its tables and columns as the specification does."""

from datetime import date

import polars as pl
import pytest

from settlement_engine import folder
from settlement_engine.faults import GivenFramesError
from settlement_engine.short_tables import SHORT_TABLES
from settlement_engine.trading_charges import TRADING_CHARGES

DAY = date(2026, 1, 15)
TABLES = {
    "bmu_reg": "bmu,from,to,type,party,trading_unit,group,gc,dc,pc,tlf,interconnector\n"
    "T_G1,2009-01-01,,T,G1,G1,_A,300,0,P,-0.01,false\n"
    "T_G2,2009-01-01,,T,G2,G2,_A,300,0,P,0.005,false\n"
    "2__S,2009-01-01,,G,S,S,_A,0,400,C,0.002,false\n",
    "qm": "bmu,sp,volume,source,estimated\n"
    "T_G1,2026-01-15T00:00:00Z,100,CDCA,false\n"
    "T_G2,2026-01-15T00:00:00Z,50,CDCA,false\n"
    "2__S,2026-01-15T00:00:00Z,-145,SVAA,false\n",
    "fpn": "bmu,t_from,mw_from,t_to,mw_to\n"
    "T_G1,2026-01-15T00:00:00Z,200,2026-01-15T00:30:00Z,200\n"
    "T_G2,2026-01-15T00:00:00Z,94,2026-01-15T00:30:00Z,94\n",
    "bod": "bmu,sp,pair,t_from,mw_from,t_to,mw_to,offer,bid\n"
    "T_G2,2026-01-15T00:00:00Z,1,2026-01-15T00:00:00Z,10,2026-01-15T00:30:00Z,10,100,90\n",
    "boalf": "bmu,acc_no,acc_time,so,stor,rr,ngse,emergency,deemed\n"
    "T_G2,1,2026-01-14T23:00:00Z,false,false,false,false,false,false\n",
    "boalf_points": "bmu,acc_no,t,mw,order\n"
    "T_G2,1,2026-01-15T00:00:00Z,100,1\nT_G2,1,2026-01-15T00:30:00Z,100,2\n",
    "contract": "account,sp,qabc\nG1:P,2026-01-15T00:00:00Z,95\n"
    "G2:P,2026-01-15T00:00:00Z,52\nS:C,2026-01-15T00:00:00Z,-147\n",
    "mid": "sp,provider,price,volume\n2026-01-15T00:00:00Z,APXMIDP,80,900\n",
}  # S7 of settlement.md 20, whose price here is that of its one offer


def test_s7_from_short_tables_to_each_party(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    given = folder.read(tmp_path, TRADING_CHARGES.frame_types())
    settled = TRADING_CHARGES.settle(given, since=DAY, until=DAY)
    imbalance = settled.decimals("energy_imbalance_volume")
    found = dict(imbalance.select("party_id", "energy_imbalance_volume_mwh").iter_rows())
    assert found == {"G1": 3.0, "G2": -5.235, "S": -0.75}
    assert settled.decimals("energy_imbalance_price")["system_buy_price_gbp_per_mwh"].item() == 100
    net = settled.decimals("party_cashflow")["net_to_party_gbp"].sum()
    assert net == pytest.approx(298.5, abs=1e-7)


def test_a_short_table_beside_its_own_frame_is_refused(tmp_path):
    (tmp_path / "mid.csv").write_text(TABLES["mid"])
    (tmp_path / "market_index.csv").write_text("settlement_date\n")
    with pytest.raises(GivenFramesError, match=r"mid.csv: The frame is in market_index.csv too"):
        folder.read(tmp_path, TRADING_CHARGES.frame_types())


def test_what_is_wrong_in_a_short_table_is_named(tmp_path):
    (tmp_path / "contract.csv").write_text("account,sp,qabc\nG1:X,2026-01-15T00:00:00Z,95\n")
    with pytest.raises(GivenFramesError, match=r"contract.csv, row 1, column energy_account"):
        folder.read(tmp_path, TRADING_CHARGES.frame_types())


def test_every_short_table_is_of_a_frame_and_its_columns():
    for short in SHORT_TABLES.values():
        columns = TRADING_CHARGES.given[short.frame].column_names()
        assert set(short.columns.values()) <= set(columns)


def test_the_long_day_has_its_fiftieth_period(tmp_path):
    (tmp_path / "mid.csv").write_text(
        "sp,provider,price,volume\n2026-10-25T23:30:00Z,APXMIDP,80,900\n"
    )
    given = folder.read(tmp_path, TRADING_CHARGES.frame_types()).frames["market_index"]
    assert given.select("settlement_date", "settlement_period").row(0) == (date(2026, 10, 25), 50)
    assert given["settlement_period"].dtype == pl.Int64
