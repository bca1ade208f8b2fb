"""How a SQLite file of ours is opened: what is committed survives a loss of power, and what is removed is overwritten."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

SYNCHRONOUS = "FULL"  # a commit waits for the disk


def prepare(connection: Any) -> None:
    """Set up a new connection of the driver."""
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def reader(url: str) -> Engine:
    """Open a database to read it as it is at one moment, while others go on writing."""
    engine = create_engine(url)
    event.listen(engine, "connect", _manually)
    event.listen(engine, "begin", _begin)
    return engine


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
        except sqlite3.OperationalError:
            return True
    return False


def _manually(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back


def _without_log(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=DELETE", f"synchronous={SYNCHRONOUS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
