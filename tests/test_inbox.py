"""The door in: in order within a lane, no lane waiting for another, a poison update set aside at last."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rxbot.errors import StoreAway, StoreWrong
from rxbot.inbox import Ack, Worked, work_off
from rxbot.store import inbox_rows
from rxbot.store.inbox_rows import Arrived
from rxbot.store.tables import audit, inbox
from rxbot.store.unit import Store, Unit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Reader:
    """Reads updates, writes a row for each, and fails on the poison ones after it has written."""

    def __init__(self, *poison: bytes) -> None:
        self.poison = set(poison)
        self.read: list[bytes] = []
        self.told: list[tuple[str, int]] = []

    def __call__(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
        unit.execute(audit.insert().values(at=now, actor="a", act=body.decode(), subject="", allowed=True))
        if body in self.poison:
            raise ValueError(f"cannot read {body!r}")
        self.read.append(body)
        return (Ack(body.decode()),)

    def given_up(self, unit: Unit, lane: str, seq: int, now: datetime) -> None:
        self.told.append((lane, seq))


def arrive(store: Store, *bodies: tuple[int, str, bytes]) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [Arrived(*one) for one in bodies], NOW)


def round_of(store: Store, reader: Reader, **later: float) -> Worked:
    with store.begin() as unit:
        return work_off(unit, reader, NOW + timedelta(**later))


def written(store: Store) -> list[str]:
    with store.begin() as unit:
        return list(unit.execute(select(audit.c.act)).scalars())


def test_updates_are_read_in_order_and_their_taps_answered_after(store: Store) -> None:
    arrive(store, (1, "a", b"1"), (2, "b", b"2"), (3, "a", b"3"))
    reader = Reader()
    assert round_of(store, reader) == Worked(3, (Ack("1"), Ack("2"), Ack("3")))
    assert round_of(store, reader) == Worked(0, ())
    assert reader.read == [b"1", b"2", b"3"]


def test_a_poison_update_rolls_back_only_itself_and_holds_only_its_lane(store: Store) -> None:
    arrive(store, (1, "a", b"1"), (2, "a", b"poison"), (3, "a", b"3"), (4, "b", b"4"))
    reader = Reader(b"poison")
    assert round_of(store, reader).count == 2
    assert reader.read == [b"1", b"4"]
    assert written(store) == ["1", "4"]
    assert round_of(store, reader, seconds=1).count == 0
    reader.poison.clear()
    assert round_of(store, reader, seconds=2).count == 2
    assert reader.read == [b"1", b"4", b"poison", b"3"]


def test_a_poison_update_is_given_up_after_five_and_its_lane_goes_on(store: Store) -> None:
    arrive(store, (1, "a", b"poison"), (2, "a", b"2"))
    reader = Reader(b"poison")
    for minute in range(5):
        assert round_of(store, reader, minutes=minute).count == 0
    assert round_of(store, reader, minutes=5).count == 1
    assert reader.read == [b"2"]
    assert reader.told == [("a", 1)]
    with store.begin() as unit:
        given_up = unit.execute(select(inbox.c.attempts, inbox.c.error).where(inbox.c.update_id == 1)).one()
    assert tuple(given_up) == (5, "ValueError")


def test_however_much_waits_behind_a_poison_update_others_are_read(store: Store) -> None:
    arrive(store, (0, "flood", b"poison"), *((n, "flood", b"x") for n in range(1, 120)), (200, "b", b"other"))
    reader = Reader(b"poison")
    round_of(store, reader)
    assert round_of(store, reader, seconds=1).count == 1
    assert reader.read == [b"other"]


def test_an_update_whose_key_is_gone_keeps_nobody(store: Store) -> None:
    arrive(store, (1, "a", b"1"))
    store.keys.drop([f"inbox-{NOW:%Y-%m-%d}"])
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [Arrived(2, "b", b"2")], NOW + timedelta(days=1))
    reader = Reader()
    assert round_of(store, reader, days=1).count == 1
    assert reader.read == [b"2"]


def test_a_database_that_does_not_answer_is_no_fault_of_the_update(store: Store) -> None:
    arrive(store, (1, "a", b"1"))

    class Away(Reader):
        def __call__(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
            raise StoreAway

    for minute in range(9):
        with pytest.raises(StoreAway):
            round_of(store, Away(), minutes=minute)
    reader = Reader()
    assert round_of(store, reader).count == 1
    assert reader.read == [b"1"]
    with store.begin() as unit:
        assert unit.execute(select(inbox.c.attempts)).scalars().all() == [0]


def test_what_is_not_committed_is_read_again(store: Store) -> None:
    arrive(store, (1, "a", b"1"))
    reader = Reader()
    with suppress(StoreWrong), store.begin() as unit:
        work_off(unit, reader, NOW)
        raise StoreWrong("killed")
    assert written(store) == []
    round_of(store, reader)
    assert reader.read == [b"1", b"1"]
    assert written(store) == ["1"]
