"""The whole of Trading Charges on one page: read it from top to bottom."""

from datetime import date
from typing import Final

from settlement_engine.cra.registered_bm_unit import registered_bm_unit
from settlement_engine.given import GIVEN, REQUIRED
from settlement_engine.holds.acceptances import (
    acceptances_outside_their_day,
    acceptances_without_pairs,
    acceptances_without_points,
    contradictory_points,
)
from settlement_engine.holds.lines import broken_notifications, broken_pairs
from settlement_engine.holds.registrations import (
    metered_secondary_units,
    missing_metered_volumes,
    missing_notifications,
    overlapping_registrations,
    unknown_in_acceptances,
    unknown_in_applicable_volumes,
    unknown_in_bid_offer_data,
    unknown_in_delivered_volumes,
    unknown_in_disconnected_demand,
    unknown_in_expected_volumes,
    unknown_in_metered_volumes,
    unknown_in_notifications,
    unknown_in_reallocations,
)
from settlement_engine.holds.volumes import (
    beyond_physical_limits,
    contracts_without_meters,
    more_than_all_reallocated,
    names_of_acceptances,
    one_name_for_two_actions,
)
from settlement_engine.holds.whole_days import (
    periods_without_contracts,
    periods_without_metered_volumes,
    periods_without_notifications,
)
from settlement_engine.parameter import load_parameters
from settlement_engine.rulebook import Rulebook
from settlement_engine.saa.cashflows.accepted_pair_cashflow import accepted_pair_cashflow
from settlement_engine.saa.cashflows.bm_unit_cashflow import bm_unit_cashflow
from settlement_engine.saa.cashflows.daily_party_charges import daily_party_charges
from settlement_engine.saa.cashflows.energy_imbalance_cashflow import energy_imbalance_cashflow
from settlement_engine.saa.cashflows.non_delivered_volume import non_delivered_volume
from settlement_engine.saa.cashflows.non_delivery_charge import non_delivery_charge
from settlement_engine.saa.cashflows.party_cashflow import party_cashflow
from settlement_engine.saa.cashflows.residual_cashflow import residual_cashflow
from settlement_engine.saa.cashflows.residual_reallocation import residual_reallocation
from settlement_engine.saa.cashflows.settlement_balance import settlement_balance
from settlement_engine.saa.cashflows.system_operator_cashflow import system_operator_cashflow
from settlement_engine.saa.defaults.balancing_defaults import balancing_defaults
from settlement_engine.saa.defaults.data_quality_events import data_quality_events
from settlement_engine.saa.defaults.metering_defaults import metering_defaults
from settlement_engine.saa.defaults.system_defaults import system_defaults
from settlement_engine.saa.losses.delivery_mode import delivery_mode
from settlement_engine.saa.losses.transmission_loss_adjustment import transmission_loss_adjustment
from settlement_engine.saa.losses.transmission_loss_multiplier import transmission_loss_multiplier
from settlement_engine.saa.prices.action_price import action_price
from settlement_engine.saa.prices.action_stack import action_stack
from settlement_engine.saa.prices.arbitrage_tagging import arbitrage_tagging
from settlement_engine.saa.prices.arbitrage_volume import arbitrage_volume
from settlement_engine.saa.prices.balancing_actions import balancing_actions
from settlement_engine.saa.prices.de_minimis_tagging import de_minimis_tagging
from settlement_engine.saa.prices.energy_imbalance_price import energy_imbalance_price
from settlement_engine.saa.prices.first_stage_flag import first_stage_flag
from settlement_engine.saa.prices.market_price import market_price
from settlement_engine.saa.prices.net_imbalance_tagging import net_imbalance_tagging
from settlement_engine.saa.prices.net_imbalance_volume import net_imbalance_volume
from settlement_engine.saa.prices.price_average_tagging import price_average_tagging
from settlement_engine.saa.prices.ranked_stack import ranked_stack
from settlement_engine.saa.prices.replacement_price import replacement_price
from settlement_engine.saa.prices.reserve_scarcity_price import reserve_scarcity_price
from settlement_engine.saa.prices.second_stage_flag import second_stage_flag
from settlement_engine.saa.volumes.accepted_level import accepted_level
from settlement_engine.saa.volumes.accepted_volume import accepted_volume
from settlement_engine.saa.volumes.balancing_services_volume import balancing_services_volume
from settlement_engine.saa.volumes.bid_offer_range import bid_offer_range
from settlement_engine.saa.volumes.continuous_acceptance import continuous_acceptance
from settlement_engine.saa.volumes.credited_energy_volume import credited_energy_volume
from settlement_engine.saa.volumes.energy_imbalance_volume import energy_imbalance_volume
from settlement_engine.saa.volumes.expected_metered_volume import expected_metered_volume
from settlement_engine.saa.volumes.information_imbalance import information_imbalance
from settlement_engine.saa.volumes.notified_volume import notified_volume

TRADING_CHARGES: Final = Rulebook(
    name="trading_charges",
    since=date(2009, 11, 5),
    given=GIVEN,
    required=REQUIRED,
    parameters=load_parameters(),
    checks=(
        overlapping_registrations,
        unknown_in_metered_volumes,
        unknown_in_notifications,
        unknown_in_bid_offer_data,
        unknown_in_acceptances,
        unknown_in_reallocations,
        unknown_in_applicable_volumes,
        unknown_in_delivered_volumes,
        unknown_in_disconnected_demand,
        unknown_in_expected_volumes,
        metered_secondary_units,
        missing_metered_volumes,
        missing_notifications,
        broken_notifications,
        broken_pairs,
        acceptances_without_points,
        contradictory_points,
        acceptances_outside_their_day,
        acceptances_without_pairs,
        beyond_physical_limits,
        more_than_all_reallocated,
        contracts_without_meters,
        one_name_for_two_actions,
        names_of_acceptances,
    ),
    day_checks=(
        periods_without_metered_volumes,
        periods_without_notifications,
        periods_without_contracts,
    ),
    rules=(
        registered_bm_unit,
        notified_volume,
        bid_offer_range,
        accepted_level,
        accepted_volume,
        continuous_acceptance,
        delivery_mode,
        transmission_loss_adjustment,
        transmission_loss_multiplier,
        balancing_actions,
        reserve_scarcity_price,
        market_price,
        action_price,
        first_stage_flag,
        ranked_stack,
        de_minimis_tagging,
        arbitrage_volume,
        arbitrage_tagging,
        second_stage_flag,
        net_imbalance_volume,
        net_imbalance_tagging,
        replacement_price,
        price_average_tagging,
        energy_imbalance_price,
        action_stack,
        balancing_services_volume,
        expected_metered_volume,
        information_imbalance,
        credited_energy_volume,
        energy_imbalance_volume,
        accepted_pair_cashflow,
        non_delivered_volume,
        non_delivery_charge,
        bm_unit_cashflow,
        system_operator_cashflow,
        energy_imbalance_cashflow,
        residual_reallocation,
        residual_cashflow,
        party_cashflow,
        settlement_balance,
        daily_party_charges,
        metering_defaults,
        balancing_defaults,
        system_defaults,
        data_quality_events,
    ),
)
