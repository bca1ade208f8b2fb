"""A bot behind a webhook, which keeps what it is sent and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rxbot.sandbox.serving import serve


@dataclass
class Receiver:
    """`answers` are given one after the other, then 200; while `held` is not set, none is given."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    always: Callable[[], Response] = Response
    open: asyncio.Event = field(default_factory=asyncio.Event)
    most_at_once: int = 0
    now: int = 0

    @property
    def told(self) -> list[str]:
        """The words or the data of what came."""
        return [one["callback_query"]["data"] if "callback_query" in one else one["message"]["text"] for one in self.got]

    async def take(self, request: Request) -> Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        await self.open.wait()
        self.now -= 1
        return self.answers.pop(0) if self.answers else self.always()

    async def until(self, number: int) -> None:
        """Wait until so many updates have come."""
        async with asyncio.timeout(10):
            while len(self.got) < number:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def receiver(port: int = 0) -> AsyncIterator[Receiver]:
    one = Receiver()
    one.open.set()
    async with serve(Starlette(routes=[Route("/hook", one.take, methods=["POST"])]), port) as base:
        one.url = f"{base}/hook"
        yield one
        one.open.set()


async def settled() -> None:
    """Give everything that could happen the time to happen."""
    await asyncio.sleep(0.3)
