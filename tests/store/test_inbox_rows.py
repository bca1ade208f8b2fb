"""Updates as rows: one that came before is nothing, what is done leaves nothing behind, keys live no longer than needed."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from store_acts import NOW

from rxbot.errors import StoreWrong
from rxbot.store import inbox_rows
from rxbot.store.inbox_rows import ATTEMPTS, REMEMBERED, Arrived
from rxbot.store.tables import inbox
from rxbot.store.unit import Store


def update(number: int, lane: str = "7:0", body: bytes = b"{}") -> Arrived:
    return Arrived(number, lane, body)


def test_an_update_that_comes_again_is_nothing_even_after_it_was_done(store: Store) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [update(1, body=b"first"), update(2)], NOW)
        inbox_rows.accept(unit, "bot", [update(1, body=b"second"), update(3)], NOW)
        rows = inbox_rows.open_rows(unit, NOW, 10)
        assert [inbox_rows.body_of(unit, row) for row in rows] == [b"first", b"{}", b"{}"]
        inbox_rows.done(unit, rows[0].seq, NOW)
        inbox_rows.accept(unit, "bot", [update(1)], NOW + timedelta(days=7))
        assert len(inbox_rows.open_rows(unit, NOW, 99)) == 2
        inbox_rows.accept(unit, "another bot", [update(1)], NOW)
        assert len(inbox_rows.open_rows(unit, NOW, 99)) == 3


def test_accepting_nothing_is_fine(store: Store) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [], NOW)
        assert inbox_rows.open_rows(unit, NOW, 99) == []


def test_what_is_done_keeps_neither_its_body_nor_whose_it_was(store: Store) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [update(1)], NOW)
        inbox_rows.done(unit, inbox_rows.open_rows(unit, NOW, 1)[0].seq, NOW)
        assert unit.execute(select(inbox.c.sealed, inbox.c.lane)).one() == (None, "")


def test_a_lane_whose_first_update_waits_takes_no_place_of_others(store: Store) -> None:
    """However much one person sends after an update that failed."""
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [update(n, "flood") for n in range(100)], NOW)
        inbox_rows.accept(unit, "bot", [update(200, "other")], NOW)
        inbox_rows.failed(unit, inbox_rows.open_rows(unit, NOW, 1)[0], "ValueError", NOW)
        assert [row.lane for row in inbox_rows.open_rows(unit, NOW, 50)] == ["other"]
        assert len(inbox_rows.open_rows(unit, NOW + timedelta(seconds=2), 50)) == 50


def test_each_failure_waits_longer_and_the_fifth_is_the_last(store: Store) -> None:
    now, waits = NOW, []
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [update(1)], now)
        for attempt in range(1, ATTEMPTS + 1):
            (row,) = inbox_rows.open_rows(unit, now, 5)
            assert inbox_rows.failed(unit, row, "ValueError", now) is (attempt == ATTEMPTS)
            waits.append((unit.execute(select(inbox.c.not_before)).scalar_one() - now).total_seconds())
            now += timedelta(hours=1)
        assert waits == [2, 4, 8, 16, 32]
        assert inbox_rows.open_rows(unit, now, 5) == []


def test_old_rows_and_the_keys_of_their_days_are_dropped_open_ones_are_not(store: Store) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [update(1), update(2, "8:0")], NOW)
        first, second = inbox_rows.open_rows(unit, NOW, 5)
        inbox_rows.done(unit, first.seq, NOW)
        inbox_rows.accept(unit, "bot", [update(3)], NOW + timedelta(days=1))
        later = NOW + REMEMBERED + timedelta(seconds=1)
        inbox_rows.forget_old(unit, later)
        assert sorted(unit.keys.all_ids("inbox-")) == ["inbox-2026-03-02", "inbox-2026-03-03"]
        assert inbox_rows.body_of(unit, second) == b"{}"
        for row in inbox_rows.open_rows(unit, later, 5):
            inbox_rows.done(unit, row.seq, later)
        inbox_rows.forget_old(unit, later)
        assert unit.keys.all_ids("inbox-") == []
        with pytest.raises(StoreWrong):
            inbox_rows.body_of(unit, second)
