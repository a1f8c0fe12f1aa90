"""Feeds of the public service, and which stretches of time they were asked for."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("code", _TEXT(length=20), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("next_run_at", _MOMENT(), nullable=False),
        sa.Column("asked_until", _MOMENT(), nullable=False),
        sa.Column("last_run_at", _MOMENT(), nullable=True),
        sa.Column("last_good_at", _MOMENT(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", _MOMENT(), nullable=True),
        sa.Column("fault", _TEXT(length=20), nullable=False),
        sa.Column("fault_detail", _TEXT(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("code", name=op.f("uq_feed_code")),
    )
    op.create_index(op.f("ix_feed_next_run_at"), "feed", ["next_run_at"])
    op.create_table(
        "feed_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", _TEXT(length=20), nullable=False),
        sa.Column("since", _MOMENT(), nullable=False),
        sa.Column("until", _MOMENT(), nullable=False),
        sa.Column("done_at", _MOMENT(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_stored", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_step")),
        sa.UniqueConstraint("code", "since", "until", name=op.f("uq_feed_step_code_since_until")),
    )
    op.create_index(op.f("ix_feed_step_code"), "feed_step", ["code"])


def downgrade() -> None:
    op.drop_table("feed_step")
    op.drop_table("feed")
