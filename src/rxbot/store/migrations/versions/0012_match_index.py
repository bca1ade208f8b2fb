"""Services are found by an index of words and cells that knows how telling a word is, and what the rules read.

What was posted before is dropped; the index is made anew from the services that are stored, see `store/match_index.py`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("match_posting")
    op.create_table(
        "match_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_word")),
        sa.UniqueConstraint("key", name=op.f("uq_match_word_key")),
    )
    op.create_table(
        "match_index",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_match_index")),
    )
    op.create_table(
        "match_spot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("spot", sa.Integer(), nullable=False),
        sa.Column("cells", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("ease", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_service.key"], name=op.f("fk_match_spot_service_directory_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_spot")),
    )
    op.create_index(op.f("ix_match_spot_service"), "match_spot", ["service"])
    op.create_table(
        "match_posting",
        sa.Column("word", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spots", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("word", "cell", name=op.f("pk_match_posting")),
        sqlite_with_rowid=False,
    )
