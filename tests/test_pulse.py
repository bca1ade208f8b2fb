"""Being in touch with Telegram: a gap in which it threw taps away is noticed, by whichever clock tells of it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from rxbot.episode.model import Episode
from rxbot.pulse import TAPS_KEPT, Pulse
from rxbot.store import episodes, outages
from rxbot.store.episodes import Held
from rxbot.store.tables import timer
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


async def test_a_clock_that_is_put_on_while_we_are_in_touch_is_no_gap(store: Store) -> None:
    people(store)
    now = [NOW]
    pulse = Pulse(store, "bot", lambda: now[0])
    await pulse.felt()
    now[0] += timedelta(hours=5)
    await pulse.felt()
    assert asked_once_more(store) == []


async def test_a_stop_in_good_order_is_the_beginning_of_the_gap(store: Store) -> None:
    people(store)
    now = [NOW]
    pulse = Pulse(store, "bot", lambda: now[0])
    await pulse.felt()
    now[0] += timedelta(hours=5)
    await pulse.stop()
    await Pulse(store, "bot", lambda: now[0] + timedelta(minutes=1)).felt()
    assert asked_once_more(store) == []
