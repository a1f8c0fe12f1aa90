from state.domain.stage_risks import CHECKS, StageRisk
from state.services.settlement_runs import RunStage
from state.ui.staff.stage_bars import STAGES_SHOWN, riskiest_words, stage_lines


def test_the_slowest_and_the_risky_have_a_bar_and_the_rest_is_one_line_without() -> None:
    stages = [RunStage(f"stage_{number}", number / 1000, number) for number in range(1, 21)]
    lines = stage_lines(stages, [StageRisk("stage_2", defaults=1, amount_mwh=2.5)])
    assert len(lines) == STAGES_SHOWN + 2
    assert lines[0] == {
        "name": "Stage 20",
        "width": "100.0",
        "value": "20 ms",
        "note": "20 rows",
        "risk": "",
    }
    assert (lines[-2]["name"], lines[-2]["risk"]) == ("Stage 2", "used 1 default over 2.5 MWh")
    assert (lines[-1]["name"], lines[-1]["width"]) == ("7 quicker stages together", "")
    assert lines[-1]["value"] == "34 ms"


def test_nothing_to_show_and_nothing_to_fear() -> None:
    assert stage_lines([], []) == []
    assert stage_lines([RunStage("read inputs", 0.0, 0)], [])[0]["width"] == "0.0"
    assert riskiest_words([]).startswith("No stage used a default")


def test_the_riskiest_is_said_in_a_sentence() -> None:
    risk = StageRisk(CHECKS, defaults=2, held_runs=3)
    assert riskiest_words([risk]) == (
        "The riskiest stage is Checks of what was given: "
        "it held 3 runs in the last 30 days, used 2 defaults."
    )
