"""How a PostgreSQL database is opened. Several processes share it: rows are locked, seats are taken, and others are woken.

A transaction sees what was committed before each statement (READ COMMITTED), and waits a moment at most for a row that
another one holds: then it gives way. Two that wait for each other so both go on, and neither waits for long.
"""

import threading
from collections.abc import Callable, Iterable

import psycopg
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

HANDS = 4  # connections of a process for its units; each seat, and whoever listens, has one besides
LOCK_WAIT = 300  # milliseconds; a batch of turns takes less
CONNECT_WITHIN = 5  # seconds
ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
# Classes of SQLSTATE that say the server cannot now: https://www.postgresql.org/docs/current/errcodes-appendix.html
AWAY = ("08", "53", "57P", "58", "25006", "XX")  # no connection, no room or memory, stopping or starting, disk, a standby
ERRORS = (psycopg.Error,)
BUSY = ("40001", "40P01", "55P03")  # another transaction holds it
LANES, SEATS, TABLES, DIRECTORY = 7101, 7102, 7103, 7104  # ours among the advisory locks of this database
WRITING, SEARCHING = 1, 2  # of the directory
CHANNEL = "rxbot"
_ARGUMENTS = {
    "connect_timeout": CONNECT_WITHIN,
    "options": f"-c lock_timeout={LOCK_WAIT} -c timezone=UTC -c jit=off",  # our statements are short: compiling takes longer
    "application_name": "rxbot",
    **ALIVE,
}
_QUERY = {name: str(value) for name, value in {"connect_timeout": CONNECT_WITHIN, **ALIVE}.items()}
_TRY_LANES = text(
    "SELECT lane FROM unnest(CAST(:lanes AS text[])) AS lane WHERE pg_try_advisory_xact_lock(:space, hashtext(lane))"
)
_TRY_SEAT = text("SELECT pg_try_advisory_lock(:space, hashtext(:name))")
_SEARCH = text("SELECT pg_advisory_xact_lock_shared(:space, :part)")
_TELL = text("SELECT pg_notify(:channel, :what)")


def with_driver(url: str | URL) -> URL:
    """Name the driver in the address of a PostgreSQL database; any other address stays as it is."""
    made = make_url(url)
    return made.set(drivername="postgresql+psycopg") if made.get_backend_name() == "postgresql" else made


def open_engine(url: str) -> Engine:
    """Open a database by psycopg. A connection that was cut is not given out again."""
    return create_engine(with_driver(url), pool_size=HANDS + 1, max_overflow=0, pool_pre_ping=True, connect_args=_ARGUMENTS)


def engine_for_one(engine: Engine) -> Engine:
    """Open the same database for a single connection, which ends when it is closed."""
    return create_engine(engine.url, poolclass=NullPool, connect_args=_ARGUMENTS)


def is_away(error: BaseException) -> bool:
    """Say whether the server's own trouble, or no connection to it, is behind an error of the driver."""
    if not isinstance(error, psycopg.Error):
        return False
    return error.sqlstate.startswith(AWAY) if error.sqlstate else isinstance(error, psycopg.OperationalError)


def is_busy(error: BaseException) -> bool:
    """Say whether another transaction holds what this one wanted."""
    return isinstance(error, psycopg.Error) and error.sqlstate in BUSY


def take_lanes(connection: Connection, lanes: Iterable[str]) -> set[str]:
    """Take those lanes that nobody else works on, until the end of the transaction."""
    return set(connection.execute(_TRY_LANES, {"lanes": list(lanes), "space": LANES}).scalars())


def take_seat(connection: Connection, name: str) -> bool:
    """Take a seat for as long as the connection lasts, unless somebody has it."""
    return bool(connection.execute(_TRY_SEAT, {"space": SEATS, "name": name}).scalar())


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other process brings the tables up to date; it may take long."""
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:space, 0)"), {"space": TABLES})


def write_directory(connection: Connection, patiently: bool) -> None:
    """Be the only one who changes what is found, until the end of the transaction; wait for another one long, or a moment."""
    if patiently:
        connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:space, :part)"), {"space": DIRECTORY, "part": WRITING})


def search_directory(connection: Connection) -> None:
    """Let nothing that is found change before the end of the transaction: a search is several statements."""
    connection.execute(_SEARCH, {"space": DIRECTORY, "part": SEARCHING})


def let_searches_end(connection: Connection) -> None:
    """Wait until nobody searches, and let nobody begin: what was changed is about to be committed."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:space, :part)"), {"space": DIRECTORY, "part": SEARCHING})


def tell(connection: Connection, what: str) -> None:
    """Wake whoever listens, when the transaction is committed."""
    connection.execute(_TELL, {"channel": CHANNEL, "what": what})


class Listener:
    """Hears what other processes tell, on a connection and a thread of its own. While it is cut off it hears nothing."""

    def __init__(self, url: URL, heard: Callable[[str], None]) -> None:
        self._url, self._heard = (
            url.set(drivername="postgresql").update_query_dict(_QUERY).render_as_string(hide_password=False),
            heard,
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._ended.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    while not self._ended.is_set():
                        for one in connection.notifies(timeout=0.5):
                            self._heard(one.payload)
            except psycopg.Error:  # whoever works looks again by itself, only later
                self._ended.wait(1)
