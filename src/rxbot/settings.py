"""What the operator sets in the environment. Only app.py and the commands read it."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rxbot.errors import SettingsWrong
from rxbot.store.keys import new_master_key

TELEGRAM = "https://api.telegram.org"
WEBHOOK_PORTS = (443, 80, 88, 8443)


class Settings(BaseSettings):
    """Every variable begins with RXBOT_."""

    model_config = SettingsConfigDict(env_prefix="RXBOT_", env_ignore_empty=True, extra="ignore")

    token: SecretStr = Field(default=SecretStr(""), description="The bot's token, from Telegram's @BotFather.")
    telegram_api: str = Field(default=TELEGRAM, description="The Bot API server.")
    database_url: str = Field(
        default="sqlite:///rxbot.db", description="Where everything but the keys is kept: sqlite:///path or postgresql://..."
    )
    keys_url: str = Field(default="", description="Where the keys are kept; beside the database when empty.")
    key: SecretStr = Field(default=SecretStr(""), description="Opens the key store; a file beside it is used when empty.")
    content: Path | None = Field(default=None, description="A folder holding dialogs/ and locales/; what ships when empty.")
    webhook_url: str = Field(default="", description="Where Telegram shall bring updates; they are fetched when empty.")
    listen: str = Field(default="127.0.0.1:8080", description="host:port of the clinics' pages.")
    metrics_listen: str = Field(default="", description="host:port of /metrics, for your own programs; off when empty.")
    public_url: str = Field(default="", description="How the clinics' pages are reached from outside.")
    send_limits: Literal["telegram", "off"] = Field(
        default="telegram", description="telegram keeps to its limits on sending; off for a server that has none."
    )
    test_clock: Path | None = Field(default=None, description="A file with seconds by which the clock is moved.")

    @property
    def is_in_earnest(self) -> bool:
        """Say whether this is the real Telegram."""
        return urlsplit(self.telegram_api).hostname == urlsplit(TELEGRAM).hostname

    @property
    def pages_url(self) -> str:
        """How the clinics' pages are reached."""
        return (self.public_url or f"http://{self.listen}").rstrip("/")

    def where_keys_are(self) -> str:
        """Name the key store: its own URL, or a file beside the database's. Raises SettingsWrong where that is no file."""
        if self.keys_url:
            return self.keys_url
        database = _file_of(self.database_url)
        if database is None:
            raise SettingsWrong("RXBOT_KEYS_URL is empty.", "Say where the keys are kept: not in the database they open.")
        return f"sqlite:///{database.with_suffix('.keys.db')}"

    def master_key(self) -> str:
        """Give the operator's key; the first start without one makes a file that only the owner may read."""
        if self.key.get_secret_value():
            return self.key.get_secret_value()
        keys = _file_of(self.where_keys_are())
        if keys is None:
            raise SettingsWrong("RXBOT_KEY is empty.", "Make one with: rxbot keys new")
        file = keys.with_suffix(".key")
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(new_master_key())
        return file.read_text().strip()


def host_of(listen: str) -> str:
    """Give the host to listen on."""
    return listen.rpartition(":")[0] or "127.0.0.1"


def port_of(listen: str) -> int:
    """Give the port to listen on."""
    return int(listen.rpartition(":")[2])


def read_settings() -> Settings:
    """Read the environment. Raises SettingsWrong naming every variable that is wrong."""
    try:
        settings = Settings(_secrets_dir=_folders_of_secrets())
    except ValidationError as wrong:
        names = ", ".join(f"RXBOT_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise SettingsWrong(f"The environment is wrong. {names}.", "See `rxbot serve --help`.") from wrong
    for name, listen, example in (("LISTEN", settings.listen, 8080), ("METRICS_LISTEN", settings.metrics_listen, 9090)):
        if listen and not listen.rpartition(":")[2].isdecimal():
            raise SettingsWrong(f"RXBOT_{name} is {listen!r}.", f"Write host:port, such as 127.0.0.1:{example}.")
    if settings.metrics_listen and settings.metrics_listen == settings.listen:
        raise SettingsWrong("RXBOT_METRICS_LISTEN is RXBOT_LISTEN, which is for everybody.", "Give it a port of its own.")
    if settings.webhook_url:
        _check_webhook(settings)
    if settings.test_clock and settings.is_in_earnest:
        raise SettingsWrong("RXBOT_TEST_CLOCK moves the clock of a real service.", "Take it away, or use a test server.")
    return settings


def _folders_of_secrets() -> list[Path]:
    """Name the folders in which systemd, Docker and Podman hand over what nobody else should read: a file a variable."""
    folders = (os.environ.get("CREDENTIALS_DIRECTORY", ""), "/run/secrets")
    return [Path(folder) for folder in folders if folder and Path(folder).is_dir()]


def _check_webhook(settings: Settings) -> None:
    """Refuse an address that Telegram would refuse, or that is one of ours already."""
    url = urlsplit(settings.webhook_url)
    if url.scheme not in ("https", "http") or not url.hostname or url.path in ("", "/"):
        raise SettingsWrong("RXBOT_WEBHOOK_URL is no address of its own.", "Write https://your.host/telegram, or leave it empty.")
    if settings.is_in_earnest and (url.scheme != "https" or (url.port or 443) not in WEBHOOK_PORTS):
        raise SettingsWrong("Telegram brings nothing to RXBOT_WEBHOOK_URL.", "It wants https, on port 443, 80, 88 or 8443.")


def environment() -> str:
    """List every variable with what it is for, a line each."""
    fields = Settings.model_fields.items()
    return "\n".join(f"  RXBOT_{name.upper():<14} {field.description}" for name, field in fields)


def need_token(settings: Settings) -> str:
    """Give the token, or say where to get one."""
    token = settings.token.get_secret_value()
    if ":" not in token:
        raise SettingsWrong("RXBOT_TOKEN is missing or is no token.", "Ask @BotFather for one, and set RXBOT_TOKEN.")
    return token


def _file_of(url: str) -> Path | None:
    """Give the file of a SQLite database; another has none."""
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None
