"""What the operator asks companies for, and what they answer."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    _create(
        "information_request",
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=2_000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT(), nullable=False),
        sa.Column("answered_at", _MOMENT(), nullable=True),
        _key_of("information_request", "asked_by", "person"),
        _key_of("information_request", "organisation_id", "organisation"),
        sa.UniqueConstraint("reference", name=op.f("uq_information_request_reference")),
    )
    _index("information_request", "organisation_id")
    _index("information_request", "status")
    _create(
        "information_step",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("said", sa.String(length=4_000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("through", sa.String(length=80), nullable=False),
        _key_of("information_step", "person_id", "person"),
        _key_of("information_step", "request_id", "information_request"),
    )
    _index("information_step", "request_id")
    _create(
        "information_file",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", _MOMENT(), nullable=True),
        _key_of("information_file", "request_id", "information_request"),
        _key_of("information_file", "uploaded_by", "person"),
        sa.UniqueConstraint("public_id", name=op.f("uq_information_file_public_id")),
    )
    _index("information_file", "request_id")


def downgrade() -> None:
    op.drop_table("information_file")
    op.drop_table("information_step")
    op.drop_table("information_request")


def _create(table: str, *own: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        *own,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key_of(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
