"""Who is signed in to a clinic's pages; wrong tries of every kind, not of short codes alone; the audit by who did it."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0007"
down_revision = "0006"
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
    op.drop_table("wrong_code")  # counts of a day
    op.create_table(
        "wrong_try",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_wrong_try")),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"])
