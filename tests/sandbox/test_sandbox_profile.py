"""Menus and descriptions per language."""

import pytest
from sandbox_refused import refused
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from rxbot.sandbox.script import Person
from rxbot.sandbox.telegram import Telegram


async def test_a_person_sees_the_menu_of_their_language(bot: Bot, telegram: Telegram, amina: Person) -> None:
    await bot.set_my_commands([BotCommand("help", "Get help")])
    assert [command["description"] for command in amina.menu] == ["Get help"]
    await bot.set_my_commands([BotCommand("help", "مساعدة")], language_code="ar")
    assert [command["description"] for command in amina.menu] == ["مساعدة"]
    assert [command["description"] for command in telegram.person("Sam").menu] == ["Get help"]
    assert (await bot.get_my_commands(language_code="ar"))[0].description == "مساعدة"
    assert await bot.get_my_commands(language_code="fa") == ()
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("stop", "Stop")], scope=private)
    assert [command["command"] for command in amina.menu] == ["stop"]
    assert [command.command for command in await bot.get_my_commands(scope=private)] == ["stop"]


@pytest.mark.parametrize(
    ("name", "description", "refusal"),
    [
        ("Help", "Get help", "BOT_COMMAND_INVALID"),
        ("get-help", "Get help", "BOT_COMMAND_INVALID"),
        ("a" * 33, "Get help", "BOT_COMMAND_INVALID"),
        ("help", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("help", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_bad_command_is_refused(bot: Bot, name: str, description: str, refusal: str) -> None:
    with refused(refusal):
        await bot.set_my_commands([BotCommand(name, description)])


async def test_too_many_commands_and_odd_languages_are_refused(bot: Bot) -> None:
    with refused("BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([BotCommand(f"c{number}", "x") for number in range(101)])
    with refused("invalid language code specified"):
        await bot.set_my_commands([BotCommand("help", "x")], language_code="eng")


async def test_descriptions_are_kept_per_language(bot: Bot, telegram: Telegram) -> None:
    await bot.set_my_description("Finds help near you.", language_code="en")
    await bot.set_my_short_description("Finds help.")
    assert telegram.profile.descriptions == {"en": "Finds help near you."}
    assert telegram.profile.short_descriptions == {"": "Finds help."}
    with refused("description is too long"):
        await bot.set_my_short_description("x" * 121)
