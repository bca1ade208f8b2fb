"""The bot's reactions to messages."""

from rxbot.sandbox import refusals as no
from rxbot.sandbox.chats import reachable
from rxbot.sandbox.emoji import EMOJI, IN_COLOUR
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json


def set_message_reaction(telegram: Telegram, *, chat_id: int, message_id: int = 0, reaction: list[Json] | None = None) -> bool:
    """React, react differently, or take the reaction back; of this no bot is told."""
    emoji = [emoji_of(kind) for kind in reaction or []]
    message = reachable(telegram, chat_id).messages.get(message_id)
    if not message:
        raise Declined(no.REACT_NOT_FOUND)
    require(not message.service, no.not_here("reaction to a service message"))
    require(all(one.replace(IN_COLOUR, "") in EMOJI.split() for one in emoji), no.REACTION_INVALID)
    require(len(emoji) <= 1, no.REACTIONS_TOO_MANY)
    message.reaction = "".join(emoji)
    telegram.changed()
    return True


def emoji_of(kind: Json) -> str:
    require("type" in kind, no.wrong_reaction('Can\'t find field "type"'))
    require(kind["type"] == "emoji", no.not_here(f"reaction of type {kind['type']}"))
    require("emoji" in kind, no.wrong_reaction('Can\'t find field "emoji"'))
    return str(kind["emoji"])
