"""The index knows how well each service fits each need, and what is in a cell of the map. It is made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_index", sa.Column("vocabulary", sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "match_cell",
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spots", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cell", name=op.f("pk_match_cell")),
    )
    op.drop_column("match_spot", "ease")
