"""Changes and their signatures; addresses and bank accounts; contacts with purposes and dates."""

import re
from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_COMPANY_TEXTS = {"website": 200, "vat_status": 20, "vat_number": 20, "lei": 20, "eic": 16}
_PURPOSES = {
    "credit default": "credit_default_24h",
    "credit": "credit_default_24h",
    "payment default": "payment_default",
    "finance": "billing",
    "metering": "technical",
    "notices": "notices",
}
_LINE = 40
_LINES = 5


def _record() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
    )


def _organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisation.id"],
        name=op.f(f"fk_{table}_organisation_id_organisation"),
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")
    )


def upgrade() -> None:
    _changes()
    _addresses()
    _bank_accounts()
    _company_details()
    _contacts()


def _changes() -> None:
    op.create_table(
        "change",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", _TEXT(length=20), nullable=False),
        sa.Column("action", _TEXT(length=10), nullable=False),
        sa.Column("subject", _TEXT(length=40), nullable=False),
        sa.Column("title", _TEXT(length=160), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("before", _TEXT(), nullable=False),
        sa.Column("after", _TEXT(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", _TEXT(length=500), nullable=False),
        sa.Column("status", _TEXT(length=20), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_through", _TEXT(length=60), nullable=False),
        sa.Column("flags", _TEXT(length=400), nullable=False),
        sa.Column("submitted_at", _MOMENT(), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("cools_until", sa.Date(), nullable=True),
        sa.Column("ended_at", _MOMENT(), nullable=True),
        sa.Column("answer", _TEXT(length=500), nullable=False),
        _organisation("change"),
        _person("change", "made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_change_public_id")),
    )
    for column in ("organisation_id", "kind", "subject", "status", "made_by"):
        op.create_index(op.f(f"ix_change_{column}"), "change", [column])
    op.create_table(
        "change_decision",
        *_record(),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("change_version", sa.Integer(), nullable=False),
        sa.Column("slot", _TEXT(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("self_approved", sa.Boolean(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("method", _TEXT(length=20), nullable=False),
        sa.Column("comment", _TEXT(length=500), nullable=False),
        sa.Column("decided_at", _MOMENT(), nullable=False),
        sa.CheckConstraint(
            "slot IN ('withdraw', 'stop') OR person_id <> made_by OR self_approved",
            name=op.f("ck_change_decision_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_decision_change_id_change")
        ),
        _person("change_decision", "person_id"),
        _person("change_decision", "made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_decision")),
        sa.UniqueConstraint(
            "change_id",
            "change_version",
            "slot",
            "person_id",
            name=op.f("uq_change_decision_change_id_change_version_slot_person_id"),
        ),
    )
    for column in ("change_id", "person_id"):
        op.create_index(op.f(f"ix_change_decision_{column}"), "change_decision", [column])


def _addresses() -> None:
    table = op.create_table(
        "address",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("purpose", _TEXT(length=30), nullable=False),
        *(
            sa.Column(f"line_{number}", _TEXT(length=_LINE), nullable=False)
            for number in range(1, _LINES + 1)
        ),
        sa.Column("postcode", _TEXT(length=10), nullable=False),
        sa.Column("country", _TEXT(length=2), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _organisation("address"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("public_id", name=op.f("uq_address_public_id")),
    )
    op.create_index(op.f("ix_address_organisation_id"), "address", ["organisation_id"])
    companies = sa.table(
        "organisation",
        *(
            sa.column(name)
            for name in ("id", "public_id", "address", "postcode", "country", "created_at")
        ),
    )
    rows = op.get_bind().execute(sa.select(companies)).mappings().all()
    made = [
        {
            "created_at": _moment(row["created_at"]),
            "updated_at": _moment(row["created_at"]),
            "row_version": 1,
            "public_id": f"registered-{row['public_id']}"[:40],
            "organisation_id": row["id"],
            "purpose": "registered",
            **_lines(row["address"]),
            "postcode": row["postcode"],
            "country": _COUNTRIES.get(row["country"], "GB"),
            "since": _moment(row["created_at"]).date(),
        }
        for row in rows
    ]
    if made:
        op.bulk_insert(table, made)


_COUNTRIES = {
    "United Kingdom": "GB", "Germany": "DE", "Netherlands": "NL", "Denmark": "DK",
    "France": "FR", "Ireland": "IE", "Belgium": "BE", "Norway": "NO",
}  # fmt: skip


def _moment(value: str | datetime) -> datetime:
    """A moment as the column gives it: text on SQLite, where no type was asked for."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _lines(address: str) -> dict[str, str]:
    parts = [part.strip()[:_LINE] for part in re.split(r",\s*", address) if part.strip()]
    parts = (parts + [""] * _LINES)[:_LINES]
    return {f"line_{number}": part for number, part in enumerate(parts, 1)}


def _bank_accounts() -> None:
    op.create_table(
        "bank_account",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("purpose", _TEXT(length=20), nullable=False),
        sa.Column("country", _TEXT(length=2), nullable=False),
        sa.Column("account_name", _TEXT(length=400), nullable=False),
        sa.Column("sort_code", _TEXT(length=400), nullable=False),
        sa.Column("account_number", _TEXT(length=400), nullable=False),
        sa.Column("iban", _TEXT(length=400), nullable=False),
        sa.Column("bic", _TEXT(length=11), nullable=False),
        sa.Column("roll_number", _TEXT(length=400), nullable=False),
        sa.Column("ending", _TEXT(length=4), nullable=False),
        sa.Column("account_index", _TEXT(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _organisation("bank_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_account_public_id")),
    )
    for column in ("organisation_id", "account_index"):
        op.create_index(op.f(f"ix_bank_account_{column}"), "bank_account", [column])
    op.create_index(
        "ix_bank_account_in_use",
        "bank_account",
        ["organisation_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _company_details() -> None:
    with op.batch_alter_table("organisation") as table:
        for name, length in _COMPANY_TEXTS.items():
            table.add_column(
                sa.Column(name, _TEXT(length=length), nullable=False, server_default="")
            )
        table.add_column(
            sa.Column(
                "self_approves_low_risk", sa.Boolean(), nullable=False, server_default=sa.true()
            )
        )
        table.drop_column("address")
        table.drop_column("postcode")
    with op.batch_alter_table("organisation") as table:
        for name, length in _COMPANY_TEXTS.items():
            table.alter_column(
                name,
                existing_type=_TEXT(length=length),
                existing_nullable=False,
                server_default=None,
            )
        table.alter_column(
            "self_approves_low_risk",
            existing_type=sa.Boolean(),
            existing_nullable=False,
            server_default=None,
        )


def _contacts() -> None:
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("purposes", _TEXT(length=200), nullable=True))
        table.add_column(sa.Column("mobile", _TEXT(length=20), nullable=True))
        table.add_column(sa.Column("out_of_hours", _TEXT(length=3), nullable=True))
        table.add_column(sa.Column("since", sa.Date(), nullable=True))
        table.add_column(sa.Column("until", sa.Date(), nullable=True))
        table.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))
    cases = " ".join(
        f"WHEN lower(purpose) = '{words}' THEN '{key}'" for words, key in _PURPOSES.items()
    )
    op.execute(
        f"UPDATE contact SET purposes = CASE {cases} ELSE 'general' END, mobile = '', "  # noqa: S608
        "out_of_hours = 'no', since = date(created_at), reviewed_on = date(updated_at)"
    )
    with op.batch_alter_table("contact") as table:
        table.drop_column("purpose")
        for name, kind in (
            ("purposes", _TEXT(length=200)),
            ("mobile", _TEXT(length=20)),
            ("out_of_hours", _TEXT(length=3)),
            ("since", sa.Date()),
            ("reviewed_on", sa.Date()),
        ):
            table.alter_column(name, existing_type=kind, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("purpose", _TEXT(length=40), nullable=True))
    op.execute("UPDATE contact SET purpose = substr(purposes, 1, 40)")
    with op.batch_alter_table("contact") as table:
        table.alter_column("purpose", existing_type=_TEXT(length=40), nullable=False)
        for name in ("purposes", "mobile", "out_of_hours", "since", "until", "reviewed_on"):
            table.drop_column(name)
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("address", _TEXT(length=400), nullable=True))
        table.add_column(sa.Column("postcode", _TEXT(length=10), nullable=True))
    op.execute(
        "UPDATE organisation SET "
        "address = coalesce((SELECT line_1 || ', ' || line_2 FROM address WHERE purpose = "
        "'registered' AND until IS NULL AND organisation_id = organisation.id), ''), "
        "postcode = coalesce((SELECT postcode FROM address WHERE purpose = 'registered' "
        "AND until IS NULL AND organisation_id = organisation.id), '')"
    )
    with op.batch_alter_table("organisation") as table:
        table.alter_column("address", existing_type=_TEXT(length=400), nullable=False)
        table.alter_column("postcode", existing_type=_TEXT(length=10), nullable=False)
        for name in (*_COMPANY_TEXTS, "self_approves_low_risk"):
            table.drop_column(name)
    for name in ("bank_account", "address", "change_decision", "change"):
        op.drop_table(name)
