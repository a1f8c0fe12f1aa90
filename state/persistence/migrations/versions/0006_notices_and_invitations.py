"""Notices and the mail that goes with them; invitations to act for a company."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    _notices()
    _invitations()


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("key", _TEXT(length=60), nullable=False),
        sa.Column("words", _TEXT(), nullable=False),
        sa.Column("link", _TEXT(length=300), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("read_at", _MOMENT(), nullable=True),
        sa.Column("dedupe_key", _TEXT(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_notice_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_notice_dedupe_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
    )
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"])
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("address", _TEXT(length=80), nullable=False),
        sa.Column("key", _TEXT(length=60), nullable=False),
        sa.Column("subject", _TEXT(length=200), nullable=False),
        sa.Column("body", _TEXT(), nullable=False),
        sa.Column("link", _TEXT(length=300), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("next_try_at", _MOMENT(), nullable=True),
        sa.Column("sent_at", _MOMENT(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failed_reason", _TEXT(length=200), nullable=False),
        sa.Column("dedupe_key", _TEXT(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["person.id"], name=op.f("fk_outbox_mail_to_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_mail_dedupe_key")),
    )
    op.create_index(op.f("ix_outbox_mail_next_try_at"), "outbox_mail", ["next_try_at"])
    op.create_index(op.f("ix_outbox_mail_to_person_id"), "outbox_mail", ["to_person_id"])
    op.create_table(
        "notice_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", _TEXT(length=30), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_preference_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_notice_preference")),
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", _TEXT(length=80), nullable=False),
        sa.Column("name", _TEXT(length=80), nullable=False),
        sa.Column("kind", _TEXT(length=20), nullable=False),
        sa.Column("categories", _TEXT(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("secret_hash", _TEXT(length=64), nullable=True),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("sent_count", sa.Integer(), nullable=False),
        sa.Column("reminder_count", sa.Integer(), nullable=False),
        sa.Column("sent_at", _MOMENT(), nullable=True),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.Column("batch", _TEXT(length=40), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", _MOMENT(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["person.id"], name=op.f(f"fk_invitation_{name}_person")
            )
            for name in ("invited_by", "approved_by", "accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_invitation_secret_hash")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"])
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"])


def downgrade() -> None:
    for table in ("invitation", "notice_preference", "outbox_mail", "notice"):
        op.drop_table(table)
