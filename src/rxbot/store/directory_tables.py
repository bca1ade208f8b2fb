"""The tables of the directory: services as published, what they are found by, and the places they tell of."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from rxbot.store.tables import Moment, metadata

directory_service = Table(
    "directory_service",
    metadata,
    Column("key", String, primary_key=True),
    Column("publisher", String, nullable=False),
    Column("original_id", String, nullable=False),
    Column("page", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("retired_at", Moment),
    UniqueConstraint("publisher", "original_id"),
)

match_posting = Table(
    "match_posting",
    metadata,
    Column("term", String, primary_key=True),
    Column("cell_y", Integer, primary_key=True),
    Column("cell_x", Integer, primary_key=True),
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("spot", Integer, primary_key=True),
    Column("weight", Float, nullable=False),
    Index(None, "service"),
    sqlite_with_rowid=False,
)

directory_place = Table(
    "directory_place",
    metadata,
    Column("publisher", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("is_code", Boolean, primary_key=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Index(None, "name"),
)
