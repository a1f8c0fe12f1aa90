"""Every table of the record, so that one import knows them all."""

from sqlmodel import SQLModel

from state.persistence.models import (
    api_clients,
    audit,
    bm_unit,
    change,
    confirmation,
    data_export,
    dataset,
    draft,
    feed,
    feedback,
    invitations,
    market_entry,
    market_exit,
    notices,
    organisation,
    outbox,
    person,
    phrase,
    proofs,
    public_content,
    reference,
    saved_query,
    settlement_run,
    staff_roles,
    user_group,
    webhooks,
)

__all__ = [
    "api_clients",
    "audit",
    "bm_unit",
    "change",
    "confirmation",
    "data_export",
    "dataset",
    "draft",
    "feed",
    "feedback",
    "invitations",
    "market_entry",
    "market_exit",
    "notices",
    "organisation",
    "outbox",
    "person",
    "phrase",
    "proofs",
    "public_content",
    "reference",
    "saved_query",
    "settlement_run",
    "staff_roles",
    "user_group",
    "webhooks",
]

METADATA = SQLModel.metadata
"""What the database should hold."""
