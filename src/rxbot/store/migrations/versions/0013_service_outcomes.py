"""What came of it when people were sent to a service is counted, by service alone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_outcome",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("came", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"], ["directory_service.key"], name=op.f("fk_service_outcome_service_directory_service")
        ),
        sa.PrimaryKeyConstraint("service", "came", name=op.f("pk_service_outcome")),
    )
