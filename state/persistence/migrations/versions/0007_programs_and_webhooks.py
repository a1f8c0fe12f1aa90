"""Programs of a company with their tokens; webhooks and what is sent to them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    _programs()
    _tokens()
    _answers()
    _endpoints()
    _deliveries()


def _programs() -> None:
    op.create_table(
        "api_client",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT(length=40), nullable=False),
        sa.Column("client_id", _TEXT(length=40), nullable=False),
        sa.Column("secret_hash", _TEXT(length=64), nullable=False),
        sa.Column("scopes", _TEXT(length=200), nullable=False),
        sa.Column("allowed_addresses", _TEXT(length=1000), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("last_used_at", _MOMENT(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        *_of_company_and_person("api_client"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("client_id", name=op.f("uq_api_client_client_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_client_public_id")),
    )
    op.create_index(op.f("ix_api_client_organisation_id"), "api_client", ["organisation_id"])


def _tokens() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", _TEXT(length=64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("scopes", _TEXT(length=200), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_token_client_id_api_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_client_id"), "api_token", ["client_id"])
    op.create_index(op.f("ix_api_token_expires_at"), "api_token", ["expires_at"])


def _answers() -> None:
    op.create_table(
        "api_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("key", _TEXT(length=80), nullable=False),
        sa.Column("request_hash", _TEXT(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", _TEXT(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_answer_client_id_api_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answer")),
        sa.UniqueConstraint("client_id", "key", name=op.f("uq_api_answer_client_id_key")),
    )
    op.create_index(op.f("ix_api_answer_client_id"), "api_answer", ["client_id"])
    op.create_index(op.f("ix_api_answer_created_at"), "api_answer", ["created_at"])


def _endpoints() -> None:
    op.create_table(
        "webhook_endpoint",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("url", _TEXT(length=400), nullable=False),
        sa.Column("secret", _TEXT(length=300), nullable=False),
        sa.Column("events", _TEXT(length=600), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("failing_since", _MOMENT(), nullable=True),
        sa.Column("disabled_at", _MOMENT(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        *_of_company_and_person("webhook_endpoint"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_webhook_endpoint_public_id")),
    )
    op.create_index(
        op.f("ix_webhook_endpoint_organisation_id"), "webhook_endpoint", ["organisation_id"]
    )


def _deliveries() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("event", _TEXT(length=60), nullable=False),
        sa.Column("payload", _TEXT(), nullable=False),
        sa.Column("key", _TEXT(length=160), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("next_try_at", _MOMENT(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("delivered_at", _MOMENT(), nullable=True),
        sa.Column("last_answer", _TEXT(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoint.id"],
            name=op.f("fk_webhook_delivery_endpoint_id_webhook_endpoint"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_webhook_delivery_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_webhook_delivery_public_id")),
    )
    for column in ("created_at", "endpoint_id", "next_try_at"):
        op.create_index(op.f(f"ix_webhook_delivery_{column}"), "webhook_delivery", [column])


def _record() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
    )


def _of_company_and_person(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f(f"fk_{table}_created_by_person")
        ),
    )


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook_endpoint", "api_answer", "api_token", "api_client"):
        op.drop_table(table)
