"""Several `rxbot serve` on one PostgreSQL, behind a proxy that gives each update to the next of them; one of them also may."""

import itertools
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from process import Process
from stage import free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rxbot.clock import movable_now
from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Group
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.store.keys import new_master_key

PATH = "/telegram"
SECRET = "x-telegram-bot-api-secret-token"


@dataclass
class Proxy:
    """Gives each request to the next process; where that does not answer, to the one after it."""

    ports: list[int]
    given: list[int] = field(default_factory=list)  # how many each of them took

    def __post_init__(self) -> None:
        self.given = [0] * len(self.ports)
        self._turn = itertools.count()
        self.client = httpx.AsyncClient(timeout=30)

    async def forward(self, request: Request) -> Response:
        body, headers = await request.body(), {SECRET: request.headers.get(SECRET, "")}
        first = next(self._turn)
        for number in range(len(self.ports)):
            which = (first + number) % len(self.ports)
            try:
                answer = await self.client.post(f"http://127.0.0.1:{self.ports[which]}{PATH}", content=body, headers=headers)
            except httpx.TransportError:
                continue
            self.given[which] += answer.status_code == 200
            return Response(answer.content, answer.status_code, headers={"retry-after": "1"} if answer.status_code == 503 else {})
        return Response(status_code=502)

    def app(self) -> Starlette:
        return Starlette(routes=[Route(PATH, self.forward, methods=["POST"])])


@dataclass
class Replicas:
    """The processes, what they share, and where they are reached."""

    telegram: Telegram
    processes: list[Process]
    proxy: Proxy
    environment: dict[str, str]
    team: Group = field(init=False)

    async def are_up(self) -> None:
        """Start those that do not run, and wait until they serve."""
        for one in self.processes:
            if not one.is_running:
                one.start()
        for one in self.processes:
            await one.until("it serves", lambda one=one: '"serving"' in one.said())


@asynccontextmanager
async def replicas(folder: Path, many: int, database: str, clock: Path) -> AsyncIterator[Replicas]:
    """Set them up; none runs yet."""
    telegram = Telegram(now=movable_now(clock))
    telegram.deliver_twice = True
    telegram.patience = 0.05
    ports = [free_port() for _ in range(many)]
    proxy = Proxy(ports)
    async with serve(create_app(telegram)) as api, serve(proxy.app()) as front:
        shared = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "RXBOT_TELEGRAM_API": api,
            "RXBOT_TOKEN": telegram.token,
            "RXBOT_SEND_LIMITS": "off",
            "RXBOT_DATABASE_URL": database,
            "RXBOT_KEYS_URL": f"sqlite:///{folder / 'keys.db'}",
            "RXBOT_KEY": new_master_key(),
            "RXBOT_WEBHOOK_URL": f"{front}{PATH}",
            "RXBOT_TEST_CLOCK": str(clock),
        }
        processes = []
        for number, port in enumerate(ports):
            (own := folder / f"replica{number}").mkdir()
            processes.append(Process(own, telegram, shared | {"RXBOT_LISTEN": f"127.0.0.1:{port}"}))
        one = Replicas(telegram, processes, proxy, shared)
        try:
            yield one
        finally:
            for process in processes:
                if process.is_running:
                    process.kill()
            await proxy.client.aclose()
