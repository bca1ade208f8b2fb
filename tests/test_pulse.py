"""Being in touch with Telegram: a gap in which it threw taps away is noticed, by whichever clock tells of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rxbot.episode.effects import Say
from rxbot.episode.model import Episode
from rxbot.message import Message, verbatim
from rxbot.pulse import TAPS_KEPT, Pulse
from rxbot.store import episodes, inbox_rows, outages, outbox_rows, pauses, timers
from rxbot.store.episodes import Held
from rxbot.store.tables import inbox, outbox, pause, timer
from rxbot.store.unit import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def asked_once_more(store: Store) -> list[str]:
    with store.begin() as unit:
        return list(unit.execute(select(timer.c.episode_id).where(timer.c.kind == outages.OUTAGE)).scalars())


def people(store: Store) -> None:
    """One with an open question, one who was silent for long, and one who has begun anew."""
    with store.begin() as unit:
        for person, episode, state, opened in (
            ("p1", "e1", "answering", NOW),
            ("p2", "e2", "answering", NOW - timedelta(days=9)),
            ("p3", "e3", "planning", NOW - timedelta(hours=1)),
            ("p3", "e4", "asking_consent", NOW),
            ("p5", "e5", "following_up", NOW),
        ):
            if episodes.person_at(unit, "telegram", person) is None:
                episodes.meet(unit, person, "telegram", person, opened)
            unit.keys.make(episode)
            episodes.start(unit, Held(person, person, Episode(episode, "harbour", state=state)), opened)


async def test_after_a_restart_the_times_written_down_tell(store: Store) -> None:
    people(store)
    await Pulse(store, "bot", lambda: NOW).felt()
    await Pulse(store, "bot", lambda: NOW + TAPS_KEPT).felt()
    assert asked_once_more(store) == []
    await Pulse(store, "bot", lambda: NOW + timedelta(hours=5)).felt()
    assert asked_once_more(store) == ["e1", "e4"]


@dataclass
class Watch:
    """A clock that is put on or back."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def pulse(store: Store, watch: Watch) -> Pulse:
    """In touch since the watch was started."""
    pulse = Pulse(store, "bot", watch)
    await pulse.felt()
    return pulse


async def test_a_clock_that_is_put_on_while_we_are_in_touch_is_no_gap(store: Store, watch: Watch, pulse: Pulse) -> None:
    people(store)
    watch.now += timedelta(hours=5)
    await pulse.felt()
    assert asked_once_more(store) == []


async def test_a_stop_in_good_order_is_the_beginning_of_the_gap(store: Store, watch: Watch, pulse: Pulse) -> None:
    people(store)
    watch.now += timedelta(hours=5)
    await pulse.stop()
    await Pulse(store, "bot", lambda: watch.now + timedelta(minutes=1)).felt()
    assert asked_once_more(store) == []


def still_to_wait(store: Store, now: datetime) -> list[timedelta]:
    """Say how long a letter, an update, a pause and a timer still wait."""
    moments = (outbox.c.not_before, inbox.c.not_before, pause.c.until, timer.c.due_at)
    with store.begin() as unit:
        return [unit.execute(select(moment)).scalar_one() - now for moment in moments]


def waiting(store: Store, now: datetime) -> None:
    """Let a letter, an update, a chat and a timer wait, each a little longer."""
    with store.begin() as unit:
        episodes.meet(unit, "p1", "telegram", "p1", now)
        unit.keys.make("e1")
        episodes.start(unit, Held("p1", "p1", Episode("e1", "harbour", state="answering")), now)
        said = Say("person", Message((verbatim("words"),)))
        outbox_rows.put(unit, "person:p1", said, now, "en", "r", episode_id="e1", not_before=now + timedelta(seconds=2))
        inbox_rows.accept(unit, "bot", [inbox_rows.Arrived(1, "p1:0", b"{}")], now)
        inbox_rows.failed(unit, inbox_rows.open_rows(unit, now, 1)[0], "ValueError", now + timedelta(seconds=1))
        pauses.rest(unit, "person:p1", now + timedelta(seconds=4))
        timers.set_timer(unit, "p1", "e1", "alarm", 0, now + timedelta(minutes=10))


WAITS = [timedelta(seconds=2), timedelta(seconds=3), timedelta(seconds=4), timedelta(minutes=10)]


@pytest.mark.parametrize("is_started_anew", [False, True])
async def test_when_the_clock_is_put_back_nothing_waits_until_it_has_caught_up(
    store: Store, watch: Watch, pulse: Pulse, is_started_anew: bool
) -> None:
    waiting(store, NOW)
    watch.now -= timedelta(hours=3)
    await (Pulse(store, "bot", watch) if is_started_anew else pulse).felt()
    for wait, was in zip(still_to_wait(store, watch.now), WAITS, strict=True):
        assert was - timedelta(seconds=1) <= wait <= was + timedelta(seconds=1)


async def test_a_clock_that_is_put_back_by_seconds_is_let_go_on(store: Store, watch: Watch, pulse: Pulse) -> None:
    waiting(store, NOW)
    watch.now -= timedelta(seconds=20)
    await pulse.felt()
    assert still_to_wait(store, NOW) == WAITS


async def test_what_would_be_over_by_now_is_due_at_once(store: Store) -> None:
    """After a start anew nobody can say by how much exactly the clock was put back."""
    await Pulse(store, "bot", lambda: NOW + timedelta(hours=4)).felt()
    waiting(store, NOW + timedelta(hours=2))
    await Pulse(store, "bot", lambda: NOW).felt()
    assert still_to_wait(store, NOW) == [timedelta(0)] * 4
