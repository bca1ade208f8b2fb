"""The tables: an empty database is filled, an older one refused with what to run, and migrations end where the tables are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from rxbot.errors import StoreWrong
from rxbot.store import invitations, schema
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.staff import hashed
from rxbot.store.unit import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


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


def test_links_made_before_there_were_codes_are_still_good(empty: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    empty.keys.make("e1")
    row = {"token": hashed("tokentoken"), "sealed": empty.keys.seal("e1", b'{"token": "tokentoken", "reference": "REF 7"}')}
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        made = "'harbour', 'ar', '', 'command', '2026-03-02 09:00:00', '2026-04-01 09:00:00', :sealed"
        columns = "id, token_hash, episode_id, clinic, language, reason, made_by, made_at, expires_at, sealed"
        connection.execute(text(f"INSERT INTO invitation ({columns}) VALUES ('i1', :token, 'e1', {made})"), row)
    schema.migrate(empty)
    with empty.begin() as unit:
        one = invitations.by_token(unit, "tokentoken", NOW)
        assert one is not None
        assert one.private == invitations.Private("tokentoken", "REF 7", "")
        assert one.standing == "not opened"
    empty.close()
