"""The General topic of a forum, which has no number of its own and can be closed and hidden."""

from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.topics import forum


def close_general_forum_topic(telegram: Telegram, *, chat_id: int) -> bool:
    return turn(telegram, chat_id, "general_closed", True, "forum_topic_closed")


def reopen_general_forum_topic(telegram: Telegram, *, chat_id: int) -> bool:
    return turn(telegram, chat_id, "general_closed", False, "forum_topic_reopened")


def hide_general_forum_topic(telegram: Telegram, *, chat_id: int) -> bool:
    return turn(telegram, chat_id, "general_hidden", True, "general_forum_topic_hidden")


def unhide_general_forum_topic(telegram: Telegram, *, chat_id: int) -> bool:
    return turn(telegram, chat_id, "general_hidden", False, "general_forum_topic_unhidden")


def turn(telegram: Telegram, chat_id: int, part: str, wanted: bool, kind: str) -> bool:
    chat = forum(telegram, chat_id, "can_manage_topics", no.CANNOT_EDIT_TOPIC)
    require(getattr(chat, part) != wanted, no.TOPIC_NOT_MODIFIED)
    setattr(chat, part, wanted)
    telegram.post(chat, telegram.bot, content={kind: {}})
    return True
