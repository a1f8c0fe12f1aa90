"""Files of the store that hold the rows of several."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime


def upgrade() -> None:
    op.create_table(
        "folded_file",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("dataset", sa.String(length=60), nullable=False),
        sa.Column("partition", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT(timezone=True), nullable=False),
        sa.Column("superseded_at", _MOMENT(timezone=True), nullable=True),
        sa.Column("removed_at", _MOMENT(timezone=True), nullable=True),
        sa.Column("sources_removed_at", _MOMENT(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folded_file")),
    )
    op.create_index(op.f("ix_folded_file_dataset"), "folded_file", ["dataset"])
    with op.batch_alter_table("dataset_part") as batch:
        batch.add_column(sa.Column("folded_file_id", _KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_dataset_part_folded_file_id_folded_file"),
            "folded_file",
            ["folded_file_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_dataset_part_folded_file_id"), ["folded_file_id"])


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT count(*) FROM folded_file")).scalar():
        raise RuntimeError("Folded files hold the rows of others: restore a backup instead.")
    with op.batch_alter_table("dataset_part") as batch:
        batch.drop_index(op.f("ix_dataset_part_folded_file_id"))
        batch.drop_constraint(
            op.f("fk_dataset_part_folded_file_id_folded_file"), type_="foreignkey"
        )
        batch.drop_column("folded_file_id")
    op.drop_index(op.f("ix_folded_file_dataset"), "folded_file")
    op.drop_table("folded_file")
