"""Settle, explain and draw from the command line."""

import polars as pl
import pytest
from click.testing import CliRunner

from kinnect_app.commands.settlement import draw, explain, settle

CSV = """settlement_date,settlement_period,action_id,action_type,volume_mwh,price_gbp_per_mwh
2026-01-01,1,a,offer,20,100
2026-01-02,1,b,offer,40,60
"""


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "balancing_actions.csv").write_text(CSV)
    return tmp_path / "in"


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_settle_writes_the_price_of_a_day(inputs, tmp_path):
    result = run(settle, "2026-01-01", "--inputs", inputs, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "fingerprint" in result.stdout
    assert (tmp_path / "out" / "energy_imbalance_price.csv").read_text().splitlines()[1] == (
        "2026-01-01,1,100.0,100.0,20.0,P"
    )


def test_settle_writes_a_range_as_parquet(inputs, tmp_path):
    result = run(
        settle, "2026-01-01..2026-01-02", "--inputs", inputs, "--out", tmp_path / "out",
        "--format", "parquet",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert pl.read_parquet(tmp_path / "out" / "energy_imbalance_price.parquet").height == 2


def test_settle_names_the_days_that_have_no_price(inputs, tmp_path):
    result = run(settle, "2025-12-31..2026-01-03", "--inputs", inputs, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "No price, for want of actions: 2025-12-31, 2026-01-03" in result.stderr


def test_settle_refuses_bad_input_and_writes_nothing(inputs, tmp_path):
    (inputs / "balancing_actions.csv").write_text(CSV.replace("20,100", "-20,100"))
    result = run(settle, "2026-01-01", "--inputs", inputs, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "balancing_actions.csv, row 1, column volume_mwh" in result.stderr
    assert "Nothing was written." in result.stderr
    assert not (tmp_path / "out").exists()


def test_settle_refuses_a_date_before_the_rules(inputs, tmp_path):
    result = run(settle, "2010-01-01", "--inputs", inputs, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "Nothing was given for any date" in result.stderr


@pytest.mark.parametrize("dates", ["yesterday", "2026-01-01..", "2026-13-01", "2026-01-01..x"])
def test_settle_wants_dates(inputs, tmp_path, dates):
    result = run(settle, dates, "--inputs", inputs, "--out", tmp_path / "out")
    assert result.exit_code == 2


def test_explain_prints_the_tree_of_a_price(inputs):
    result = run(
        explain, "energy_imbalance_price", "--inputs", inputs, "--date", "2026-01-01", "--period", 1
    )
    assert result.exit_code == 0, result.output
    assert "system_buy_price_gbp_per_mwh = 100 GBP/MWh" in result.stdout
    assert "balancing_actions" in result.stdout


def test_explain_takes_a_further_key(inputs):
    result = run(
        explain, "action_price", "--inputs", inputs, "--date", "2026-01-01", "--period", 1,
        "--key", "action_id=a",
    )  # fmt: skip
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("colour", "--date", "2026-01-01", "--period", 1), 1, "no quantity colour"),
        (("energy_imbalance_price", "--date", "2026-01-01", "--period", 2), 1, "no row"),
        (("energy_imbalance_price", "--date", "soon", "--period", 1), 2, "no date such as"),
        (("action_price", "--date", "2026-01-01", "--period", 1, "--key", "x"), 2, "COLUMN=VALUE"),
        (
            ("market_price", "--date", "2026-01-01", "--period", 1, "--key", "x=1"),
            2,
            "none besides",
        ),
    ],
)
def test_explain_says_what_is_wrong(inputs, arguments, code, says):
    result = run(explain, *arguments, "--inputs", inputs)
    assert result.exit_code == code
    assert says in " ".join(result.stderr.split())


def test_draw_gives_a_chart_or_a_table():
    assert run(draw).stdout.startswith("flowchart TD")
    assert run(draw, "--date", "2016-01-01").exit_code == 0
    assert "energy_imbalance_price" in run(draw, "--format", "table").stdout
    refused = run(draw, "--date", "2001-01-01")
    assert refused.exit_code == 1
    assert "start on 2009-11-05" in refused.stderr


MARKET = {
    "bm_unit_registrations": "bm_unit,effective_from,party_id,trading_unit,unit_type,"
    "production_consumption_flag\nT_A,2020-01-01,ALPHA,TA,T,P\n2__B,2020-01-01,BETA,DB,G,C\n",
    "metered_volumes": "settlement_date,settlement_period,bm_unit,metered_volume_mwh\n"
    "2026-01-15,1,T_A,100\n2026-01-15,1,2__B,-98\n",
}


def test_what_is_lacking_is_said_and_the_rest_is_worked_out(tmp_path):
    for name, text in MARKET.items():
        (tmp_path / f"{name}.csv").write_text(text)
    done = run(settle, "2026-01-15", "--inputs", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "Not worked out, for want of acceptance_points, " in done.stderr
    assert "daily_party_charges" in done.stderr
    assert (tmp_path / "out" / "transmission_loss_multiplier.csv").exists()
    assert not (tmp_path / "out" / "daily_party_charges.csv").exists()


def test_contradictions_between_files_are_all_named_and_nothing_is_written(tmp_path):
    for name, text in MARKET.items():
        (tmp_path / f"{name}.csv").write_text(text)
    with (tmp_path / "metered_volumes.csv").open("a") as more:
        more.write("2026-01-15,1,T_GHOST,5\n2026-01-15,2,T_A,7\n")
    refused = run(settle, "2026-01-15", "--inputs", tmp_path, "--out", tmp_path / "out")
    assert refused.exit_code == 1
    said = " ".join(refused.stderr.split())
    assert "metered_volumes, row 3, column bm_unit: T_GHOST is not registered" in said
    assert "2__B has no metered volume in 1 periods of 2026-01-15" in said
    assert not (tmp_path / "out").exists()


def test_explain_takes_any_key_and_a_depth(tmp_path):
    for name, text in MARKET.items():
        (tmp_path / f"{name}.csv").write_text(text)
    where = ("--inputs", tmp_path, "--date", "2026-01-15")
    told = run(explain, "delivery_mode", *where, "--period", "1", "--key", "bm_unit=T_A")
    assert "metered_volume_mwh = 100 MWh" in told.stdout
    shallow = run(explain, "transmission_loss_adjustment", *where, "--period", "1", "--depth", "1")
    assert "where it came from is not shown here" in shallow.stdout
    silent = run(explain, "transmission_loss_adjustment", *where)
    assert silent.exit_code == 2
    assert "say which with --period" in silent.stderr
