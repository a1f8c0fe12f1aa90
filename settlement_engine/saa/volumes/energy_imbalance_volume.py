"""Energy Imbalance Volume: what an account gave beyond what it had sold."""

from datetime import date
from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, AccountPeriod
from settlement_engine.given import SECONDARY_TYPE, ContractVolumes, DeliveredVolumes
from settlement_engine.rounding import FACTOR_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.losses.transmission_loss_multiplier import TransmissionLossMultiplier
from settlement_engine.saa.volumes.balancing_services_volume import BalancingServicesVolume
from settlement_engine.saa.volumes.credited_energy_volume import CreditedEnergyVolume

ACCOUNT_PERIOD: Final = tuple(AccountPeriod.column_names())
_PARTS: Final = (
    "credited_energy_volume_mwh",
    "balancing_services_volume_mwh",
    "contract_volume_mwh",
)


class EnergyImbalanceVolume(AccountPeriod):
    """One row for each account that has energy, services or contracts in the period."""

    credited_energy_volume_mwh = frames.volume("QACE_aj", says="Positive gave energy")
    balancing_services_volume_mwh = frames.volume("QABS_aj", says="Delivered to the operator")
    contract_volume_mwh = frames.volume("QABC_aj", says="Positive: the account has sold")
    energy_imbalance_volume_mwh = frames.volume(
        "QAEI_aj", says="Positive: spilled to the system; negative: topped up from it"
    )


def credited_less_services(
    credited_energy_volume: dy.LazyFrame[CreditedEnergyVolume],
    balancing_services_volume: dy.LazyFrame[BalancingServicesVolume],
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
    contract_volumes: dy.LazyFrame[ContractVolumes],
) -> dy.LazyFrame[EnergyImbalanceVolume]:
    """QAEI_aj = QACE_aj - QABS_aj - QABC_aj.

    QACE_aj is the sum of QCE_iaj; QABS_aj the sum of QBS_ij x TLM_ij over the units whose lead
    account is a.
    """
    services = _loss_adjusted(
        balancing_services_volume.rename({"balancing_services_volume_mwh": "volume_mwh"}),
        delivery_mode,
        transmission_loss_multiplier,
    )
    return _imbalance(credited_energy_volume, services, contract_volumes)


def neutral_behind_the_meter(
    credited_energy_volume: dy.LazyFrame[CreditedEnergyVolume],
    balancing_services_volume: dy.LazyFrame[BalancingServicesVolume],
    delivered_volumes: dy.LazyFrame[DeliveredVolumes],
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
    contract_volumes: dy.LazyFrame[ContractVolumes],
) -> dy.LazyFrame[EnergyImbalanceVolume]:
    """QAEI_aj = QACE_aj - QABS_aj - QABC_aj.

    QACE_aj is the sum of QCE_iaj; QABS_aj the sum of QBS_ij x TLM_ij over the units whose lead
    account is a, and of what Virtual Lead Parties delivered behind a Supplier's unit, so that the
    Supplier is as if nothing had been done (P344).
    """
    suppliers = delivery_mode.filter(pl.col("unit_type") != SECONDARY_TYPE)
    both = pl.concat(
        [
            balancing_services_volume.select(
                *BM_UNIT_PERIOD, volume_mwh="balancing_services_volume_mwh"
            ),
            delivered_volumes.join(suppliers, on=BM_UNIT_PERIOD, how="semi").select(
                *BM_UNIT_PERIOD, volume_mwh="delivered_volume_mwh"
            ),
        ]
    )
    services = _loss_adjusted(both, delivery_mode, transmission_loss_multiplier)
    return _imbalance(credited_energy_volume, services, contract_volumes)


def _loss_adjusted(
    volumes: pl.LazyFrame, units: pl.LazyFrame, losses: pl.LazyFrame
) -> pl.LazyFrame:
    """Volumes of units, adjusted for losses, for the account of the lead Party."""
    return (
        volumes.join(losses, on=BM_UNIT_PERIOD)
        .join(units.select(*BM_UNIT_PERIOD, "party_id", "energy_account"), on=BM_UNIT_PERIOD)
        .select(
            *ACCOUNT_PERIOD,
            balancing_services_volume_mwh=rounding.product(
                (pl.col("volume_mwh"), VOLUME_DIGITS),
                (pl.col("transmission_loss_multiplier_per_unit"), FACTOR_DIGITS),
                digits=VOLUME_DIGITS,
            ),
        )
    )


def _imbalance(
    credited: pl.LazyFrame, services: pl.LazyFrame, contracts: pl.LazyFrame
) -> dy.LazyFrame[EnergyImbalanceVolume]:
    parts = [
        frame.select(
            *ACCOUNT_PERIOD,
            **{name: pl.col(name) if name == column else pl.lit(0, pl.Int64) for name in _PARTS},
        )
        for column, frame in zip(_PARTS, (credited, services, contracts), strict=True)
    ]
    credit, service, contract = (pl.col(name) for name in _PARTS)
    return (
        pl.concat(parts)
        .group_by(ACCOUNT_PERIOD)
        .agg(pl.col(_PARTS).sum())
        .with_columns(energy_imbalance_volume_mwh=credit - service - contract)
        .pipe(EnergyImbalanceVolume.cast)
    )


energy_imbalance_volume = Rule(
    "energy_imbalance_volume",
    produces=EnergyImbalanceVolume,
    versions=(
        Version(
            date(2001, 3, 27),
            credited_less_services,
            modification="NETA",
            source="T4.3, T4.5, T4.6",
        ),
        Version(
            date(2019, 2, 28), neutral_behind_the_meter, modification="P344", source="T4.3, T4.6"
        ),
    ),
)
