from datetime import UTC, datetime

import polars as pl
import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE
from state.domain.datasets import dataset
from state.domain.permissions import Capacity
from state.domain.query import limits
from state.domain.query_examples import EXAMPLES
from state.services.query import AnswerColumn, NoSandboxError, QueryAnswer
from state.ui.public import query as page
from state.ui.public.query import LONGEST_ADDRESS, PATH, QueryState
from state.ui.public.query_words import answer_words, shown_columns, shown_rows, shown_tables
from state.ui.session import SessionState
from tests.market import tiny_market
from tests.screens import event, go_to, screen_at
from tests.unit.state.services.feeds import price_row, take_in_rows

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def answer_of(rows: pl.DataFrame) -> QueryAnswer:
    columns = tuple(AnswerColumn(name, None) for name in rows.columns)
    return QueryAnswer(rows, columns, False, limits(NOW.date()), 0.125, "tag")  # noqa: FBT003


async def ran(screen: QueryState, sql: str, as_of: str = "") -> None:
    await event(screen, "run", {"sql": sql, "as_of": as_of})
    await event(screen, "load")
    await event(screen, "look")


async def test_a_query_of_the_address_is_shown_run_and_drawn(database) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row(period=n) for n in (1, 2)])
    sql = "SELECT start_at, system_buy_price_gbp_per_mwh FROM system_prices ORDER BY start_at"
    screen = await screen_at(QueryState, ANYONE, f"{PATH}?sql={sql}&as_of=2026-10-01T00:00:00Z")
    await event(screen, "load")
    assert (screen.sql, screen.as_of, screen.running) == (sql, "2026-10-01T00:00:00", True)
    await event(screen, "look")
    assert screen.answered
    assert not screen.running
    assert screen.rows == [["2026-07-31 23:00:00Z", "160"], ["2026-07-31 23:30:00Z", "160"]]
    assert screen.columns[1] == {
        "name": "system_buy_price_gbp_per_mwh",
        "unit": "£/MWh",
        "kind": "figure",
    }
    assert screen.chart_src.endswith("as_of=2026-10-01T00%3A00%3A00Z&format=chart")
    assert screen.words.startswith("2 rows in 0.")


async def test_a_short_query_goes_to_the_address_and_a_long_one_runs_where_it_is(database) -> None:
    screen = await screen_at(QueryState, ANYONE, PATH)
    gone = await event(screen, "run", {"sql": "SELECT 1\r\nAS a", "as_of": ""})
    assert f"{PATH}?sql=SELECT+1%0AAS+a" in str(gone)
    long = f"SELECT 1 AS a -- {'x' * LONGEST_ADDRESS}"
    await event(screen, "run", {"sql": long})
    await event(screen, "look")
    assert screen.rows == [["1"]]
    assert (screen.link, screen.downloads, screen.chart_src) == ("", "", "")
    go_to(screen, f"{PATH}?sql=SELECT+2")
    box = screen.box
    await event(screen, "run", {"sql": "SELECT 2", "as_of": "no moment"})
    await event(screen, "look")
    assert (screen.rows, screen.box) == ([["2"]], box)


async def test_what_is_wrong_is_said_above_the_query(database, monkeypatch) -> None:
    screen = await screen_at(QueryState, ANYONE, PATH)
    for form in ({"sql": "DROP TABLE a"}, {"sql": 1}, None):
        await event(screen, "run", form)
        await event(screen, "look")
        assert set(screen.problems) == {"sql"}
        assert not screen.running
        assert not screen.answered

    def none(**_: object) -> None:
        raise NoSandboxError

    monkeypatch.setattr(page.query, "answer_query", none)
    await event(screen, "look")
    assert "cannot answer" in screen.problems["sql"]


async def test_a_saved_query_has_a_name_a_link_and_a_place_in_the_list(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)
    screen = await screen_at(QueryState, ann, f"{PATH}?sql=SELECT+1+AS+n")
    (await screen.get_state(SessionState)).signed_in = True
    await event(screen, "load")
    await event(screen, "look")
    await event(screen, "save", {"query_name": ""})
    assert set(screen.problems) == {"query_name"}
    saved_at = str(await event(screen, "save", {"query_name": "One"}))
    await event(screen, "load")
    (own,) = screen.own
    assert own["name"] == "One"
    assert f"{PATH}?saved={own['id']}" in saved_at
    stranger = await screen_at(QueryState, ANYONE, f"{PATH}?saved={own['id']}")
    await event(stranger, "load")
    await event(stranger, "look")
    assert (stranger.name, stranger.rows, stranger.own) == ("One", [["1"]], [])
    assert stranger.downloads == f"/api/v1/insights/query/saved/{own['id']}?"
    await event(screen, "delete", own["id"])
    await event(screen, "delete", own["id"])
    assert screen.own == []
    await event(stranger, "load")
    assert "may have deleted it" in stranger.missing


async def test_tables_are_found_by_any_of_their_words_and_opened_one_at_a_time(database) -> None:
    screen = await screen_at(QueryState, ANYONE, PATH)
    await event(screen, "load")
    everything = len(screen.tables)
    await event(screen, "narrow", "settlementDate DISEBSP")
    assert [one["name"] for one in screen.tables] == ["system_prices"]
    assert everything > 50
    await event(screen, "open_table", "system_prices")
    assert screen.table["code"] == "DISEBSP"
    assert screen.table_columns[0]["official"] == "settlementDate"
    assert screen.table_columns[-1]["name"] == "ingested_at"
    await event(screen, "open_table", "system_prices")
    assert (screen.opened, screen.table_columns) == ("", [])
    await event(screen, "open_table", "metered_volumes")
    assert screen.table_columns == []
    await event(screen, "load")
    assert [one["name"] for one in screen.tables] == ["system_prices"]


def test_cells_are_text_that_reads() -> None:
    rows = pl.DataFrame(
        {
            "number": [-1234.5, 1e-9, 1e300],
            "whole": [-2026, 0, None],
            "flag": [True, False, None],
            "text": ["x" * 300, "", "é"],
        }
    )
    shown = shown_rows(answer_of(rows))
    assert [row[:3] for row in shown] == [
        ["−1,234.5", "−2026", "true"],
        ["1e−09", "0", "false"],
        ["1e+300", "–", "–"],
    ]
    assert len(shown[0][3]) == 202
    assert [one["kind"] for one in shown_columns(answer_of(rows))] == ["figure"] * 2 + ["text"] * 2


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 rows in 0.12 s."),
        (1, "1 row in 0.12 s."),
        (1234, "1,234 rows in 0.12 s. The first 200 rows are shown; take all of them below."),
    ],
)
def test_how_many_rows_there_are_is_said_in_words(count: int, words: str) -> None:
    assert answer_words(answer_of(pl.DataFrame({"n": range(count)}))) == words


def test_a_wide_answer_shows_its_first_columns() -> None:
    wide = answer_of(pl.DataFrame({f"c{n}": [n] for n in range(100)}))
    assert "The first 60 of 100 columns are shown" in answer_words(wide)
    assert len(shown_columns(wide)) == len(shown_rows(wide)[0]) == 60


def test_nothing_wanted_shows_every_table() -> None:
    held = [dataset("system_prices"), dataset("generation_by_fuel")]
    assert len(shown_tables(held, "")) == 2
    assert EXAMPLES
