"""`rxbot backup`, `rxbot restore` and `rxbot keys backup` as commands: what they say, and what they never take away."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from store.store_acts import NOW, begin
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.app import open_store
from rxbot.errors import SettingsWrong, StoreWrong
from rxbot.settings import read_settings
from rxbot.store import episodes, schema
from rxbot.store.keys import Keys
from rxbot.store.tables import ledger


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    for name in ("RXBOT_KEY", "RXBOT_KEYS_URL", "RXBOT_CONTENT", "RXBOT_TEST_CLOCK"):
        monkeypatch.delenv(name, raising=False)


def run(*words: str) -> str:
    return CliRunner().invoke(cli, list(words), catch_exceptions=False).output


def lives(name: str) -> None:
    store = open_store(read_settings())
    with store.begin() as unit:
        begin(unit, f"person-{name}", name, f"episode-{name}")
    store.close()


def there() -> list[str]:
    store = open_store(read_settings())
    with store.begin() as unit:
        found = [name for name in ("tom", "amina") if episodes.load(unit, f"episode-{name}")]
    store.close()
    return found


def test_a_backup_takes_the_datas_place_and_these_are_put_aside() -> None:
    lives("tom")
    said = run("backup", "copy")
    assert "copy is whole." in said
    assert "It holds no keys." in said
    assert said == run("backup", "--check", "copy")
    lives("amina")
    with pytest.raises(StoreWrong, match="The database is not empty"):
        run("restore", "copy")
    assert there() == ["tom", "amina"]
    said = run("restore", "copy", "--replace")
    assert there() == ["tom"]
    (aside,) = Path().glob("rxbot.db.until-*")
    assert str(aside) in said.replace("\n", "")
    assert aside.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_restored_leaves_everything_where_it_was() -> None:
    lives("tom")
    run("backup", "copy")
    settings = read_settings()
    keys = Keys(settings.where_keys_are(), settings.master_key())
    keys.drop(["episode-tom"])
    keys.close()
    lives("amina")
    with pytest.raises(StoreWrong, match="no keys for 1 of the people"):
        run("restore", "copy", "--replace")
    with closing(sqlite3.connect("rxbot.db")) as raw:
        assert raw.execute("SELECT id FROM episode ORDER BY id").fetchall() == [("episode-amina",), ("episode-tom",)]
    assert not list(Path().glob("rxbot.db.*"))


def test_before_it_is_migrated_an_older_database_is_backed_up() -> None:
    engine = create_engine(read_settings().database_url)
    schema.upgrade(engine, "0006")
    with engine.begin() as connection:
        connection.execute(insert(ledger).values(at=NOW, episode="e1", clinic="harbour", fact="erased", codes={}))
    engine.dispose()
    with pytest.raises(StoreWrong, match="rxbot backup FILE"):
        there()
    assert "1 ledger" in run("backup", "copy")
    assert schema.newest() in run("migrate")
    run("restore", "copy", "--replace")
    with closing(sqlite3.connect("rxbot.db")) as raw:
        assert raw.execute("SELECT episode, fact FROM ledger").fetchall() == [("e1", "erased")]


@pytest.mark.parametrize("start", [0, 100])
def test_a_database_that_is_broken_gives_way_to_a_backup(start: int) -> None:
    lives("tom")
    run("backup", "copy")
    broken = bytearray(Path("rxbot.db").read_bytes())
    broken[start:] = b"?" * (len(broken) - start)
    Path("rxbot.db").write_bytes(broken)
    with pytest.raises(StoreWrong, match=r"cannot be read.*rxbot restore FILE --replace"):
        there()
    run("restore", "copy", "--replace")
    assert there() == ["tom"]
    (aside,) = Path().glob("rxbot.db.until-*")
    assert aside.read_bytes() == broken


def test_what_is_open_is_not_replaced() -> None:
    lives("tom")
    run("backup", "copy")
    store = open_store(read_settings())
    with store.begin() as unit:
        assert episodes.load(unit, "episode-tom")
    with pytest.raises(StoreWrong, match="Stop `rxbot serve`"):
        run("restore", "copy", "--replace")
    store.close()


def test_there_is_one_copy_of_the_keys_the_last() -> None:
    lives("tom")
    run("keys", "backup", "elsewhere.db")
    lives("amina")
    assert "4 keys are in elsewhere.db." in run("keys", "backup", "elsewhere.db")
    assert sorted(path.name for path in Path().glob("elsewhere*")) == ["elsewhere.db"]
    assert Path("elsewhere.db").stat().st_mode & 0o777 == 0o600
    copy = Keys("sqlite:///elsewhere.db", read_settings().master_key())
    assert copy.all_ids("episode-") == ["episode-amina", "episode-tom"]
    copy.close()


def test_where_the_keys_are_lost_their_last_copy_stays_and_no_new_ones_hide_it() -> None:
    lives("tom")
    run("keys", "backup", "elsewhere.db")
    run("backup", "copy")
    last = Path("elsewhere.db").read_bytes()
    for file in Path().glob("rxbot.keys.db*"):
        file.unlink()
    with pytest.raises(StoreWrong, match="put the key store back"):
        run("keys", "backup", "elsewhere.db")
    with pytest.raises(StoreWrong, match="put the key store back"):
        there()
    assert not Path("rxbot.keys.db").exists()
    assert Path("elsewhere.db").read_bytes() == last
    with pytest.raises(StoreWrong, match="has no keys for 1"):
        run("restore", "copy", "--replace")
    Path("rxbot.keys.db").unlink(missing_ok=True)
    shutil.copy("elsewhere.db", "rxbot.keys.db")
    assert there() == ["tom"]


def test_a_key_store_without_its_key_is_not_given_another() -> None:
    lives("tom")
    Path("rxbot.keys.key").unlink()
    with pytest.raises(SettingsWrong, match="no key for it"):
        there()
    assert not Path("rxbot.keys.key").exists()
