"""A group becomes a supergroup: it has a new id, and the old one leads there and nowhere else."""

from pathlib import Path

import pytest
from httpx import AsyncClient
from sandbox_clock import Clock
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden

from rxbot.errors import Refused
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram


@pytest.fixture
def plain(telegram: Telegram, sam: Person) -> Group:
    """A basic group that Sam owns, with the bot as its admin; nothing of that is in the queue any more."""
    plain = telegram.group("Plain", members=[sam], type="group")
    plain.add_bot()
    telegram.queue.pending.clear()
    return plain


async def test_both_ids_are_told_and_the_bot_is_still_there(bot: Bot, plain: Group, sam: Person) -> None:
    sam.in_group(plain).types("before")
    old = plain.upgrade()
    sam.in_group(plain).types("after")
    before, to, origin, after = [update.message for update in await bot.get_updates()]
    assert (before.chat.type, before.chat.id) == ("group", old)
    assert -1_000_000_000_000 < old < 0
    assert (to.chat.id, to.migrate_to_chat_id) == (old, plain.id)
    assert (origin.chat.id, origin.migrate_from_chat_id) == (plain.id, old)
    assert (after.chat.type, after.chat.is_forum, after.chat.id) == ("supergroup", True, plain.id)
    await bot.create_forum_topic(plain.id, "Amina")
    assert (await bot.get_chat_member(plain.id, bot.id)).status == "administrator"


async def test_every_call_with_the_old_id_names_the_new_one(bot: Bot, plain: Group, amina: Person) -> None:
    sent = await bot.send_message(plain.id, "before")
    old = plain.upgrade()
    for call in (
        lambda: bot.send_message(old, "after"),
        lambda: bot.edit_message_text("after", old, sent.message_id),
        lambda: bot.pin_chat_message(old, sent.message_id),
        lambda: bot.delete_message(old, sent.message_id),
        lambda: bot.copy_message(amina.id, old, sent.message_id),
        lambda: bot.get_chat(old),
        lambda: bot.get_chat_member(old, bot.id),
    ):
        with pytest.raises(ChatMigrated) as moved:
            await call()
        assert moved.value.new_chat_id == plain.id
    with pytest.raises(Refused, match="supergroup already"):
        plain.upgrade()


async def test_the_words_are_those_of_telegram(http: AsyncClient, telegram: Telegram, plain: Group) -> None:
    old = plain.upgrade()
    answer = await http.post(f"/bot{telegram.token}/sendMessage", json={"chat_id": old, "text": "hi"})
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": plain.id},
    }


async def test_people_go_on_in_the_supergroup_only(telegram: Telegram, plain: Group, sam: Person) -> None:
    seat = sam.in_group(plain)
    plain.upgrade(is_forum=False)
    with pytest.raises(Refused, match="has become a supergroup"):
        seat.types("hello?")
    sam.in_group(plain).types("hello!")
    assert telegram.group("Plain").id == plain.id
    assert [seen.text for seen in plain.screen() if seen.text] == ["hello!"]


async def test_a_basic_group_has_no_topics_and_words_of_its_own(bot: Bot, plain: Group) -> None:
    with pytest.raises(Exception, match="not a forum"):
        await bot.create_forum_topic(plain.id, "Amina")
    plain.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(plain.id, "hi")


async def test_a_move_survives_saving(telegram: Telegram, plain: Group, clock: Clock, tmp_path: Path) -> None:
    old = plain.upgrade()
    telegram.save(tmp_path / "telegram.json")
    loaded = Telegram.load(tmp_path / "telegram.json", now=clock)
    assert (loaded.chats[old].moved_to, loaded.group("Plain").id) == (plain.id, plain.id)
