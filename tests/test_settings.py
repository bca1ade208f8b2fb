"""What the operator sets: read from the environment, refused with a remedy, secrets never shown."""

from pathlib import Path

import pytest

from rxbot.errors import SettingsWrong
from rxbot.settings import Settings, host_of, need_token, port_of, read_settings
from rxbot.store.keys import Keys


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away whatever is set around the tests."""
    import os

    for name in [name for name in os.environ if name.startswith("RXBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def put(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"RXBOT_{name.upper()}", value)
    return read_settings()


def test_nothing_set_is_enough_to_begin() -> None:
    settings = read_settings()
    assert (settings.listen, settings.pages_url) == ("127.0.0.1:8080", "http://127.0.0.1:8080")
    assert settings.where_keys_are() == "sqlite:///rxbot.keys.db"
    assert settings.content is None


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a template of an environment file leaves it."""
    settings = put(monkeypatch, content="", test_clock="", database_url="", public_url="", listen="")
    assert settings == Settings()


@pytest.mark.parametrize(
    ("listen", "host", "port"), [("0.0.0.0:80", "0.0.0.0", 80), (":8081", "127.0.0.1", 8081), ("8082", "127.0.0.1", 8082)]
)
def test_where_to_listen(monkeypatch: pytest.MonkeyPatch, listen: str, host: str, port: int) -> None:
    settings = put(monkeypatch, listen=listen)
    assert (host_of(settings.listen), port_of(settings.listen)) == (host, port)


@pytest.mark.parametrize("proxies", ["*", "nginx", "127.0.0.1,", "10.0.0.1/8"])
def test_a_proxy_that_could_be_anybody_is_refused(monkeypatch: pytest.MonkeyPatch, proxies: str) -> None:
    with pytest.raises(SettingsWrong, match=r"RXBOT_TRUSTED_PROXIES.*addresses or networks"):
        put(monkeypatch, trusted_proxies=proxies)


@pytest.mark.parametrize("listen", ["localhost", "localhost:http", "localhost:"])
def test_where_nobody_can_listen_is_refused(monkeypatch: pytest.MonkeyPatch, listen: str) -> None:
    with pytest.raises(SettingsWrong, match=r"RXBOT_LISTEN.*host:port"):
        put(monkeypatch, listen=listen)


@pytest.mark.parametrize("listen", ["9090", "localhost:", "127.0.0.1:8080"])
def test_the_numbers_have_an_address_of_their_own(monkeypatch: pytest.MonkeyPatch, listen: str) -> None:
    if listen == "9090":
        assert put(monkeypatch, metrics_listen=listen).metrics_listen == listen
    else:
        with pytest.raises(SettingsWrong, match="RXBOT_METRICS_LISTEN"):
            put(monkeypatch, metrics_listen=listen)


def test_the_clock_of_a_real_service_is_not_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    for api in ("https://api.telegram.org", "https://API.telegram.org:443/"):
        with pytest.raises(SettingsWrong, match="RXBOT_TEST_CLOCK"):
            put(monkeypatch, test_clock="clock", telegram_api=api)
    assert put(monkeypatch, test_clock="clock", telegram_api="http://127.0.0.1:8081").test_clock == Path("clock")


@pytest.mark.parametrize("token", ["", "no-token"])
def test_a_token_is_asked_for_where_one_is_needed(token: str) -> None:
    with pytest.raises(SettingsWrong, match="@BotFather"):
        need_token(Settings(token=token))
    assert need_token(Settings(token="1:secret")) == "1:secret"


def test_secrets_come_from_files_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As systemd's credentials and a container's secrets do; what stands in the environment comes first."""
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "rxbot_token").write_text("1:of-a-file\n")
    (tmp_path / "rxbot_key").write_text("of-a-file")
    settings = put(monkeypatch, key="of-the-environment")
    assert (need_token(settings), settings.master_key()) == ("1:of-a-file", "of-the-environment")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsWrong, match="RXBOT_TOKEN"):
        need_token(read_settings())


def test_secrets_are_not_shown() -> None:
    settings = Settings(token="1:secret", key="secret")
    assert "secret" not in repr(settings) + str(settings)


def test_another_kind_of_database_is_refused_with_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsWrong, match="sqlite:///path"):
        put(monkeypatch, database_url="mysql://x").where_keys_are()


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'data' / 'rxbot.db'}")
    key = settings.master_key()
    file = tmp_path / "data" / "rxbot.keys.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert settings.master_key() == key
    Keys(f"sqlite:///{tmp_path / 'k.db'}", key).close()
    assert Settings(key="given").master_key() == "given"
