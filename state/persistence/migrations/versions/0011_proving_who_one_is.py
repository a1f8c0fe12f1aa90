"""Private individuals who wish to join; proofs of who a company or a person is."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("expression_of_interest") as table:
        table.add_column(
            sa.Column("applicant", _TEXT(length=20), nullable=False, server_default="organisation")
        )
        table.add_column(sa.Column("born_on", sa.Date(), nullable=True))
    with op.batch_alter_table("expression_of_interest") as table:
        table.alter_column("applicant", server_default=None)
    _declarations()
    _register_checks()
    _identity_checks()
    _identifiers()


def _declarations() -> None:
    name = "director_declaration"
    op.create_table(
        name,
        *_record(name),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("director_name", _TEXT(length=60), nullable=False),
        sa.Column("director_email", _TEXT(length=80), nullable=False),
        sa.Column("director_role", _TEXT(length=20), nullable=False),
        sa.Column("declared", _TEXT(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("secret_hash", _TEXT(length=64), nullable=True),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("signed_name", _TEXT(length=60), nullable=False),
        sa.Column("answered_at", _MOMENT(), nullable=True),
        sa.Column("comment", _TEXT(length=500), nullable=False),
        _points(name, "organisation_id", "organisation"),
        _points(name, "invitation_id", "invitation"),
        _points(name, "asked_by", "person"),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
        sa.UniqueConstraint("secret_hash", name=op.f(f"uq_{name}_secret_hash")),
    )
    _indexes(name, "organisation_id", "invitation_id", "status")


def _register_checks() -> None:
    name = "register_check"
    op.create_table(
        name,
        *_record(name),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("company_number", _TEXT(length=20), nullable=False),
        sa.Column("born_month", sa.Integer(), nullable=True),
        sa.Column("born_year", sa.Integer(), nullable=True),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("code", _TEXT(length=40), nullable=False),
        sa.Column("score_percent", sa.Integer(), nullable=True),
        sa.Column("source", _TEXT(length=60), nullable=False),
        sa.Column("answer_digest", _TEXT(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _MOMENT(), nullable=True),
        sa.Column("checked_at", _MOMENT(), nullable=True),
        _points(name, "organisation_id", "organisation"),
        _points(name, "declaration_id", "director_declaration"),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
    )
    _indexes(name, "organisation_id", "declaration_id", "status", "next_try_at")


def _identity_checks() -> None:
    name = "identity_check"
    op.create_table(
        name,
        *_record(name),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", _TEXT(length=64), nullable=True),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("code", _TEXT(length=40), nullable=False),
        sa.Column("provider", _TEXT(length=60), nullable=False),
        sa.Column("provider_reference", _TEXT(length=100), nullable=False),
        sa.Column("assurance_level", _TEXT(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.Column("checked_at", _MOMENT(), nullable=True),
        sa.Column("verified_until", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", _TEXT(length=500), nullable=False),
        _points(name, "interest_id", "expression_of_interest"),
        _points(name, "asked_by", "person"),
        _points(name, "decided_by", "person"),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
        sa.UniqueConstraint("secret_hash", name=op.f(f"uq_{name}_secret_hash")),
    )
    _indexes(name, "interest_id", "status")


def _identifiers() -> None:
    name = "organisation_identifier"
    op.create_table(
        name,
        *_record(name),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("scheme", _TEXT(length=20), nullable=False),
        sa.Column("value", _TEXT(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _points(name, "organisation_id", "organisation"),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
    )
    _indexes(name, "organisation_id")
    op.create_index(
        f"ix_{name}_in_use",
        name,
        ["scheme", "value"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


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


def _indexes(table: str, *names: str) -> None:
    for name in names:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    for name in (
        "organisation_identifier",
        "identity_check",
        "register_check",
        "director_declaration",
    ):
        op.drop_table(name)
    with op.batch_alter_table("expression_of_interest") as table:
        for name in ("applicant", "born_on"):
            table.drop_column(name)
