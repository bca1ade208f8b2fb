"""Sending, copying and forwarding: what comes into a chat from the bot, and where it may go."""

from dataclasses import dataclass
from typing import Any

from rxbot.sandbox import html, keyboards, wire
from rxbot.sandbox import refusals as no
from rxbot.sandbox.chats import known, reachable, standing
from rxbot.sandbox.refusals import Declined, Refusal, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import CAPTION_LIMIT, TEXT_LIMIT, Chat, Json, Message

# How a quote is to be read says nothing where there is no quote.
REPLY_PARTS = {"message_id", "allow_sending_without_reply", "chat_id", "quote_parse_mode"}


@dataclass(frozen=True)
class Where:
    """Where a message of the bot is to stand, and what comes along with any message."""

    chat_id: int
    thread: int
    reply: Json | None
    markup: Json | None
    protected: bool


def send_message(
    telegram: Telegram,
    *,
    chat_id: int,
    text: str = "",
    parse_mode: str = "",
    entities: list[Json] | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    link_preview_options: Json | None = None,
    protect_content: bool = False,
) -> Json:
    require(text, no.TEXT_EMPTY)
    words, marked = formatted(text, parse_mode, TEXT_LIMIT, no.TOO_LONG, entities)
    require(words, no.TEXT_BLANK)
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    return telegram.wired(send(telegram, where, text=words, entities=marked, link_preview=link_preview_options or {}))


def copy_message(
    telegram: Telegram,
    *,
    chat_id: int,
    from_chat_id: int = 0,
    message_id: int = 0,
    caption: str | None = None,
    parse_mode: str = "",
    caption_entities: list[Json] | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    """Copy without a link to the origin: nothing of who wrote it, and no keyboard but a given one."""
    original = known(telegram, from_chat_id).messages.get(message_id)
    if not original:
        raise Declined(no.COPY_NOT_FOUND)
    require(not original.service and not original.protected, no.CANNOT_COPY)
    words, entities = original.text, original.entities
    if caption is not None and original.takes_caption:
        words, entities = formatted(caption, parse_mode, CAPTION_LIMIT, no.CAPTION_TOO_LONG, caption_entities)
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    held = {"content": original.content, "file": original.file}
    return {"message_id": send(telegram, where, text=words, entities=entities, **held).id}


def forward_message(
    telegram: Telegram,
    *,
    chat_id: int,
    from_chat_id: int = 0,
    message_id: int = 0,
    message_thread_id: int = 0,
    protect_content: bool = False,
) -> Json:
    """Pass a message on with the name of whoever wrote it first."""
    original = known(telegram, from_chat_id).messages.get(message_id)
    if not original:
        raise Declined(no.FORWARD_NOT_FOUND)
    require(not original.service and not original.protected, no.CANNOT_FORWARD)
    origin = {"type": "user", "sender_user": wire.user_of(telegram.users[original.sender]), "date": original.at}
    where = Where(chat_id, message_thread_id, None, None, protect_content)
    held = {"content": original.content, "file": original.file, "origin": original.origin or origin}
    return telegram.wired(send(telegram, where, text=original.text, entities=original.entities, **held))


def send(telegram: Telegram, where: Where, **fields: Any) -> Message:
    """Put a message of the bot where it belongs, with the keyboard that comes along."""
    markup = keyboards.markup_of(where.markup or {})
    chat = reachable(telegram, where.chat_id)
    topic, reply_to = place(telegram, chat, where.thread, where.reply or {})
    keyboards.check(chat, markup)
    placed = {"topic": topic, "reply_to": reply_to, "keyboard": markup.inline, "final": markup.is_final}
    message = telegram.post(chat, telegram.bot, protected=where.protected, **placed, **fields)
    keyboards.steer(chat, message, markup)
    return message


def formatted(
    text: str, parse_mode: str, limit: int, too_long: Refusal, given: list[Json] | None = None
) -> tuple[str, list[Json]]:
    """Return the words and what of them is marked: by the parse mode, or else as given."""
    modes = {"": html.plain, "html": html.parse}
    if parse_mode.lower() in ("markdown", "markdownv2"):
        raise Declined(no.not_here(f"parse mode {parse_mode}"))
    require(parse_mode.lower() in modes, no.UNKNOWN_PARSE_MODE)
    words, entities = html.given(text, given) if given and not parse_mode else modes[parse_mode.lower()](text)
    require(html.units(words) <= limit, too_long)
    return words, entities


def place(telegram: Telegram, chat: Chat, thread: int, reply: Json) -> tuple[int, int]:
    """Return the topic and the message replied to; a reply without a topic goes where that message is."""
    others = reply.keys() - REPLY_PARTS
    if others:
        raise Declined(no.not_here(f"reply parameter {min(others)}"))
    require(reply.get("chat_id", chat.id) == chat.id, no.not_here("reply to a message of another chat"))
    replied = chat.messages.get(reply.get("message_id", 0))
    require(replied or not reply or reply.get("allow_sending_without_reply"), no.REPLY_NOT_FOUND)
    topic = thread or (replied.topic if replied else 0)
    require(not topic or topic in chat.topics, no.THREAD_NOT_FOUND)
    closed = chat.topics[topic].closed if topic else chat.general_closed
    if closed and not standing(telegram, chat).may("can_manage_topics"):
        raise Declined(no.TOPIC_CLOSED)
    require(not replied or replied.topic == topic, no.not_here("reply to a message of another topic"))
    return topic, replied.id if replied else 0
