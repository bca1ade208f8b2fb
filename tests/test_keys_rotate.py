"""`rxbot keys rotate`, as an operator runs it: with the key in the environment and in a file, also cut short half-way."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.errors import SettingsWrong
from rxbot.settings import Settings, read_settings
from rxbot.store.keys import Keys, new_master_key, opens


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    for name in ("RXBOT_KEY", "RXBOT_NEW_KEY", "RXBOT_KEYS_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def lived(settings: Settings) -> bytes:
    keys = Keys(settings.where_keys_are(), settings.master_key())
    keys.make("e1")
    sealed = keys.seal("e1", b"words")
    keys.close()
    return sealed


def words(settings: Settings, sealed: bytes) -> bytes:
    keys = Keys(settings.where_keys_are(), settings.master_key())
    try:
        return keys.unseal("e1", sealed)
    finally:
        keys.close()


def rotate() -> str:
    done = CliRunner().invoke(cli, ["keys", "rotate"], catch_exceptions=False)
    return done.output


def test_a_key_in_the_environment_gives_way_to_the_one_that_was_set_beside_it(environment: pytest.MonkeyPatch) -> None:
    old, new = new_master_key(), new_master_key()
    environment.setenv("RXBOT_KEY", old)
    sealed = lived(read_settings())
    with pytest.raises(SettingsWrong, match="set RXBOT_NEW_KEY"):  # before anything was done
        rotate()
    environment.setenv("RXBOT_NEW_KEY", new)
    assert rotate() == "3 keys are wrapped anew.\nSet RXBOT_KEY to the new key now, and unset RXBOT_NEW_KEY.\n"
    assert "opens with the new key already" in rotate()
    with pytest.raises(SettingsWrong, match="does not open"):
        words(read_settings(), sealed)
    environment.setenv("RXBOT_KEY", new)
    environment.delenv("RXBOT_NEW_KEY")
    assert words(read_settings(), sealed) == b"words"


def test_a_key_in_a_file_gives_way_to_one_that_is_made_there(environment: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    sealed, old = lived(settings), settings.master_key()
    assert f"The new key is in {settings.key_file}." in rotate()
    assert settings.master_key() != old
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.key_file.parent.glob("*.key")] == ["rxbot.keys.key"]
    assert words(settings, sealed) == b"words"
    assert not opens(settings.where_keys_are(), old)


@pytest.mark.parametrize("wrapped", [False, True], ids=["before the keys were wrapped", "before the new key took its place"])
def test_cut_short_it_is_finished_by_running_it_again(environment: pytest.MonkeyPatch, wrapped: bool) -> None:
    settings = read_settings()
    sealed, new = lived(settings), settings.next_master_key()
    if wrapped:
        keys = Keys(settings.where_keys_are(), settings.master_key())
        keys.rotate(new)
        keys.close()
        with pytest.raises(SettingsWrong, match="Run it again"):
            words(settings, sealed)
    else:
        assert words(settings, sealed) == b"words"
    rotate()
    assert settings.master_key() == new
    assert words(settings, sealed) == b"words"


def test_where_there_is_no_key_store_nothing_is_thrown_away(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("RXBOT_KEY", new_master_key())
    environment.setenv("RXBOT_NEW_KEY", new_master_key())
    with pytest.raises(SettingsWrong, match="There is no key store yet"):
        rotate()
