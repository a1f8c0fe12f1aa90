"""Proposals to let a program push rows, and to end one."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_TABLE = "publisher_proposal"
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("adds", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("acts_for", sa.Integer(), nullable=False),
        sa.Column("allowed_addresses", sa.String(length=1000), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _MOMENT(), nullable=True),
        *(_key("person", column) for column in ("acts_for", "proposed_by", "decided_by")),
        _key("api_client", "program_id"),
        sa.CheckConstraint(
            "decided_by IS NULL OR status = 'withdrawn' "
            "OR (decided_by <> proposed_by AND decided_by <> acts_for)",
            name=op.f(f"ck_{_TABLE}_another"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{_TABLE}_public_id")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_status"), _TABLE, ["status"])


def downgrade() -> None:
    op.drop_table(_TABLE)


def _key(to: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{_TABLE}_{column}_{to}"))
