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

match_word = Table(
    "match_word",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("services", Integer, nullable=False),
)
"""Every key that services are found by (see `directory/index.py`), and how many have it; the empty key is had by all."""

match_index = Table(
    "match_index",
    metadata,
    Column("reading", Integer, primary_key=True, autoincrement=False),
)
"""How records were read when the index was made: a release that reads them otherwise makes it anew."""

match_spot = Table(
    "match_spot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service", ForeignKey("directory_service.key"), nullable=False, index=True),
    Column("spot", Integer, nullable=False),
    Column("cells", String, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("rules", Text, nullable=False),
)
"""A service at one of its places, or none, with what the rules read in it. `spot` numbers its locations."""

match_posting = Table(
    "match_posting",
    metadata,
    Column("word", Integer, primary_key=True, autoincrement=False),
    Column("cell", Integer, primary_key=True, autoincrement=False),
    Column("spot", Integer, primary_key=True, autoincrement=False),
    Column("weight", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Which spots in a cell have a key, and how much their record speaks of it, in thousandths.

The key of the table is what is looked for: a word and a place at once. A row is small, so nothing points elsewhere from it.
"""

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
