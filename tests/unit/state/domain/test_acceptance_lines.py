"""BOALF into acceptances and their points: whole, in parts, in any order, twice, and wrong."""

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from kinnect_app.ingest.files import rows_of
from kinnect_app.ingest.published import feed_of, prepared
from state.domain.acceptance_lines import rows_of_feed
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.bmrs.arguments import read_arguments
from state.domain.bmrs.catalogue import endpoints
from state.domain.feeds import GivenFile
from state.services.bmrs import public_rows
from state.services.datasets import dataset_rows
from state.services.ingest import IngestReceipt, ingest_files

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def line(start: str, end: str, first: float, last: float, **other) -> dict:
    return {
        "settlementDate": "2026-08-06",
        "settlementPeriodFrom": 29,
        "settlementPeriodTo": 29,
        "timeFrom": f"2026-08-06T{start}:00Z",
        "timeTo": f"2026-08-06T{end}:00Z",
        "levelFrom": first,
        "levelTo": last,
        "nationalGridBmUnit": "TEST-1",
        "bmUnit": "T_TEST-1",
        "acceptanceNumber": 7,
        "acceptanceTime": "2026-08-06T12:17:00Z",
        "deemedBoFlag": False,
        "soFlag": True,
        "storFlag": False,
        "rrFlag": False,
    } | other


WHOLE = [
    line("12:20", "12:30", 22, 0),
    line("12:30", "13:26", 0, 0),
    line("13:26", "13:30", 5, 22),
]
POINTS = [("12:20", 22), ("12:30", 0), ("13:26", 0), ("13:26", 5), ("13:30", 22)]


def take_in(*rows: dict, only_news: bool = False) -> IngestReceipt:
    feed = feed_of("BOALF")
    given = GivenFile("boalf.json", rows_of(list(rows)))
    return ingest_files(
        actor=CONSOLE_OPERATOR,
        feed=feed,
        given=[prepared(given, rows_of_feed(feed), NOW.date())],
        now=NOW,
        only_news=only_news,
    )


def points(number: int = 7) -> list[tuple[str, float]]:
    rows = dataset_rows(actor=ANYONE, name="acceptance_points").rows
    rows = rows.filter(pl.col("acceptance_number") == number).sort("point_order")
    return [(f"{row['at']:%H:%M}", row["level_mw"]) for row in rows.iter_rows(named=True)]


def test_lines_become_an_acceptance_and_its_points(either_database) -> None:
    """A step has two points at one time; where lines meet at one level there is one."""
    receipt = take_in(*reversed(WHOLE))
    assert (receipt.rows_read, receipt.rows_refused, receipt.rows_stored) == (3, 0, 1 + 5)
    assert points() == POINTS
    held = dataset_rows(actor=ANYONE, name="acceptances").rows
    assert held.height == 1
    assert held["accepted_at"][0] == datetime(2026, 8, 6, 12, 17, tzinfo=UTC)
    assert (held["so_flag"][0], held["emergency_flag"][0]) == (True, False)


def test_the_same_lines_again_store_nothing(database) -> None:
    take_in(*WHOLE)
    again = take_in(*WHOLE, *WHOLE)
    assert (again.rows_stored, again.rows_held, again.rows_repeated) == (0, 6, 3)
    assert take_in(*WHOLE, only_news=True).ingest == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_parts_in_any_order_that_joins_make_the_whole(database, order) -> None:
    for number in order:
        take_in(WHOLE[number])
    assert points() == POINTS


def test_a_part_that_does_not_join_is_refused_by_row_and_the_rest_is_stored(database) -> None:
    other = line("12:20", "12:30", 22, 0, acceptanceNumber=8)
    receipt = take_in(WHOLE[0], other, WHOLE[2])
    assert (receipt.rows_refused, points(8)) == (2, [("12:20", 22), ("12:30", 0)])
    assert [(one.code, one.row) for one in receipt.reasons] == [("lines do not join", 1)]
    assert "ask for the days before and after" in receipt.reasons[0].remedy
    assert points(7) == []


def test_a_line_that_is_published_anew_replaces_what_it_overlaps(database) -> None:
    take_in(*WHOLE)
    take_in(line("12:30", "13:00", 0, 4), line("13:00", "13:26", 4, 4))
    assert points() == [
        ("12:20", 22),
        ("12:30", 0),
        ("13:00", 4),
        ("13:26", 4),
        ("13:26", 5),
        ("13:30", 22),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([line("12:30", "12:20", 0, 0)], "no line"),
        ([WHOLE[0], WHOLE[1] | {"soFlag": False}], "contradictory"),
        ([WHOLE[0], WHOLE[0] | {"levelTo": 3}], "lines do not join"),
        ([WHOLE[0] | {"levelFrom": 22000}], "beyond limits"),
        ([WHOLE[0] | {"bmUnit": ""}], ""),
    ],
)
def test_what_contradicts_itself_is_refused(database, rows, code) -> None:
    receipt = take_in(*rows)
    assert {one.code for one in receipt.reasons} == ({code} if code else set())
    assert receipt.rows_refused == (len(rows) if code else 0)


def official_of_legacy(rows: pl.DataFrame) -> pl.DataFrame:
    """A capture under the older names of the service, under those of today."""
    moment = "%Y-%m-%dT%H:%M:%SZ"
    flags = {
        "deemedBoFlag": "deemedBidOfferFlag",
        "soFlag": "soFlag",
        "storFlag": "storProviderFlag",
    }
    return rows.select(
        timeFrom=pl.col("timeFrom").dt.strftime(moment),
        timeTo=pl.col("timeTo").dt.strftime(moment),
        levelFrom="levelFrom",
        levelTo="levelTo",
        nationalGridBmUnit="ngcBMUnitName",
        bmUnit="unit",
        acceptanceNumber=pl.col("Accept ID").cast(pl.Int64),
        acceptanceTime=pl.col("Accept Time").str.slice(0, 19).str.replace(" ", "T") + "Z",
        **{name: pl.col(given) == "T" for name, given in flags.items()},
    )


def test_two_real_days_of_wind_go_in_and_come_out(database, shared_data) -> None:
    """Every line of 3,089 acceptances; 15 steps among them."""
    path = shared_data / "insights/samples/wind_units_2022-01-01_02_boal.parquet"
    given = official_of_legacy(pl.read_parquet(path))
    feed = feed_of("BOALF")
    receipt = ingest_files(
        actor=CONSOLE_OPERATOR, feed=feed, given=[GivenFile("boal", given)], now=NOW
    )
    assert (receipt.rows_read, receipt.rows_refused) == (6301, 0)
    endpoint = endpoints()["/datasets/BOALF/stream"]
    asked = [("from", "2021-12-31"), ("to", "2022-01-04")]
    told = public_rows(actor=ANYONE, endpoint=endpoint, asked=read_arguments(endpoint, {}, asked))
    same = ["bmUnit", "acceptanceNumber", "levelFrom", "levelTo", "soFlag"]
    moments = [pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in ("timeFrom", "timeTo")]
    assert sorted(told.select(*same, *moments).rows()) == sorted(
        given.select(*same, "timeFrom", "timeTo").rows()
    )


def test_two_real_acceptances_of_one_unit_keep_their_lines(database, shared_data) -> None:
    """T_LARYW-1 on 6 August 2026: down to 0 MW, back to 22 MW, and a second instruction over it."""
    path = shared_data / "insights/samples/case_2026-08-06_SP29_ispstack_boalf_pn.json"
    rows = json.loads(path.read_text())["boalf_sp29_both_units"]
    receipt = take_in(*rows)
    assert (receipt.rows_read, receipt.rows_refused) == (3, 0)
    assert points(52013) == [("12:16", 0), ("13:26", 0), ("13:27", 22)]
    assert points(52014) == [("13:00", 0), ("13:50", 0)]
