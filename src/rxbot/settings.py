"""What the operator sets in the environment. Only app.py and the commands read it."""

import os
from ipaddress import ip_network
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
    database_url: str = Field(default="sqlite:///rxbot.db", description="Where everything but the keys is kept.")
    keys_url: str = Field(default="", description="Where the keys are kept; beside the database when empty.")
    key: SecretStr = Field(default=SecretStr(""), description="Opens the key store; a file beside it is used when empty.")
    content: Path | None = Field(default=None, description="A folder holding dialogs/ and locales/; what ships when empty.")
    webhook_url: str = Field(default="", description="Where Telegram shall bring updates; they are fetched when empty.")
    listen: str = Field(default="127.0.0.1:8080", description="host:port of the clinics' pages.")
    trusted_proxies: str = Field(
        default="127.0.0.1,::1", description="Addresses or networks of web servers in front, with commas between."
    )
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
    def host(self) -> str:
        """The host to listen on."""
        return self.listen.rpartition(":")[0] or "127.0.0.1"

    @property
    def port(self) -> int:
        """The port to listen on."""
        return int(self.listen.rpartition(":")[2])

    @property
    def pages_url(self) -> str:
        """How the clinics' pages are reached."""
        return (self.public_url or f"http://{self.listen}").rstrip("/")

    def where_keys_are(self) -> str:
        """Name the key store: its own URL, or a file beside the database's."""
        return self.keys_url or f"sqlite:///{_file_of(self.database_url).with_suffix('.keys.db')}"

    def master_key(self) -> str:
        """Give the operator's key; the first start without one makes a file that only the owner may read."""
        if self.key.get_secret_value():
            return self.key.get_secret_value()
        file = _file_of(self.where_keys_are()).with_suffix(".key")
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(new_master_key())
        return file.read_text().strip()


def read_settings() -> Settings:
    """Read the environment. Raises SettingsWrong naming every variable that is wrong."""
    try:
        settings = Settings()
    except ValidationError as wrong:
        names = ", ".join(f"RXBOT_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise SettingsWrong(f"The environment is wrong. {names}.", "See `rxbot serve --help`.") from wrong
    if not settings.listen.rpartition(":")[2].isdecimal():
        raise SettingsWrong(f"RXBOT_LISTEN is {settings.listen!r}.", "Write host:port, such as 127.0.0.1:8080.")
    _check_proxies(settings)
    if settings.webhook_url:
        _check_webhook(settings)
    if settings.test_clock and settings.is_in_earnest:
        raise SettingsWrong("RXBOT_TEST_CLOCK moves the clock of a real service.", "Take it away, or use a test server.")
    return settings


def _check_proxies(settings: Settings) -> None:
    """Refuse what names no address: everybody could then say that they come from somewhere else."""
    for one in settings.trusted_proxies.split(","):
        try:
            ip_network(one.strip())
        except ValueError as wrong:
            raise SettingsWrong(
                f"RXBOT_TRUSTED_PROXIES names {one.strip()!r}.", "Write addresses or networks, such as 127.0.0.1,10.0.0.0/8."
            ) from wrong


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
    return "\n".join(f"  RXBOT_{name.upper():<15} {field.description}" for name, field in fields)


def need_token(settings: Settings) -> str:
    """Give the token, or say where to get one."""
    token = settings.token.get_secret_value()
    if ":" not in token:
        raise SettingsWrong("RXBOT_TOKEN is missing or is no token.", "Ask @BotFather for one, and set RXBOT_TOKEN.")
    return token


def _file_of(url: str) -> Path:
    prefix = "sqlite:///"
    if not url.startswith(prefix):
        raise SettingsWrong(f"The database {url.partition(':')[0]!r} is not supported.", "Use sqlite:///path.")
    return Path(url.removeprefix(prefix))
