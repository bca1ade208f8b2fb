"""Messages back to the clinics, and the short codes of invitations."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clinic_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("episode_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("clinic", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_clinic_message_episode_id_episode")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clinic_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_message")),
    )
    with op.batch_alter_table("clinic_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinic_message_episode_id"), ["episode_id"], unique=False)
        batch_op.create_index(
            "ix_clinic_message_unread",
            ["clinic"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )

    op.create_table(
        "wrong_code",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_wrong_code")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code_hash", sa.String(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_invitation_code_hash"), ["code_hash"])
