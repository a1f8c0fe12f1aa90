"""The demo market: a small, believable, invented electricity market, the same for the same seed.

Nothing in it is real: neither a company, nor a person, nor a number. Every number depends on the
seed and its own moment alone, so two ranges agree on the days they share.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from state.domain.demo_market.acceptances import acceptances, points
from state.domain.demo_market.accepted_volumes import accepted_volumes
from state.domain.demo_market.adjustment_actions import adjustment_actions
from state.domain.demo_market.applicable_balancing_services import (
    applicable_balancing_services_volumes,
)
from state.domain.demo_market.balancing_actions import balancing_actions
from state.domain.demo_market.bids_and_offers import bid_offer_data, ladders
from state.domain.demo_market.bm_unit_registrations import bm_unit_registrations
from state.domain.demo_market.bm_units import BmUnit, demo_bm_units, unit_frame
from state.domain.demo_market.companies import Company, demo_companies
from state.domain.demo_market.contract_volumes import contract_volumes
from state.domain.demo_market.delivered_volumes import delivered_volumes
from state.domain.demo_market.demand_and_forecasts import demand_and_forecasts, system_frequency
from state.domain.demo_market.dispatch import episodes
from state.domain.demo_market.fuel_mix import with_fuel_mix
from state.domain.demo_market.generation_by_fuel import generation_by_fuel
from state.domain.demo_market.grid import MINUTES_A_TICK, at_minute, boundary_grid, period_grid
from state.domain.demo_market.market_prices import (
    loss_of_load,
    market_index,
    price_adjusters,
    stor_windows,
    with_prices,
)
from state.domain.demo_market.metered_volume_reallocations import metered_volume_reallocations
from state.domain.demo_market.metered_volumes import (
    KWH_A_MWH,
    given_kwh,
    metered_kwh,
    metered_volumes,
)
from state.domain.demo_market.notifications import levels, notifications
from state.domain.demo_market.people import Person, demo_people
from state.domain.demo_market.precision import whole
from state.domain.demo_market.schemas import NOTHING_HAPPENED, SCHEMAS, shaped
from state.domain.demo_market.unit_publications import (
    maximum_export_limits,
    outage_messages,
    unit_register,
)


@dataclass(frozen=True, slots=True)
class DemoMarket:
    """Who takes part, and on which days; the numbers are made when they are asked for."""

    seed: int
    since: date
    until: date
    companies: tuple[Company, ...]
    people: tuple[Person, ...]
    bm_units: tuple[BmUnit, ...]

    def frames(
        self, since: date | None = None, until: date | None = None
    ) -> dict[str, pl.DataFrame]:
        """Every frame of `schemas.SCHEMAS`, for the whole range or the days of it named.

        An acceptance that reaches over midnight stands in the frames of both days.
        """
        return _frames(self, since or self.since, until or self.until)

    def publications(self, since: date, until: date) -> dict[str, pl.DataFrame]:
        """What is only published and settles nothing, by the name of its dataset."""
        register = {"bm_units": unit_register(self.bm_units, self.companies, since)}
        return {
            **demand_and_forecasts(self.seed, since, until),
            "system_frequency": system_frequency(self.seed, since, until),
            "outage_messages": outage_messages(self.seed, self.bm_units, since, until),
            "maximum_export_limits": maximum_export_limits(self.seed, self.bm_units, since, until),
            **(register if since == self.since else {}),
        }


def demo_market(seed: int, until: date, weeks: int = 4) -> DemoMarket:
    """The market of the weeks that end with a day, which is included."""
    companies = demo_companies(seed)
    return DemoMarket(
        seed=seed,
        since=until - timedelta(weeks=weeks) + timedelta(days=1),
        until=until,
        companies=companies,
        people=demo_people(),
        bm_units=demo_bm_units(seed, companies),
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every frame of a range is worked out from."""

    seed: int
    periods: pl.DataFrame
    prices: pl.DataFrame
    units: pl.DataFrame
    unit_levels: pl.DataFrame


def _frames(market: DemoMarket, since: date, until: date) -> dict[str, pl.DataFrame]:
    setting = _setting(market, since, until)
    frames = {
        "generation_by_fuel": generation_by_fuel(market.seed, since, until),
        "bm_unit_registrations": bm_unit_registrations(market.seed, market.bm_units),
        **{name: pl.DataFrame(schema=SCHEMAS[name]) for name in NOTHING_HAPPENED},
        **_beside_the_stack(setting, since, until),
        **_balancing(setting),
    }
    accepted = frames.pop("accepted")
    frames.update(_volumes(market, setting, accepted))
    return {name: shaped(name, frame) for name, frame in frames.items()}


def _setting(market: DemoMarket, since: date, until: date) -> _Setting:
    units = unit_frame(market.bm_units)
    mix = with_fuel_mix(market.seed, boundary_grid(since, until))
    return _Setting(
        seed=market.seed,
        periods=period_grid(since, until),
        prices=with_prices(market.seed, mix),
        units=units,
        unit_levels=levels(market.seed, units, mix),
    )


def _beside_the_stack(setting: _Setting, since: date, until: date) -> dict[str, pl.DataFrame]:
    seed, prices, periods = setting.seed, setting.prices, setting.periods
    return {
        "market_index": market_index(seed, prices, periods),
        "price_adjusters": price_adjusters(seed, prices, periods),
        "loss_of_load": loss_of_load(prices, periods),
        "stor_windows": stor_windows(since, until, periods),
    }


def _balancing(setting: _Setting) -> dict[str, pl.DataFrame]:
    """From ladders of bids and offers to moves, their points, and the actions they make."""
    seed, periods = setting.seed, setting.periods
    unit_ladders = ladders(seed, setting.unit_levels, setting.prices)
    told = points(episodes(seed, unit_ladders, setting.prices))
    orders = acceptances(told)
    pairs = bid_offer_data(unit_ladders, periods)
    accepted = _priced(accepted_volumes(told), orders, pairs)
    adjustments = adjustment_actions(seed, setting.prices, periods)
    wanted = orders.filter(_reaches_into(periods))
    keys = ["unit_key", "acceptance_number"]
    return {
        "accepted": accepted,
        "bid_offer_data": pairs,
        "acceptances": wanted,
        "acceptance_points": told.join(
            wanted, on=keys, how="semi", maintain_order="left"
        ).with_columns(
            at=at_minute(pl.col("at_minute")),
            point_order=pl.int_range(1, pl.len() + 1).over(keys, order_by="at_minute"),
        ),
        "adjustment_actions": adjustments,
        "balancing_actions": balancing_actions(seed, accepted, adjustments, periods),
    }


def _priced(volumes: pl.DataFrame, orders: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Accepted volumes with the flags of their acceptance and the prices of their pair."""
    flags = orders.select(
        "unit_key", "acceptance_number", "so_flag", "cadl_flag", "emergency_flag", "stor_flag"
    )
    asked = pairs.select(
        "unit_key", "tick", "pair_number", "offer_price_gbp_per_mwh", "bid_price_gbp_per_mwh"
    )
    return volumes.join(
        flags, on=["unit_key", "acceptance_number"], how="left", maintain_order="left"
    ).join(asked, on=["unit_key", "tick", "pair_number"], how="inner", maintain_order="left")


def _reaches_into(periods: pl.DataFrame) -> pl.Expr:
    """Whether the episode an acceptance belongs to has a minute in one of the periods."""
    first, last = int(periods["minute"][0]), int(periods["minute"][-1])
    return (pl.col("episode_ends") > first) & (pl.col("episode_starts") < last + MINUTES_A_TICK)


def _volumes(
    market: DemoMarket, setting: _Setting, accepted: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    seed, units, periods = setting.seed, setting.units, setting.periods
    leads = units.select(
        "unit_key",
        "lead_party",
        "production_consumption_flag",
        party_key=pl.col("lead_party").rank("dense"),
    )
    notified = notifications(setting.unit_levels, periods).join(
        leads, on="unit_key", how="left", maintain_order="left"
    )
    services = applicable_balancing_services_volumes(seed, units, periods)
    given = given_kwh(seed, notified, _moved(accepted, services))
    metered = metered_kwh(seed, units, given, periods)
    return {
        "physical_notifications": notified,
        "metered_volumes": metered_volumes(metered, units, periods),
        "metered_volume_reallocations": metered_volume_reallocations(periods),
        "applicable_balancing_services_volumes": services,
        "delivered_volumes": delivered_volumes(given, units, periods),
        "contract_volumes": contract_volumes(seed, market.companies, units, notified, periods),
    }


def _moved(accepted: pl.DataFrame, services: pl.DataFrame) -> pl.DataFrame:
    """Whole kilowatt-hours by which units were moved from their notifications, for any reason."""
    return pl.concat(
        [
            accepted.select("unit_key", "tick", moved_kwh=whole(pl.col("volume_mwh") * KWH_A_MWH)),
            services.select("unit_key", "tick", moved_kwh=pl.col("applicable_kwh")),
        ]
    )
