"""Every table of the data store. Columns hold ids, codes and times; a person's words are only ever in a `sealed` column."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


Number = BigInteger().with_variant(Integer(), "sqlite")  # which counts by itself only what is called INTEGER


class Moment(TypeDecorator[datetime]):
    """An aware time, UTC inside. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def only(where: str) -> dict[str, Any]:
    """Let an index hold only these rows."""
    return {f"{dialect}_where": text(where) for dialect in ("sqlite", "postgresql")}


person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("reachable", Boolean, nullable=False, default=True),
    UniqueConstraint("channel", "address"),
)

episode = Table(
    "episode",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("clinic", String, nullable=False),
    Column("state", String, nullable=False),
    Column("language", String, nullable=False),
    Column("opened_at", Moment, nullable=False, index=True),
    Column("touched_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", String, primary_key=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("code_hash", String, unique=True),  # none for links that were made before there were codes
    Column("episode_id", String, nullable=False, unique=True),
    Column("clinic", String, nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("person_id", ForeignKey("person.id")),
    Column("sealed", LargeBinary),
    Index("ix_invitation_unopened", "expires_at", **only("opened_at IS NULL AND sealed IS NOT NULL")),
)

# How often an account tried what is wrong on a day. The account is a keyed hash that changes every day: it tells
# nobody whose it was, and rows of other days are dropped.
wrong_try = Table(
    "wrong_try",
    metadata,
    Column("account", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("count", Integer, nullable=False),
)

clinic_message = Table(
    "clinic_message",
    metadata,
    Column("id", String, primary_key=True),
    Column("episode_id", ForeignKey("episode.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("clinic", String, nullable=False),
    Column("occasion", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", String, nullable=False, default=""),
    Column("sealed", LargeBinary, nullable=False),  # empty once it was read and its time is over
    Index("ix_clinic_message_unread", "clinic", **only("acknowledged_at IS NULL")),
    Index("ix_clinic_message_read", "acknowledged_at", **only("length(sealed) > 0")),
)

handoff = Table(
    "handoff",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("episode_id", ForeignKey("episode.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("team_id", ForeignKey("team.id")),
    Column("thread", Number),
    Column("brief", String),
    Column("opened_at", Moment, nullable=False),
    UniqueConstraint("team_id", "thread"),
    Index("ix_handoff_topic", "opened_at", **only("thread IS NOT NULL")),
    sqlite_autoincrement=True,
)

team = Table(
    "team",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("address", String, nullable=False, unique=True),
    Column("bound_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("address", String, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("enrolled_at", Moment),
)

one_time_code = Table(
    "one_time_code",
    metadata,
    Column("hash", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# A browser in which somebody of a clinic is signed in. The hash is of the token that its cookie holds.
clinic_session = Table(
    "clinic_session",
    metadata,
    Column("hash", String, primary_key=True),
    Column("clinic", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=True),
    Column("bot", String, nullable=False),
    Column("update_id", Number, nullable=False),
    Column("lane", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("sealed", LargeBinary),
    Column("received_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("done_at", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String, nullable=False, default=""),
    UniqueConstraint("bot", "update_id"),
    Index("ix_inbox_open", "seq", **only("done_at IS NULL")),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("lane", String, nullable=False),
    Column("person_id", String, index=True),
    Column("episode_id", String),
    Column("handoff_id", String),
    Column("what", String, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("turn", Integer, nullable=False),  # the urgency it leaves with: its own, or that of what waits behind it
    Column("texts", JSON, nullable=False),
    Column("wait", Integer, nullable=False, default=0),
    Column("key_id", String, nullable=False),
    Column("sealed", LargeBinary),
    Column("made_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("status", String, nullable=False, default="waiting"),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("language", String, nullable=False, default=""),
    Column("release", String, nullable=False, default=""),
    Column("message", String, nullable=False, default=""),
    Column("done_at", Moment),
    Column("error", String, nullable=False, default=""),
    Index("ix_outbox_open", "lane", "id", **only("done_at IS NULL")),
    Index("ix_outbox_turn", "turn", "id", **only("done_at IS NULL")),
    Index("ix_outbox_wait", "episode_id", "wait"),
    sqlite_autoincrement=True,
)

# Chats that nothing is sent to for a while, as Telegram asked. A chat is named as a lane; `*` is all of them.
pause = Table(
    "pause",
    metadata,
    Column("chat", String, primary_key=True),
    Column("until", Moment, nullable=False),
)

relay = Table(
    "relay",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("source", String, nullable=False, index=True),
    Column("copy", String, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
)

timer = Table(
    "timer",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("episode_id", ForeignKey("episode.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("days", Integer, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    UniqueConstraint("episode_id", "kind"),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("bot", String, primary_key=True),
    Column("at", Moment, nullable=False),
)

# Ledger and audit can only be added to; triggers of the database see to it.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("episode", String, nullable=False, index=True),
    Column("clinic", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("codes", JSON, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("actor", String, nullable=False, index=True),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("allowed", Boolean, nullable=False),
)

erasure = Table(
    "erasure",
    metadata,
    Column("key_id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
)
