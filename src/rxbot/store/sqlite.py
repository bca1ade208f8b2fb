"""How a SQLite file of ours is opened: what is committed survives a loss of power, and what is removed is overwritten.

One thread does all the work of a process, so that writers queue in memory and never meet SQLITE_BUSY among themselves.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

SYNCHRONOUS = "FULL"  # a commit waits for the disk
IN_MEMORY_KB = 32_000  # of the file: a search of a very large directory reads more than SQLite keeps unless it is told to
HANDS = 1
MOVED = "moved"
CHANGES_WITH_EVERYTHING = ("inbox", "outbox", "episode", "timer", "invitation", "handoff")  # one of them, whatever happens
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
    return _engine(url, _prepare, _take_the_lock)


def prepare(connection: Any) -> None:
    """Set up a new connection of the driver."""
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={SYNCHRONOUS}",
        "secure_delete=ON",
        "busy_timeout=10000",
        f"cache_size=-{IN_MEMORY_KB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def is_away(error: BaseException) -> bool:
    """Say whether the database's own trouble is behind an error of the driver."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY


def shut(connection: Connection) -> None:
    """Take nothing more from anybody, for good: what is here has moved."""
    for table in CHANGES_WITH_EVERYTHING:
        for change in ("INSERT", "UPDATE"):
            name = f"{table}_{MOVED}_{change.lower()}"
            refusal = f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{MOVED}'); END"
            connection.exec_driver_sql(refusal)


def is_broken(error: BaseException) -> bool:
    """Say whether a file is no database any more, or never was."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, sqlite3.DatabaseError) and code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def has_moved(error: BaseException) -> bool:
    """Say whether an error of the driver says that nothing is taken here any more."""
    return isinstance(error, sqlite3.IntegrityError) and str(error) == MOVED


def fold_log(engine: Engine) -> bool:
    """Fold the write-ahead log into the file; say whether it was free."""
    with closing(engine.raw_connection()) as connection:  # a checkpoint cannot run inside a transaction
        busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def reader(url: str) -> Engine:
    """Open a database to read it as it is at one moment, while others go on writing."""
    return _engine(url, _manually, _begin)


def single_file(path: Path) -> Engine:
    """Open a file that is carried about: nothing of it is beside it in a log."""
    engine = reader(f"sqlite:///{path}")
    event.listen(engine, "connect", _without_log)
    return engine


def is_held(path: Path) -> bool:
    """Say whether somebody has this database open. Where nobody has, its log is folded into it."""
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            return not is_broken(error)  # nobody can work on what is broken
    return False


def _engine(url: str, on_connecting: Callable[[Any, object], None], on_beginning: Callable[[Connection], None]) -> Engine:
    engine = create_engine(url)
    event.listen(engine, "connect", on_connecting)
    event.listen(engine, "begin", on_beginning)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    _manually(connection, _record)
    prepare(connection)
    connection.execute("PRAGMA foreign_keys=ON")


def _take_the_lock(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN IMMEDIATE")  # past SQLAlchemy, which takes ten times as long over it


def _manually(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back


def _without_log(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=DELETE", f"synchronous={SYNCHRONOUS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
