"""The tables: an empty database is filled, an older one refused with what to run, and migrations end where the tables are."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from rxbot.errors import StoreWrong
from rxbot.store import schema
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.unit import Store


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'rxbot.db'}", Keys(f"sqlite:///{tmp_path / 'keys.db'}", new_master_key()))


def test_the_migrated_database_is_what_the_tables_say(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_an_empty_database_is_filled_and_a_filled_one_left_alone(empty: Store) -> None:
    schema.prepare(empty)
    tables = set(inspect(empty.engine).get_table_names())
    assert {table.name for table in schema.METADATA.tables.values()} <= tables
    schema.prepare(empty)
    assert schema.migrate(empty) == schema.newest()
    empty.close()


@pytest.mark.parametrize("revision", ["UPDATE alembic_version SET version_num = '0000'", "DELETE FROM alembic_version"])
def test_a_database_of_another_release_is_refused_with_what_to_run(store: Store, revision: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(revision))
    with pytest.raises(StoreWrong, match="Run: rxbot migrate"):
        schema.prepare(store)
