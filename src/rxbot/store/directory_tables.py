"""The tables of the directory: services as published, what they are found by, and the places they tell of; and what providers
and workers say of them.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from rxbot.store.tables import Moment, Number, metadata, only

directory_service = Table(
    "directory_service",
    metadata,
    Column("key", String, primary_key=True),
    Column("publisher", String, nullable=False),
    Column("original_id", String, nullable=False),
    Column("page", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("retired_at", Moment),
    # What its provider's answers have come to. An import leaves these alone.
    Column("assured_on", Date),
    Column("amendment", JSON(none_as_null=True)),
    Column("closed_at", Moment),
    # Since when it is not found, because people say that something is wrong with it.
    Column("suspended_at", Moment),
    UniqueConstraint("publisher", "original_id"),
    Index("ix_directory_service_suspended", "key", **only("suspended_at IS NOT NULL")),
    Index("ix_directory_service_retired", "retired_at", **only("retired_at IS NOT NULL")),
    Index("ix_directory_service_closed", "closed_at", **only("closed_at IS NOT NULL")),
)

match_word = Table(
    "match_word",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("services", Integer, nullable=False),
)
"""Every key that services are found by (see `store/match_words.py`), and how many have it; the empty key is had by all."""

match_index = Table(
    "match_index",
    metadata,
    Column("reading", Integer, primary_key=True, autoincrement=False),
    Column("vocabulary", Text, nullable=False, server_default="[]"),
)
"""How records were read when the index was made: a release that reads them otherwise makes it anew.

`vocabulary` are the needs, as JSON, that each service's fit is posted for.
"""

match_cell = Table(
    "match_cell",
    metadata,
    Column("cell", Integer, primary_key=True, autoincrement=False),
    Column("tile", Integer, nullable=False),
    Column("places", LargeBinary, nullable=False),
    Column("suits", LargeBinary, nullable=False),
)
"""What is in a cell of the map: where each spot is, and what tells at once how well it can suit: see `store/cells.py`.

`tile` is its number in the order in which cells came to hold something: all else is kept by it.
"""

match_spot = Table(
    "match_spot",
    metadata,
    Column("tile", Integer, primary_key=True, autoincrement=False),
    Column("portion", Integer, primary_key=True, autoincrement=False),
    Column("whose", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Whose the spots of a cell are, so many slots at a time: services, each at one of its places, or none, and their rules."""

match_rules = Table(
    "match_rules",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("rules", Text, nullable=False),
    Column("spots", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What the rules read in records, each different text once, numbered by what it says, and how many spots have it."""

match_area = Table(
    "match_area",
    metadata,
    Column("service", LargeBinary, primary_key=True),
    Column("cells", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The cells off the map of a service that is found by its area, not by a place: they depend on its publisher's others.

Both are written as short as they can be, see `store/cells.py`: one service in six has such cells.
"""

match_region = Table(
    "match_region",
    metadata,
    Column("publisher", String, primary_key=True),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("far_km", Integer, nullable=False),
    Column("languages", String, nullable=False, server_default=""),
    Column("towns", String, nullable=False, server_default=""),
)
"""About where each publisher's services are, and what else they say together: see `directory/region.py`."""

match_posting = Table(
    "match_posting",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("spots", LargeBinary, nullable=False),
)
"""Which spots of a cell have a key, and how much their record speaks of it, in hundredths: see `store/postings.py`.

`id` is the tile and the number of the key as one number: what is near each other is written, and looked for, together.
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

published_service = Table(
    "published_service",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("publisher", String, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("id", String, nullable=False, unique=True),
    Column("organization", String, nullable=False, index=True),
    Column("changed_at", Moment, nullable=False),
    Column("organization_says", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("organization_words", Text, nullable=False),
    Index("ix_published_service_by_id", "publisher", "stands", "id", "service", "changed_at"),
    Index("ix_published_service_by_organization", "publisher", "stands", "organization", "id", "service"),
)
"""What others may ask for at /hsds: each service under the UUIDs it goes by there, and the words it is found by.

It stands unless it is closed or suspended; the indices hold all that a list is counted and ordered by.
"""

published_place = Table(
    "published_place",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("location", String, nullable=False, index=True),
    Column("location_says", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Index("ix_published_place_spot", "lat", "lon"),
)
"""Each place of such a service."""

published_term = Table(
    "published_term",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("term", String, primary_key=True, index=True),
)

published_category = Table(
    "published_category",
    metadata,
    Column("id", String, primary_key=True),
    Column("taxonomy", String, nullable=False, index=True),
    Column("vocabulary", String, nullable=False),
    Column("code", String, nullable=False),
    Column("name", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("vocabulary_words", Text, nullable=False),
)
"""Every category that a service has or has had, or that a publisher lists, whoever uses it."""

# What a publisher lists as its categories, also those that no service has. `parent` is the category it stands below, if any.
directory_category = Table(
    "directory_category",
    metadata,
    Column("publisher", String, primary_key=True),
    Column("id", String, primary_key=True, index=True),
    Column("parent", String, nullable=False, index=True),
    Column("vocabulary", String, nullable=False),
    Column("code", String, nullable=False),
    Column("name", String, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# What somebody who knows a service says of it. `settled_at` is empty while a coordinator has to look at it.
service_check = Table(
    "service_check",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("service", ForeignKey("directory_service.key"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by_name", String, nullable=False),
    Column("by_role", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("phone", String, nullable=False),
    Column("opening", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String, nullable=False, default=""),
    Column("decision", String, nullable=False, default=""),
    Index("ix_service_check_waiting", "number", **only("settled_at IS NULL")),
    sqlite_autoincrement=True,
)

# Whether there is room, each time somebody told it.
service_capacity = Table(
    "service_capacity",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("service", ForeignKey("directory_service.key"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by_name", String, nullable=False),
    Column("code", String, nullable=False),
    Column("weeks", Integer),
    sqlite_autoincrement=True,
)

# What came of it when people were sent there, counted by service alone.
service_outcome = Table(
    "service_outcome",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("came", String, primary_key=True),
    Column("count", Integer, nullable=False),
)

# Whether a provider agrees that people are referred, each time they said so.
service_agreement = Table(
    "service_agreement",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("service", ForeignKey("directory_service.key"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by_name", String, nullable=False),
    Column("by_role", String, nullable=False),
    Column("agreed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

# What was made sure of about a service before people are referred to it, as it was last found.
service_standard = Table(
    "service_standard",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("standard", String, primary_key=True),
    Column("met", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_name", String, nullable=False),
)

# What somebody who was sent to a service says is wrong with it, each person once.
directory_report = Table(
    "directory_report",
    metadata,
    Column("service", ForeignKey("directory_service.key"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True, index=True),
    Column("episode_id", ForeignKey("episode.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("reported_at", Moment, nullable=False),
)

# The page of a provider, kept by the hash of the token in its address, and the language its letter was in.
provider_link = Table(
    "provider_link",
    metadata,
    Column("hash", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("services", JSON, nullable=False),
    Column("language", String, nullable=False, server_default=""),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Each letter to a provider. `error` is what the mail server, or later the post, said against the address.
provider_letter = Table(
    "provider_letter",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("address", String, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("error", String, nullable=False, default=""),
    sqlite_autoincrement=True,
)

# The language a provider chose on its page: the next letter is in it, and every page opens in it.
provider_language = Table(
    "provider_language",
    metadata,
    Column("address", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("at", Moment, nullable=False),
)

# Who asked not to be written to again.
provider_silence = Table(
    "provider_silence",
    metadata,
    Column("address", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
