"""How a SQLite file of ours is opened: what is committed survives a loss of power, and what is removed is overwritten.

One thread does all the work of a process, so that writers queue in memory and never meet SQLITE_BUSY among themselves.
"""

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

SYNCHRONOUS = "FULL"  # a commit waits for the disk
HANDS = 1
ERRORS = (sqlite3.Error,)
AWAY = frozenset(  # SQLite's codes for what may be otherwise in a moment, or when somebody has made room
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    }
)


def open_engine(url: str) -> Engine:
    """Open a database. A transaction takes the lock at once."""
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _take_the_lock)
    return engine


def prepare(connection: Any) -> None:
    """Set up a new connection of the driver."""
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def is_away(error: BaseException) -> bool:
    """Say whether the database's own trouble is behind an error of the driver."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY


def fold_log(engine: Engine) -> bool:
    """Fold the write-ahead log into the file; say whether it was free."""
    with closing(engine.raw_connection()) as connection:  # a checkpoint cannot run inside a transaction
        busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    prepare(connection)
    connection.execute("PRAGMA foreign_keys=ON")


def _take_the_lock(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN IMMEDIATE")  # past SQLAlchemy, which takes ten times as long over it
