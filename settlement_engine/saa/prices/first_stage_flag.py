"""First-Stage Flag: actions that were perhaps not taken for the energy balance."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.action_price import ActionPrice

_FLAGGED = pl.any_horizontal("so_flag", "emergency_flag", "cadl_flag")


class FirstStageFlag(ActionPrice):
    """The actions with their first-stage flag."""

    first_stage_flag = frames.flag(says="Flagged: perhaps not taken for the energy balance")


def any_flag(action_price: dy.LazyFrame[ActionPrice]) -> dy.LazyFrame[FirstStageFlag]:
    """SO-flag, emergency flag or CADL flag."""
    return action_price.with_columns(first_stage_flag=_FLAGGED).pipe(FirstStageFlag.cast)


def any_flag_but_of_reserve(
    action_price: dy.LazyFrame[ActionPrice], reserve_repricing_flags: str
) -> dy.LazyFrame[FirstStageFlag]:
    """SO-flag, emergency flag or CADL flag; reserve at its scarcity price may lose them."""
    flagged = _FLAGGED
    if reserve_repricing_flags == "unflag":
        flagged &= ~pl.col("reserve_repriced")
    return action_price.with_columns(first_stage_flag=flagged).pipe(FirstStageFlag.cast)


first_stage_flag = Rule(
    "first_stage_flag",
    produces=FirstStageFlag,
    versions=(
        Version(
            date(2009, 11, 5), any_flag, modification="P217A", source="Annex T-1 paragraphs 3 and 5"
        ),
        Version(
            date(2015, 11, 5),
            any_flag_but_of_reserve,
            modification="P305",
            source="T3.14, Annex T-1 paragraphs 3 and 5",
        ),
    ),
)
