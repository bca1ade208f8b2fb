"""What the operator sets in the environment. Only app.py and the commands read it."""

import os
from contextlib import suppress
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
    database_url: str = Field(
        default="sqlite:///rxbot.db", description="Where everything but the keys is kept: sqlite:///path or postgresql://..."
    )
    keys_url: str = Field(default="", description="Where the keys are kept; beside the database when empty.")
    key: SecretStr = Field(default=SecretStr(""), description="Opens the key store; a file beside it is used when empty.")
    new_key: SecretStr = Field(default=SecretStr(""), description="Takes the place of RXBOT_KEY: for `rxbot keys rotate` only.")
    content: Path | None = Field(default=None, description="A folder holding dialogs/ and locales/; what ships when empty.")
    webhook_url: str = Field(default="", description="Where Telegram shall bring updates; they are fetched when empty.")
    listen: str = Field(default="127.0.0.1:8080", description="host:port of the pages of clinics and providers.")
    metrics_listen: str = Field(default="", description="host:port of /metrics, for your own programs; off when empty.")
    trusted_proxies: str = Field(
        default="127.0.0.1,::1", description="Addresses or networks of web servers in front, with commas between."
    )
    public_url: str = Field(default="", description="How those pages are reached from outside.")
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="The mail server, for letters to providers: smtp://user:password@host:587 or smtps://...",
    )
    mail_from: str = Field(default="", description="The address such letters come from, and answers go to.")
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

    @property
    def database_file(self) -> Path | None:
        """The file of the database, where it is one."""
        return _file_of(self.database_url)

    def where_keys_are(self) -> str:
        """Name the key store: its own URL, or a file beside the database's. Raises SettingsWrong where that is no file."""
        if self.keys_url:
            return self.keys_url
        database = _file_of(self.database_url)
        if database is None and not self.database_url.startswith("postgresql"):
            kind = self.database_url.partition(":")[0]
            raise SettingsWrong(f"The database {kind!r} is not supported.", "Use sqlite:///path or postgresql://user@host/name.")
        if database is None:
            raise SettingsWrong("RXBOT_KEYS_URL is empty.", "Say where the keys are kept: not in the database they open.")
        return f"sqlite:///{database.with_suffix('.keys.db')}"

    def master_key(self) -> str:
        """Give the operator's key; the first start without one makes a file that only the owner may read."""
        if self.key.get_secret_value():
            return self.key.get_secret_value()
        if not self.key_file.exists():
            if (keys := _file_of(self.where_keys_are())) and keys.exists():
                says = f"There is a key store and no key for it: {keys}."
                raise SettingsWrong(says, "Set RXBOT_KEY to the key it was made with.")
            self.key_file.parent.mkdir(parents=True, exist_ok=True)
            _write_key(self.key_file, new_master_key())
        return self.key_file.read_text().strip()

    @property
    def key_file(self) -> Path:
        """Where the operator's key is when it is not in the environment. Raises SettingsWrong where it has to be there."""
        keys = _file_of(self.where_keys_are())
        if keys is None:
            raise SettingsWrong("RXBOT_KEY is empty.", "Make one with: rxbot keys new")
        return keys.with_suffix(".key")

    @property
    def next_key_file(self) -> Path:
        """Where the next key is until the store is wrapped by it. A rotation that was cut short leaves it there."""
        return self.key_file.with_suffix(".next.key")

    def next_master_key(self) -> str:
        """Give the operator's next key. Where the key is in a file, so is the next one, and on the disk before it is used."""
        if self.new_key.get_secret_value():
            return self.new_key.get_secret_value()
        if self.key.get_secret_value():
            remedy = "Make one with `rxbot keys new`, keep it where RXBOT_KEY is kept, and set RXBOT_NEW_KEY to it."
            raise SettingsWrong("RXBOT_NEW_KEY is missing.", remedy)
        if not self.next_key_file.exists():
            _write_key(self.next_key_file, new_master_key())
        return self.next_key_file.read_text().strip()

    def take_new_key(self) -> str:
        """Leave the old key, which opens nothing any more; say what the operator has to do."""
        if self.new_key.get_secret_value():
            self.key_file.unlink(missing_ok=True)
            return "Set RXBOT_KEY to the new key now, and unset RXBOT_NEW_KEY."
        self.next_key_file.replace(self.key_file)
        _on_disk(self.key_file.parent)
        return f"The new key is in {self.key_file}."


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
    _check_proxies(settings)
    if settings.webhook_url:
        _check_webhook(settings)
    if settings.test_clock and settings.is_in_earnest:
        raise SettingsWrong("RXBOT_TEST_CLOCK moves the clock of a real service.", "Take it away, or use a test server.")
    return settings


def _folders_of_secrets() -> list[Path]:
    """Name the folders in which systemd, Docker and Podman hand over what nobody else should read: a file a variable."""
    folders = (os.environ.get("CREDENTIALS_DIRECTORY", ""), "/run/secrets")
    return [Path(folder) for folder in folders if folder and Path(folder).is_dir()]


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


def _write_key(file: Path, key: str) -> None:
    """Write a key for its owner alone. It appears whole, and is on the disk when this returns."""
    draft = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(key)
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):  # somebody else was quicker
        os.link(draft, file)
    draft.unlink()
    _on_disk(file.parent)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _file_of(url: str) -> Path | None:
    """Give the file of a SQLite database; another has none."""
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None
