"""Dated reference values, yearly confirmations, verification phrases, copies of a company's data."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "reference_value",
        *_record("reference_value"),
        sa.Column("kind", _TEXT(length=20), nullable=False),
        sa.Column("key", _TEXT(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", _TEXT(length=200), nullable=False),
        sa.Column("unit", _TEXT(length=60), nullable=False),
        sa.Column("source", _TEXT(length=200), nullable=False),
        sa.Column("change_public_id", _TEXT(length=40), nullable=False),
        sa.UniqueConstraint("kind", "key", "since", name=op.f("uq_reference_value_kind_key_since")),
    )
    op.create_table(
        "signatory_confirmation",
        *_record("signatory_confirmation"),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        _points("signatory_confirmation", "organisation_id", "organisation"),
        _points("signatory_confirmation", "confirmed_by", "person"),
        sa.UniqueConstraint("public_id", name=op.f("uq_signatory_confirmation_public_id")),
    )
    _index("signatory_confirmation", "organisation_id")
    op.create_table(
        "verification_phrase",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("salt", _TEXT(length=32), nullable=False),
        sa.Column("hash", _TEXT(length=128), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_since", _MOMENT(), nullable=True),
        _points("verification_phrase", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_verification_phrase")),
    )
    _data_export()


def _data_export() -> None:
    op.create_table(
        "data_export",
        *_record("data_export"),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=True),
        sa.Column("expires_at", _MOMENT(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("row_counts", sa.Text(), nullable=False),
        _points("data_export", "organisation_id", "organisation"),
        _points("data_export", "asked_by", "person"),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_export_public_id")),
    )
    for name in ("organisation_id", "asked_by", "status"):
        _index("data_export", name)


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


def _index(table: str, name: str) -> None:
    op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    for table in (
        "data_export",
        "verification_phrase",
        "signatory_confirmation",
        "reference_value",
    ):
        op.drop_table(table)
