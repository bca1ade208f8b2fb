"""Some links begin an anonymous survey."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("survey", sa.Boolean(), nullable=False, server_default=sa.false()))
