"""Timers: one of a kind, moved when set again, taken once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from store_acts import NOW, begin

from rxbot.store import timers
from rxbot.store.unit import Store, Unit

HOUR = timedelta(hours=1)


@pytest.fixture
def known(store: Store) -> Store:
    with store.begin() as unit:
        begin(unit)
        begin(unit, "p2", "7000000002", "e2")
    return store


def due(unit: Unit, hours: float, limit: int = 20) -> list[tuple[str, str, int]]:
    return [(one.episode_id, one.kind, one.days) for one in timers.due(unit, NOW + hours * HOUR, limit) if timers.take(unit, one)]


def test_a_timer_comes_once_at_its_time(known: Store) -> None:
    with known.begin() as unit:
        timers.set_timer(unit, "p1", "e1", "check_in-3", 3, NOW + HOUR)
        assert due(unit, 0.99) == []
        assert due(unit, 1) == [("e1", "check_in-3", 3)]
        assert due(unit, 2) == []


def test_a_timer_of_the_same_kind_is_moved_and_others_are_not(known: Store) -> None:
    with known.begin() as unit:
        for episode, hours in (("e1", 1), ("e1", 5), ("e2", 2)):
            timers.set_timer(unit, f"p{episode[1]}", episode, "handoff", 0, NOW + hours * HOUR)
        assert due(unit, 4) == [("e2", "handoff", 0)]
        assert due(unit, 5) == [("e1", "handoff", 0)]


def test_timers_are_dropped_all_or_of_one_kind(known: Store) -> None:
    with known.begin() as unit:
        for kind in ("handoff", "check_in-3", "check_in-7"):
            timers.set_timer(unit, "p1", "e1", kind, 0, NOW)
        timers.set_timer(unit, "p2", "e2", "handoff", 0, NOW)
        timers.drop_timers(unit, "e1", "handoff")
        timers.drop_timers(unit, "e1", "never set")
        assert due(unit, 0, limit=1) == [("e1", "check_in-3", 0)]
        timers.drop_timers(unit, "e1")
        assert due(unit, 1) == [("e2", "handoff", 0)]


def test_the_earliest_come_first_and_no_more_than_asked_for(known: Store) -> None:
    with known.begin() as unit:
        for hours in (3, 1, 2):
            timers.set_timer(unit, "p1", "e1", f"check_in-{hours}", hours, NOW + hours * HOUR)
        assert [days for _, _, days in due(unit, 9, limit=2)] == [1, 2]
        assert [days for _, _, days in due(unit, 9, limit=2)] == [3]


def test_what_is_rolled_back_is_still_due(known: Store) -> None:
    with known.begin() as unit:
        timers.set_timer(unit, "p1", "e1", "handoff", 0, NOW)
    with suppress(RuntimeError), known.begin() as unit:
        assert due(unit, 0)
        raise RuntimeError("killed")
    with known.begin() as unit:
        assert due(unit, 0)
