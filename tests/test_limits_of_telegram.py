"""A busy minute by the real client and channel on our own Bot API, which refuses what is too much, as Telegram does."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from strict import AtOnce, live
from telegram import Bot
from telegram.request import HTTPXRequest
from test_limits import BEGIN, Post, said

from rxbot.channels.telegram.send import TelegramChannel
from rxbot.content.load import Release
from rxbot.episode.effects import CloseTopic, Copy, RewriteBrief, TitleTopic
from rxbot.episode.model import Episode
from rxbot.handoff.model import Handoff
from rxbot.message import Message, verbatim
from rxbot.pace import TELEGRAM, Pace
from rxbot.sandbox.api import create_app
from rxbot.sandbox.limits import Limits
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram
from rxbot.store import episodes, handoffs, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.outbox_rows import handoff_lane, person_lane
from rxbot.store.unit import Store, Unit

TALKS, WORDS, MINUTE = 3, 4, 60
LONG = "word " * 1500
CALLS = {
    *("sendMessage", "copyMessage", "editMessageText", "pinChatMessage"),
    *("createForumTopic", "editForumTopic", "closeForumTopic"),
}


class Line(httpx.ASGITransport):
    """The line to our own Bot API, slow both ways. It counts the calls by name, and those that were refused as too many."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(create_app(telegram))
        self.dice = random.Random(5)
        self.calls, self.too_many = Counter[str](), Counter[str]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self.dice.uniform(0.01, 0.2))
        response = await super().handle_async_request(request)
        await asyncio.sleep(self.dice.uniform(0.01, 0.2))
        name = request.url.path.rpartition("/")[2]
        self.calls[name] += 1
        self.too_many[name] += response.status_code == httpx.codes.TOO_MANY_REQUESTS
        return response


@dataclass
class Minute:
    """Two groups, and people in touch with them, who all write within a minute."""

    store: Store
    release: Release
    pace: Pace
    dice: random.Random = field(default_factory=lambda: random.Random(5))

    def begin(self) -> None:
        """Open the lines. Every clock is that of the loop."""
        loop = asyncio.get_running_loop()
        self.telegram = Telegram(now=lambda: BEGIN + timedelta(seconds=loop.time()))
        self.telegram.limits = Limits()
        self.line = Line(self.telegram)
        self.bot = Bot(self.telegram.token, "http://127.0.0.1/bot", request=HTTPXRequest(httpx_kwargs={"transport": self.line}))
        self.post = Post(AtOnce(self.store), self.release, TelegramChannel(self.bot), self.pace)
        self.teams = [self.team(n) for n in range(2)]
        self.people = [self.telegram.person(f"Tom {n}") for n in range(TALKS)]

    def team(self, n: int) -> Group:
        group = self.telegram.group(f"Team {n}", members=[self.telegram.person("Sam")])
        group.add_bot()
        self.post.ask(lambda unit: staff.acknowledge(unit, staff.bind(unit, str(group.id), BEGIN), BEGIN))
        return group

    async def passes(self) -> None:
        self.begin()
        async with self.bot, self.post.open():
            await asyncio.gather(*(self.talks(n, person) for n, person in enumerate(self.people)))
            await self.post.empties()

    async def talks(self, n: int, person: Person) -> None:
        """Everything one talk can bring: a topic, a brief that is pinned and follows, words both ways, long ones, the end."""
        person.opens_link("x")
        to_topic, to_person = handoff_lane(f"h{n}"), person_lane(f"p{n}")
        about = {"person_id": f"p{n}", "episode_id": f"e{n}", "handoff_id": f"h{n}"}
        self.post.ask(lambda unit: self.is_in_touch(unit, n, person))
        for m in range(WORDS):
            await asyncio.sleep(self.dice.uniform(0, 2 * MINUTE / WORDS))
            words = f"w{n}.{m}"
            self.post.put(to_topic, Copy("topic", f"{person.id}:{person.types(words).id}"), **about)
            self.post.put(to_topic, said(f"asked {words} {LONG * (m == 2)}", "relay"), **about)
            self.post.put(to_person, said(f"answered {words} {LONG * (m == 3)}", "reply"), person_id=f"p{n}")
            self.post.ask(lambda unit, words=words: self.brief(unit, n, words))
        self.post.put(to_topic, TitleTopic(f"h{n}", alarming=True), **about)
        self.post.put(to_topic, said("over", "crisis"), **about)
        self.post.put(to_topic, CloseTopic(f"h{n}"), **about)

    def is_in_touch(self, unit: Unit, n: int, person: Person) -> None:
        episodes.meet(unit, f"p{n}", "telegram", str(person.id), BEGIN)
        unit.keys.make(f"e{n}")
        episodes.start(unit, Held(f"p{n}", "", Episode(f"e{n}", "harbour")), BEGIN)
        handoffs.open_row(unit, Handoff(f"h{n}", "asked_for", False, BEGIN), f"p{n}", f"e{n}", BEGIN)
        self.brief(unit, n, "nothing yet")

    def brief(self, unit: Unit, n: int, words: str) -> None:
        change = RewriteBrief(f"h{n}", Message((verbatim(f"brief: {words}"),)))
        outbox_rows.put_brief(unit, change, self.post.now(), "en", "r", f"e{n}")

    def read_in_topics(self) -> list[str]:
        return [one.text for team in self.teams for one in team.chat.messages.values() if one.topic]

    def read_by_people(self) -> list[str]:
        return [one.text for person in self.people for one in person.screen if one.from_bot]


def test_a_busy_minute_meets_no_flood_limit_and_nothing_is_lost(store: Store, release: Release) -> None:
    """Every call that a letter takes is counted, also those that nobody foresaw."""
    minute = Minute(store, release, Pace(TELEGRAM))
    live(minute.passes())
    assert minute.line.too_many.total() == 0
    assert minute.line.calls.keys() >= CALLS
    words = [f"w{n}.{m}" for n in range(TALKS) for m in range(WORDS)]
    in_topics, by_people = minute.read_in_topics(), minute.read_by_people()
    assert [sum(text.startswith(f"asked {one}") for text in in_topics) for one in words] == [1] * len(words)
    assert [in_topics.count(one) for one in words] == [1] * len(words)
    assert [sum(text.startswith(f"answered {one}") for text in by_people) for one in words] == [1] * len(words)
    assert in_topics.count("over") == TALKS
    assert all(topic.closed for team in minute.teams for topic in team.chat.topics.values())


def test_without_a_pace_the_same_minute_meets_them(store: Store, release: Release) -> None:
    minute = Minute(store, release, Pace(None))
    live(minute.passes())
    assert minute.line.too_many.total() > 0
