"""People apart from their identities, signatories by category, when a session signed in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.String
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def _record() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT(), nullable=False),
        sa.Column("updated_at", _MOMENT(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "external_identity",
        *_record(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", _TEXT(length=200), nullable=False),
        sa.Column("subject", _TEXT(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_external_identity_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_external_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_external_identity_person_id"), "external_identity", ["person_id"])
    op.execute(
        "INSERT INTO external_identity "
        "(created_at, updated_at, row_version, person_id, issuer, subject) "
        "SELECT created_at, updated_at, 1, id, issuer, subject FROM person"
    )
    op.create_table(
        "authorisation",
        *_record(),
        sa.Column("public_id", _TEXT(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("category", _TEXT(length=2), nullable=False),
        sa.Column("role_code", _TEXT(length=8), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_authorisation_membership_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_authorisation_public_id")),
    )
    op.create_index(op.f("ix_authorisation_membership_id"), "authorisation", ["membership_id"])
    op.execute(
        "INSERT INTO authorisation "
        "(created_at, updated_at, row_version, public_id, membership_id, category, since, until) "
        "SELECT created_at, updated_at, 1, 'authorisation-' || id, id, 'A', since, until "
        "FROM membership WHERE capacity = 'category_a'"
    )
    with op.batch_alter_table("person") as table:
        table.drop_constraint(op.f("uq_person_issuer_subject"), type_="unique")
        table.drop_column("issuer")
        table.drop_column("subject")
        table.add_column(sa.Column("phone", _TEXT(length=20), nullable=False, server_default=""))
        table.add_column(
            sa.Column("status", _TEXT(length=20), nullable=False, server_default="active")
        )
        table.create_index(op.f("ix_person_email"), ["email"])
    with op.batch_alter_table("membership") as table:
        table.alter_column("capacity", new_column_name="kind", existing_type=_TEXT(length=20))
        table.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.execute("UPDATE membership SET kind = 'signatory' WHERE kind = 'category_a'")
    with op.batch_alter_table("user_session") as table:
        table.add_column(sa.Column("factors", _TEXT(length=80), nullable=False, server_default=""))
        table.add_column(sa.Column("client", _TEXT(length=200), nullable=False, server_default=""))
        table.add_column(sa.Column("authenticated_at", _MOMENT(), nullable=True))
    op.execute("UPDATE user_session SET authenticated_at = began_at")
    with op.batch_alter_table("user_session") as table:
        table.alter_column("authenticated_at", existing_type=_MOMENT(), nullable=False)
        table.alter_column(
            "factors", existing_type=_TEXT(length=80), existing_nullable=False, server_default=None
        )
        table.alter_column(
            "client", existing_type=_TEXT(length=200), existing_nullable=False, server_default=None
        )
    with op.batch_alter_table("person") as table:
        for name in ("phone", "status"):
            table.alter_column(
                name, existing_type=_TEXT(length=20), existing_nullable=False, server_default=None
            )
    with op.batch_alter_table("organisation") as table:
        table.add_column(
            sa.Column("kind", _TEXT(length=20), nullable=False, server_default="company")
        )
    with op.batch_alter_table("organisation") as table:
        table.alter_column(
            "kind", existing_type=_TEXT(length=20), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    """A person keeps their first identity, a signatory who holds Category A stays one."""
    with op.batch_alter_table("organisation") as table:
        table.drop_column("kind")
    with op.batch_alter_table("user_session") as table:
        for name in ("factors", "client", "authenticated_at"):
            table.drop_column(name)
    op.execute(
        "UPDATE membership SET kind = 'category_a' WHERE id IN "
        "(SELECT membership_id FROM authorisation WHERE category = 'A')"
    )
    op.execute(
        "UPDATE membership SET kind = 'viewer' WHERE kind NOT IN ('category_a', 'assistant')"
    )
    with op.batch_alter_table("membership") as table:
        table.drop_column("confirmed_on")
        table.alter_column("kind", new_column_name="capacity", existing_type=_TEXT(length=20))
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("issuer", _TEXT(length=200), nullable=True))
        table.add_column(sa.Column("subject", _TEXT(length=255), nullable=True))
    op.execute(
        "UPDATE person SET issuer = (SELECT issuer FROM external_identity AS e "
        "WHERE e.id = (SELECT min(id) FROM external_identity WHERE person_id = person.id)), "
        "subject = (SELECT subject FROM external_identity AS e "
        "WHERE e.id = (SELECT min(id) FROM external_identity WHERE person_id = person.id))"
    )
    op.execute(
        "UPDATE person SET issuer = 'urn:kinnect:nobody', subject = public_id WHERE issuer IS NULL"
    )
    with op.batch_alter_table("person") as table:
        table.drop_index(op.f("ix_person_email"))
        table.drop_column("status")
        table.drop_column("phone")
        table.alter_column("issuer", existing_type=_TEXT(length=200), nullable=False)
        table.alter_column("subject", existing_type=_TEXT(length=255), nullable=False)
        table.create_unique_constraint(op.f("uq_person_issuer_subject"), ["issuer", "subject"])
    op.drop_table("authorisation")
    op.drop_table("external_identity")
