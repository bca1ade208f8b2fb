"""A channel as strict as Telegram, and time that passes only when everybody waits: hours of sending in seconds.

It takes 30 calls a second, one a second in a chat with bursts of three, and 20 a minute in a group, of whatever kind. It counts
a call somewhere between its leaving and its answer, refuses what is too much, and keeps what it was sent.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rxbot.outbox.channel import Flooded, Keyboard
from rxbot.store.outbox_rows import Destination
from rxbot.store.unit import Store, Unit

R = TypeVar("R")


class Patient(asyncio.SelectorEventLoop):
    """A loop whose clock stands while there is something to do, and then jumps to whoever waits for the next moment."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0.0

    def time(self) -> float:
        return self._at

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self._at = max(self._at, self._scheduled[0].when())
        super()._run_once()


def live(life: Coroutine[Any, Any, R]) -> R:
    """Run this in such time."""
    with asyncio.Runner(loop_factory=Patient) as runner:
        return runner.run(life)


@dataclass
class AtOnce:
    """A store that does its work when it is asked, on the thread that asks, and leaves the disk its time."""

    store: Store

    def __post_init__(self) -> None:
        connection = self.store.engine.raw_connection()
        connection.cursor().execute("PRAGMA synchronous=OFF")
        connection.close()
        self.shared = self.store.shared

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        done: Future[R] = Future()
        with self.store.begin() as unit:
            done.set_result(work(unit))
        return done


@dataclass(frozen=True)
class Arrived:
    """A call that Telegram took: when, in which chat and topic, of which kind, and what it brought."""

    at: float
    address: str
    thread: int | None
    kind: str
    what: str


@dataclass
class Strict:
    """The channel."""

    dice: random.Random = field(default_factory=lambda: random.Random(7))
    arrived: list[Arrived] = field(default_factory=list)
    refused: list[Arrived] = field(default_factory=list)
    counted: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    topics: int = 0

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        message = await self.take(to, "say", html)
        if pin:
            await self.take(to, "pin", message)
        return message

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        return await self.take(to, "copy", source)

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        await self.take(to, "rewrite", html)
        return True

    async def open_topic(self, address: str, title: str) -> int:
        await self.take(Destination(address), "open", title)
        self.topics += 1
        return self.topics

    async def rename_topic(self, to: Destination, title: str) -> None:
        await self.take(to, "rename", title)

    async def close_topic(self, to: Destination) -> None:
        await self.take(to, "close", "")

    async def take(self, to: Destination, kind: str, what: str) -> str:
        await asyncio.sleep(self.dice.uniform(0.01, 0.2))
        now = asyncio.get_running_loop().time()
        one = Arrived(now, to.address, to.thread, kind, what)
        if self.is_too_much("all", 30, 1, now) or self.is_too_much(to.address, 3, 3, now):
            self.refused.append(one)
            raise Flooded(3)
        if to.address.startswith("-") and self.is_too_much(to.address, 20, 60, now):
            self.refused.append(one)
            raise Flooded(30)
        for name in ("all", to.address):
            self.counted[name].append(now)
        self.arrived.append(one)
        await asyncio.sleep(self.dice.uniform(0.01, 0.2))
        return str(len(self.arrived))

    def is_too_much(self, name: str, most: int, seconds: float, now: float) -> bool:
        return sum(at > now - seconds for at in self.counted[name][-most:]) >= most
