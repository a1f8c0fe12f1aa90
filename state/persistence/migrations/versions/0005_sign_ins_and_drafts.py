"""The provider's ID token of a session, notices that were obeyed, drafts of forms."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("user_session") as table:
        table.add_column(sa.Column("id_token", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("user_session") as table:
        table.alter_column(
            "id_token", existing_type=sa.Text(), existing_nullable=False, server_default=None
        )
    op.create_table(
        "spent_notice",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_spent_notice")),
    )
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("saved_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_form_draft_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_form_draft_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "form_key",
            name=op.f("uq_form_draft_person_id_organisation_id_form_key"),
        ),
    )
    op.create_index(op.f("ix_form_draft_person_id"), "form_draft", ["person_id"])


def downgrade() -> None:
    op.drop_table("form_draft")
    op.drop_table("spent_notice")
    with op.batch_alter_table("user_session") as table:
        table.drop_column("id_token")
