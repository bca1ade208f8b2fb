"""What rxbot forgets by itself while it runs."""

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
        await one.settles()
        assert await one.app.ask(_counts) == 0
