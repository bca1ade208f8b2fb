"""Messages passed on between person and worker, and where a handoff's brief stands."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment, Number

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relay",
        sa.Column("id", Number, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relay_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
    )
    with op.batch_alter_table("relay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relay_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relay_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_relay_copy"), ["copy"], unique=False)
    with op.batch_alter_table("handoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brief", sa.String(), nullable=True))
