"""Who is signed in to a clinic's pages, so that a session can be ended."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clinic_session",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("clinic", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_clinic_session")),
    )
    op.create_index(op.f("ix_clinic_session_clinic"), "clinic_session", ["clinic"])
