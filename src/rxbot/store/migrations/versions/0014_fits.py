"""The index knows how well each service fits each need."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_index", sa.Column("vocabulary", sa.Text(), server_default="[]", nullable=False))
