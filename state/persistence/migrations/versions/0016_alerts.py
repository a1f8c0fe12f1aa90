"""What people ask to be told of the public data."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("dataset", sa.String(length=60), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=False),
        sa.Column("line", sa.Float(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("seen_ingest", _KEY, nullable=False),
        sa.Column("times_told", sa.Integer(), nullable=False),
        sa.Column("last_told_at", _MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alert_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("public_id", name=op.f("uq_alert_public_id")),
    )
    op.create_index(op.f("ix_alert_person_id"), "alert", ["person_id"])
    op.create_index(op.f("ix_alert_dataset"), "alert", ["dataset"])
    op.create_table(
        "alert_crossing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("first_at", _MOMENT(), nullable=False),
        sa.Column("last_at", _MOMENT(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("found_at", _MOMENT(), nullable=False),
        sa.Column("told_at", _MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_crossing_alert_id_alert")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_crossing")),
        sa.UniqueConstraint(
            "alert_id", "first_at", name=op.f("uq_alert_crossing_alert_id_first_at")
        ),
    )
    op.create_index(op.f("ix_alert_crossing_alert_id"), "alert_crossing", ["alert_id"])
    op.create_index(op.f("ix_alert_crossing_last_at"), "alert_crossing", ["last_at"])


def downgrade() -> None:
    op.drop_table("alert_crossing")
    op.drop_table("alert")
