"""The menu of commands and the bot's own words about itself, in every language offered."""

from collections.abc import Iterable

from telegram import Bot, BotCommand

from rxbot.episode import phrases
from rxbot.words import Words

COMMANDS = (
    ("start", phrases.COMMAND_START),
    ("help", phrases.COMMAND_HELP),
    ("person", phrases.COMMAND_PERSON),
    ("back", phrases.COMMAND_BACK),
    ("language", phrases.COMMAND_LANGUAGE),
    ("stop", phrases.COMMAND_STOP),
    ("forget", phrases.COMMAND_FORGET),
)


async def set_menu(bot: Bot, words: Words, languages: tuple[str, ...], gone: Iterable[str] = ()) -> None:
    """Tell Telegram the menu, once for each language and once for everybody else, where it does not know it yet.

    A language that is `gone` reads what everybody else does.
    """
    for language, shown in (
        (None, languages[0]),
        *((code, code) for code in languages),
        *((code, languages[0]) for code in gone),
    ):
        commands = tuple(BotCommand(name, words.label(phrase(), shown)) for name, phrase in COMMANDS)
        if await bot.get_my_commands(language_code=language) != commands:
            await bot.set_my_commands(commands, language_code=language)
        about = words.label(phrases.ABOUT(), shown)
        if (await bot.get_my_description(language_code=language)).description != about:
            await bot.set_my_description(about, language_code=language)
