"""The sandbox on a free port, an unmodified client, and a clock that moves when told to."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sandbox_clock import Clock
from telegram import Bot
from telegram.request import HTTPXRequest

from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(now=clock)


@pytest.fixture
async def url(telegram: Telegram) -> AsyncIterator[str]:
    async with serve(create_app(telegram)) as base:
        yield base


@pytest.fixture
async def bot(telegram: Telegram, url: str) -> AsyncIterator[Bot]:
    # Reading certificates takes longer than most tests, and loopback has none.
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    bases = f"{url}/bot", f"{url}/file/bot"
    async with Bot(telegram.token, *bases, request=requests[0], get_updates_request=requests[1]) as client:
        yield client


@pytest.fixture
async def http(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, verify=False) as client:
        yield client


@pytest.fixture
def amina(telegram: Telegram) -> Person:
    """Somebody who pressed Start; the update of that is not in the queue any more."""
    amina = telegram.person("Amina", language_code="ar")
    amina.opens_link()
    telegram.queue.pending.clear()
    return amina


@pytest.fixture
def sam(telegram: Telegram) -> Person:
    return telegram.person("Sam")


@pytest.fixture
def team(telegram: Telegram, sam: Person) -> Group:
    """A forum that Sam owns, with the bot as its admin; nothing of that is in the queue any more."""
    team = telegram.group("Care team", members=[sam, telegram.person("Lena")])
    team.add_bot(admin=True)
    telegram.queue.pending.clear()
    return team
