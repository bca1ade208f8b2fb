"""getUpdates: nothing is lost before it is confirmed, and only one bot polls."""

import asyncio
from typing import Any

import pytest
from sandbox_clock import Clock, Steady
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict, NetworkError

from rxbot.sandbox import polling
from rxbot.sandbox.refusals import Refusal
from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram

YES = InlineKeyboardMarkup([[InlineKeyboardButton("yes", callback_data="y")]])


@pytest.fixture
def steady(telegram: Telegram) -> Steady:
    """Time that a bot is kept waiting, which passes when it is told to: no poll ends by itself."""
    telegram.steady = steady = Steady(telegram.ring)
    return steady


async def waits(telegram: Telegram, polls: int = 1) -> None:
    """Come back when so many polls have begun to wait for something to happen."""
    while telegram.queue.poll < polls:
        await asyncio.sleep(0)


async def still_waits(bot: Bot, call: asyncio.Task[Any]) -> bool:
    """Say whether a call waits on after two other calls were answered, one after the other."""
    await bot.get_me()
    await bot.get_me()
    return not call.done()


async def test_an_update_comes_again_until_it_is_confirmed(bot: Bot, amina: Person) -> None:
    amina.types("hello")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_ids_go_up_by_one_from_a_random_number(bot: Bot, amina: Person) -> None:
    for words in ("one", "two", "three"):
        amina.types(words)
    ids = [u.update_id for u in await bot.get_updates()]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert ids[0] >= 100_000_000


async def test_limit_gives_the_oldest_first(bot: Bot, amina: Person) -> None:
    for words in ("one", "two", "three"):
        amina.types(words)
    assert [u.message.text for u in await bot.get_updates(limit=2)] == ["one", "two"]


async def test_an_offset_far_beyond_the_queue_falls_back_to_its_head(bot: Bot, amina: Person) -> None:
    amina.types("kept")
    [update] = await bot.get_updates()
    assert await bot.get_updates(offset=update.update_id + 1000) == (update,)


async def test_a_negative_offset_takes_the_last_and_forgets_the_rest(bot: Bot, amina: Person) -> None:
    for words in ("one", "two", "three"):
        amina.types(words)
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["three"]
    assert [u.message.text for u in await bot.get_updates()] == ["three"]


async def test_a_long_poll_ends_when_something_happens(bot: Bot, telegram: Telegram, steady: Steady, amina: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await waits(telegram)
    assert await still_waits(bot, poll)
    amina.types("at last")
    assert [update.message.text for update in await poll] == ["at last"]
    assert steady() == 0, "it ended before its time"


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot, telegram: Telegram, steady: Steady) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await waits(telegram)
    steady.passes(19.5)
    assert await still_waits(bot, poll)
    steady.passes(0.5)
    assert await poll == ()


async def test_a_second_poller_ends_the_first(bot: Bot, telegram: Telegram, url: str, amina: Person) -> None:
    async with Bot(telegram.token, base_url=f"{url}/bot") as other:
        older = asyncio.create_task(bot.get_updates(timeout=20))
        await waits(telegram)
        newer = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="Conflict: terminated by other getUpdates request; make sure that only one"):
            await older
        amina.types("for the newer")
        assert [u.message.text for u in await newer] == ["for the newer"]


async def test_a_call_that_does_not_wait_ends_nobody_elses_poll(bot: Bot, telegram: Telegram, url: str, amina: Person) -> None:
    async with Bot(telegram.token, base_url=f"{url}/bot") as other:
        older = asyncio.create_task(bot.get_updates(timeout=20))
        await waits(telegram)
        assert await other.get_updates() == ()
        amina.types("for the older")
        assert [u.message.text for u in await older] == ["for the older"]


async def test_an_offset_repeated_at_once_gives_one_update_and_later_all(
    bot: Bot, telegram: Telegram, steady: Steady, amina: Person
) -> None:
    telegram.strict_polls = True
    for words in ("one", "two", "three"):
        amina.types(words)
    first = await bot.get_updates(offset=0)
    assert len(first) == 3
    assert await bot.get_updates(offset=0) == first[:1]
    assert len(await bot.get_updates(offset=first[0].update_id + 1)) == 2
    steady.passes(polling.HURRIED_SECONDS - 0.01)
    assert len(await bot.get_updates(offset=first[0].update_id + 1)) == 1
    steady.passes(polling.HURRIED_SECONDS)
    assert len(await bot.get_updates(offset=first[0].update_id + 1)) == 2


async def test_an_offset_repeated_within_three_seconds_waits_for_three(
    bot: Bot, telegram: Telegram, steady: Steady, amina: Person
) -> None:
    telegram.strict_polls = True
    assert await bot.get_updates(offset=0) == (), "the first time it is answered at once"
    steady.passes(2.5)
    again = asyncio.create_task(bot.get_updates(offset=0, read_timeout=60))
    await waits(telegram)
    steady.passes(2.5)
    assert await still_waits(bot, again)
    steady.passes(0.5)
    assert await again == ()
    steady.passes(3)
    assert await bot.get_updates(offset=0) == (), "three seconds later it is the first time again"
    once_more = asyncio.create_task(bot.get_updates(offset=0, read_timeout=60))
    await waits(telegram, polls=2)
    amina.types("ends the wait")
    assert [update.message.text for update in await once_more] == ["ends the wait"]


async def test_patience_shortens_the_wait(bot: Bot, telegram: Telegram, steady: Steady) -> None:
    telegram.strict_polls, telegram.patience = True, 0.1
    assert await bot.get_updates(offset=0) == ()
    again = asyncio.create_task(bot.get_updates(offset=0, read_timeout=60))
    await waits(telegram)
    steady.passes(0.31)
    assert await again == ()


async def test_two_pollers_end_each_other_at_most_once_in_three_seconds(
    bot: Bot, telegram: Telegram, url: str, steady: Steady
) -> None:
    telegram.strict_polls = True

    async def ended(bot: Bot, offset: int) -> None:
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await bot.get_updates(offset=offset, timeout=20, read_timeout=60)

    async with Bot(telegram.token, base_url=f"{url}/bot") as other:
        first = asyncio.create_task(ended(bot, 1))
        await waits(telegram)
        second = asyncio.create_task(ended(other, 2))
        await first
        steady.passes(2.5)
        third = asyncio.create_task(bot.get_updates(offset=3, timeout=20, read_timeout=60))
        await waits(telegram, polls=3)
        assert await still_waits(bot, second)
        steady.passes(2.5)
        assert await still_waits(bot, second), "it is told three seconds after it was ended"
        steady.passes(0.5)
        await second
        steady.passes(20)
        assert await third == ()


async def test_after_a_week_of_silence_ids_begin_anew(bot: Bot, amina: Person, clock: Clock) -> None:
    amina.types("before")
    [before] = await bot.get_updates()
    clock.passes(days=6, hours=23)
    amina.types("in time")
    [in_time] = await bot.get_updates(offset=before.update_id + 1)
    assert in_time.update_id == before.update_id + 1
    clock.passes(days=7)
    amina.types("anew")
    [anew] = await bot.get_updates()
    assert abs(anew.update_id - in_time.update_id) > 1


async def test_a_poll_that_waits_while_ids_begin_anew_loses_nothing(
    bot: Bot, telegram: Telegram, amina: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina.types("before")
    [before] = await bot.get_updates()
    monkeypatch.setattr("rxbot.sandbox.updates.FIRST_IDS", (1, 1))
    poll = asyncio.create_task(bot.get_updates(offset=before.update_id + 1, timeout=20))
    await waits(telegram)
    clock.passes(days=8)
    amina.types("anew")
    assert [(u.update_id, u.message.text) for u in await poll] == [(1, "anew")]


async def test_only_allowed_kinds_come_to_be_and_the_choice_is_remembered(bot: Bot, amina: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    amina.types("not wanted")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    amina.types("wanted")
    assert [u.message.text for u in await bot.get_updates()] == ["wanted"]


async def test_what_nobody_fetches_grows_too_old(bot: Bot, amina: Person, clock: Clock) -> None:
    amina.types("stays a day")
    sent = await bot.send_message(amina.id, "?", reply_markup=YES)
    amina.taps("yes", sent.message_id)
    assert [bool(u.callback_query) for u in await bot.get_updates()] == [False, True]
    clock.passes(seconds=151)
    assert [bool(u.callback_query) for u in await bot.get_updates()] == [False]
    clock.passes(days=1)
    assert await bot.get_updates() == ()


async def test_everything_twice_hands_out_again_what_was_confirmed(bot: Bot, telegram: Telegram, amina: Person) -> None:
    telegram.deliver_twice = True
    amina.types("hello")
    [update] = await bot.get_updates()
    [once_more] = await bot.get_updates(offset=update.update_id + 1)
    assert once_more.update_id == update.update_id
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_one_update_can_be_handed_out_again(bot: Bot, telegram: Telegram, amina: Person) -> None:
    amina.types("hello")
    [update] = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    telegram.deliver_again(update.to_dict())
    assert [u.update_id for u in await bot.get_updates(offset=update.update_id + 1)] == [update.update_id]


async def test_there_is_no_webhook(bot: Bot, amina: Person) -> None:
    amina.types("waiting")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 1)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_poll_can_be_refused_on_purpose(bot: Bot, telegram: Telegram, amina: Person) -> None:
    amina.types("kept")
    telegram.refuse_next("getUpdates", Refusal(502, "Bad Gateway"))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.get_updates()
    assert [u.message.text for u in await bot.get_updates()] == ["kept"]
