"""The index is kept in columns, in larger cells of the map, and rules once however many records say the same.

What was posted before is dropped; the index is made anew from the services that are stored, see `store/match_index.py`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("match_posting", "match_cell", "match_spot"):
        op.drop_table(name)
    op.execute("DELETE FROM match_word")
    op.create_table(
        "match_cell",
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.Column("suits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cell", name=op.f("pk_match_cell")),
    )
    op.create_table(
        "match_spot",
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("portion", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("whose", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cell", "portion", name=op.f("pk_match_spot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_rules",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("spots", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_rules")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_area",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("cells", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_match_area")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "match_region",
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("far_km", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", name=op.f("pk_match_region")),
    )
    op.create_table(
        "match_posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("spots", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_posting")),
    )
