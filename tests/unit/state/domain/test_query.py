from datetime import date

import pytest

from state.domain.query import (
    Limits,
    datasets_named,
    fault_words,
    is_repeatable,
    limits,
    refusals,
    truncated_words,
    unit_of_name,
)

TODAY = date(2026, 11, 22)
MOST = Limits(seconds=10, memory_megabytes=1000, rows=100_000, answer_megabytes=50)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "  -- why\n /* and\nso */ (with a as (select 1) from a)",
        "from system_prices",
        "DESCRIBE FUELINST",
        "VALUES (1)",
    ],
)
def test_what_reads_may_be_tried(sql: str) -> None:
    assert refusals(sql, on=TODAY) == ()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("", "Write a query"),
        (" \n", "Write a query"),
        ("DROP TABLE a", "begins with SELECT"),
        ("selection", "begins with SELECT"),
        ("/* never closed SELECT 1", "begins with SELECT"),
        ("SELECT '" + "x" * 20_000 + "'", "longer than 20,000 characters"),
        ("SELECT '\0'", "a character that no text has"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_before_anything_runs(sql: str, words: str) -> None:
    (refusal,) = refusals(sql, on=TODAY)
    assert refusal.field == "sql"
    assert words in refusal.reason


def test_a_hostile_beginning_is_read_in_no_time() -> None:
    for hostile in (
        "/*" * 9_000,
        "(" * 19_000,
        "/**/" * 4_000 + "x",
        "--\n" * 6_000,
        "/**/ " * 3_000,
    ):
        assert refusals(hostile, on=TODAY)


def test_tables_are_named_by_dataset_or_code_in_any_case_and_never_a_confidential_one() -> None:
    found = datasets_named('SELECT * FROM System_Prices JOIN "fuelinst" USING (x), metered_volumes')
    assert {one.name for one in found} == {"system_prices", "generation_by_fuel"}


@pytest.mark.parametrize("sql", ["SELECT now()", "SELECT current_date", "from a using sample 3"])
def test_what_asks_for_the_time_or_for_chance_has_each_time_another_answer(sql: str) -> None:
    assert not is_repeatable(sql)
    assert is_repeatable("SELECT known FROM system_prices")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("time", "longer than 10 s"),
        ("memory", "more than 1,000 MB"),
        ("size", "larger than 50 MB"),
        ("beyond", "neither files nor the network"),
        ("refused", "as it says"),
        ("wrong", "cannot be read. as it says"),
        ("broken", "put it another way"),
        ("anything else", "put it another way"),
    ],
)
def test_each_fault_says_how_to_put_it_right(kind: str, words: str) -> None:
    assert words in fault_words(kind, "as it says", MOST)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("wind_mw", "MW"),
        ("Volume_MWh", "MWh"),
        ("mean_price_gbp_per_mwh", "GBP/MWh"),
        ("cost_gbp", "GBP"),
        ("mw", None),
        ("count", None),
    ],
)
def test_the_end_of_a_name_says_its_unit(name: str, unit: str | None) -> None:
    assert unit_of_name(name) == unit


def test_the_limits_are_the_operators_numbers() -> None:
    assert limits(TODAY) == MOST
    assert "first 100,000 rows" in truncated_words(MOST)
