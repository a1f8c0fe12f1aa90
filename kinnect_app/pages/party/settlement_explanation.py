"""How one figure of the company's was made."""

import reflex as rx

from components.explained_figure import explained_figure
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_explanation import SettlementExplanationState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(Screen.loaded, Screen.missing, explained_figure(Screen, pays=True))
    )
