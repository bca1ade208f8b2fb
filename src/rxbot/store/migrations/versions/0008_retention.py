"""What is kept how long is found by its age; ledger and audit can only be added to.

An audit may lose what is more than a year older than its newest row: that is how it is let go of when its time is over.
A later migration that makes one of these two tables anew (`batch_alter_table`) has to make its triggers anew as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

YOUNGEST = "SELECT at FROM audit ORDER BY id DESC LIMIT 1"
SQLITE = (
    "CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger can only be added to'); END",
    "CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger can only be added to'); END",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END",
    f"CREATE TRIGGER audit_stays BEFORE DELETE ON audit WHEN OLD.at > datetime(({YOUNGEST}), '-365 days') "
    "BEGIN SELECT RAISE(ABORT, 'the audit can only be added to'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the % can only be added to', TG_TABLE_NAME; END $$",
    "CREATE FUNCTION kept_a_year() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF OLD.at > ({YOUNGEST}) - interval '365 days' THEN RAISE EXCEPTION 'the audit can only be added to'; END IF; "
    "RETURN OLD; END $$",
    "CREATE TRIGGER ledger_keeps BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER ledger_stays BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER audit_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()",
    "CREATE TRIGGER audit_stays BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION kept_a_year()",
)


def upgrade() -> None:
    for name, table, column, where in (
        ("ix_handoff_topic", "handoff", "opened_at", "thread IS NOT NULL"),
        ("ix_clinic_message_read", "clinic_message", "acknowledged_at", "length(sealed) > 0"),
        ("ix_invitation_unopened", "invitation", "expires_at", "opened_at IS NULL AND sealed IS NOT NULL"),
    ):
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_episode_opened_at", "episode", ["opened_at"])
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[op.get_bind().dialect.name]:
        op.execute(statement)
