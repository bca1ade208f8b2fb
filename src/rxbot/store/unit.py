"""Open the database; give out units of work. A unit is one transaction; a savepoint inside it is one turn.

On SQLite one process has the database for itself. On PostgreSQL several may share it: what one of them works on, the others
leave alone; what only one may do, belongs to whoever has the seat for it; and what one writes down, the others are told of.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from rxbot.errors import SettingsWrong, StoreAway, StoreBusy, StoreMoved, StoreWrong
from rxbot.store import postgres, sqlite
from rxbot.store.keys import Keys

P = ParamSpec("P")
R = TypeVar("R")
INBOX, OUTBOX = "inbox", "outbox"  # what a unit tells of, when something was written there


class Unit:
    """One transaction: a connection and the keys that seal what is written through it."""

    def __init__(self, connection: Connection, keys: Keys, shared: bool = False) -> None:
        self.connection = connection
        self.keys = keys
        self.shared = shared  # other processes work on the same rows
        self.execute = connection.execute
        self.driver: Any = connection.connection.driver_connection
        self._told: set[str] = set()
        self._writes_directory = False

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back only what is done inside when it fails."""
        ask = self.driver.execute  # begin_nested does the same, in ten times the time
        with noticing():
            ask("SAVEPOINT turn")
            try:
                yield
            except BaseException:
                ask("ROLLBACK TO turn")
                raise
            finally:
                ask("RELEASE turn")

    def take(self, lanes: Iterable[str]) -> set[str]:
        """Take those lanes that no other process works on, until the end of the unit."""
        return postgres.take_lanes(self.connection, lanes) if self.shared else set(lanes)

    def search(self) -> None:
        """Find the directory as it was before whoever changes it now, or as it is after, and never half of each."""
        if self.shared and not self._writes_directory:
            postgres.search_directory(self.connection)

    def write_directory(self, patiently: bool = False) -> None:
        """Change what is found, one process after the other. Raises StoreBusy where another one is long about it."""
        if self.shared and not self._writes_directory:
            postgres.write_directory(self.connection, patiently)
        self._writes_directory = True

    def tell(self, what: str) -> None:
        """Something was written down: wake the other processes when it is committed."""
        self._told.add(what)

    def close(self) -> None:
        """Say all that is to be told, and let what is found change between two searches."""
        if self.shared and self._writes_directory:
            postgres.let_searches_end(self.connection)
        for what in self._told if self.shared else ():
            postgres.tell(self.connection, what)


class Store:
    """The database and its keys."""

    def __init__(self, url: str, keys: Keys) -> None:
        self.engine = open_engine(url)
        self.shared = self.engine.dialect.name == "postgresql"
        self.keys = keys
        self._hands = ThreadPoolExecutor(postgres.HANDS if self.shared else sqlite.HANDS, thread_name_prefix="store")
        self._listener: postgres.Listener | None = None

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """Commit on leaving, roll back on an error. Raises StoreAway when the database does not answer."""
        with noticing(), self.engine.begin() as connection:
            unit = Unit(connection, self.keys, self.shared)
            yield unit
            unit.close()

    def submit(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run this on a thread of the store's. Raises StoreAway when the database does not answer."""

        def whole() -> R:
            with noticing():
                return work(*args, **kwargs)

        return self._hands.submit(whole)

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        """Run this in a unit of its own, on a thread of the store's."""

        def whole() -> R:
            with self.begin() as unit:
                return work(unit)

        return self._hands.submit(whole)

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call this, on another thread, with whatever any process tells from now on."""
        if self.shared:
            self._listener = postgres.Listener(self.engine.url, heard)

    def fold_log(self) -> bool:
        """Fold the write-ahead log away, so that nothing removed stays behind in it; say whether it was free."""
        return True if self.shared else sqlite.fold_log(self.engine)

    def close(self) -> None:
        """Finish what was submitted and let go of every file and connection."""
        self._hands.shutdown()
        if self._listener:
            self._listener.close()
        self.engine.dispose()
        self.keys.close()


@contextmanager
def noticing() -> Iterator[None]:
    """Tell the database's own trouble from ours: StoreBusy, StoreAway, StoreMoved."""
    try:
        yield
    except (DBAPIError, *postgres.ERRORS, *sqlite.ERRORS) as error:
        behind = tuple(_behind(error))
        if any(map(sqlite.has_moved, behind)):
            raise StoreMoved from error
        if any(map(postgres.is_busy, behind)):
            raise StoreBusy from error
        if any(sqlite.is_away(one) or postgres.is_away(one) for one in behind):
            raise StoreAway from error
        raise


PUT_BACK = "Put a backup in its place: rxbot restore FILE --replace"
KEYS_PUT_BACK = "Check RXBOT_KEYS_URL, or put the key store back from its own backup."


@contextmanager
def opening(what: str, put_back: str) -> Iterator[None]:
    """Say in the database's own words why it cannot be opened, where it does not open at all. Raises StoreWrong."""
    try:
        yield
    except (DBAPIError, *postgres.ERRORS, *sqlite.ERRORS) as error:
        raise not_read(error, what, put_back) from error


def not_read(error: BaseException, what: str, put_back: str) -> StoreWrong:
    """Say why it cannot be read, and what to do: one that is broken is put back."""
    behind = tuple(_behind(getattr(error, "orig", None) or error))
    said = " ".join(str(behind[0]).split()).rstrip(".?")
    if any(map(sqlite.is_broken, behind)):
        remedy = put_back
    elif isinstance(behind[0], sqlite.ERRORS):
        remedy = "Look whether its disk is well, who may read it, and who holds it."
    else:
        remedy = "Look whether PostgreSQL runs, and check the address: its host, port, database, account and password."
    return StoreWrong(f"{what} cannot be read: {said}.", remedy)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and all that it came from.

    On a full disk SQLite drops the savepoint too: the error that is seen complains of that, and an earlier one tells.
    """
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def open_engine(url: str) -> Engine:
    """Open a database. Raises SettingsWrong for a kind that we do not know."""
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        return sqlite.open_engine(url)
    if kind == "postgresql":
        return postgres.open_engine(url)
    raise SettingsWrong(f"The database {kind!r} is not supported.", "Use sqlite:///path or postgresql://user@host/name.")
