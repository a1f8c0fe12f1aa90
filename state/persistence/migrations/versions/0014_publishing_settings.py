"""Which datasets are published, and why some are not."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "publishing_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("dataset", _TEXT(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("reason", _TEXT(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("feed_is_on", sa.Boolean(), nullable=False),
        sa.Column("change_public_id", _TEXT(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishing_setting")),
    )
    op.create_index(op.f("ix_publishing_setting_dataset"), "publishing_setting", ["dataset"])


def downgrade() -> None:
    op.drop_table("publishing_setting")
