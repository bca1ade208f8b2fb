"""What others may ask for at /hsds is looked up in tables. They are filled with the index of services, which is made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("retired", "closed"):
        where = sa.text(f"{name}_at IS NOT NULL")
        op.create_index(
            f"ix_directory_service_{name}", "directory_service", [f"{name}_at"], sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "published_service",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_says", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("organization_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service"], ["directory_service.key"], name=op.f("fk_published_service_service_directory_service")
        ),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_published_service")),
        sa.UniqueConstraint("id", name=op.f("uq_published_service_id")),
    )
    op.create_index(op.f("ix_published_service_organization"), "published_service", ["organization"])
    by = ["publisher", "stands"]
    op.create_index("ix_published_service_by_id", "published_service", [*by, "id", "service", "changed_at"])
    op.create_index("ix_published_service_by_organization", "published_service", [*by, "organization", "id", "service"])
    op.create_table(
        "published_place",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("location_says", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service"], ["directory_service.key"], name=op.f("fk_published_place_service_directory_service")
        ),
        sa.PrimaryKeyConstraint("service", "number", name=op.f("pk_published_place")),
        sa.UniqueConstraint("id", name=op.f("uq_published_place_id")),
    )
    op.create_index(op.f("ix_published_place_location"), "published_place", ["location"])
    op.create_index("ix_published_place_spot", "published_place", ["lat", "lon"])
    op.create_table(
        "published_term",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_service.key"], name=op.f("fk_published_term_service_directory_service")),
        sa.PrimaryKeyConstraint("service", "term", name=op.f("pk_published_term")),
    )
    op.create_index(op.f("ix_published_term_term"), "published_term", ["term"])
    op.create_table(
        "published_category",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("taxonomy", sa.String(), nullable=False),
        sa.Column("vocabulary", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("vocabulary_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_category")),
    )
    op.create_index(op.f("ix_published_category_taxonomy"), "published_category", ["taxonomy"])
