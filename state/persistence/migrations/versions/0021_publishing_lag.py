"""Figures that are shown some time after they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime


def upgrade() -> None:
    with op.batch_alter_table("publishing_setting") as table:
        table.add_column(sa.Column("lag_minutes", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("publishing_setting") as table:
        table.alter_column("lag_minutes", server_default=None)
    op.add_column("ingest", sa.Column("shows", _KEY, nullable=True))
    op.add_column("dataset_part", sa.Column("held_since", _MOMENT(timezone=True), nullable=True))
    op.add_column("dataset_part", sa.Column("shown_at", _MOMENT(timezone=True), nullable=True))
    op.create_index(op.f("ix_dataset_part_held_since"), "dataset_part", ["held_since"])


def downgrade() -> None:
    held = "SELECT count(*) FROM dataset_part WHERE held_since IS NOT NULL"
    if op.get_bind().execute(sa.text(held)).scalar():
        raise RuntimeError("Rows are held back: take the lags off and wait until they are shown.")
    op.drop_index(op.f("ix_dataset_part_held_since"), "dataset_part")
    op.drop_column("dataset_part", "shown_at")
    op.drop_column("dataset_part", "held_since")
    op.drop_column("ingest", "shows")
    op.drop_column("publishing_setting", "lag_minutes")
