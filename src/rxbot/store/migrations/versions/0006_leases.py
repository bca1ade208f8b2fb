"""How long a letter that is on its way belongs to whoever sends it."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("leased_until", Moment(), nullable=True))
