"""What it costs that many people are stored who do nothing now: memory, starting, and a timer among very many."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from crowd import Crowd
from houses import at_rest, fill, rxbot
from sqlalchemy import Table, insert

from rxbot.clock import let_due_happen, real_now
from rxbot.content.load import Release
from rxbot.store import timers
from rxbot.store.keys import Keys, new_master_key, wrapped_key
from rxbot.store.schema import prepare
from rxbot.store.tables import episode, person, timer
from rxbot.store.unit import Store

DUE = 200  # timers that are due among those of all who are stored
SEALED, WRAPPED = 1700, 60  # bytes of an episode after the review, and of a wrapped key
PORTION = 10_000
FAR = timedelta(days=30)


async def start(many: int, release: Release, crowd: Crowd, api: str) -> tuple[float, float]:
    """Start rxbot on a database with so many people; give the seconds until it asks for updates, and the MB it holds then."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with rxbot("sqlite", crowd, api, Path(folder), release, at_rest, lambda store: people(store, many)) as bot:
            begun = bot.since
            while not crowd.telegram.queue.poll:
                await asyncio.sleep(0.01)
            took = time.perf_counter() - begun
            await asyncio.sleep(3)
            return took, bot.megabytes


def due_timer(many: int, release: Release) -> float:
    """Give the milliseconds of a core that a timer takes which is due among those of so many people."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        store = Store(f"sqlite:///{where / 'rxbot.db'}", Keys(f"sqlite:///{where / 'keys.db'}", new_master_key()))
        prepare(store)
        people(store, many)
        fill(store, release, at_rest, list(range(DUE)))
        now = real_now()
        with store.begin() as unit:
            for number in range(DUE):
                timers.set_timer(unit, f"p{number}", f"{number:016d}", "check_in-3", 3, now - timedelta(minutes=1))
        with store.begin() as unit:  # one portion, so that all is in place
            left = DUE - let_due_happen(unit, release.content, now)
        begun, more = time.thread_time(), True
        while more:
            with store.begin() as unit:
                more = bool(let_due_happen(unit, release.content, now))
        took = time.thread_time() - begun
        store.close()
        return 1000 * took / left


def people(store: Store, many: int) -> None:
    """Store so many people, each with an episode, a key and a timer of the future. Nobody opens what is sealed here."""
    now, noise = real_now() - timedelta(days=1), os.urandom(SEALED)
    with store.begin() as unit, store.keys._engine.begin() as keys:
        for first in range(0, many, PORTION):
            ids = [f"stored-{number}" for number in range(first, min(first + PORTION, many))]
            keys.execute(insert(wrapped_key), [{"id": one, "wrapped": noise[:WRAPPED]} for one in ids])
            for table, rows in _rows(ids, now, noise):
                unit.execute(insert(table), rows)


def _rows(ids: list[str], now: object, noise: bytes) -> Iterator[tuple[Table, list[dict[str, object]]]]:
    yield person, [{"id": one, "channel": "telegram", "address": one, "made_at": now} for one in ids]
    of_episode = {"clinic": "harbour", "state": "following_up", "language": "en", "opened_at": now, "touched_at": now}
    yield episode, [{"id": one, "person_id": one, "sealed": noise, **of_episode} for one in ids]
    later = real_now() + FAR
    yield timer, [{"person_id": one, "episode_id": one, "kind": "check_in-28", "days": 28, "due_at": later} for one in ids]
