"""`kinnect report`: from a folder of frames to the file that the Code names."""

from datetime import date

import pytest
from click.testing import CliRunner

from kinnect_app.commands.report import report
from settlement_engine.flows.reading import read
from tests.small_market import small_market

DAY = date(2026, 1, 5)


@pytest.fixture
def market(tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    for name, frame in small_market(DAY, periods=2).items():
        frame.write_parquet(given / f"{name}.parquet")
    return given


def run(*arguments):
    return CliRunner().invoke(report, [str(argument) for argument in arguments])


def test_the_public_report_is_written_and_reads_back(market, tmp_path):
    out = tmp_path / "S0142.txt"
    done = run(DAY, "--inputs", market, "--flow", "S0142", "--out", out)
    assert done.exit_code == 0, done.output
    records = read(out.read_text(encoding="ascii"), out.name).records
    assert records["BP7"].height > 0
    assert (records["BP7"]["settlement_date"] == DAY).all()


def test_a_partys_report_names_the_party(market):
    silent = run(DAY, "--inputs", market, "--flow", "S0141")
    assert silent.exit_code == 2
    assert "Name a --party" in silent.output
    parties = small_market(DAY, periods=2)["contract_volumes"]["party_id"].unique()
    told = run(DAY, "--inputs", market, "--flow", "S0141", "--party", parties[0])
    assert told.stdout.startswith("AAA|S0141013|D|")
    assert f"|{parties[0]}|" in told.stdout


def test_what_cannot_be_settled_has_no_report(market, tmp_path):
    (market / "metered_volumes.parquet").unlink()
    refused = run(DAY, "--inputs", market, "--flow", "S0143", "--out", tmp_path / "x")
    assert refused.exit_code == 1
    assert "metered_volumes" in refused.output
    assert not (tmp_path / "x").exists()
