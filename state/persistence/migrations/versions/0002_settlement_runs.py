"""Settlement runs and the outbox."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("job", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("arguments", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("handed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_table(
        "settlement_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("settlement_date", sa.Date(), nullable=False),
        sa.Column("run_type", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("run_number", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("inputs_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("result_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("attempt_token", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("known_as_of", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("requested_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("requested_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("computed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("superseded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("restates_id", sa.Integer(), nullable=True),
        sa.Column("fault_reference", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["restates_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_restates_id_settlement_run"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_supersedes_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_settlement_run_public_id")),
        sa.UniqueConstraint(
            "settlement_date",
            "run_type",
            "run_number",
            name=op.f("uq_settlement_run_settlement_date_run_type_run_number"),
        ),
    )
    with op.batch_alter_table("settlement_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlement_run_inputs_digest"), ["inputs_digest"], unique=False
        )
        batch_op.create_index(
            "ix_settlement_run_published",
            ["settlement_date"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.create_index(
            batch_op.f("ix_settlement_run_settlement_date"), ["settlement_date"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_settlement_run_state"), ["state"], unique=False)

    op.create_table(
        "settlement_run_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_event_run_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run_event")),
    )
    with op.batch_alter_table("settlement_run_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlement_run_event_run_id"), ["run_id"], unique=False
        )

    op.create_table(
        "settlement_run_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_frame_run_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run_frame")),
    )
    with op.batch_alter_table("settlement_run_frame", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlement_run_frame_run_id"), ["run_id"], unique=False
        )

    op.create_table(
        "settlement_run_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_hold_run_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run_hold")),
    )
    with op.batch_alter_table("settlement_run_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlement_run_hold_run_id"), ["run_id"], unique=False)

    op.create_table(
        "settlement_run_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("dataset_version", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("known_as_of", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_input_run_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run_input")),
    )
    with op.batch_alter_table("settlement_run_input", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlement_run_input_run_id"), ["run_id"], unique=False
        )

    op.create_table(
        "settlement_run_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["settlement_run.id"],
            name=op.f("fk_settlement_run_stage_run_id_settlement_run"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run_stage")),
    )
    with op.batch_alter_table("settlement_run_stage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlement_run_stage_run_id"), ["run_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("settlement_run_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_stage_run_id"))

    op.drop_table("settlement_run_stage")
    with op.batch_alter_table("settlement_run_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_input_run_id"))

    op.drop_table("settlement_run_input")
    with op.batch_alter_table("settlement_run_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_hold_run_id"))

    op.drop_table("settlement_run_hold")
    with op.batch_alter_table("settlement_run_frame", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_frame_run_id"))

    op.drop_table("settlement_run_frame")
    with op.batch_alter_table("settlement_run_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_event_run_id"))

    op.drop_table("settlement_run_event")
    with op.batch_alter_table("settlement_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_run_state"))
        batch_op.drop_index(batch_op.f("ix_settlement_run_settlement_date"))
        batch_op.drop_index(
            "ix_settlement_run_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_settlement_run_inputs_digest"))

    op.drop_table("settlement_run")
    op.drop_table("outbox")
