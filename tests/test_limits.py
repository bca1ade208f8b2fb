"""Hours of sending against a channel as strict as Telegram: nothing refused, nothing lost, each topic in order."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from strict import Arrived, AtOnce, Strict, live

from rxbot.carry_out import happen
from rxbot.clock import let_due_happen
from rxbot.content.load import Release
from rxbot.episode.effects import Copy, RewriteBrief, Say, TitleTopic
from rxbot.episode.events import Typed
from rxbot.episode.model import Episode
from rxbot.handoff.model import Handoff
from rxbot.message import Message, verbatim
from rxbot.outbox.channel import Channel
from rxbot.outbox.sender import Sender
from rxbot.pace import TELEGRAM, Pace
from rxbot.store import episodes, handoffs, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.keys import HOUSE
from rxbot.store.outbox_rows import Parcel, handoff_lane, person_lane, team_lane
from rxbot.store.tables import handoff as handoff_table
from rxbot.store.tables import outbox, person, team, timer
from rxbot.store.unit import Store, Unit

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Post:
    """An outbox at work in time that does not have to be waited for."""

    store: AtOnce
    words: Release
    channel: Channel = field(default_factory=Strict)
    pace: Pace = field(default_factory=lambda: Pace(TELEGRAM))

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=asyncio.get_running_loop().time())

    def ask(self, work: object) -> None:
        self.store.unit_of(work)  # type: ignore[arg-type]

    def put(self, lane: str, parcel: Parcel, **about: str) -> None:
        self.store.unit_of(lambda unit: outbox_rows.put(unit, lane, parcel, self.now(), "en", "r", **about))
        self.box.wake()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        def never(*_: object) -> None:
            raise AssertionError("nothing fails here")

        self.box = Sender(
            self.store,  # type: ignore[arg-type]
            self.channel,
            lambda _: self.words.words,
            self.now,
            self.pace,
            never,
            never,
            never,
        )
        running = asyncio.create_task(self.box.run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await self.box.finish()

    async def empties(self) -> None:
        while self.store.unit_of(waiting).result():
            await asyncio.sleep(1)


def waiting(unit: Unit) -> int:
    return unit.execute(select(func.count()).where(outbox.c.done_at.is_(None))).scalar_one()


def said(words: str, urgency: str, pin: bool = False) -> Say:
    return Say("person", Message((verbatim(words),)), urgency, pin=pin)  # type: ignore[arg-type]


PEOPLE = 10_000
LATE = 5.0  # seconds after the wave began
WATCHED = 20.0  # seconds; the rest of the wave is like them, and all of it is in tests/test_pace.py
BEATS = 0.5  # seconds between two batches of timers: twice as many a second come due as may leave
IN_DANGER = 180  # whose own check-in is written by then, and waits


def test_a_wave_of_check_ins_leaves_at_the_rate_allowed_and_a_crisis_passes_it(
    store: Store, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand people's timers are due at once. In the midst of them one whose own check-in still waits is in danger."""
    monkeypatch.setattr(store.keys, "make", lambda _: None)  # so many keys would take the disk a minute
    monkeypatch.setattr(store.keys, "_key", lambda _, kept=store.keys._key(HOUSE): kept)
    content = release.content

    def meet(unit: Unit) -> None:
        people = [{"id": f"p{n}", "channel": "telegram", "address": f"9{n}", "made_at": BEGIN} for n in range(PEOPLE)]
        unit.execute(insert(person), people)
        for n in range(PEOPLE):
            known = Episode(f"e{n}", "harbour", state="following_up", language="en", reviewed_at=BEGIN - timedelta(days=3))
            episodes.start(unit, Held(f"p{n}", f"9{n}", known), BEGIN)
        of = [{"person_id": f"p{n}", "episode_id": f"e{n}"} for n in range(PEOPLE)]
        unit.execute(insert(timer), [one | {"kind": "check_in-3", "days": 3, "due_at": BEGIN} for one in of])

    def is_in_danger(unit: Unit) -> None:
        held = episodes.load(unit, f"e{IN_DANGER}")
        assert held is not None
        happen(unit, content, held, Typed(BEGIN + timedelta(seconds=LATE), "I want to kill myself", "1:1"))

    async def wave() -> tuple[Strict, int]:
        post = Post(AtOnce(store), release)
        post.ask(meet)
        async with post.open():
            ticking = asyncio.create_task(tick(post))
            await asyncio.sleep(LATE)
            post.ask(is_in_danger)
            post.box.wake()
            await asyncio.sleep(WATCHED - LATE)
            ticking.cancel()
        return post.channel, post.store.unit_of(waiting).result()

    async def tick(post: Post) -> None:
        while True:
            post.ask(lambda unit: let_due_happen(unit, content, post.now()))
            post.box.wake()
            await asyncio.sleep(BEATS)

    channel, waited = live(wave())
    assert channel.refused == []
    question, alarm, *_ = [one for one in channel.arrived if one.address == f"9{IN_DANGER}"]
    assert "999" not in question.what
    assert "999" in alarm.what
    assert alarm.at - LATE < 2
    others = [one.address for one in channel.arrived if one.address.removeprefix("9") != str(IN_DANGER) and one.address[0] == "9"]
    assert others == sorted(set(others), key=others.index)
    rate = len(channel.arrived) / WATCHED
    print(  # noqa: T201
        f"{len(channel.arrived)} of 10,000 in {WATCHED:.0f} s, {rate:.1f} a second, {waited} more waited; "
        f"crisis after {alarm.at - LATE:.2f} s"
    )
    assert rate > 15
    assert waited > IN_DANGER


WORKERS, TOPICS, RELAYS = 3, 24, 200


@pytest.mark.parametrize("within", [3600, 300], ids=["an hour", "five minutes"])
def test_two_hundred_relays_through_three_groups_meet_no_limit(
    store: Store, release: Release, within: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What people write quickly leaves as one; each group keeps its own handoffs, and each topic its order."""
    monkeypatch.setattr("rxbot.outbox.sender.LOOK_AGAIN", within / 600)
    monkeypatch.setattr(outbox_rows, "JOINED_WITHIN", timedelta(seconds=3))
    dice = random.Random(within)
    written: dict[str, list[str]] = defaultdict(list)

    def open_handoff(unit: Unit, n: int) -> None:
        episodes.meet(unit, f"p{n}", "telegram", f"9{n}", BEGIN)
        unit.keys.make(f"e{n}")
        episodes.start(unit, Held(f"p{n}", "", Episode(f"e{n}", "harbour")), BEGIN)
        handoffs.open_row(unit, Handoff(f"h{n}", "asked_for", False, BEGIN), f"p{n}", f"e{n}", BEGIN)

    async def hour() -> Strict:
        post = Post(AtOnce(store), release)
        for n in range(WORKERS):
            post.ask(lambda unit, n=n: staff.acknowledge(unit, staff.bind(unit, f"-10{n}", BEGIN), BEGIN))
        async with post.open():
            await asyncio.gather(*(topic(post, n) for n in range(TOPICS)))
            await post.empties()
        return post.channel

    async def topic(post: Post, n: int) -> None:
        about = {"person_id": f"p{n}", "episode_id": f"e{n}", "handoff_id": f"h{n}"}
        await asyncio.sleep(dice.uniform(0, within / 2))
        post.ask(lambda unit: open_handoff(unit, n))
        post.put(handoff_lane(f"h{n}"), said(f"brief {n}", "relay", pin=True), **about)
        for _ in range(RELAYS // TOPICS + (n < RELAYS % TOPICS)):
            await asyncio.sleep(dice.choice((0.5, 1.5, within / TOPICS)))
            word = f"w{n}.{len(written[f'h{n}'])}"
            written[f"h{n}"].append(word)
            post.put(handoff_lane(f"h{n}"), Copy("topic", f"9{n}:{word}", words=word), **about)
            post.put(person_lane(f"p{n}"), said("passed on", "reply"))
        brief = RewriteBrief(f"h{n}", Message((verbatim(f"brief {n} changed"),)))
        post.ask(lambda unit: outbox_rows.put_brief(unit, brief, post.now(), "en", "r", f"e{n}"))
        if n % 8 == 0:  # and somebody is in danger
            team_id = post.store.unit_of(lambda unit: handoffs.team_of(unit, f"h{n}")).result()
            assert team_id is not None
            post.put(handoff_lane(f"h{n}"), TitleTopic(f"h{n}", alarming=True), **about)
            post.put(team_lane(team_id), said(f"urgent h{n}", "crisis"))

    channel = live(hour())
    assert channel.refused == []
    with store.begin() as unit:
        rows = unit.execute(select(handoff_table.c.id, handoff_table.c.thread, team.c.address).join(team)).all()
    shares: dict[str, int] = defaultdict(int)
    for row in rows:
        there = [one for one in channel.arrived if one.thread == row.thread and one.kind in ("say", "copy")]
        assert {one.address for one in there} == {row.address}
        assert [word for one in there for word in words_in(one)] == written[row.id]
        shares[row.address] += 1
    assert set(shares.values()) == {TOPICS // WORKERS}
    messages = [one for one in channel.arrived if one.kind in ("say", "copy") and words_in(one)]
    in_groups = [one for one in channel.arrived if one.address.startswith("-")]
    most = max(sum(0 <= other.at - one.at < 60 and other.address == one.address for other in in_groups) for one in in_groups)
    print(  # noqa: T201
        f"{RELAYS} relays within {within} s: {len(messages)} messages, {len(in_groups)} calls to groups, "
        f"at most {most} a minute in one, over after {channel.arrived[-1].at:.0f} s"
    )
    assert most <= TELEGRAM.group.most


def words_in(one: Arrived) -> list[str]:
    """Give the words that a message brought to a topic."""
    if one.kind == "copy":
        return [one.what.partition(":")[2]]
    return [line for line in one.what.split("\n") if line.startswith("w")]
