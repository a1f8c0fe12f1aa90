"""Every door of the API, in the order in which they are asked."""

from typing import Final

from fastapi import APIRouter

from kinnect_app.api import (
    account,
    account_data,
    audit,
    balancing_actions,
    bmrs,
    feeds,
    information,
    insights,
    oauth,
    participants,
    query,
    registry,
    registry_changes,
    registry_information,
    registry_webhooks,
    rows,
    runs,
    settlement,
)
from kinnect_app.api.nothing_here import nothing_but

_KNOWN: Final[tuple[APIRouter, ...]] = (
    account.router,
    account_data.router,
    information.router,
    audit.router,
    query.router,
    rows.router,
    balancing_actions.router,
    insights.router,
    bmrs.router,
    feeds.router,
    settlement.router,
    runs.router,
    oauth.router,
    participants.router,
    registry.router,
    registry_changes.router,
    registry_information.router,
    registry_webhooks.router,
)

ROUTERS: Final = (*_KNOWN, nothing_but(_KNOWN))
"""The last of them answers what no other does."""
