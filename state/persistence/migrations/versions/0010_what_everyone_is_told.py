"""Help, plans and teams that everyone may read; feedback; the user group; who supports a company."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    _entries()
    _feedback()
    _user_group()
    op.create_table(
        "support_manager",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        _points("support_manager", "organisation_id", "organisation"),
        _points("support_manager", "person_id", "person"),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_support_manager")),
    )
    op.create_index(op.f("ix_support_manager_person_id"), "support_manager", ["person_id"])


def _entries() -> None:
    op.create_table(
        "public_entry",
        *_record("public_entry"),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", _TEXT(length=20), nullable=False),
        sa.Column("title", _TEXT(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("topics", _TEXT(length=200), nullable=False),
        sa.Column("audience", _TEXT(length=20), nullable=False),
        sa.Column("stage", _TEXT(length=20), nullable=False),
        sa.Column("quarter", _TEXT(length=7), nullable=False),
        sa.Column("mailbox", _TEXT(length=80), nullable=False),
        sa.Column("hours", _TEXT(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("published_at", _MOMENT(), nullable=True),
        _points("public_entry", "written_by", "person"),
        sa.UniqueConstraint("public_id", "version", name=op.f("uq_public_entry_public_id_version")),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        *_record("feedback"),
        sa.Column("reference", _TEXT(length=20), nullable=False),
        sa.Column("area", _TEXT(length=20), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", _TEXT(length=2000), nullable=False),
        sa.Column("email", _TEXT(length=80), nullable=False),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("note", _TEXT(length=500), nullable=False),
        sa.Column("dealt_with_at", _MOMENT(), nullable=True),
        sa.Column("dealt_with_by", sa.Integer(), nullable=True),
        _points("feedback", "dealt_with_by", "person"),
        sa.UniqueConstraint("reference", name=op.f("uq_feedback_reference")),
    )
    op.create_index(op.f("ix_feedback_status"), "feedback", ["status"])


def _user_group() -> None:
    op.create_table(
        "user_group_member",
        *_record("user_group_member"),
        sa.Column("email", _TEXT(length=80), nullable=False),
        sa.Column("name", _TEXT(length=60), nullable=False),
        sa.Column("organisation", _TEXT(length=160), nullable=False),
        sa.Column("interests", _TEXT(length=80), nullable=False),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("secret_hash", _TEXT(length=64), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.Column("mailed_at", _MOMENT(), nullable=False),
        sa.Column("confirmed_at", _MOMENT(), nullable=True),
        sa.UniqueConstraint("email", name=op.f("uq_user_group_member_email")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_user_group_member_secret_hash")),
    )
    op.create_index(op.f("ix_user_group_member_status"), "user_group_member", ["status"])


def _record(table: str) -> tuple[sa.Column | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _points(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"))


def downgrade() -> None:
    for table in ("support_manager", "user_group_member", "feedback", "public_entry"):
        op.drop_table(table)
