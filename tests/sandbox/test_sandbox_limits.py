"""Flood limits: who sends too much hears how long to wait, and may go on then."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from httpx import AsyncClient
from sandbox_clock import Clock
from telegram import Bot
from telegram.error import BadRequest, RetryAfter

from rxbot.demo import run_sandbox
from rxbot.sandbox.limits import Limits
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import FIRST_GROUP, Telegram


@pytest.fixture(autouse=True)
def _limited(telegram: Telegram) -> None:
    telegram.limits = Limits()


async def wait_of(call: object) -> int:
    with pytest.raises(RetryAfter) as flood:
        await call  # type: ignore[misc]
    assert isinstance(flood.value.retry_after, timedelta)
    return int(flood.value.retry_after.total_seconds())


async def test_a_person_gets_a_short_burst_and_then_one_a_second(bot: Bot, amina: Person, clock: Clock) -> None:
    for number in range(5):
        await bot.send_message(amina.id, str(number))
    assert await wait_of(bot.send_message(amina.id, "too many")) == 1
    clock.passes(seconds=1)
    await bot.send_message(amina.id, "5")
    assert await wait_of(bot.send_message(amina.id, "too many")) == 1
    await bot.send_chat_action(amina.id, "typing")
    clock.passes(seconds=5)
    for number in range(5):
        await bot.send_message(amina.id, str(number))
    assert "too many" not in [seen.text for seen in amina.screen]


async def test_a_group_takes_twenty_a_minute_of_messages_edits_and_topics(bot: Bot, team: Group, clock: Clock) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    sent = await bot.send_message(team.id, "0", message_thread_id=topic)
    for number in range(18):
        clock.passes(seconds=1)
        await bot.edit_message_text(f"edit {number}", team.id, sent.message_id)
    clock.passes(seconds=2)
    assert await wait_of(bot.send_message(team.id, "too many")) == 40
    assert await wait_of(bot.edit_message_text("too many", team.id, sent.message_id)) == 40
    assert await wait_of(bot.create_forum_topic(team.id, "too many")) == 40
    await bot.unpin_chat_message(team.id, sent.message_id)
    clock.passes(seconds=40)
    await bot.send_message(team.id, "1")
    await bot.send_message(team.id, "2")
    assert await wait_of(bot.send_message(team.id, "too many")) == 1


async def test_a_group_gets_a_short_burst_and_then_one_a_second_too(bot: Bot, team: Group, clock: Clock) -> None:
    for number in range(5):
        await bot.send_message(team.id, str(number))
    assert await wait_of(bot.send_message(team.id, "too many")) == 1
    clock.passes(seconds=1)
    await bot.send_message(team.id, "5")


async def test_what_leaves_a_service_message_counts_like_a_message(bot: Bot, team: Group, sam: Person, clock: Clock) -> None:
    topic = (await bot.create_forum_topic(team.id, "Amina")).message_thread_id
    words = sam.in_group(team).types("pin me")
    await bot.close_forum_topic(team.id, topic)
    await bot.reopen_forum_topic(team.id, topic)
    await bot.pin_chat_message(team.id, words.id)
    await bot.hide_general_forum_topic(team.id)
    for call in (
        bot.close_forum_topic(team.id, topic),
        bot.unhide_general_forum_topic(team.id),
        bot.pin_chat_message(team.id, words.id),
    ):
        assert await wait_of(call) == 1
    clock.passes(seconds=1)
    await bot.close_forum_topic(team.id, topic)
    assert await wait_of(bot.reopen_forum_topic(team.id, topic)) == 1


async def test_thirty_a_second_leave_in_all(bot: Bot, telegram: Telegram, clock: Clock) -> None:
    people = [telegram.person(f"P{number}") for number in range(31)]
    for person in people:
        person.opens_link()
    for person in people[:30]:
        await bot.send_message(person.id, "hi")
    assert await wait_of(bot.send_message(people[30].id, "hi")) == 1
    clock.passes(seconds=1)
    await bot.send_message(people[30].id, "hi")


async def test_what_was_refused_does_not_count(bot: Bot, amina: Person) -> None:
    for _ in range(10):
        with pytest.raises(BadRequest):
            await bot.send_message(amina.id, " ")
    await bot.send_message(amina.id, "hi")


async def test_the_words_are_those_of_telegram(http: AsyncClient, telegram: Telegram, amina: Person) -> None:
    telegram.limits = Limits(to_a_chat=1)
    call = f"/bot{telegram.token}/sendMessage", {"chat_id": amina.id, "text": "hi"}
    await http.post(call[0], json=call[1])
    answer = await http.post(call[0], json=call[1])
    assert answer.status_code == 429
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_the_sandbox_of_the_command_is_as_strict() -> None:
    told = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(run_sandbox(0, "1:sandbox", told.set_result))
    address = (await told).partition(" ")[0]
    async with AsyncClient(base_url=f"{address}/bot1:sandbox") as api:
        answers = [(await api.post("createForumTopic", json={"chat_id": FIRST_GROUP, "name": "x"})).status_code for _ in range(6)]
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert answers == [200] * 5 + [429]
