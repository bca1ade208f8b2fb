"""The index is kept in less room: by cells in the order in which they came, and with the keys of services as they are in cells.

What was posted before is dropped; the index is made anew from the services that are stored, see `store/match_index.py`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("match_cell", "match_spot", "match_area"):
        op.drop_table(name)
    op.execute("DELETE FROM match_posting")
    op.execute("DELETE FROM match_rules")
    op.execute("DELETE FROM match_region")
    op.execute("DELETE FROM match_word")
    op.execute("UPDATE match_index SET reading = 0")
    op.create_table(
        "match_cell",
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tile", sa.Integer(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.Column("suits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cell", name=op.f("pk_match_cell")),
    )
    op.create_table(
        "match_spot",
        sa.Column("tile", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("portion", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("whose", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tile", "portion", name=op.f("pk_match_spot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_area",
        sa.Column("service", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_match_area")),
        sqlite_with_rowid=False,
    )
