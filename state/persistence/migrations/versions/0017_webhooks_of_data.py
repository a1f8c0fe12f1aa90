"""Which public datasets an address is told of."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("webhook_endpoint") as table:
        table.add_column(
            sa.Column("datasets", sa.String(length=4000), nullable=False, server_default="")
        )
    with op.batch_alter_table("webhook_endpoint") as table:
        table.alter_column("datasets", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("webhook_endpoint") as table:
        table.drop_column("datasets")
