"""What the bot says about itself: its menus and descriptions, per language."""

import re

from rxbot.sandbox import html
from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json

COMMANDS_LIMIT = 100
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("default", "all_private_chats", "all_group_chats", "all_chat_administrators"), ()),
    **dict.fromkeys(("chat", "chat_administrators"), ("chat_id",)),
    "chat_member": ("chat_id", "user_id"),
}
LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def set_my_commands(telegram: Telegram, *, commands: list[Json], scope: Json | None = None, language_code: str = "") -> bool:
    require(LANGUAGE.fullmatch(language_code), no.LANGUAGE_INVALID)
    require(len(commands) <= COMMANDS_LIMIT, no.TOO_MANY_COMMANDS)
    for command in commands:
        for name in ("command", "description"):
            require(name in command, no.wrong_command(f'Can\'t find field "{name}"'))
            require(isinstance(command[name], str), no.wrong_command(f'Field "{name}" must be of type String'))
        require(COMMAND_NAME.fullmatch(command["command"]), no.COMMAND_INVALID)
        require(1 <= html.units(command["description"]) <= 256, no.COMMAND_DESCRIPTION_INVALID)
    telegram.profile.commands[menu_key(scope, language_code)] = commands
    telegram.changed()
    return True


def get_my_commands(telegram: Telegram, *, scope: Json | None = None, language_code: str = "") -> list[Json]:
    require(LANGUAGE.fullmatch(language_code), no.LANGUAGE_INVALID)
    return telegram.profile.commands.get(menu_key(scope, language_code), [])


def delete_my_commands(telegram: Telegram, *, scope: Json | None = None, language_code: str = "") -> bool:
    return set_my_commands(telegram, commands=[], scope=scope, language_code=language_code)


def menu_key(scope: Json | None, language_code: str) -> str:
    """Name a menu: its scope, with the chat and the person where it has them, and the language."""
    named = {"type": "default"} if scope is None else scope
    require("type" in named, no.wrong_scope('Can\'t find field "type"'))
    require(str(named["type"]) in SCOPES, no.wrong_scope("Unsupported type specified"))
    missing = next((part for part in SCOPES[named["type"]] if part not in named), "")
    require(not missing, no.wrong_scope(f'Can\'t find field "{missing}"'))
    return "/".join([*(str(named[part]) for part in ("type", "chat_id", "user_id") if part in named), language_code])


def set_my_description(telegram: Telegram, *, description: str = "", language_code: str = "") -> bool:
    return describe(telegram, telegram.profile.descriptions, language_code, description, 512)


def set_my_short_description(telegram: Telegram, *, short_description: str = "", language_code: str = "") -> bool:
    return describe(telegram, telegram.profile.short_descriptions, language_code, short_description, 120)


def set_my_name(telegram: Telegram, *, name: str = "", language_code: str = "") -> bool:
    return describe(telegram, telegram.profile.names, language_code, name, 64)


def get_my_description(telegram: Telegram, *, language_code: str = "") -> Json:
    return {"description": said(telegram.profile.descriptions, language_code)}


def get_my_short_description(telegram: Telegram, *, language_code: str = "") -> Json:
    return {"short_description": said(telegram.profile.short_descriptions, language_code)}


def get_my_name(telegram: Telegram, *, language_code: str = "") -> Json:
    return {"name": said(telegram.profile.names, language_code) or telegram.bot.first_name}


def said(kept: dict[str, str], language_code: str) -> str:
    """Return what is said in this language, or else to everybody."""
    require(LANGUAGE.fullmatch(language_code), no.LANGUAGE_INVALID)
    return kept.get(language_code) or kept.get("", "")


def describe(telegram: Telegram, kept: dict[str, str], language_code: str, words: str, limit: int) -> bool:
    require(LANGUAGE.fullmatch(language_code), no.LANGUAGE_INVALID)
    require(html.units(words) <= limit, no.DESCRIPTION_TOO_LONG)
    kept[language_code] = words
    telegram.changed()
    return True
