"""Private individuals who wish to join; proofs of who a company or a person is."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXT = sa.String


def upgrade() -> None:
    with op.batch_alter_table("expression_of_interest") as table:
        table.add_column(
            sa.Column("applicant", _TEXT(length=20), nullable=False, server_default="organisation")
        )
        table.add_column(sa.Column("born_on", sa.Date(), nullable=True))
    with op.batch_alter_table("expression_of_interest") as table:
        table.alter_column("applicant", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("expression_of_interest") as table:
        for name in ("applicant", "born_on"):
            table.drop_column(name)
