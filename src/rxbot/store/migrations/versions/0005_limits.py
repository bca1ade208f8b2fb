"""Whose turn it is to leave, and chats that rest because Telegram asked for it."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_pause")),
    )
    op.add_column("outbox", sa.Column("turn", sa.Integer(), nullable=False, server_default="3"))
    op.execute("UPDATE outbox SET turn = urgency")
    still_open = sa.text("done_at IS NULL")
    op.create_index("ix_outbox_turn", "outbox", ["turn", "id"], sqlite_where=still_open, postgresql_where=still_open)
