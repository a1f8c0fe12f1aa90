"""DISBSAD: balancing services bought outside the mechanism, as Elexon Insights names its columns.

Elexon numbers the actions of a period from 1; the number is the action's name here. A positive
volume was bought and a negative one sold; the price is cost over volume, so it may have either
sign. An action without a cost has no price. A period without actions is published as one row of no
volume and no cost.
"""

from typing import Final

import polars as pl

from state.domain.feeds import Feed, Provenance

DISBSAD: Final = Feed(
    name="disbsad",
    dataset="adjustment_actions",
    names={
        "settlement_date": ("settlementDate",),
        "settlement_period": ("settlementPeriod",),
        "start_at": ("startTime",),
        "published_at": ("publishTime", "createdDateTime"),
        "action_id": ("id",),
        "cost_gbp": ("cost",),
        "volume_mwh": ("volume",),
        "so_flag": ("soFlag",),
        "stor_flag": ("storFlag",),
        "service": ("service",),
        "feed": ("dataset",),
    },
    optional=frozenset({"start_at", "published_at", "service", "feed"}),
    check_columns={"start_at": "moment", "feed": "text"},
    provenance=(Provenance("feed", "DISBSAD", "Give rows of DISBSAD only."),),
    identifiers=frozenset({"action_id"}),
    placeholder=(pl.col("volume_mwh") == 0) & (pl.col("cost_gbp").fill_null(0) == 0),
    grid_minutes=30,
)
