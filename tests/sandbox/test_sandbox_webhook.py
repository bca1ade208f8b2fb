"""Webhooks: in order within a queue, again after each failure, and nothing lost that is not too old."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sandbox_clock import Clock
from sandbox_receiver import Receiver, receiver, settled
from sandbox_refused import refused
from starlette.responses import JSONResponse, Response
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict, RetryAfter

from rxbot.sandbox.api import create_app
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.serving import serve
from rxbot.sandbox.telegram import Telegram

YES = InlineKeyboardMarkup([[InlineKeyboardButton("yes", callback_data="tap")]])


@pytest.fixture
async def hook() -> AsyncIterator[Receiver]:
    async with receiver() as one:
        yield one


async def failed(telegram: Telegram, times: int) -> None:
    """Wait until the oldest update has failed so many times."""
    async with asyncio.timeout(10):
        while not telegram.queue.pending or telegram.queue.pending[0].failures < times:
            await asyncio.sleep(0.01)


def failing(code: int, **headers: str) -> Response:
    return Response(status_code=code, headers=headers)


async def test_updates_come_by_themselves_with_the_secret(bot: Bot, amina: Person, hook: Receiver) -> None:
    amina.types("before")
    await bot.set_webhook(hook.url, secret_token="s3cret_-")
    await hook.until(1)
    amina.types("after")
    await hook.until(2)
    assert hook.told == ["before", "after"]
    assert hook.got[1]["update_id"] == hook.got[0]["update_id"] + 1
    assert hook.secrets == ["s3cret_-", "s3cret_-"]
    await settled()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections, info.last_error_date) == (hook.url, 0, 40, None)


async def test_the_next_message_of_a_chat_waits_for_a_2xx_and_a_tap_does_not(bot: Bot, amina: Person, hook: Receiver) -> None:
    asked = await bot.send_message(amina.id, "?", reply_markup=YES)
    await bot.set_webhook(hook.url)
    hook.open.clear()
    amina.types("one")
    amina.types("two")
    amina.taps("yes", asked.message_id)
    await hook.until(2)
    await settled()
    assert sorted(hook.told) == ["one", "tap"]
    assert (await bot.get_webhook_info()).pending_update_count == 3
    hook.open.set()
    await hook.until(3)
    assert hook.told[-1] == "two"


async def test_chats_do_not_wait_for_each_other_beyond_the_connections(
    bot: Bot, telegram: Telegram, clock: Clock, hook: Receiver
) -> None:
    await bot.set_webhook(hook.url, max_connections=3)
    hook.open.clear()
    people = [telegram.person(f"P{number}") for number in range(5)]
    for person in people:
        person.opens_link()
    await hook.until(3)
    await settled()
    assert len(hook.got) == 3
    hook.open.set()
    await hook.until(5)
    assert hook.most_at_once == 3
    clock.passes(seconds=1)
    await bot.set_webhook(hook.url, max_connections=1000)
    assert (await bot.get_webhook_info()).max_connections == 100


async def test_a_failure_is_tried_again_at_once_then_after_2_4_8_seconds(
    bot: Bot, telegram: Telegram, amina: Person, clock: Clock, hook: Receiver
) -> None:
    hook.always = lambda: failing(500)
    await bot.set_webhook(hook.url)
    amina.types("hello")
    await failed(telegram, 2)
    for failures, wait in enumerate((2, 4, 8, 16, 32), 2):
        clock.passes(seconds=wait - 1)
        await settled()
        assert len(hook.got) == failures, "not before its time"
        clock.passes(seconds=1)
        await failed(telegram, failures + 1)
    clock.passes(seconds=59)
    await settled()
    assert len(hook.got) == 7
    clock.passes(seconds=61)
    await failed(telegram, 8)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_date) == (1, clock())
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    hook.always = Response
    clock.passes(seconds=120)
    await hook.until(9)
    await settled()
    assert not telegram.queue.pending
    assert set(hook.told) == {"hello"}


async def test_a_failure_holds_up_only_its_own_queue(bot: Bot, amina: Person, team: Group, sam: Person, hook: Receiver) -> None:
    hook.answers = [failing(503, **{"Retry-After": "5000"})]
    await bot.set_webhook(hook.url)
    amina.types("first")
    await hook.until(1)
    amina.types("second")
    sam.in_group(team).types("elsewhere")
    await hook.until(2)
    await settled()
    assert hook.told == ["first", "elsewhere"]


async def test_retry_after_is_obeyed_up_to_an_hour(
    bot: Bot, telegram: Telegram, amina: Person, clock: Clock, hook: Receiver
) -> None:
    hook.answers = [failing(503, **{"Retry-After": "7"}), failing(429, **{"Retry-After": "5000"})]
    await bot.set_webhook(hook.url)
    amina.types("hello")
    await failed(telegram, 1)
    clock.passes(seconds=6)
    await settled()
    assert len(hook.got) == 1
    clock.passes(seconds=1)
    await failed(telegram, 2)
    clock.passes(seconds=3599)
    await settled()
    assert len(hook.got) == 2
    clock.passes(seconds=1)
    await hook.until(3)


async def test_what_fails_until_it_is_too_old_is_dropped(bot: Bot, telegram: Telegram, amina: Person, hook: Receiver) -> None:
    asked = await bot.send_message(amina.id, "?", reply_markup=YES)
    hook.answers = [failing(503, **{"Retry-After": "200"})]
    await bot.set_webhook(hook.url)
    amina.taps("yes", asked.message_id)
    await hook.until(1)
    await settled()
    assert not telegram.queue.pending
    assert (await bot.get_webhook_info()).last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_bot_that_is_away_gets_it_all_later(bot: Bot, telegram: Telegram, amina: Person, clock: Clock) -> None:
    telegram.patience = 0.01
    async with receiver() as away:
        port = httpx.URL(away.url).port
    await bot.set_webhook(away.url)
    amina.types("one")
    amina.types("two")
    await settled()
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 2)
    async with receiver(port) as back:
        clock.passes(seconds=2)
        await back.until(2)
    assert back.told == ["one", "two"]


async def test_410_for_23_hours_closes_the_webhook(
    bot: Bot, telegram: Telegram, amina: Person, clock: Clock, hook: Receiver
) -> None:
    hook.always = lambda: failing(410)
    await bot.set_webhook(hook.url)
    amina.types("hello")
    await failed(telegram, 2)
    clock.passes(hours=22)
    await failed(telegram, 3)
    assert telegram.hook.url
    clock.passes(hours=1, seconds=1)
    await hook.until(4)
    await settled()
    assert (await bot.get_webhook_info()).url == ""
    assert [update.message.text for update in await bot.get_updates()] == ["hello"]


async def test_no_polling_while_a_webhook_is_set(bot: Bot, amina: Person, clock: Clock, hook: Receiver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="Conflict: terminated by setWebhook request"):
        await poll
    with pytest.raises(
        Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    ):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    amina.types("polled")
    assert [update.message.text for update in await bot.get_updates()] == ["polled"]
    assert hook.got == []


async def test_what_waits_can_be_dropped_and_kinds_left_out(bot: Bot, amina: Person, clock: Clock, hook: Receiver) -> None:
    asked = await bot.send_message(amina.id, "?", reply_markup=YES)
    amina.types("before")
    await bot.set_webhook(hook.url, allowed_updates=["callback_query"], drop_pending_updates=True)
    amina.types("not wanted")
    amina.taps("yes", asked.message_id)
    await hook.until(1)
    await settled()
    assert hook.told == ["tap"]
    assert (await bot.get_webhook_info()).allowed_updates == ("callback_query",)


async def test_an_answer_may_hold_a_call_which_nobody_hears_of(
    bot: Bot, telegram: Telegram, amina: Person, hook: Receiver
) -> None:
    send = {"method": "sendMessage", "chat_id": amina.id}
    hook.answers = [
        JSONResponse(send | {"text": "from the answer"}),
        JSONResponse(send | {"text": ""}),
        JSONResponse({"method": "deleteWebhook"}),
        JSONResponse({"method": "getMe"}),
        Response("not a call"),
    ]
    await bot.set_webhook(hook.url)
    for number in range(5):
        amina.types(str(number))
    await hook.until(5)
    await settled()
    assert [seen.text for seen in amina.screen if seen.from_bot] == ["from the answer"]
    assert telegram.hook.url
    assert [name for name, _ in telegram.calls if name != "getMe"] == ["setWebhook", "sendMessage", "sendMessage"]


async def test_everything_twice_also_reaches_a_webhook_twice(bot: Bot, telegram: Telegram, amina: Person, hook: Receiver) -> None:
    telegram.deliver_twice = True
    await bot.set_webhook(hook.url)
    amina.types("one")
    amina.types("two")
    await hook.until(4)
    await settled()
    assert hook.told == ["one", "one", "two", "two"]
    telegram.deliver_twice = False
    telegram.deliver_again(hook.got[0])
    await hook.until(5)
    assert hook.told[-1] == "one"


@pytest.mark.parametrize(
    ("target", "secret", "refusal"),
    [
        ("http://", "", "invalid webhook URL specified"),
        ("ftp://127.0.0.1/", "", "invalid webhook URL specified"),
        ("http://127.0.0.1:99999999/", "", "invalid webhook URL specified"),
        ("http://127.0.0.1/", "x" * 257, "secret token is too long"),
        ("http://127.0.0.1/", "ü", "secret token contains unallowed characters"),
        ("https://example.org/", "", "webhook that is not http on this computer is not supported by the sandbox"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(bot: Bot, target: str, secret: str, refusal: str) -> None:
    with refused(refusal):
        await bot.set_webhook(target, secret_token=secret)


async def test_a_webhook_can_be_set_once_a_second(bot: Bot, clock: Clock, hook: Receiver) -> None:
    await bot.set_webhook(hook.url)
    with pytest.raises(RetryAfter):
        await bot.set_webhook(hook.url)
    clock.passes(seconds=1)
    await bot.set_webhook(hook.url)


async def test_a_webhook_survives_saving(
    bot: Bot, telegram: Telegram, amina: Person, clock: Clock, hook: Receiver, tmp_path: Path
) -> None:
    hook.answers = [failing(500, **{"Retry-After": "60"})]
    await bot.set_webhook(hook.url, secret_token="kept")
    amina.types("hello")
    await hook.until(1)
    await settled()
    telegram.save(tmp_path / "telegram.json")
    clock.passes(seconds=60)
    await hook.until(2)
    loaded = Telegram.load(tmp_path / "telegram.json", now=clock)
    async with serve(create_app(loaded)):
        await hook.until(3)
    assert (hook.told[-1], hook.secrets[-1]) == ("hello", "kept")
