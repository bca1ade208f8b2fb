"""What several processes on one PostgreSQL leave to each other: a lane, an episode, a seat; and what they are told."""

import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import postgres
import pytest
from sqlalchemy import text
from store_acts import NOW, begin, put, say

from rxbot.directory.model import Location, Need, Place, Service
from rxbot.directory.search import Search
from rxbot.errors import SeatLost, StoreBusy
from rxbot.inbox import Ack, work_off
from rxbot.store import episodes, inbox_rows, outbox_rows, timers
from rxbot.store.candidates import find_services
from rxbot.store.directory_rows import post_again, publishers, retire_publisher, save_feed, service_key
from rxbot.store.inbox_rows import Arrived
from rxbot.store.keys import Keys
from rxbot.store.outbox_rows import person_lane
from rxbot.store.seats import seat
from rxbot.store.unit import Store, Unit

KEY = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two processes, as far as the database can tell."""
    url = postgres.fresh_url()
    one, other = (Store(url, Keys(f"sqlite:///{tmp_path / 'keys.db'}", KEY)) for _ in range(2))
    with one.begin() as unit:
        begin(unit)
    yield one, other
    one.close()
    other.close()
    postgres.drop(url)


def arrive(store: Store, *lanes: str) -> None:
    with store.begin() as unit:
        inbox_rows.accept(unit, "bot", [Arrived(number, lane, b"{}") for number, lane in enumerate(lanes, 1)], NOW)


def lanes_open_to(unit: Unit) -> list[str]:
    return [row.lane for row in inbox_rows.open_rows(unit, NOW, 50)]


def test_a_lane_that_one_works_on_is_left_alone_by_the_other_until_it_is_done(both: tuple[Store, Store]) -> None:
    one, other = both
    arrive(one, "1:0", "1:0", "2:0")
    with one.begin() as first:
        assert lanes_open_to(first) == ["1:0", "1:0", "2:0"]
        with other.begin() as second:
            assert lanes_open_to(second) == []
        for row in inbox_rows.open_rows(first, NOW, 2):
            inbox_rows.done(first, row.seq, NOW)
    with other.begin() as second:
        assert lanes_open_to(second) == ["2:0"]


class Meeting:
    """Receives updates by touching the only episode there is."""

    def __call__(self, unit: Unit, body: bytes, now: object) -> tuple[Ack, ...]:
        held = episodes.load(unit, "e1")
        assert held is not None
        return ()

    def given_up(self, *_: object) -> None:
        raise AssertionError("nothing is given up here")


def test_an_update_about_somebody_whose_turn_it_is_elsewhere_waits_and_counts_no_attempt(both: tuple[Store, Store]) -> None:
    one, other = both
    arrive(one, "1:0")
    with one.begin() as first:
        episodes.load(first, "e1")
        with other.begin() as second:
            worked = work_off(second, Meeting(), NOW)
            assert (worked.count, worked.busy) == (0, True)
    with other.begin() as second:
        assert [row.attempts for row in inbox_rows.open_rows(second, NOW, 9)] == [0]
        assert work_off(second, Meeting(), NOW).count == 1


def test_who_waits_too_long_for_an_episode_is_told_so(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as first:
        episodes.load(first, "e1")
        with pytest.raises(StoreBusy), other.begin() as second:
            episodes.load(second, "e1")


def test_a_timer_put_off_meanwhile_is_not_taken(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as unit:
        timers.set_timer(unit, "p1", "e1", "nudge", 1, NOW)
    with other.begin() as unit:
        (due,) = timers.due(unit, NOW, 9)
    with one.begin() as unit:
        timers.set_timer(unit, "p1", "e1", "nudge", 1, NOW + timedelta(days=1))
    with other.begin() as unit:
        assert not timers.take(unit, due)


def test_a_seat_is_one_processs_until_it_leaves_or_is_cut_off(both: tuple[Store, Store]) -> None:
    one, other = both
    first, second = seat(one, "sender"), seat(other, "sender")
    try:
        assert first.take().result()
        assert first.take().result(), "it is still ours"
        assert not second.take().result()
        assert seat(other, "clock").take().result(), "another seat is free"
        pid = first.unit_of(lambda unit: unit.execute(text("SELECT pg_backend_pid()")).scalar()).result()
        with other.begin() as unit:
            unit.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(SeatLost):
            first.unit_of(lambda unit: unit.execute(text("SELECT 1"))).result()
        assert second.take().result()
        assert not first.take().result()
    finally:
        first.leave()
        second.leave()
    with left(one, "sender") as third:
        assert third


@contextmanager
def left(store: Store, name: str) -> Iterator[bool]:
    """Try a seat that was left a moment ago."""
    one = seat(store, name)
    yield any(one.take().result() or time.sleep(0.05) for _ in range(40))
    one.leave()


def test_a_letter_that_another_process_may_still_be_sending_is_left_to_it_until_its_lease_is_over(
    both: tuple[Store, Store],
) -> None:
    one, other = both
    with one.begin() as unit:
        put(unit, person_lane("p1"), say("question"), person_id="p1")
        assert len(outbox_rows.claim(unit, NOW, 9)) == 1
    with other.begin() as unit:
        outbox_rows.recover(unit, NOW)
        assert outbox_rows.claim(unit, NOW, 9) == []
        outbox_rows.recover(unit, NOW + outbox_rows.LEASE)
        assert len(outbox_rows.claim(unit, NOW, 9)) == 1


def test_what_one_writes_down_the_other_is_told_of_when_it_is_committed(both: tuple[Store, Store]) -> None:
    one, other = both
    heard: list[str] = []
    other.listen(heard.append)
    deadline = time.monotonic() + 10
    while "inbox" not in heard and time.monotonic() < deadline:  # it takes a moment until it listens
        arrive(one, "1:0")
        time.sleep(0.05)
    with one.begin() as unit:
        put(unit, person_lane("p1"), say("question"), person_id="p1")
        time.sleep(0.2)
        assert "outbox" not in heard
    while "outbox" not in heard and time.monotonic() < deadline:
        time.sleep(0.01)
    assert set(heard) == {"inbox", "outbox"}


def test_what_is_on_its_way_for_long_stays_whose_it_is(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as unit:
        put(unit, person_lane("p1"), say("question"), person_id="p1")
        (letter,) = outbox_rows.claim(unit, NOW, 9)
    later, much_later = NOW + outbox_rows.LEASE * 0.8, NOW + outbox_rows.LEASE * 1.6
    with one.begin() as unit:
        outbox_rows.keep(unit, letter.rows, later)
    with other.begin() as unit:
        outbox_rows.recover(unit, much_later)
        assert outbox_rows.claim(unit, much_later, 9) == []
        outbox_rows.recover(unit, later + outbox_rows.LEASE)
        assert len(outbox_rows.claim(unit, later + outbox_rows.LEASE, 9)) == 1


HERE = Location("here", "physical", place=Place(53.07, 0.42))
SEARCH = Search(needs=(Need("food", "Food", keywords=("food",)),), place=HERE.place, reach_km=5, limit=9, now=NOW.date())


def feed(name: str) -> list[Service]:
    return [Service(str(number), f"Food {name} {number}", locations=(HERE,)) for number in range(3)]


def found(unit: Unit) -> set[str]:
    return {match.service.name for match in find_services(unit, SEARCH)}


def named(name: str) -> set[str]:
    return {service.name for service in feed(name)}


def waits_or_is_done(store: Store, work: "Future[object]") -> None:
    """Come back when this other process can go on no more."""
    waiting = text(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    while not work.done():
        with store.begin() as unit:
            if unit.execute(waiting).first():
                return
        time.sleep(0.01)


@pytest.mark.parametrize("publisher", ["town", "county"])
def test_of_two_imports_at_once_the_later_waits_and_both_come_in(both: tuple[Store, Store], publisher: str) -> None:
    one, other = both
    with one.begin() as unit:
        save_feed(unit, "town", feed("Bank"), NOW)
        second = other.unit_of(lambda unit: save_feed(unit, publisher, feed("Larder"), NOW))
        waits_or_is_done(one, second)
    second.result()
    with one.begin() as unit:
        assert found(unit) == (named("Larder") if publisher == "town" else named("Bank") | named("Larder"))


def test_whoever_searches_finds_the_old_directory_or_the_new_one_and_never_half_of_each(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as unit:
        save_feed(unit, "town", feed("Bank"), NOW)
    with one.begin() as unit:
        assert found(unit) == named("Bank")
        imported = other.unit_of(lambda unit: save_feed(unit, "town", feed("Larder"), NOW))
        waits_or_is_done(other, imported)
        assert found(unit) == named("Bank"), "a search is several statements, and so is a turn"
    imported.result()
    with one.begin() as unit:
        assert found(unit) == named("Larder")


def test_people_search_while_a_directory_comes_in(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as unit:
        save_feed(unit, "town", feed("Bank"), NOW)
    with one.begin() as unit:
        save_feed(unit, "town", feed("Larder"), NOW)
        with other.begin() as beside:
            assert found(beside) == named("Bank")


def test_a_provider_whose_word_changes_what_is_found_is_asked_to_wait_while_a_directory_comes_in(
    both: tuple[Store, Store],
) -> None:
    one, other = both
    with one.begin() as unit:
        save_feed(unit, "town", feed("Bank"), NOW)
        with pytest.raises(StoreBusy), other.begin() as beside:
            post_again(beside, service_key("town", "1"))


def test_a_publisher_is_taken_back_when_its_import_is_done(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.begin() as unit:
        save_feed(unit, "town", feed("Bank"), NOW)
        gone = other.unit_of(lambda unit: retire_publisher(unit, "town", NOW))
        waits_or_is_done(one, gone)
    assert gone.result() == 3
    with one.begin() as unit:
        assert found(unit) == set()
        assert publishers(unit) == {}
