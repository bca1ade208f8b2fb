"""The demo: its records stay as fresh as they were invented, however much later it is, and a day that passes ends by day."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from stage import app_of, begun

from rxbot.clock import move
from rxbot.content.load import Release
from rxbot.demo import fill, span_of
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


@pytest.mark.parametrize(
    ("pressed_at", "seconds", "then"),
    [
        ("2026-03-02T07:56", 86400, "2026-03-03T08:00"),
        ("2026-03-02T23:30", 86400, "2026-03-04T08:00"),
        ("2026-03-02T10:00", 86400, "2026-03-03T10:00"),
        ("2026-03-02T22:30", 3600, "2026-03-02T23:30"),
    ],
)
def test_a_day_ends_when_people_are_awake_so_that_what_waits_for_the_morning_comes(
    release: Release, pressed_at: str, seconds: float, then: str
) -> None:
    scheme = release.content.scheme
    now = datetime.fromisoformat(pressed_at).replace(tzinfo=scheme.time_zone)
    moved = now + timedelta(seconds=span_of(scheme, now, seconds))
    assert f"{moved:%Y-%m-%dT%H:%M}" == then
