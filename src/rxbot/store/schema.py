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
    directory_rows,
    directory_tables,  # which brings every other table along
    match_index,
    postgres,
)
from rxbot.store.unit import Store

MOVED = "moved"
METADATA = directory_tables.directory_service.metadata


def prepare(store: Store, older_too: bool = False) -> None:
    """Fill an empty database; refuse a newer one, and an older one if not told otherwise. Raises StoreWrong with what to run."""
    with store.engine.connect() as connection:
        empty, found = is_empty(connection), revision_of(connection)
    if empty:
        upgrade(store.engine)
    elif (slip := refusal(found)) and not (older_too and is_known(found)):
        raise slip
    if empty or found == newest():
        _index(store)


def migrate(store: Store) -> str:
    """Bring the database to the newest revision; give its name. Raises StoreWrong for one that is not older."""
    prepare(store, older_too=True)
    revision = upgrade(store.engine)
    _index(store)
    return revision


def _index(store: Store) -> None:
    """Let services be found as this release reads them."""
    with store.engine.connect() as connection:
        if match_index.is_of_now(connection):
            return
    with store.begin() as unit:
        if store.engine.dialect.name == "postgresql":
            postgres.one_at_a_time(unit.connection)
        directory_rows.index_anew(unit)


def is_empty(connection: Connection) -> bool:
    """Say whether there is not a single table yet."""
    return not inspect(connection).get_table_names()


def refusal(found: str | None) -> StoreWrong | None:
    """Say why this release cannot work on a database of this revision, and what to do; nothing where it can."""
    if found == newest():
        return None
    if found == MOVED:
        return StoreMoved()
    if found is None:
        return StoreWrong("The database holds tables that are not rxbot's.", "Check RXBOT_DATABASE_URL, or name an empty one.")
    if is_known(found):
        says = f"The database is at revision {found}, this release needs {newest()}."
        return StoreWrong(says, "Make a backup (rxbot backup FILE), then run: rxbot migrate")
    says = f"The database is at revision {found}, which this release does not know: it is of a newer one."
    return StoreWrong(says, "Install that release, or a newer one.")


def upgrade(engine: Engine, revision: str = "head") -> str:
    """Bring any database to this revision, the newest if not told otherwise; give the newest's name."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            postgres.one_at_a_time(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return newest()


def mark_moved(connection: Connection) -> None:
    """Say of a database that it is of no use any more."""
    connection.execute(text("UPDATE alembic_version SET version_num = :moved"), {"moved": MOVED})


def is_known(revision: str | None) -> bool:
    """Say whether this release can bring a database of this revision up to date."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def newest() -> str:
    """Name the newest revision."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision_of(connection: Connection) -> str | None:
    """Name the revision the tables are at."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
