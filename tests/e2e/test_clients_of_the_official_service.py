"""Programs written for the official service run here unchanged: two of them, every call."""

from collections.abc import Callable
from typing import Any

import elexonapi
import pandas as pd
import pytest
from uk_energy.elexon import ElexonClient

from tests.served import Served

DAY = "2026-10-23"
SPAN = ("2026-10-23T10:00Z", "2026-10-23T11:00Z")
ASKED: dict[str, Any] = {
    "from": DAY,
    "to": "2026-10-24",
    "publishDateTimeFrom": DAY,
    "publishDateTimeTo": "2026-10-24",
    "settlementDateFrom": DAY,
    "settlementDateTo": "2026-10-24",
    "submissionDateTimeFrom": DAY,
    "submissionDateTimeTo": "2026-10-24",
    "fromDate": DAY,
    "toDate": "2026-10-24",
    "settlementPeriod": 20,
    "year": 2026,
    "week": 43,
    "forecastYear": 2026,
    "forecastWeek": 43,
    "snapshotAt": SPAN[0],
    "count": 3,
    "dataset": "PN",
    "data": "operational",
    "processType": "all",
    "messageId": 1,
    "mrid": "none",
    "acceptanceNumber": 1,
    "triadSeason": 2026,
    "bidOffer": "offer",
    "boundary": "N",
}
FAULTS_OF_THE_CLIENT: set[str] = {
    # reads `data` of an answer that is one object
    "get-balancing-settlement-summary-settlementdate-settlementperiod",
    # asks an address of older days without the range that the address of today requires
    "get-lolpdrm-forecast-evolution",
}
"""Calls that fail in the client's own code, whatever the service answers."""


@pytest.fixture(scope="module")
def base(served: Served) -> str:
    return f"{served.origin}/bmrs/api/v1"


@pytest.fixture(scope="module")
def unit(base: str) -> str:
    with ElexonClient(base_url=base, rate_limit=None) as client:
        return str(client.datasets_pn(DAY, 20)[0]["bmUnit"])


def test_uk_energy_reads_what_the_market_holds(base: str, unit: str) -> None:
    """All of its calls, each with its own reading of the envelope."""
    with ElexonClient(base_url=base, rate_limit=None) as client:
        calls: dict[str, Callable[[], Any]] = {
            "datasets_stream": lambda: client.datasets_stream("MID", {"from": DAY, "to": DAY}),
            "datasets_boalf": lambda: client.datasets_boalf(*SPAN),
            "datasets_bod": lambda: client.datasets_bod(*SPAN),
            "datasets_fuelinst": lambda: client.datasets_fuelinst(
                settlement_date_from=DAY, settlement_date_to=DAY
            ),
            "datasets_pn": lambda: client.datasets_pn(DAY, 20),
            "datasets_pn_stream": lambda: client.datasets_pn_stream(*SPAN),
            "reference_fuel_types": client.reference_fuel_types,
            "balancing_system_prices": lambda: client.balancing_system_prices(DAY),
            "balancing_acceptance_volumes": lambda: client.balancing_acceptance_volumes(
                "offer", DAY
            ),
            "balancing_cashflows": lambda: client.balancing_cashflows("bid", DAY),
            "balancing_market_index": lambda: client.balancing_market_index(*SPAN),
            "balancing_acceptances": lambda: client.balancing_acceptances(DAY, 20),
            "balancing_bid_offers": lambda: client.balancing_bid_offers(DAY, 20),
            "balancing_settlement_stack": lambda: client.balancing_settlement_stack(
                "offer", DAY, 20
            ),
            "balancing_physical": lambda: client.balancing_physical("PN", DAY, 20),
        }
        empty = [name for name, call in calls.items() if not call()]
        assert empty == []
        for call in (client.datasets_mels, client.datasets_mils):
            assert isinstance(call(*SPAN), list)
        assert isinstance(client.reference_bm_units(), list)
        assert client.curtailment_wasted_wind(DAY) is not None
        wind = [row for row in calls["datasets_fuelinst"]() if row["fuelType"] == "WIND"]
        assert len(wind) == 288
        prices = {row["settlementPeriod"]: row for row in calls["balancing_system_prices"]()}
        assert len(prices) == 48
        assert prices[20]["systemBuyPrice"] == prices[20]["systemSellPrice"]


def test_elexonapi_makes_every_call_of_its_list(base: str, unit: str) -> None:
    client = elexonapi.ElexonClient(base_url=base)
    failed = {}
    for row in client.datasets.to_dict("records"):
        wanted = {name: _value(name, row, unit) for name in row["required_cols"]}
        try:
            told = client.download(
                row["operation"],
                format="json",
                progress=False,
                date_chunk_cols=_chunked(row),
                **wanted,
            )
            assert isinstance(told, list | dict | str), told
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is told by name
            failed[row["operation"]] = f"{type(fault).__name__}: {fault}"
    assert set(failed) == FAULTS_OF_THE_CLIENT, failed
    assert len(client.datasets) > 190


def test_elexonapi_reads_prices_as_a_frame(base: str) -> None:
    client = elexonapi.ElexonClient(base_url=base)
    frame = client.download(
        "FUELHH", progress=False, settlementDateFrom=DAY, settlementDateTo="2026-10-24"
    )
    assert {"fuelType", "generation", "settlementPeriod"} <= set(frame.columns)
    assert frame["settlementPeriod"].max() == 48


def _value(name: str, row: dict[str, Any], unit: str) -> Any:
    dates = name in {"settlementDate", "publishTime", "forecastDate", "startTime", "date"}
    if dates:
        return [pd.Timestamp(DAY)] if _chunked(row) == [name] else DAY
    return unit if name == "bmUnit" else ASKED[name]


def _chunked(row: dict[str, Any]) -> list[str] | None:
    """The column that the client goes through day by day, where it cannot tell by itself."""
    named = [name for name in row["required_cols"] if name.lower().endswith(("date", "time"))]
    return named if len(named) == 1 else None
