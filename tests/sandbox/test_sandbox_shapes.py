"""What a call may not hold: too much, something out of range, something of another shape. Always a 400, never an accident."""

import json
from typing import Any

import pytest
from httpx import AsyncClient
from sandbox_refused import refused
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup

from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram


def inline(buttons: int, label: str = "b") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data="x")] for _ in range(buttons)])


async def test_a_keyboard_holds_a_hundred_buttons_or_three_hundred_keys(bot: Bot, amina: Person) -> None:
    sent = await bot.send_message(amina.id, "?", reply_markup=inline(100))
    await bot.send_message(amina.id, "?", reply_markup=ReplyKeyboardMarkup([["k"]] * 300))
    for markup in (inline(101), ReplyKeyboardMarkup([["k"]] * 301)):
        with refused("reply markup is too long"):
            await bot.send_message(amina.id, "?", reply_markup=markup)
    with refused("reply markup is too long"):
        await bot.edit_message_reply_markup(amina.id, sent.message_id, reply_markup=inline(101))


async def test_labels_are_as_long_as_all_of_the_keyboard_allows(bot: Bot, amina: Person) -> None:
    await bot.send_message(amina.id, "?", reply_markup=inline(2, "ع" * 2000))
    with refused("reply markup is too long"):
        await bot.send_message(amina.id, "?", reply_markup=inline(2, "ع" * 3000))


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 1), (-90.1, 1), (1, 180.1), (1, -999), (float("nan"), 1)])
async def test_a_place_is_on_this_earth(bot: Bot, amina: Person, latitude: float, longitude: float) -> None:
    await bot.send_location(amina.id, -90, 180)
    with refused("wrong location specified"):
        await bot.send_location(amina.id, latitude, longitude)
    with refused("wrong venue location specified"):
        await bot.send_venue(amina.id, latitude, longitude, "Well Street", "1 Well Street")


@pytest.mark.parametrize(
    ("offset", "length", "refusal"),
    [
        (2, 4, "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 6"),
        (9, 1, "entity begins after the end of the text at UTF-16 offset 9"),
    ],
)
async def test_an_entity_ends_with_the_text(bot: Bot, amina: Person, offset: int, length: int, refusal: str) -> None:
    sent = await bot.send_message(amina.id, "a😀bc", entities=[MessageEntity("bold", 1, 4)])
    assert sent.parse_entities() == {sent.entities[0]: "😀bc"}
    for call in (
        bot.send_message(amina.id, "a😀bc", entities=[MessageEntity("bold", offset, length)]),
        bot.send_document(amina.id, b"x", "a😀bc", caption_entities=[MessageEntity("bold", offset, length)]),
        bot.edit_message_text("a😀bc", amina.id, sent.message_id, entities=[MessageEntity("bold", offset, length)]),
    ):
        with refused(refusal):
            await call


async def test_what_telegram_finds_by_itself_is_not_taken_from_a_bot(bot: Bot, amina: Person) -> None:
    said = [MessageEntity("hashtag", 0, 3), MessageEntity("italic", 4, 3)]
    assert [one.type for one in (await bot.send_message(amina.id, "abc def", entities=said)).entities] == ["italic"]
    with refused("entity custom_emoji is not supported by the sandbox"):
        await bot.send_message(amina.id, "abc", entities=[MessageEntity("custom_emoji", 0, 3, custom_emoji_id="5")])


PART = "can't parse {}: expected an Object"
FIELD = """can't parse {}: Can't find field "{}\""""
TEXT, MENU, REACT = "sendMessage", "setMyCommands", "setMessageReaction"
HELP = [{"command": "help", "description": "Get help"}]


@pytest.mark.parametrize(
    ("method", "given", "refusal"),
    [
        (MENU, {"commands": ["x"]}, PART.format("BotCommand")),
        (MENU, {"commands": {"command": "x"}}, "expected an Array of BotCommand"),
        (MENU, {"commands": [{"description": "x"}]}, FIELD.format("BotCommand", "command")),
        (MENU, {"commands": [{"command": "x"}]}, FIELD.format("BotCommand", "description")),
        (MENU, {"commands": [{"command": ["x"], "description": "x"}]}, "can't parse BotCommand"),
        (MENU, {"commands": HELP, "scope": {}}, FIELD.format("BotCommandScope", "type")),
        (MENU, {"commands": HELP, "scope": {"type": ["x"]}}, "can't parse BotCommandScope: Unsupported type specified"),
        (MENU, {"commands": HELP, "scope": {"type": "chat"}}, FIELD.format("BotCommandScope", "chat_id")),
        (TEXT, {"entities": ["x"]}, PART.format("MessageEntity")),
        (TEXT, {"entities": [{"type": "bold", "length": 1}]}, FIELD.format("MessageEntity", "offset")),
        (TEXT, {"entities": [{"type": "bold", "offset": "x", "length": 1}]}, "can't parse MessageEntity"),
        (TEXT, {"entities": [{"type": "bold", "offset": -1, "length": 1}]}, "can't parse MessageEntity"),
        (TEXT, {"entities": [{"offset": 0, "length": 1}]}, FIELD.format("MessageEntity", "type")),
        (
            TEXT,
            {"entities": [{"type": ["x"], "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (TEXT, {"reply_markup": {"inline_keyboard": 5}}, "keyboard must be an Array of Arrays"),
        (TEXT, {"reply_markup": {"inline_keyboard": ["abc"]}}, "keyboard must be an Array of Arrays"),
        (TEXT, {"reply_markup": {"inline_keyboard": [[5]]}}, PART.format("inline keyboard button")),
        (TEXT, {"reply_markup": {"keyboard": [[5]]}}, PART.format("keyboard button")),
        (REACT, {"reaction": ["x"]}, PART.format("ReactionType")),
        ("deleteMessages", {"message_ids": ["x"]}, "can't parse message_ids JSON object"),
    ],
)
async def test_another_shape_is_refused(
    http: AsyncClient, telegram: Telegram, amina: Person, method: str, given: dict[str, Any], refusal: str
) -> None:
    common = {} if method == MENU else {"chat_id": amina.id} | ({"text": "words"} if method == TEXT else {})
    for body in (common | given, common | {name: json.dumps(value) for name, value in given.items()}):
        answer = await http.post(f"/bot{telegram.token}/{method}", json=body)
        assert answer.status_code == answer.json()["error_code"] == 400
        assert answer.json()["description"].startswith(f"Bad Request: {refusal}")
