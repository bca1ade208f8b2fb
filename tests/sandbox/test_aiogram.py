"""A second client library, aiogram: its models accept every answer and every update, and know all that is in them.

It is imported by whoever plays these tests, and by nobody who only looks for tests: that takes several seconds.
"""

from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sandbox_clock import Clock

from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


@pytest.fixture
def client() -> Any:
    return import_module("aiogram_client")


@pytest.fixture
async def bot(client: Any, url: str, telegram: Telegram) -> AsyncIterator[Any]:
    async with client.connected(url, telegram.token) as bot:
        yield bot


async def test_every_method_we_have_is_answered_as_its_model_says(
    client: Any, bot: Any, clock: Clock, amina: Person, team: Group, sam: Person
) -> None:
    await client.asks_every_method(bot, amina, team, sam)


async def test_refusals_are_understood(client: Any, bot: Any, telegram: Telegram, amina: Person, sam: Person) -> None:
    await client.understands_refusals(bot, telegram, amina, sam)


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_every_kind_of_update_reaches_the_dispatcher(
    client: Any, bot: Any, telegram: Telegram, amina: Person, team: Group, sam: Person, way: str
) -> None:
    await client.hears_everything(bot, telegram, amina, team, sam, way)


async def test_a_story_of_ours_holds_nothing_unknown(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await client.reads_a_story(tmp_path, monkeypatch)
