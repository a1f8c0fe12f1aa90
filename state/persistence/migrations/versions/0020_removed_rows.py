"""Rows of the store that are kept no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime


def upgrade() -> None:
    op.create_table(
        "removed_rows",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("dataset", sa.String(length=60), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("kept_months", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT(timezone=True), nullable=False),
        sa.Column("files_removed_at", _MOMENT(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_rows")),
    )
    op.create_index(op.f("ix_removed_rows_dataset"), "removed_rows", ["dataset"])
    with op.batch_alter_table("dataset_part") as batch:
        batch.add_column(sa.Column("removed_rows_id", _KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_dataset_part_removed_rows_id_removed_rows"),
            "removed_rows",
            ["removed_rows_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_dataset_part_removed_rows_id"), ["removed_rows_id"])


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM removed_rows")).scalar():
        raise RuntimeError("Rows were removed for good: restore a backup instead.")
    with op.batch_alter_table("dataset_part") as batch:
        batch.drop_index(op.f("ix_dataset_part_removed_rows_id"))
        batch.drop_constraint(
            op.f("fk_dataset_part_removed_rows_id_removed_rows"), type_="foreignkey"
        )
        batch.drop_column("removed_rows_id")
    op.drop_index(op.f("ix_removed_rows_dataset"), "removed_rows")
    op.drop_table("removed_rows")
