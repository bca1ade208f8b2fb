"""The invented town as the demo brings it in: however much later that is, its records are as fresh as they were invented."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from stage import app_of, begun

from rxbot.clock import move
from rxbot.demo import fill
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.settings import Settings
from rxbot.store.directory_rows import read_page
from rxbot.store.directory_tables import directory_service


@pytest.mark.parametrize("days", [0, 900])
def test_the_town_is_as_fresh_in_later_years(days: int, tmp_path: Path) -> None:
    clock = begun(tmp_path)
    move(clock, timedelta(days=days).total_seconds())
    keys = f"sqlite:///{tmp_path / 'keys.db'}"
    app = app_of(Settings(token="1:none", database_url=f"sqlite:///{tmp_path / 'rxbot.db'}", keys_url=keys, test_clock=clock))
    fill(app)
    with app.store.begin() as unit:
        town = [read_page(page) for page in unit.execute(select(directory_service.c.page)).scalars()]
    app.store.close()
    lights = Counter(freshness_of(service.checked, app.now().date()) for service in town)
    assert lights[Freshness.FRESH] > len(town) / 2
    assert set(lights) == set(Freshness)
