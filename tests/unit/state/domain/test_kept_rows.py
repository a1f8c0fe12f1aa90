import json
from datetime import date

import pytest
from pydantic import ValidationError

from state.domain.datasets import Dataset, Kept, dataset
from state.domain.kept_rows import UnfitKeptRowsError, first_day_kept, kept_rows, kept_words

TWO_YEARS = Kept(months=24, reason="The disk is small", source="The operator, 1 November 2026")
TEXT = """
datasets:
  system_prices: {months: 24, reason: The disk is small, source: "The operator, 1 November 2026"}
  system_frequency: for ever
"""


def test_without_a_setting_everything_is_kept_for_ever(tmp_path) -> None:
    assert kept_rows() == {}
    assert kept_rows(tmp_path / "kept_rows.yaml") == {}
    assert kept_words(None) == "For ever"


def test_an_installation_says_how_long_it_keeps_what(tmp_path) -> None:
    local = tmp_path / "kept_rows.yaml"
    local.write_text(TEXT)
    assert kept_rows(local) == {"system_prices": TWO_YEARS}
    words = [kept_words(TWO_YEARS.model_copy(update={"months": months})) for months in (1, 12, 18)]
    assert words == ["1 month", "1 year", "18 months"]


def test_the_first_day_that_stays_is_so_many_months_before_today() -> None:
    assert first_day_kept(TWO_YEARS, date(2026, 3, 31)) == date(2024, 3, 31)
    assert first_day_kept(TWO_YEARS, date(2028, 2, 29)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("datasets: {weather: for ever}", "no dataset weather"),
        ("datasets: {system_prices: {months: 0, reason: a, source: b}}", "greater than or equal"),
        ("datasets: {system_prices: {months: 3, reason: '', source: ''}}", "at least 1 character"),
        ("datasets: {system_prices: a while}", "for ever"),
        ("kept: {}", "datasets"),
        ("datasets: [", "cannot be used"),
        (
            "datasets: {outage_messages: {months: 3, reason: a, source: b}, weather: for ever}",
            "outage_messages is kept for ever: event_start_at may change .* no dataset weather",
        ),
    ],
)
def test_a_file_that_says_not_what_it_must_is_refused(tmp_path, text: str, why: str) -> None:
    local = tmp_path / "kept_rows.yaml"
    local.write_text(text)
    with pytest.raises(UnfitKeptRowsError, match=f"(?s){why}"):
        kept_rows(local)


@pytest.mark.parametrize("name", ["bm_unit_registrations", "acceptances"])
def test_a_definition_gives_no_period_to_what_has_no_age(name: str) -> None:
    fields = dataset(name).model_dump(mode="json") | {"kept": TWO_YEARS.model_dump()}
    with pytest.raises(ValidationError, match="kept for ever"):
        Dataset.model_validate_json(json.dumps(fields))
