"""Reply keyboards: keys below a private chat, which type their label or ask where somebody is."""

import pytest
from httpx import AsyncClient
from sandbox_refused import refused
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonPollType,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from rxbot.errors import Refused
from rxbot.sandbox.script import Group, Person
from rxbot.sandbox.telegram import Telegram

HERE = KeyboardButton("Where I am", request_location=True)
ONCE = ReplyKeyboardMarkup([[HERE], ["Type a postcode", "Skip"]], one_time_keyboard=True, resize_keyboard=True)
STAYS = ReplyKeyboardMarkup([["Yes", "No"]])


async def test_the_newest_keys_stand_below_the_chat_until_they_are_removed(bot: Bot, amina: Person) -> None:
    assert amina.keys == []
    await bot.send_message(amina.id, "Where?", reply_markup=ONCE)
    assert amina.keys == ["Where I am", "Type a postcode", "Skip"]
    sent = await bot.send_message(amina.id, "Is it?", reply_markup=STAYS)
    assert (amina.keys, sent.reply_markup) == (["Yes", "No"], None)
    await bot.send_message(amina.id, "By the way")
    inline = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m")]])
    await bot.send_message(amina.id, "There is more", reply_markup=inline)
    assert amina.keys == ["Yes", "No"]
    await bot.send_message(amina.id, "Thank you", reply_markup=ReplyKeyboardRemove())
    assert amina.keys == []


async def test_a_key_types_its_label_and_stays_unless_it_is_for_one_time(bot: Bot, amina: Person) -> None:
    await bot.send_message(amina.id, "Is it?", reply_markup=STAYS)
    amina.presses("Yes")
    assert amina.keys == ["Yes", "No"]
    await bot.send_message(amina.id, "Where?", reply_markup=ONCE)
    amina.types("let me think")
    assert amina.keys, "typing is no use of the keyboard"
    amina.presses("Skip")
    assert amina.keys == []
    messages = [update.message for update in await bot.get_updates()]
    assert [message.text for message in messages] == ["Yes", "let me think", "Skip"]
    assert {message.reply_to_message for message in messages} == {None}
    with pytest.raises(LookupError, match="sees no key 'Skip'"):
        amina.presses("Skip")


async def test_a_person_shares_where_they_are_when_asked(bot: Bot, amina: Person) -> None:
    with pytest.raises(LookupError, match="Nobody asks where Amina is"):
        amina.shares_location(53.07, 0.42)
    asked = await bot.send_message(amina.id, "Where?", reply_markup=ONCE)
    with pytest.raises(Refused, match="shares_location"):
        amina.presses("Where I am")
    amina.shares_location(53.07, 0.42)
    [update] = await bot.get_updates()
    assert (update.message.location.latitude, update.message.location.longitude) == (53.07, 0.42)
    assert update.message.reply_to_message.message_id == asked.message_id
    assert amina.keys == []
    await bot.send_message(amina.id, "Is it?", reply_markup=STAYS)
    with pytest.raises(LookupError, match="Nobody asks where Amina is"):
        amina.shares_location(53.07, 0.42)


async def test_keys_go_with_the_message_that_brought_them(bot: Bot, amina: Person) -> None:
    first = await bot.send_message(amina.id, "Is it?", reply_markup=STAYS)
    second = await bot.send_message(amina.id, "Where?", reply_markup=ONCE)
    await bot.delete_message(amina.id, first.message_id)
    assert amina.keys
    await bot.delete_message(amina.id, second.message_id)
    assert amina.keys == []


async def test_keys_come_with_documents_and_copies_too(bot: Bot, amina: Person) -> None:
    await bot.send_document(amina.id, b"x", filename="x.txt", reply_markup=ONCE)
    assert len(amina.keys) == 3
    await bot.copy_message(amina.id, amina.id, amina.types("again").id, reply_markup=STAYS)
    assert amina.keys == ["Yes", "No"]


async def test_a_message_that_came_with_keys_is_never_edited(bot: Bot, amina: Person) -> None:
    for markup in (STAYS, ReplyKeyboardRemove()):
        sent = await bot.send_message(amina.id, "Is it?", reply_markup=markup)
        with refused("message can't be edited"):
            await bot.edit_message_text("Is it not?", amina.id, sent.message_id)
    plain = await bot.send_message(amina.id, "Is it?")
    with refused("inline keyboard expected"):
        await bot.edit_message_text("Is it not?", amina.id, plain.message_id, reply_markup=STAYS)


async def test_nobody_in_a_group_is_asked_where_they_are(bot: Bot, team: Group) -> None:
    with refused("location can be requested in private chats only"):
        await bot.send_message(team.id, "Where?", reply_markup=ONCE)
    for markup in (STAYS, ReplyKeyboardRemove()):
        with refused("reply keyboard in a group is not supported by the sandbox"):
            await bot.send_message(team.id, "Is it?", reply_markup=markup)
    assert len(team.screen()) == 1, "only that the bot was added"


async def test_what_a_keyboard_cannot_be_is_refused_by_name(
    bot: Bot, http: AsyncClient, telegram: Telegram, amina: Person
) -> None:
    poll = ReplyKeyboardMarkup([[KeyboardButton("Ask", request_poll=KeyboardButtonPollType())]])
    with refused("key with request_poll is not supported by the sandbox"):
        await bot.send_message(amina.id, "?", reply_markup=poll)
    call, body = f"/bot{telegram.token}/sendMessage", {"chat_id": amina.id, "text": "?"}
    nameless = await http.post(call, json=body | {"reply_markup": {"keyboard": [[{"request_location": True}]]}})
    assert nameless.json()["description"] == """Bad Request: can't parse keyboard button: Can't find field "text\""""
    await http.post(call, json=body | {"reply_markup": {"keyboard": [["Yes", ""], [""]]}})
    assert amina.keys == ["Yes"], "a key without a label is left out"
