"""The load: our own Bot API in one process, and people who write or tap again as soon as they were answered."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from rxbot.clock import real_now
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json


class Calls(list[tuple[str, Json]]):
    """What the bot calls, told to whoever waits for it, and not kept."""

    def __init__(self, told: Callable[[str, Json], None]) -> None:
        super().__init__()
        self._told = told

    def append(self, call: tuple[str, Json]) -> None:
        self._told(*call)


@dataclass
class Measured:
    """What came of so many seconds."""

    turns: int
    seconds: float
    waits: list[float]

    @property
    def rate(self) -> float:
        return self.turns / self.seconds

    def wait(self, share: float) -> float:
        """Give the milliseconds within which this share was answered."""
        return 1000 * sorted(self.waits)[min(int(len(self.waits) * share), len(self.waits) - 1)] if self.waits else 0.0


@dataclass
class Crowd:
    """Telegram, and people on it."""

    away: float = 0.0  # seconds to the bot and back
    telegram: Telegram = field(init=False)
    people: list[Person] = field(default_factory=list)
    _answered: dict[int, asyncio.Event] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.telegram = Telegram(now=real_now)
        self.telegram.calls = Calls(self._called)

    def served(self) -> AbstractAsyncContextManager[str]:
        """Serve Telegram."""
        return serve(self._far(create_app(self.telegram)))

    def _far(self, app: ASGIApp) -> ASGIApp:
        async def far(scope: Scope, receive: Receive, send: Send) -> None:
            if self.away and scope["type"] == "http":
                await asyncio.sleep(self.away)
            await app(scope, receive, send)

        return far

    def _called(self, method: str, given: Json) -> None:
        if method == "sendMessage" and (waiting := self._answered.get(int(given["chat_id"]))):
            waiting.set()

    def comes(self, many: int) -> list[Person]:
        """Let so many people be there."""
        self.people = [self.telegram.person(f"P{number}") for number in range(many)]
        return self.people

    async def presses_start(self) -> None:
        """Let everybody press Start, as they have to, and be answered."""
        for person in self.people:
            self._answered[person.id] = asyncio.Event()
            person.opens_link()
        for person in self.people:
            await self._answered[person.id].wait()
        await asyncio.sleep(1)

    async def lives(self, acts: Callable[[Person], object], seconds: float, warm: float = 2.0) -> Measured:
        """Let everybody act, and act again when they were answered, for so long; what is before that is not counted."""
        begin = time.perf_counter() + warm
        end, waits = begin + seconds, list[float]()

        async def one(person: Person) -> None:
            waiting = self._answered.setdefault(person.id, asyncio.Event())
            while time.perf_counter() < end:
                waiting.clear()
                asked = time.perf_counter()
                acts(person)
                try:
                    async with asyncio.timeout(30):
                        await waiting.wait()
                except TimeoutError:
                    return
                now = time.perf_counter()
                if begin <= now <= end:
                    waits.append(now - asked)

        await asyncio.gather(*map(one, self.people))
        return Measured(len(waits), seconds, waits)


def writes(words: str) -> Callable[[Person], object]:
    return lambda person: person.types(words)


def taps(person: Person) -> None:
    """Tap the first button of the newest question, or Back where that was tapped last."""
    newest = next(one for one in reversed(person.chat.messages.values()) if one.keyboard)
    person.telegram.tap(person.user, newest, newest.keyboard[0][0]["callback_data"])
