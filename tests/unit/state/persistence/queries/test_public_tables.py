"""The tables of SQL hold what the rest of the service reads, row for row, now and as known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from state.domain.actor import CONSOLE_OPERATOR
from state.domain.datasets import Dataset, dataset, datasets
from state.persistence.queries.public_tables import PublicTables, public_tables, table_names
from state.persistence.sandbox.outside import Job, run
from state.persistence.transaction import reading
from state.services.datasets import dataset_rows
from state.services.ingest import store_rows
from tests.public_data import everything

DAY = date(2026, 11, 10)
FIRST = datetime(2026, 11, 10, 12, tzinfo=UTC)
PUBLIC = [one for one in datasets().values() if one.classification == "public"]


def tables_of(*named: Dataset, as_of: datetime | None = None) -> PublicTables:
    with reading() as session:
        return public_tables(session, named, as_of=as_of)


@pytest.fixture
def one_of_everything(tmp_path: Path) -> Iterator[Path]:
    with everything(tmp_path) as folder:
        yield folder


def asked(sql: str, tables: PublicTables) -> pl.DataFrame:
    outcome = run(
        Job(
            sql=sql,
            tables=table_names(),
            views=tables.views,
            files=tables.files,
            folder=str(tables.folder),
            seconds=20,
            memory_megabytes=500,
            rows=1000,
            answer_megabytes=10,
        )
    )
    assert outcome.kind == "answer", outcome.detail
    return pl.read_parquet(BytesIO(outcome.parquet))


def test_every_table_can_be_named_as_it_is_and_holds_its_rows(one_of_everything: Path) -> None:
    tables = tables_of(*PUBLIC)
    names = [(one.name, one.code or one.name) for one in PUBLIC]
    counts = " UNION ALL ".join(
        f"SELECT '{name}' AS dataset, (SELECT count(*) FROM {name}) AS ours, "
        f"(SELECT count(*) FROM {code}) AS official, "
        f"(SELECT count(*) FROM revisions.{name}) AS every"
        for name, code in names
    )
    found = asked(counts, tables)
    for row in found.to_dicts():
        held = dataset_rows(actor=CONSOLE_OPERATOR, name=row["dataset"]).rows.height
        assert (row["ours"], row["official"]) == (held, held), row
        assert row["every"] >= held


def test_names_are_each_one_table() -> None:
    names = [name.lower() for one in PUBLIC for name in {one.name, one.code or one.name}]
    assert len(names) == len(set(names))
    assert set(names) == set(table_names())


@pytest.mark.parametrize("name", ["system_prices", "bid_offer_data"])
@pytest.mark.parametrize("as_of", [None, FIRST + timedelta(hours=1), FIRST - timedelta(days=9)])
def test_the_latest_revision_is_the_one_that_others_read(
    name: str, as_of: datetime | None, database: Path
) -> None:
    """Prices are revised one by one; of a unit's bids a later list replaces the whole."""
    for hours, count, value in ((0, 4, 10.0), (5, 3, 20.0), (2, 4, 30.0)):
        keep_revision(name, FIRST + timedelta(hours=hours), count, value)
    ours = dataset_rows(actor=CONSOLE_OPERATOR, name=name, as_of=as_of).rows
    theirs = asked(f"SELECT * FROM {name}", tables_of(dataset(name), as_of=as_of))
    assert_frame_equal(theirs, ours.select(theirs.columns), check_row_order=False)
    whole = name == "bid_offer_data"
    assert ours.height == (
        4 if as_of is None and not whole else 3 if as_of is None else 4 * (as_of > FIRST)
    )


def test_the_official_name_has_the_official_columns(one_of_everything: Path) -> None:
    found = asked(
        "SELECT fuelType, generation FROM fuelinst LIMIT 1",
        tables_of(dataset("generation_by_fuel")),
    )
    assert found["fuelType"].to_list() == ["WIND"]


def test_what_is_not_public_is_no_table(database: Path) -> None:
    hidden = next(one for one in datasets().values() if one.classification != "public")
    with pytest.raises(LookupError, match="public"):
        tables_of(hidden)
    assert hidden.name not in table_names()


def keep_revision(name: str, at: datetime, count: int, value: float) -> None:
    """So many rows of one period, or of as many, published at a moment."""
    numbers = pl.int_range(1, count + 1, eager=True)
    made = {"settlement_date": pl.repeat(DAY, count, eager=True), "published_at": at}
    if name == "system_prices":
        prices = {f"system_{side}_price_gbp_per_mwh": value for side in ("buy", "sell")}
        more = {"settlement_period": numbers, "net_imbalance_volume_mwh": value, **prices}
        start = datetime(2026, 11, 10, tzinfo=UTC)
        more["start_at"] = [start + timedelta(minutes=30 * n) for n in range(count)]
    else:
        of_pair = dict.fromkeys(
            ("from_mw", "to_mw", "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh"), value
        )
        more = {"settlement_period": 1, "bm_unit": "T_TEST-1", "pair_number": numbers, **of_pair}
        more |= {"from_at": FIRST, "to_at": FIRST + timedelta(minutes=30)}
    frame = pl.DataFrame({**made, **more})
    schema = dataset(name).polars_schema
    typed = frame.with_columns(pl.col(column).cast(schema[column]) for column in frame.columns)
    store_rows(actor=CONSOLE_OPERATOR, name=name, rows=typed, source="test", now=at)
