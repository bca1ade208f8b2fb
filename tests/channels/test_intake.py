"""Updates come in: nothing is confirmed that is not committed, and each goes into the lane of its conversation."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from room import client
from structlog.testing import capture_logs
from telegram import Bot

from rxbot.channels.telegram import intake
from rxbot.channels.telegram.intake import arrived, poll
from rxbot.errors import SettingsWrong
from rxbot.sandbox import refusals
from rxbot.sandbox.api import create_app
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram
from rxbot.store.inbox_rows import Arrived

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Inbox:
    """Takes what comes in, or fails as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.offered: list[list[int]] = []
        self.taken: list[Arrived] = []

    async def accept(self, updates: Iterable[Arrived]) -> None:
        batch = list(updates)
        self.offered.append([one.update_id for one in batch])
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self.taken += batch


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(now=lambda: NOW)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with serve(create_app(telegram)) as url, client(url, telegram.token) as one:
        yield one


async def polls(bot: Bot, inbox: Inbox, until: int) -> None:
    """Poll until so many updates were taken."""
    task = asyncio.create_task(poll(bot, inbox.accept))
    for _ in range(400):
        await asyncio.sleep(0.01)
        if len(inbox.taken) >= until or task.done():
            break
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_what_is_not_committed_comes_again(telegram: Telegram, bot: Bot) -> None:
    tom = telegram.person("Tom")
    tom.opens_link()
    tom.types("words")
    inbox = Inbox(fails=1)
    with pytest.raises(OSError, match="disk"):
        await polls(bot, inbox, until=2)
    assert len(telegram.queue.pending) == 2
    await polls(bot, inbox, until=2)
    assert inbox.offered[0] == inbox.offered[1]
    assert [json.loads(one.body)["message"]["text"] for one in inbox.taken] == ["/start", "words"]


async def test_what_is_committed_is_confirmed_by_the_next_request(telegram: Telegram, bot: Bot) -> None:
    tom = telegram.person("Tom")
    tom.opens_link()
    inbox = Inbox()
    running = asyncio.create_task(poll(bot, inbox.accept))
    for number in range(3):
        await asyncio.sleep(0.05)
        tom.types(str(number))
    await asyncio.sleep(0.1)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert len(inbox.taken) == 4
    assert telegram.queue.pending == []


async def test_an_update_that_nobody_can_parse_does_not_keep_the_others(telegram: Telegram, bot: Bot) -> None:
    telegram.queue.put("message", {"date": "never"}, NOW.timestamp())
    telegram.person("Tom").opens_link()
    inbox = Inbox()
    await polls(bot, inbox, until=2)
    assert len(inbox.taken) == 2


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (refusals.too_many_requests(1), ""),
        (refusals.CONFLICT, "another_poller"),
        (refusals.WEBHOOK_WAS_SET, "webhook_set"),
        (refusals.WEBHOOK_ACTIVE, "webhook_set"),
        (Refusal(502, "Bad Gateway"), "telegram_away"),
        (refusals.bad("whatever"), "telegram_away"),
    ],
)
async def test_polling_goes_on_after_a_refusal(
    telegram: Telegram, bot: Bot, refusal: Refusal, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says what it was, and what to do where only the operator can."""
    real = asyncio.sleep
    monkeypatch.setattr(intake.asyncio, "sleep", lambda seconds: real(seconds / 100))
    telegram.refuse_next("getUpdates", refusal)
    telegram.person("Tom").opens_link()
    inbox = Inbox()
    with capture_logs() as logs:
        task = asyncio.create_task(poll(bot, inbox.accept))
        for _ in range(300):
            await real(0.01)
            if inbox.taken:
                break
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert len(inbox.taken) == 1
    assert {line["event"] for line in logs} == ({told} if told else set())
    assert all(line.get("remedy") for line in logs if line["log_level"] == "error")


@pytest.mark.parametrize("times", [1, 5, 6])
async def test_a_token_that_is_refused_for_a_minute_ends_it(
    telegram: Telegram, bot: Bot, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(intake.asyncio, "sleep", lambda seconds, real=asyncio.sleep: waited.append(seconds) or real(0.001))
    for _ in range(times):
        telegram.refuse_next("getUpdates", refusals.UNAUTHORIZED)
    telegram.person("Tom").opens_link()
    inbox = Inbox()
    if times < 6:
        await polls(bot, inbox, until=1)
        assert len(inbox.taken) == 1
    else:
        with pytest.raises(SettingsWrong, match="RXBOT_TOKEN"):
            await poll(bot, inbox.accept)
        assert waited.count(intake.TRIES_APART) * intake.TRIES_APART >= 60


CHAT, GROUP = {"id": 7, "type": "private"}, {"id": -100, "type": "supergroup"}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": CHAT}}, "7:0"),
        ({"edited_message": {"chat": CHAT}}, "7:0"),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": CHAT}}}, "7:0"),
        ({"callback_query": {"from": {"id": 8}}}, "8:0"),
        ({"callback_query": {"from": {"id": 8}, "inline_message_id": "x"}}, "8:0"),
        ({"my_chat_member": {"chat": CHAT, "from": {"id": 8}}}, "7:0"),
        ({"chat_member": {"chat": GROUP, "from": {"id": 8}}}, "-100:0"),
        ({"message": {"chat": GROUP, "message_thread_id": 5}}, "-100:5"),
        ({"message": {"chat": GROUP}}, "-100:0"),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": GROUP, "message_thread_id": 5}}}, "-100:5"),
        ({"something_new": {}}, "0:0"),
        ({"message": None}, "0:0"),
        ({"message": 5}, "0:0"),
        ({"message": {"chat": [7], "message_thread_id": "words"}}, "0:0"),
        ({"message": {"chat": {"id": "words"}}}, "0:0"),
        ({"callback_query": {"from": {"id": 8}, "message": "words"}}, "8:0"),
        ({"my_chat_member": True}, "0:0"),
    ],
)
def test_each_conversation_has_its_lane(update: dict[str, Any], lane: str) -> None:
    one = arrived({"update_id": 1, **update})
    assert (one.update_id, one.lane) == (1, lane)
    assert json.loads(one.body) == {"update_id": 1, **update}
