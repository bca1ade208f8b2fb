"""`rxbot backup`, `rxbot restore` and `rxbot keys backup` as commands: what they say, and what they never take away."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store.store_acts import begin
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.app import open_store
from rxbot.errors import StoreWrong
from rxbot.settings import read_settings
from rxbot.store import episodes
from rxbot.store.keys import Keys


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
