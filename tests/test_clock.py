"""Due time: through the same door as everything else, one failing timer never keeping another, and a clock that can be moved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from rxbot.clock import BATCH, let_due_happen, movable_now, real_now
from rxbot.content.load import Release
from rxbot.episode.model import Episode
from rxbot.store import episodes, timers
from rxbot.store.episodes import Held
from rxbot.store.tables import episode, outbox, timer
from rxbot.store.unit import Store

NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def follow(store: Store, *people: str) -> None:
    """Let these people wait for their check-in of day 3, due now."""
    with store.begin() as unit:
        for name in people:
            episodes.meet(unit, name, "telegram", name, NOW)
            unit.keys.make(name)
            one = replace(Episode(name, "harbour", language="en"), state="following_up", sheet="intake", reviewed_at=NOW)
            episodes.start(unit, Held(name, name, one), NOW)
            timers.set_timer(unit, name, name, "check_in-3", 3, NOW)


def happened(store: Store, release: Release, **later: float) -> tuple[int, list[str]]:
    """Let what is due happen; give how much it was and who was asked."""
    with store.begin() as unit:
        count = let_due_happen(unit, release.content, NOW + timedelta(**later))
    with store.begin() as unit:
        return count, list(unit.execute(select(outbox.c.person_id).where(outbox.c.what == "Say").order_by(outbox.c.id)).scalars())


def test_a_due_check_in_is_asked_once(store: Store, release: Release) -> None:
    follow(store, "p1")
    assert happened(store, release, seconds=-1) == (0, [])
    assert happened(store, release) == (1, ["p1"])
    assert happened(store, release, hours=1) == (0, ["p1"])


def test_a_check_in_due_at_night_is_asked_in_the_morning(store: Store, release: Release) -> None:
    follow(store, "p1")
    assert happened(store, release, hours=13) == (1, [])
    assert happened(store, release, hours=21) == (0, [])
    assert happened(store, release, hours=22) == (1, ["p1"])


def test_a_timer_that_fails_is_tried_again_and_keeps_nobody(store: Store, release: Release) -> None:
    follow(store, "p1", "p2", "p3")
    with store.begin() as unit:
        good = unit.execute(select(episode.c.sealed).where(episode.c.id == "p2")).scalar_one()
        unit.execute(update(episode).where(episode.c.id == "p2").values(sealed=b"spoilt in some way or other"))
    assert happened(store, release) == (3, ["p1", "p3"])
    assert happened(store, release, minutes=5) == (0, ["p1", "p3"])
    with store.begin() as unit:
        unit.execute(update(episode).where(episode.c.id == "p2").values(sealed=good))
    assert happened(store, release, minutes=10) == (1, ["p1", "p3", "p2"])


def test_many_timers_come_in_several_rounds(store: Store, release: Release) -> None:
    follow(store, *(f"p{n}" for n in range(BATCH + 3)))
    assert happened(store, release)[0] == BATCH
    assert happened(store, release)[0] == 3


def test_a_timer_of_a_kind_nobody_knows_any_more_is_dropped(store: Store, release: Release) -> None:
    follow(store, "p1")
    with store.begin() as unit:
        unit.execute(update(timer).values(kind="from an older release"))
    assert happened(store, release) == (1, [])
    assert happened(store, release) == (0, [])


def test_the_real_clock_is_aware_and_in_utc() -> None:
    assert real_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(("written", "hours"), [("3600", 1), (" -7200.0\n", -2), ("", 0), ("soon", 0), (None, 0)])
def test_a_clock_can_be_moved_by_a_file_and_stands_right_without_one(tmp_path: Path, written: str | None, hours: int) -> None:
    file = tmp_path / "clock"
    if written is not None:
        file.write_text(written)
    assert abs(movable_now(file)() - real_now() - timedelta(hours=hours)) < timedelta(seconds=2)
