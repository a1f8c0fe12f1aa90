"""The frames that are given: what the engine starts from, by name."""

from typing import Final

import dataframely as dy

from settlement_engine.frames import (
    FIRST_DATE,
    LAST_DATE,
    AccountPeriod,
    ActionPeriod,
    BidOfferPairPeriod,
    BmUnitPeriod,
    Frame,
    SystemPeriod,
    factor,
    flag,
    level,
    moment,
    money,
    multiplier,
    percent,
    price,
    probability,
    volume,
)

BUY_TYPES: Final = ("offer", "buy_adjustment", "demand_control", "gas_or_reserve_buy")
SELL_TYPES: Final = ("bid", "sell_adjustment", "gas_or_reserve_sell")
ACTION_TYPES: Final = (*BUY_TYPES, *SELL_TYPES)
SIDES: Final = ("buy", "sell")

UNIT_TYPES: Final = ("T", "E", "I", "G", "S", "V")
SUPPLIER_TYPES: Final = ("G", "S")
SECONDARY_TYPE: Final = "V"


class PhysicalNotifications(BmUnitPeriod):
    """Final Physical Notifications: the level of each unit, in straight lines from time to time."""

    from_at = moment(says="Start of the line", key=True)
    from_mw = level("FPN", says="Level at its start; positive exports")
    to_at = moment(says="End of the line")
    to_mw = level("FPN", says="Level at its end; positive exports")


class BidOfferData(BidOfferPairPeriod):
    """Bid-offer pairs as submitted: widths, not cumulative; below zero for pairs below zero."""

    from_at = moment(says="Start of the line", key=True)
    from_mw = level("qBO", says="Width at its start")
    to_at = moment(says="End of the line")
    to_mw = level("qBO", says="Width at its end")
    offer_price_gbp_per_mwh = price("PO", says="Price of more output within the pair")
    bid_price_gbp_per_mwh = price("PB", says="Price of less output within the pair")


class Acceptances(dy.Schema):
    """Bid-Offer Acceptances: the instructions of the System Operator, in order of issue."""

    bm_unit = dy.String(primary_key=True, description="The unit accepted")
    acceptance_number = dy.Int64(primary_key=True, description="Number of the acceptance")
    accepted_at = moment(says="When it was issued")
    so_flag = flag(says="Taken by the System Operator for the network", neutral=False)
    stor_flag = flag(says="Short Term Operating Reserve", neutral=False)
    emergency_flag = flag(says="Excluded emergency acceptance", neutral=False)
    deemed_flag = flag(says="Deemed acceptance: the unit was told, not asked", neutral=False)


class AcceptancePoints(dy.Schema):
    """The level each acceptance asks for, joined by straight lines; a step is two at one time."""

    bm_unit = dy.String(primary_key=True, description="The unit accepted")
    acceptance_number = dy.Int64(primary_key=True, description="Number of the acceptance")
    at = moment(says="Spot time", key=True)
    point_order = dy.Int64(
        primary_key=True, metadata={"neutral": 1}, description="Order of two points at one time"
    )
    level_mw = level("qA", says="Level asked for; positive exports")


class AdjustmentActions(ActionPeriod):
    """Balancing Services Adjustment Actions: bought and sold outside the Balancing Mechanism."""

    cost_gbp = money("BSAC", nullable=True, says="What the action cost; null: unpriced")
    volume_mwh = volume("QBSA", says="Volume; positive buys, negative sells")
    so_flag = flag(says="Taken by the System Operator for the network", neutral=False)
    stor_flag = flag(says="Short Term Operating Reserve", neutral=False)


class DemandControl(ActionPeriod):
    """Demand control: voltage reduction and disconnection that the System Operator instructed."""

    volume_mwh = volume("QDC", says="Demand not met", lowest=0)
    so_flag = flag(says="Taken for the network, or not for energy", neutral=False)


class BalancingActions(ActionPeriod):
    """The actions of the System Operator: accepted offers and bids by pair, and adjustments.

    Volumes: positive buys energy for the system, negative sells it.
    """

    action_type = dy.Enum(list(ACTION_TYPES), description="What kind of action; says buy or sell")
    bm_unit = dy.String(nullable=True, metadata={"neutral": None}, description="The unit accepted")
    acceptance_number = dy.Int64(
        nullable=True, metadata={"neutral": None}, description="Number of the acceptance"
    )
    pair_number = dy.Int64(
        nullable=True, min=-5, max=5, metadata={"neutral": None}, description="Bid-offer pair"
    )
    volume_mwh = volume("QAO, QAB, QBSA", says="Volume; positive buys, negative sells")
    price_gbp_per_mwh = price("PO, PB", nullable=True, says="Price of the action; null: unpriced")
    so_flag = flag(says="Taken by the System Operator for the network", neutral=False)
    cadl_flag = flag(says="Shorter than the Continuous Acceptance Duration Limit", neutral=False)
    emergency_flag = flag(says="Excluded emergency acceptance", neutral=False)
    stor_flag = flag(says="Short Term Operating Reserve", neutral=False)
    transmission_loss_multiplier_per_unit = multiplier(
        "TLM_ij", says="The unit's loss multiplier", lowest=1, neutral=1.0
    )


class MarketIndex(SystemPeriod):
    """What each Market Index Data Provider reports for a period."""

    provider = dy.String(primary_key=True, description="Market Index Data Provider")
    price_gbp_per_mwh = price("PXP_mj", says="Market Index Price of the provider")
    volume_mwh = volume("QXP_mj", says="Market Index Volume of the provider", lowest=0)


class PriceAdjusters(SystemPeriod):
    """Reserve fees, smeared by NETSO over the periods in which the reserve was useful."""

    buy_price_adjuster_gbp_per_mwh = price("BPA_j", says="Added to the price when short")
    sell_price_adjuster_gbp_per_mwh = price("SPA_j", says="Added to the price when long")


class LossOfLoad(SystemPeriod):
    """The final Loss of Load Probability, worked out one hour ahead."""

    loss_of_load_probability = probability(
        "LoLP_j", nullable=True, lowest=0, says="Probability that demand cannot be met"
    )


class StorWindows(dy.Schema):
    """STOR Availability Windows: from `starts_at` up to, not including, `ends_at`."""

    starts_at = dy.Datetime(
        time_zone="UTC", time_unit="us", primary_key=True, description="Start of the window, UTC"
    )
    ends_at = dy.Datetime(time_zone="UTC", time_unit="us", description="End of the window, UTC")


class MeteredVolumes(BmUnitPeriod):
    """BM Unit Metered Volumes."""

    metered_volume_mwh = volume("QM_ij", says="Metered volume; positive exports")


class BmUnitRegistrations(dy.Schema):
    """The register of BM Units, each from a Settlement Date to another, both included."""

    bm_unit = dy.String(primary_key=True, description="BM Unit")
    effective_from = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="First Settlement Date"
    )
    effective_to = dy.Date(
        nullable=True,
        min=FIRST_DATE,
        max=LAST_DATE,
        metadata={"neutral": None},
        description="Last Settlement Date; null: open",
    )
    party_id = dy.String(description="Lead Party")
    trading_unit = dy.String(description="Trading Unit the unit belongs to")
    unit_type = dy.Enum(
        list(UNIT_TYPES),
        description="T transmission, E embedded, I interconnector, G and S supplier, V secondary",
    )
    production_consumption_flag = dy.Enum(["P", "C"], description="P/C status")
    transmission_loss_factor_per_unit = factor(
        "TLF", says="Transmission Loss Factor of the zone", neutral=0.0
    )
    is_baselined = flag(says="Its baseline stands in for a notification (P376)", neutral=False)
    generation_capacity_mw = level(
        "GC", nullable=True, says="Generation Capacity", lowest=0, optional=True
    )
    demand_capacity_mw = level(
        "DC", nullable=True, says="Demand Capacity, as a size", lowest=0, optional=True
    )


class MeteredVolumeReallocations(BmUnitPeriod):
    """Metered Volume Reallocation Notifications: part of a unit's energy, to another's account."""

    party_id = dy.String(primary_key=True, description="Subsidiary Party")
    reallocation_percent = percent("QMPR", says="Share of the metered volume", lowest=0)
    reallocation_mwh = volume("QMFR", says="Fixed volume; positive gives energy", neutral=0.0)


class ContractVolumes(AccountPeriod):
    """Account Bilateral Contract Volumes, as notified."""

    contract_volume_mwh = volume("QABC_aj", says="Positive: the account has sold")


class ApplicableBalancingServicesVolumes(BmUnitPeriod):
    """Balancing services that a unit delivered outside the Balancing Mechanism (ABSVD)."""

    applicable_volume_mwh = volume("QAS_ij", says="Positive: more export or less import")


class DemandDisconnectionVolumes(BmUnitPeriod):
    """Demand that was disconnected, by the unit that would have taken it."""

    disconnected_volume_mwh = volume("QDD_ij", says="Positive: demand not taken", lowest=0)


class SettlementExpectedVolumes(BmUnitPeriod):
    """Settlement Expected Volumes of baselined units."""

    expected_volume_mwh = volume("QSEV_ij", says="Baseline; positive exports")


class DeliveredVolumes(BmUnitPeriod):
    """What Virtual Lead Parties delivered (P344).

    For a Secondary BM Unit: what it delivered itself. For a Supplier's unit: what was delivered
    behind its meters, which keeps the Supplier as if nothing had been done.
    """

    delivered_volume_mwh = volume("QBSD_ij", says="Positive: more export or less import")


GIVEN: Final[dict[str, Frame]] = {
    "physical_notifications": PhysicalNotifications,
    "bid_offer_data": BidOfferData,
    "acceptances": Acceptances,
    "acceptance_points": AcceptancePoints,
    "adjustment_actions": AdjustmentActions,
    "demand_control": DemandControl,
    "market_index": MarketIndex,
    "price_adjusters": PriceAdjusters,
    "loss_of_load": LossOfLoad,
    "stor_windows": StorWindows,
    "bm_unit_registrations": BmUnitRegistrations,
    "metered_volumes": MeteredVolumes,
    "metered_volume_reallocations": MeteredVolumeReallocations,
    "applicable_balancing_services_volumes": ApplicableBalancingServicesVolumes,
    "demand_disconnection_volumes": DemandDisconnectionVolumes,
    "settlement_expected_volumes": SettlementExpectedVolumes,
    "delivered_volumes": DeliveredVolumes,
    "contract_volumes": ContractVolumes,
}
REQUIRED: Final = frozenset(
    {
        "physical_notifications",
        "bid_offer_data",
        "acceptances",
        "acceptance_points",
        "bm_unit_registrations",
        "metered_volumes",
        "contract_volumes",
    }
)
"""Without these nothing that reads them is worked out; any other may be absent."""
