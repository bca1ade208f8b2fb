"""What the records of a publisher say together, beside where they are: the languages nearly all name, and towns."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("match_region", schema=None) as batch_op:
        batch_op.add_column(sa.Column("towns", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("languages", sa.String(), nullable=False, server_default=""))
