"""FUELINST: generation by fuel every five minutes, as Elexon Insights names its columns."""

from typing import Final

from state.domain.feeds import Feed, Provenance

FUELINST: Final = Feed(
    name="fuelinst",
    dataset="generation_by_fuel",
    names={
        "start_at": ("startTime", "startTimeUTC", "periodStartUTC"),
        "published_at": ("publishTime", "publishTimeUTC"),
        "fuel_code": ("fuelType",),
        "generation_mw": ("generation", "generationMW"),
        "settlement_date": ("settlementDate",),
        "settlement_period": ("settlementPeriod",),
        "source": (),
        "feed": ("dataset",),
    },
    optional=frozenset({"published_at", "settlement_date", "settlement_period", "source", "feed"}),
    check_columns={
        "settlement_date": "date",
        "settlement_period": "integer",
        "source": "text",
        "feed": "text",
    },
    provenance=(
        Provenance(
            "source",
            "Elexon",
            "Leave rows of other publishers out: solar of Sheffield Solar PVLive is an estimate "
            "and no part of FUELINST.",
        ),
        Provenance("feed", "FUELINST", "Give rows of FUELINST only."),
    ),
    grid_minutes=5,
)
