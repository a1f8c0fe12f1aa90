"""Records of Parties and their accounts."""

from typing import Final

import polars as pl

from settlement_engine.reports.reported_day import PERIOD, UNIT_PERIOD, ReportedDay

_CHARGES: Final = (
    "bm_unit_cashflow_gbp",
    "energy_imbalance_cashflow_gbp",
    "information_imbalance_charge_gbp",
    "non_delivery_charge_gbp",
    "residual_cashflow_gbp",
)
_ACCOUNT: Final = (PERIOD, "party_id", "energy_account")


def day_charges(day: ReportedDay) -> pl.DataFrame:
    """APC: the charges of the day, to the penny. The last is the System Operator's own, of all."""
    operator = day.system("system_operator_cashflow")["system_operator_cashflow_gbp"].sum()
    return day.accounts("daily_party_charges").select(
        "party_id", *_CHARGES, system_operator_cashflow_gbp=pl.lit(operator, pl.Float64)
    )


def period_charges(day: ReportedDay) -> pl.DataFrame:
    """PPC: the charges of each period."""
    return day.accounts("party_cashflow").select(PERIOD, "party_id", *_CHARGES)


def party_headers(day: ReportedDay) -> pl.DataFrame:
    """BPH: every Party that has a unit or an account in the period."""
    accounts = day.accounts("energy_imbalance_volume").select(PERIOD, "party_id")
    return pl.concat([lead_party_headers(day), accounts]).unique().sort(PERIOD, "party_id")


def lead_party_headers(day: ReportedDay) -> pl.DataFrame:
    """BPH of what is public: every Party that has a unit in the period."""
    return (
        day.accounts("delivery_mode").select(PERIOD, "party_id").unique().sort(PERIOD, "party_id")
    )


def account_period_data(day: ReportedDay) -> pl.DataFrame:
    """APD: the energy and the charges of each account."""
    paid = day.accounts("energy_imbalance_cashflow").select(
        *_ACCOUNT, energy_imbalance_charge_gbp="energy_imbalance_cashflow_gbp"
    )
    residual = day.accounts("residual_cashflow").select(*_ACCOUNT, "residual_cashflow_gbp")
    share = day.accounts("residual_reallocation").select(
        *_ACCOUNT, "residual_reallocation_per_unit"
    )
    whole = day.accounts("energy_imbalance_volume").select(
        *_ACCOUNT,
        "contract_volume_mwh",
        "balancing_services_volume_mwh",
        "energy_imbalance_volume_mwh",
        credited_energy_volume_mwh="credited_energy_volume_mwh",
    )
    for part in (paid, residual, share):
        whole = whole.join(part, on=_ACCOUNT, how="left", maintain_order="left")
    return whole.with_columns(
        pl.col("residual_cashflow_gbp", "residual_reallocation_per_unit").fill_null(0.0)
    )


def account_unit_data(day: ReportedDay) -> pl.DataFrame:
    """APB: what each unit gives an account, the Party's own units and those reallocated to it."""
    notified = day.accounts("metered_volume_reallocations").select(
        *UNIT_PERIOD,
        "party_id",
        "reallocation_percent",
        "reallocation_mwh",
        is_lead=pl.lit(value=False),
    )
    return (
        day.accounts("credited_energy_volume")
        .join(notified, on=[*UNIT_PERIOD, "party_id", "is_lead"], how="left", maintain_order="left")
        .select(
            *_ACCOUNT,
            "bm_unit",
            "credited_energy_volume_mwh",
            "reallocation_mwh",
            "reallocation_percent",
        )
        .sort(*_ACCOUNT, "bm_unit")
    )
