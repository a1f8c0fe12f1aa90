"""Looking at a company's pages, directors' letters, and staff roles that two administrators give."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("user_session") as table:
        table.add_column(sa.Column("looking_at", sa.Integer(), nullable=True))
        table.add_column(sa.Column("looking_until", _MOMENT(), nullable=True))
        table.add_column(sa.Column("looking_reason", _TEXT(length=500), nullable=True))
        table.create_foreign_key(
            op.f("fk_user_session_looking_at_organisation"),
            "organisation",
            ["looking_at"],
            ["id"],
        )
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("letter_reference", _TEXT(length=80), nullable=True))
    _proposals()


def _proposals() -> None:
    op.create_table(
        "staff_role_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", _TEXT(length=30), nullable=False),
        sa.Column("gives", sa.Boolean(), nullable=False),
        sa.Column("reason", _TEXT(length=500), nullable=False),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _MOMENT(), nullable=True),
        sa.CheckConstraint(
            "proposed_by <> person_id AND (decided_by IS NULL OR status = 'withdrawn' "
            "OR (decided_by <> proposed_by AND decided_by <> person_id))",
            name=op.f("ck_staff_role_proposal_two_others"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_staff_role_proposal_{name}_person")
            )
            for name in ("person_id", "proposed_by", "decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_role_proposal_public_id")),
    )
    for name in ("person_id", "status"):
        op.create_index(op.f(f"ix_staff_role_proposal_{name}"), "staff_role_proposal", [name])


def downgrade() -> None:
    op.drop_table("staff_role_proposal")
    with op.batch_alter_table("invitation") as table:
        table.drop_column("letter_reference")
    with op.batch_alter_table("user_session") as table:
        table.drop_constraint(op.f("fk_user_session_looking_at_organisation"), type_="foreignkey")
        for name in ("looking_at", "looking_until", "looking_reason"):
            table.drop_column(name)
