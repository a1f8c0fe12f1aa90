"""De Minimis Tagging: actions too small to count are left out."""

from datetime import date
from decimal import Decimal
from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.rounding import VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.ranked_stack import RankedStack
from settlement_engine.saa.prices.stack import PERIOD

SCOPES: Final = {
    "acceptance_side": ("bm_unit", "acceptance_number"),
    "unit_pair": ("bm_unit", "pair_number"),
}


class DeMinimisTagging(RankedStack):
    """The stack with what is left of each action; positive buys, negative sells."""

    volume_after_de_minimis_mwh = frames.volume(says="Volume left after de minimis tagging")


def below_threshold(
    ranked_stack: dy.LazyFrame[RankedStack],
    de_minimis_acceptance_threshold_mwh: Decimal,
    de_minimis_scope: str,
) -> dy.LazyFrame[DeMinimisTagging]:
    """An action of |volume| < DMAT drops out; one of exactly DMAT stays."""
    threshold = rounding.whole(de_minimis_acceptance_threshold_mwh, VOLUME_DIGITS)
    return ranked_stack.with_columns(
        volume_after_de_minimis_mwh=pl.when(_compared(de_minimis_scope).abs() >= threshold)
        .then("volume_mwh")
        .otherwise(0)
    ).pipe(DeMinimisTagging.cast)


def _compared(scope: str) -> pl.Expr:
    """The volume that is compared: the action's own, or that of the acceptance or unit it is of."""
    own = pl.col("volume_mwh")
    if scope == "row":
        return own
    named = SCOPES[scope]
    together = own.sum().over(*PERIOD, "side", *named)
    return pl.when(pl.all_horizontal(pl.col(*named).is_not_null())).then(together).otherwise(own)


de_minimis_tagging = Rule(
    "de_minimis_tagging",
    produces=DeMinimisTagging,
    versions=(
        Version(
            date(2009, 11, 5),
            below_threshold,
            modification="P217A",
            source="T1.8, Annex T-1 paragraph 6",
        ),
    ),
)
