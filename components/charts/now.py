"""The market as it is now: pieces light enough for any page, filled in the browser."""

import reflex as rx

from components.charts.chart import module_of


class _Light(rx.NoSSRComponent):
    """Drawn without the chart library."""

    library = module_of("now.jsx")


class _NowStrip(_Light):
    tag = "NowStrip"


class _LatestPrice(_Light):
    tag = "LatestPrice"


class _HeroMarket(_Light):
    tag = "HeroMarket"


class _MarketNow(rx.NoSSRComponent):
    library = module_of("market.jsx")
    tag = "MarketNow"


def market_now() -> rx.Component:
    """The whole market at a glance, of the moment that the address names, or else the newest."""
    return rx.el.div(_MarketNow.create(), class_name="k-market-space")


def now_strip() -> rx.Component:
    """What runs at the latest moment, in figures and shares."""
    return rx.el.div(_NowStrip.create(), class_name="k-strip-space")


def latest_price() -> rx.Component:
    """The latest price, and whether the system was short or long."""
    return rx.el.div(_LatestPrice.create(), class_name="k-strip-space k-strip-space-low")


def hero_market() -> rx.Component:
    """A day of the market in one small picture."""
    return rx.el.div(_HeroMarket.create(), class_name="k-hero-side")


class _ActionsOfDay(rx.NoSSRComponent):
    library = module_of("actions.jsx")
    tag = "ActionsOfDay"

    src: rx.Var[str]
    day: rx.Var[str]


def actions_of_day(*, src: rx.Var[str], day: rx.Var[str]) -> rx.Component:
    """The balancing actions of a day: a bar a period, and a row a BM Unit."""
    return rx.el.div(_ActionsOfDay.create(src=src, day=day), class_name="k-market-space")
