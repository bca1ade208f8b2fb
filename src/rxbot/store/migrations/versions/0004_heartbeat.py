"""When Telegram last heard of us."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("bot", name=op.f("pk_heartbeat")),
    )
