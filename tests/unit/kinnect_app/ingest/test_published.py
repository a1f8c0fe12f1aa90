"""Real data through ingest to the official addresses (`../shared/data/insights`)."""

import gzip
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest

from kinnect_app.api.bmrs import PREFIX, router
from kinnect_app.ingest.files import read_file
from kinnect_app.ingest.published import feed_of, prepared
from state.domain.actor import CONSOLE_OPERATOR
from state.domain.datasets import dataset
from state.services.ingest import IngestReceipt, ingest_files
from tests.api import app_of
from tests.databases import fresh_installation

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
SECOND = datetime(2026, 11, 2, tzinfo=UTC)


def take_in(code: str, path: Path, now: datetime = FIRST) -> IngestReceipt:
    feed = feed_of(code)
    given = prepared(read_file(path), dataset(feed.dataset), date(2026, 11, 1))
    return ingest_files(actor=CONSOLE_OPERATOR, feed=feed, given=[given], now=now)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Path]:
    insights = shared_data / "insights"
    with fresh_installation(tmp_path_factory.mktemp("real")):
        take_in("FUELINST", insights / "fuel/fuelinst_year_2025_month_10.parquet")
        take_in("DISEBSP", insights / "prices/system_prices_2016_2024.parquet")
        take_in("DISEBSP", insights / "prices/second_vintage_2019-04_2020-12.parquet", SECOND)
        take_in("REMIT", insights / "remit/remit_messages.jsonl.gz")
        take_in("BMUNITS", insights / "reference/bmunits_all_2025-11-29.json.gz")
        for name in ("indo", "itsdo", "ndf_truncated", "mels_stream", "mils_stream", "qpn_stream"):
            take_in(name.split("_")[0].upper(), insights / f"samples/gridskew/{name}.json")
        take_in("PN", insights / "samples/gridskew/pn_stream.json")
        take_in("B1610", insights / "samples/gridskew/b1610_stream.json")
        yield insights


@pytest.fixture
async def client(real: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(router))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://test{PREFIX}") as client:
        yield client


async def rows(client: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return told["data"] if isinstance(told, dict) else told


async def test_a_half_hour_of_fuelhh_is_the_mean_of_its_six_values(
    client: httpx.AsyncClient,
) -> None:
    """On the long day too, and none where one of the six is missing."""
    span = "settlementDateFrom=2025-10-25&settlementDateTo=2025-10-26"
    told = await rows(client, f"/datasets/FUELHH?{span}")
    assert len(told) == (48 + 50) * 20
    of_five_minutes = await rows(client, f"/datasets/FUELINST?{span}")
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in of_five_minutes:
        key = (row["settlementDate"], row["settlementPeriod"], row["fuelType"])
        sums.setdefault(key, []).append(row["generation"])
    for row in told:
        six = sums[(row["settlementDate"], row["settlementPeriod"], row["fuelType"])]
        assert len(six) == 6
        assert abs(row["generation"] - sum(six) / 6) <= 0.5
    first = await rows(
        client,
        "/datasets/FUELHH?settlementDateFrom=2025-10-01&settlementDateTo=2025-10-01&settlementPeriod=1",
    )
    assert first == []


async def test_two_vintages_of_prices_differ_in_the_rows_that_differ_in_the_files(
    client: httpx.AsyncClient, real: Path
) -> None:
    """`asOf` gives each; a change is half a penny or more in one of the two files' own rows."""
    key = ["settlementDate", "settlementPeriod"]
    files = [
        pl.read_parquet(real / f"prices/{name}.parquet").select(*key, "systemSellPrice")
        for name in ("system_prices_2016_2024", "second_vintage_2019-04_2020-12")
    ]
    expected = (
        files[0]
        .join(files[1], on=key)
        .filter(pl.col("systemSellPrice") != pl.col("systemSellPrice_right"))
    )
    day = expected["settlementDate"].value_counts(sort=True)["settlementDate"][0]
    before = await rows(
        client,
        f"/balancing/settlement/system-prices/{day}?asOf={FIRST + timedelta(hours=1):%FT%TZ}",
    )
    now = await rows(client, f"/balancing/settlement/system-prices/{day}")
    changed = {
        old["settlementPeriod"]: (old["systemSellPrice"], new["systemSellPrice"])
        for old, new in zip(before, now, strict=True)
        if old["systemSellPrice"] != new["systemSellPrice"]
    }
    of_day = expected.filter(pl.col("settlementDate") == day)
    assert changed == {
        row["settlementPeriod"]: (row["systemSellPrice"], row["systemSellPrice_right"])
        for row in of_day.iter_rows(named=True)
    }
    assert len(changed) > 5


async def test_outage_messages_resolve_to_their_latest_revision(
    client: httpx.AsyncClient, real: Path
) -> None:
    lines = gzip.decompress((real / "remit/remit_messages.jsonl.gz").read_bytes()).splitlines()
    given = [json.loads(line) for line in lines]
    newest: dict[str, int] = {}
    for one in given:
        newest[one["mrid"]] = max(one["revisionNumber"], newest.get(one["mrid"], 0))
    listed = await rows(client, "/remit/list/by-publish?from=2015-01-01&to=2030-01-01")
    assert {one["mrid"]: one["revisionNumber"] for one in listed} == newest
    every = await rows(
        client, "/remit/list/by-publish?from=2015-01-01&to=2030-01-01&latestRevisionOnly=false"
    )
    assert len(every) == len(given)
    one = given[0]
    found = await rows(client, f"/remit/{one['id']}")
    assert found[0]["mrid"] == one["mrid"]
    assert [row["capacity"] for row in found[0]["outageProfile"]] == [
        row["capacity"] for row in one["outageProfile"]
    ]
    by_name = await rows(client, f"/remit/search?mrid={one['mrid']}")
    assert by_name[0]["revisionNumber"] == newest[one["mrid"]]


async def test_a_unit_is_found_by_any_of_its_names(client: httpx.AsyncClient) -> None:
    units = await rows(client, "/reference/bmunits/all")
    assert len(units) == 2731
    for name in ("DRAXX-1", "T_DRAXX-1", "t_draxx-1"):
        found = await rows(
            client, f"/datasets/PN?settlementDate=2026-08-01&settlementPeriod=5&bmUnit={name}"
        )
        assert {row["bmUnit"] for row in found} == {"T_DRAXX-1"}


@pytest.mark.parametrize(
    ("sample", "address"),
    [
        ("indo", "/datasets/INDO?publishDateTimeFrom=2026-08-19&publishDateTimeTo=2026-08-20"),
        ("itsdo", "/datasets/ITSDO?publishDateTimeFrom=2026-08-19&publishDateTimeTo=2026-08-20"),
        (
            "ndf_truncated",
            "/datasets/NDF?publishDateTimeFrom=2026-08-19&publishDateTimeTo=2026-08-20",
        ),
        ("mels_stream", "/datasets/MELS/stream?from=2026-08-01&to=2026-08-02"),
        ("mils_stream", "/datasets/MILS/stream?from=2026-08-01&to=2026-08-02"),
        ("qpn_stream", "/datasets/QPN/stream?from=2026-08-17&to=2026-08-19"),
        ("pn_stream", "/datasets/PN/stream?from=2026-07-31&to=2026-08-02"),
    ],
)
async def test_what_was_published_comes_out_as_it_went_in(
    sample: str, address: str, client: httpx.AsyncClient, real: Path
) -> None:
    document = json.loads((real / f"samples/gridskew/{sample}.json").read_text())
    given = document["data"] if isinstance(document, dict) else document
    told = await rows(client, address)
    assert sorted(map(json.dumps, told)) == sorted(map(json.dumps, given))
