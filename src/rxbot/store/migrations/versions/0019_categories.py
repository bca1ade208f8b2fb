"""What a publisher lists as its categories is kept, also those that no service has, and what each stands below."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_category",
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("vocabulary", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "id", name=op.f("pk_directory_category")),
    )
    op.create_index(op.f("ix_directory_category_id"), "directory_category", ["id"])
    op.create_index(op.f("ix_directory_category_parent"), "directory_category", ["parent"])
