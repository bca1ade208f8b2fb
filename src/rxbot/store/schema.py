"""Bring a database to the tables this release needs, and refuse to work on one that is not there yet."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from rxbot.errors import StoreMoved, StoreWrong
from rxbot.store import (
    directory_tables,  # which brings every other table along
    postgres,
)
from rxbot.store.unit import Store

MOVED = "moved"
METADATA = directory_tables.directory_service.metadata


def prepare(store: Store) -> None:
    """Fill an empty database; refuse an older or newer one. Raises StoreWrong with what to run."""
    if not inspect(store.engine).get_table_names():
        migrate(store)
        return
    found, wanted = _revision(store.engine), newest()
    if found == MOVED:
        raise StoreMoved
    if found != wanted:
        raise StoreWrong(f"The database is at {found or 'no'} revision, this release needs {wanted}.", "Run: rxbot migrate")


def migrate(store: Store) -> str:
    """Bring the database to the newest revision; give its name."""
    return upgrade(store.engine)


def upgrade(engine: Engine) -> str:
    """Bring any database to the newest revision; give its name."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            postgres.one_at_a_time(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest()


def mark_moved(connection: Connection) -> None:
    """Say of a database that it is of no use any more."""
    connection.execute(text("UPDATE alembic_version SET version_num = :moved"), {"moved": MOVED})


def is_known(revision: str) -> bool:
    """Say whether this release can bring a database of this revision up to date."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def newest() -> str:
    """Name the newest revision."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
