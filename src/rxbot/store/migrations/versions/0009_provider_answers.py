"""What providers and workers say of the services: checks, room, agreement, minimum standards; and the letters that ask for it."""

import sqlalchemy as sa
from alembic import op

from rxbot.store.tables import Moment, Number

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("directory_service", sa.Column("assured_on", sa.Date()))
    op.add_column("directory_service", sa.Column("amendment", sa.JSON(none_as_null=True)))
    op.add_column("directory_service", sa.Column("closed_at", Moment()))
    said_of_a_service(
        "service_check",
        sa.Column("by_role", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("settled_at", Moment()),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
    )
    waiting = sa.text("settled_at IS NULL")
    op.create_index("ix_service_check_waiting", "service_check", ["number"], sqlite_where=waiting, postgresql_where=waiting)
    said_of_a_service("service_capacity", sa.Column("code", sa.String(), nullable=False), sa.Column("weeks", sa.Integer()))
    said_of_a_service(
        "service_agreement",
        sa.Column("by_role", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "service_standard",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        of_a_service("service_standard"),
        sa.PrimaryKeyConstraint("service", "standard", name=op.f("pk_service_standard")),
    )
    op.create_table(
        "provider_link",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_provider_link")),
    )
    op.create_table(
        "provider_letter",
        sa.Column("number", Number, autoincrement=True, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_provider_letter")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_provider_letter_address"), "provider_letter", ["address"])
    op.create_table(
        "provider_silence",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_provider_silence")),
    )


def said_of_a_service(name: str, *columns: sa.Column[object]) -> None:
    """Make a table of what somebody said of a service, and when."""
    op.create_table(
        name,
        sa.Column("number", Number, autoincrement=True, nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        *columns,
        of_a_service(name),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_service"), name, ["service"])


def of_a_service(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["service"], ["directory_service.key"], name=op.f(f"fk_{name}_service_directory_service"))
