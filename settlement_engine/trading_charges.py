"""The whole of Trading Charges on one page: read it from top to bottom."""

from typing import Final

from settlement_engine.frames import GIVEN, REQUIRED
from settlement_engine.parameter import load_parameters
from settlement_engine.rulebook import Rulebook
from settlement_engine.saa.prices.action_price import action_price
from settlement_engine.saa.prices.action_stack import action_stack
from settlement_engine.saa.prices.arbitrage_tagging import arbitrage_tagging
from settlement_engine.saa.prices.arbitrage_volume import arbitrage_volume
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

TRADING_CHARGES: Final = Rulebook(
    name="trading_charges",
    given=GIVEN,
    required=REQUIRED,
    parameters=load_parameters(),
    rules=(
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
    ),
)
