"""What people say is wrong with a service; enough of them suspend it."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("directory_service", sa.Column("suspended_at", Moment()))
    suspended = sa.text("suspended_at IS NOT NULL")
    op.create_index(
        "ix_directory_service_suspended", "directory_service", ["key"], sqlite_where=suspended, postgresql_where=suspended
    )
    op.create_table(
        "directory_report",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("episode_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reported_at", Moment(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.{key}"], name=op.f(f"fk_directory_report_{column}_{table}"))
            for column, table, key in (
                ("service", "directory_service", "key"),
                ("person_id", "person", "id"),
                ("episode_id", "episode", "id"),
            )
        ),
        sa.PrimaryKeyConstraint("service", "person_id", name=op.f("pk_directory_report")),
    )
    for column in ("person_id", "episode_id"):
        op.create_index(op.f(f"ix_directory_report_{column}"), "directory_report", [column])
