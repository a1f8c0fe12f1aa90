import json
from pathlib import Path

from click.testing import CliRunner

from kinnect_app.commands.ingest import ingest
from tests.unit.state.services.feeds import action_row, fuel_row, price_row


def write(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text(json.dumps(rows))
    return str(path)


def test_good_rows_are_stored_and_bad_ones_told(database: Path) -> None:
    path = write(database / "f.json", [fuel_row(), fuel_row(fuelType="FUSION")])
    result = CliRunner().invoke(ingest, ["fuelinst", path])
    assert result.exit_code == 0
    assert "stored                 1" in result.stdout
    assert "FUSION is no fuel code that is known here." in result.stdout
    assert str(database / "reports") in result.stdout


def test_twice_stores_nothing_and_is_done(database: Path) -> None:
    path = write(database / "p.json", [price_row()])
    CliRunner().invoke(ingest, ["system-prices", path])
    result = CliRunner().invoke(ingest, ["system-prices", path, "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["rows_stored"], told["rows_held"]) == (0, 1)


def test_a_refused_file_is_told_by_the_exit_code_and_the_others_are_stored(database: Path) -> None:
    folder = database / "in"
    folder.mkdir()
    write(folder / "a.json", [price_row()])
    (folder / "b.json").write_text("{")
    result = CliRunner().invoke(ingest, ["system-prices", str(folder)])
    assert result.exit_code == 1
    assert "1 file refused whole" in result.stdout
    assert "stored                 1" in result.stdout


def test_every_row_refused_is_refused(database: Path) -> None:
    path = write(database / "f.json", [fuel_row(fuelType="FUSION")])
    assert CliRunner().invoke(ingest, ["fuelinst", path]).exit_code == 1


def test_actions_are_stored_and_placeholders_and_absent_periods_are_told(database: Path) -> None:
    nothing = {"cost": 0.0, "volume": 0.0}
    rows = [action_row("2024-10-27", period) for period in (1, 2, *range(5, 49))]
    rows += [action_row("2024-10-27", 3, **nothing), action_row("2024-10-30", 1)]
    path = write(database / "d.json", rows)
    result = CliRunner().invoke(ingest, ["disbsad", path])
    assert result.exit_code == 0
    assert "left out               1  (nothing happened, or kept no longer)" in result.stdout
    first, second, *_ = (line for line in result.stdout.splitlines() if "2024-10-" in line)
    assert first == "  2024-10-27: 47 of 50; nothing for Settlement Period 4, 49 to 50"
    assert second == "  2024-10-30: 1 of 48; nothing for Settlement Period 2 to 48"
    told = json.loads(CliRunner().invoke(ingest, ["disbsad", path, "--json"]).stdout)
    assert (told["rows_left_out"], told["rows_held"]) == (1, 47)
    assert told["gaps"][0]["absent"] == [4, 49, 50]


def test_a_day_without_any_action_is_no_refusal(database: Path) -> None:
    path = write(database / "d.json", [action_row(cost=0.0, volume=0.0)])
    assert CliRunner().invoke(ingest, ["disbsad", path]).exit_code == 0


def test_an_empty_folder_is_refused_and_a_missing_path_misused(database: Path) -> None:
    (database / "in").mkdir()
    assert CliRunner().invoke(ingest, ["fuelinst", str(database / "in")]).exit_code == 1
    assert CliRunner().invoke(ingest, ["fuelinst", str(database / "gone")]).exit_code == 2


def test_an_unfit_configuration_of_fuels_stops_with_its_own_code(database: Path) -> None:
    (database / "fuels.yaml").write_text("fuels: [{code: lower}]")
    path = write(database / "f.json", [fuel_row()])
    result = CliRunner().invoke(ingest, ["fuelinst", path])
    assert result.exit_code == 3
    assert "fuels.yaml cannot be used" in result.stderr
