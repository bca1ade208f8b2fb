"""Open what a command works on, and let go of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from rxbot import app as root
from rxbot.content.load import Release, shipped
from rxbot.errors import Refused
from rxbot.settings import Settings, read_settings
from rxbot.store.unit import Store

ELSEWHERE = (
    "Set RXBOT_DATABASE_URL to the one you mean, or go to its folder. If you have none yet, the first import makes one: "
    "rxbot directory import SOURCE. So does rxbot serve."
)


def content_folder() -> Path:
    """Find the pages: the operator's own, or those that ship."""
    return read_settings().content or shipped()


@contextmanager
def opened() -> Iterator[tuple[Settings, Store, Release]]:
    """Open what a command works on, and let go of it."""
    with stored() as (settings, store):
        yield settings, store, root.load_release(settings, root.now_of(settings)())


@contextmanager
def opened_if_there() -> Iterator[tuple[Settings, Store, Release]]:
    """Open what a command looks at, or changes something in. It makes no database: in a new one there is nothing to find."""
    refuse_a_new_one()
    with opened() as found:
        yield found


@contextmanager
def stored_if_there(older_too: bool = False) -> Iterator[tuple[Settings, Store]]:
    """Open a database that is there already, whatever is wrong with the pages."""
    refuse_a_new_one()
    with stored(older_too) as found:
        yield found


@contextmanager
def stored(older_too: bool = False) -> Iterator[tuple[Settings, Store]]:
    """Open the database, whatever is wrong with the pages, and let go of it."""
    settings = read_settings()
    store = root.open_store(settings, older_too)
    try:
        yield settings, store
    finally:
        store.close()


def database_of(settings: Settings) -> str:
    """Name the database: by its whole path, or by its name and server, without what opens it."""
    if file := settings.database_file:
        return str(file.absolute())
    parts = urlsplit(settings.database_url)
    return f"{parts.path.strip('/')} at {parts.hostname}" if parts.hostname else parts.path.strip("/")


def refuse_a_new_one() -> None:
    """Say so where there is no database yet."""
    settings = read_settings()
    if is_to_be_made(settings):
        raise Refused(f"There is no database here: {database_of(settings)}", ELSEWHERE)


def is_to_be_made(settings: Settings) -> bool:
    """Say whether the database is a file that is not there yet."""
    return bool(settings.database_file and not settings.database_file.exists())
