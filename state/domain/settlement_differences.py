"""What two runs of a Settlement Date disagree about, charge by charge, in exact money.

Every charge keeps its own sign: `CHARGES` says who pays where it is positive.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from settlement_engine.rounding import MONEY_DIGITS, decimal_column


@dataclass(frozen=True, slots=True)
class Charge:
    """One of the Trading Charges: its column, its name, and who is paid where it is positive."""

    column: str
    name: str
    paid_to_party: bool


CHARGES: Final = (
    Charge("bm_unit_cashflow_gbp", "BM Unit cashflow", paid_to_party=True),
    Charge("non_delivery_charge_gbp", "Non-delivery charge", paid_to_party=False),
    Charge("energy_imbalance_cashflow_gbp", "Energy imbalance", paid_to_party=False),
    Charge("information_imbalance_charge_gbp", "Information imbalance", paid_to_party=False),
    Charge("residual_cashflow_gbp", "Residual cashflow", paid_to_party=True),
)
NET: Final = Charge("net_to_party_gbp", "Net", paid_to_party=True)

_AMOUNTS: Final = [charge.column for charge in (*CHARGES, NET)]
_GBP: Final = ("before_gbp", "after_gbp", "difference_gbp")


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs, in decimals: each frame has `before_gbp`, `after_gbp`, `difference_gbp`.

    Keys: `by_charge` has `charge`; `by_party` has `party_id` and `charge`; `by_period` has
    `settlement_period`, `party_id` and `charge`. A charge is named by its column. `by_charge` has
    every charge, the others only rows that differ.
    """

    by_charge: pl.DataFrame
    by_party: pl.DataFrame
    by_period: pl.DataFrame


def differences(before: pl.DataFrame, after: pl.DataFrame) -> Differences:
    """Compare the Party Cashflows of two runs, in the engine's counted money."""
    long = _side(before, "before_gbp").join(
        _side(after, "after_gbp"),
        on=["settlement_period", "party_id", "charge"],
        how="full",
        coalesce=True,
    )
    both = long.with_columns(pl.col("before_gbp", "after_gbp").fill_null(0))
    return Differences(
        by_charge=_summed(both, ["charge"], only_changed=False),
        by_party=_summed(both, ["party_id", "charge"], only_changed=True),
        by_period=_summed(both, ["settlement_period", "party_id", "charge"], only_changed=True),
    )


def _side(cashflows: pl.DataFrame, name: str) -> pl.DataFrame:
    return cashflows.unpivot(
        _AMOUNTS,
        index=["settlement_period", "party_id"],
        variable_name="charge",
        value_name=name,
    ).with_columns(pl.col("charge").cast(pl.Enum(_AMOUNTS)))


def _summed(both: pl.DataFrame, keys: list[str], *, only_changed: bool) -> pl.DataFrame:
    counted = (
        both.group_by(keys)
        .agg(pl.col("before_gbp", "after_gbp").sum())
        .with_columns(difference_gbp=pl.col("after_gbp") - pl.col("before_gbp"))
        .sort(keys)
    )
    if only_changed:
        counted = counted.filter(pl.col("difference_gbp") != 0)
    return counted.with_columns(
        decimal_column(pl.col(name), MONEY_DIGITS) for name in _GBP
    ).with_columns(pl.col("charge").cast(pl.String))
