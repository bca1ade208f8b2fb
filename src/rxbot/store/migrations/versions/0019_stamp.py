"""A stamp of the match index, which is another with each change: what a search read under it is still so."""

from secrets import randbits

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Number

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_index", sa.Column("stamp", Number, server_default="0", nullable=False))
    op.execute(f"UPDATE match_index SET stamp = {randbits(63)}")  # nosec B608  # a number of ours
