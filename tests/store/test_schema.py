"""The tables: an empty database is filled, an older one refused with what to run, and migrations end where the tables are."""

from datetime import UTC, datetime
from pathlib import Path

import postgres
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text

from rxbot.errors import StoreMoved, StoreWrong
from rxbot.store import invitations, schema
from rxbot.store.backup import back_up, restore
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.staff import hashed
from rxbot.store.tables import ledger
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


@pytest.mark.parametrize(
    ("statement", "remedy", "migrates"),
    [
        ("UPDATE alembic_version SET version_num = '0007'", "rxbot backup FILE.*then run: rxbot migrate", None),
        ("UPDATE alembic_version SET version_num = '0099'", "Install that release", StoreWrong),
        ("UPDATE alembic_version SET version_num = 'moved'", "This database was moved", StoreMoved),
        ("DELETE FROM alembic_version", "not rxbot's", StoreWrong),
    ],
)
def test_a_database_of_another_release_is_refused_with_what_to_do(
    store: Store, statement: str, remedy: str, migrates: type[StoreWrong] | None
) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(StoreWrong, match=remedy):
        schema.prepare(store)
    if migrates:
        with pytest.raises(migrates, match=remedy):
            schema.migrate(store)


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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_database_is_backed_up_as_it_is_and_restored_into_this_release(kind: str, tmp_path: Path) -> None:
    older = f"sqlite:///{tmp_path / 'rxbot.db'}" if kind == "sqlite" else postgres.fresh_url("template1")
    empty = postgres.store_at(older, tmp_path)
    schema.upgrade(empty.engine, "0006")
    fact = {"at": NOW, "episode": "e1", "clinic": "harbour", "fact": "erased", "codes": {"by": "person"}}
    with empty.engine.begin() as connection:
        connection.execute(insert(ledger), fact)
    assert back_up(empty.engine, tmp_path / "copy", NOW).revision == "0006"
    schema.migrate(empty)
    other = Store(f"sqlite:///{tmp_path / 'other.db'}", empty.keys)
    schema.prepare(other)
    restore(other, tmp_path / "copy", NOW)
    for store in (empty, other):
        with store.begin() as unit:
            assert unit.execute(select(*(ledger.c[name] for name in fact))).mappings().one() == fact
    other.close()
    empty.close()
