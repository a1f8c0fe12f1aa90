"""Programs of the operator's own: they act for no company."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("api_client") as table:
        table.alter_column("organisation_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    of_operator = "SELECT id FROM api_client WHERE organisation_id IS NULL"
    for table in ("api_token", "api_answer"):
        op.execute(f"DELETE FROM {table} WHERE client_id IN ({of_operator})")  # noqa: S608
    op.execute("DELETE FROM api_client WHERE organisation_id IS NULL")
    with op.batch_alter_table("api_client") as table:
        table.alter_column("organisation_id", existing_type=sa.Integer(), nullable=False)
