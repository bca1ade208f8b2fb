"""Open the database; give out units of work. A unit is one transaction; a savepoint inside it is one turn.

On SQLite one thread does all the work of a process, so that writers queue in memory and never meet SQLITE_BUSY among themselves.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from rxbot.errors import SettingsWrong, StoreAway
from rxbot.store import sqlite
from rxbot.store.keys import Keys

P = ParamSpec("P")
R = TypeVar("R")
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


class Unit:
    """One transaction: a connection and the keys that seal what is written through it."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self.execute = connection.execute

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back only what is done inside when it fails."""
        ask = self.connection.exec_driver_sql  # begin_nested does the same, in ten times the time
        with _noticing_that_it_is_away():
            ask("SAVEPOINT turn")
            try:
                yield
            except BaseException:
                ask("ROLLBACK TO turn")
                raise
            finally:
                ask("RELEASE turn")


class Store:
    """The database and its keys."""

    def __init__(self, url: str, keys: Keys) -> None:
        self.engine = open_engine(url)
        self.keys = keys
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """Commit on leaving, roll back on an error. Raises StoreAway when the database does not answer."""
        with _noticing_that_it_is_away(), self.engine.begin() as connection:
            yield Unit(connection, self.keys)

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run this on the store's own thread. Raises StoreAway when the database does not answer."""

        def noticing() -> R:
            with _noticing_that_it_is_away():
                return work(*args, **kwargs)

        return self._hand.submit(noticing)

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        """Run this in a unit of its own, on the store's own thread."""

        def whole() -> R:
            with self.begin() as unit:
                return work(unit)

        return self._hand.submit(whole)

    def fold_log(self) -> bool:
        """Fold the write-ahead log into the file, so that nothing removed stays behind in it; say whether it was free."""
        with closing(self.engine.raw_connection()) as connection:  # a checkpoint cannot run inside a transaction
            busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Finish what was submitted and let go of every file."""
        self._hand.shutdown()
        self.engine.dispose()
        self.keys.close()


@contextmanager
def _noticing_that_it_is_away() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if not _is_away(error):
            raise
        raise StoreAway from error


def _is_away(error: BaseException | None) -> bool:
    """Say whether the database's own trouble is behind an error.

    On a full disk SQLite drops the savepoint too: the error that is seen complains of that, and an earlier one tells.
    """
    while error is not None:
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY:
            return True
        error = error.__cause__ or error.__context__
    return False


def open_engine(url: str) -> Engine:
    """Open a database. On SQLite a transaction takes the lock at once."""
    if make_url(url).get_backend_name() != "sqlite":
        raise SettingsWrong(f"The database {make_url(url).get_backend_name()!r} is not supported.", "Use sqlite:///path.")
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _take_the_lock)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    sqlite.prepare(connection)
    connection.execute("PRAGMA foreign_keys=ON")


def _take_the_lock(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN IMMEDIATE")  # past SQLAlchemy, which takes ten times as long over it
