"""What rxbot forgets by itself while it runs."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select
from stage import stage

from rxbot.store import wrong_tries
from rxbot.store.tables import wrong_try
from rxbot.store.unit import Unit


def _counts(unit: Unit) -> int:
    return unit.execute(select(func.count()).select_from(wrong_try)).scalar_one()


async def test_wrong_codes_of_days_past_are_forgotten_though_nobody_types_another(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        await one.app.ask(lambda unit: wrong_tries.note(unit, "code", "7000000001", one.app.now()))
        await one.restart()
        await one.settles()
        assert await one.app.ask(_counts) == 1
        await one.passes(days=1)
        await one.restart()
        async with asyncio.timeout(15):
            while await one.app.ask(_counts):
                await asyncio.sleep(0.02)


async def test_the_key_of_a_days_updates_is_destroyed_when_the_day_is_over_and_nothing_waits(tmp_path: Path) -> None:
    async with stage(tmp_path, town=False) as one:
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites())
        await one.settles()
        first = f"inbox-{one.app.now():%Y-%m-%d}"
        assert one.app.store.keys.all_ids("inbox-") == [first]
        wrapped = _wrapped(tmp_path, first)
        await one.is_away(hours=20)  # another day
        tom.types("English")
        await one.settles()
        async with asyncio.timeout(15):
            while first in one.app.store.keys.all_ids("inbox-"):
                await asyncio.sleep(0.05)
        assert one.app.store.keys.all_ids("inbox-") == [f"inbox-{one.app.now():%Y-%m-%d}"]
        assert not [file.name for file in tmp_path.glob("rxbot*") if wrapped in file.read_bytes()]


def _wrapped(folder: Path, key_id: str) -> bytes:
    with closing(sqlite3.connect(folder / "rxbot.keys.db")) as raw:
        return bytes(raw.execute("SELECT wrapped FROM wrapped_key WHERE id = ?", (key_id,)).fetchone()[0])
