"""The index keeps more of what tells at once how well a service can suit somebody, and places and postings in less room.

It is made anew when the store is opened.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE match_index SET reading = 0")
