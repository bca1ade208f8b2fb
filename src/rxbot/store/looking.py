"""Look at a database as it is, without changing or making anything: for `rxbot doctor`, while others work on it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from rxbot.errors import SettingsWrong
from rxbot.store import postgres
from rxbot.store.directory_rows import SAID, service_from
from rxbot.store.directory_tables import directory_service
from rxbot.store.keys import Keys
from rxbot.store.staff import Team
from rxbot.store.tables import episode, heartbeat, staff, team
from rxbot.store.unit import KEYS_PUT_BACK, PUT_BACK, not_read

SAMPLE = 20  # episodes that are opened to see whether their keys fit


@dataclass(frozen=True)
class Directory:
    """How fresh the services are: how many are offered, the newest change, and how many somebody vouched for lately."""

    offered: int
    newest: datetime
    vouched_for: int


def file_of(url: str) -> Path | None:
    """Give the file of a database that is one. Raises SettingsWrong when it is no database that we know."""
    try:
        parsed = make_url(url)
    except ArgumentError as wrong:
        raise SettingsWrong(
            "RXBOT_DATABASE_URL or RXBOT_KEYS_URL is no address of a database.",
            "Write sqlite:///path or postgresql://user@host/name.",
        ) from wrong
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise SettingsWrong(
            f"The database {parsed.get_backend_name()!r} is not supported.",
            "Write sqlite:///path or postgresql://user@host/name.",
        )
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """Open a database for reading only. Raises StoreWrong when that is not possible."""
    engine = create_engine(_read_only(url), execution_options={} if file_of(url) else {"postgresql_readonly": True})
    try:
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, sqlite3.Error) as failed:
        raise not_read(failed, "The database", PUT_BACK) from failed
    finally:
        engine.dispose()


def holds_words(url: str) -> bool:
    """Say whether there is anything in it that was said, for which there have to be keys."""
    file = file_of(url)
    if file and not file.exists():
        return False
    with looking(url) as connection:
        return (
            inspect(connection).has_table(episode.name) and connection.execute(select(episode.c.id).limit(1)).first() is not None
        )


def open_keys(url: str, master: str) -> Keys:
    """Open the key store for reading only. Raises SettingsWrong when the operator's key does not open it."""
    try:
        return Keys(_read_only(url).render_as_string(hide_password=False), master, look_only=True)
    except (DBAPIError, sqlite3.Error) as failed:
        raise not_read(failed, "The key store", KEYS_PUT_BACK) from failed


def _read_only(url: str) -> URL:
    file = file_of(url)
    return make_url(f"sqlite:///file:{quote(str(file))}?mode=ro&uri=true") if file else postgres.with_driver(url)


def teams(connection: Connection) -> list[Team]:
    """Give every group that is bound."""
    rows = connection.execute(select(team.c.id, team.c.address, team.c.acknowledged_at).order_by(team.c.id))
    return [Team(row.id, row.address, row.acknowledged_at is not None) for row in rows]


def enrolled(connection: Connection, role: str) -> int:
    """Count the enrolled staff of a role."""
    mine = select(func.count()).select_from(staff).where(staff.c.role == role, staff.c.address.is_not(None))
    return connection.execute(mine).scalar_one()


def last_beat(connection: Connection) -> datetime | None:
    """Give when anybody of ours was last in touch with Telegram."""
    return connection.execute(select(func.max(heartbeat.c.at))).scalar()


def episode_ids(connection: Connection) -> set[str]:
    """Name every episode."""
    return set(connection.execute(select(episode.c.id)).scalars())


def newest_sealed(connection: Connection) -> list[tuple[str, bytes]]:
    """Give a few episodes as they are sealed, the newest first."""
    found = select(episode.c.id, episode.c.sealed).order_by(episode.c.touched_at.desc()).limit(SAMPLE)
    return [(row.id, row.sealed) for row in connection.execute(found)]


def publishers(connection: Connection) -> frozenset[str]:
    """Name those whose lists are offered."""
    c = directory_service.c
    return frozenset(connection.execute(select(c.publisher).where(c.retired_at.is_(None)).distinct()).scalars())


def directory(connection: Connection, since: date) -> Directory | None:
    """Say how fresh the services are; none when there are none."""
    c = directory_service.c
    rows = connection.execute(select(*SAID, c.changed_at).where(c.retired_at.is_(None), c.closed_at.is_(None))).all()
    services = [service for service in map(service_from, rows) if service.offered]
    if not services:
        return None
    vouched_for = sum(1 for service in services if service.checked and service.checked >= since)
    return Directory(len(services), max(row.changed_at for row in rows), vouched_for)
