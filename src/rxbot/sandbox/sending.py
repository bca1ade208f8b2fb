"""Sending and copying: what comes into a chat from the bot, and where it may go."""

from typing import Any

from rxbot.sandbox import html, keyboards
from rxbot.sandbox import refusals as no
from rxbot.sandbox.chats import known, reachable, standing
from rxbot.sandbox.documents import document_of
from rxbot.sandbox.parameters import Upload
from rxbot.sandbox.refusals import Declined, Refusal, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import CAPTION_LIMIT, TEXT_LIMIT, Chat, Json, Message

FILE_LIMIT = 50 * 1024 * 1024


def send_message(
    telegram: Telegram,
    *,
    chat_id: int,
    text: str = "",
    parse_mode: str = "",
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    link_preview_options: Json | None = None,
    protect_content: bool = False,
) -> Json:
    require(text, no.TEXT_EMPTY)
    words, entities = formatted(text, parse_mode, TEXT_LIMIT, no.TOO_LONG)
    require(words, no.TEXT_BLANK)
    where = chat_id, message_thread_id, reply_parameters, reply_markup
    message = send(
        telegram,
        *where,
        text=words,
        entities=entities,
        link_preview=link_preview_options or {},
        protected=protect_content,
    )
    return telegram.wired(message)


def send_document(
    telegram: Telegram,
    *,
    chat_id: int,
    document: Upload | None = None,
    caption: str = "",
    parse_mode: str = "",
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    if not document:
        raise Declined(no.NO_DOCUMENT)
    require(len(document.data) <= FILE_LIMIT, no.FILE_TOO_LARGE)
    words, entities = formatted(caption, parse_mode, CAPTION_LIMIT, no.CAPTION_TOO_LONG)
    require(document.data, no.FILE_EMPTY)
    where = chat_id, message_thread_id, reply_parameters, reply_markup
    message = send(
        telegram,
        *where,
        text=words,
        entities=entities,
        content={"document": document_of(document.name, document.data)},
        file=document.data,
        protected=protect_content,
    )
    return telegram.wired(message)


def copy_message(
    telegram: Telegram,
    *,
    chat_id: int,
    from_chat_id: int = 0,
    message_id: int = 0,
    caption: str | None = None,
    parse_mode: str = "",
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
        words, entities = formatted(caption, parse_mode, CAPTION_LIMIT, no.CAPTION_TOO_LONG)
    where = chat_id, message_thread_id, reply_parameters, reply_markup
    copy = send(
        telegram,
        *where,
        text=words,
        entities=entities,
        content=original.content,
        file=original.file,
        protected=protect_content,
    )
    return {"message_id": copy.id}


def send(telegram: Telegram, chat_id: int, thread: int, reply: Json | None, reply_markup: Json | None, **fields: Any) -> Message:
    """Put a message of the bot where it belongs, with the keyboard that comes along."""
    markup = keyboards.markup_of(reply_markup or {})
    chat = reachable(telegram, chat_id)
    topic, reply_to = place(telegram, chat, thread, reply or {})
    keyboards.check(chat, markup)
    placed = {"topic": topic, "reply_to": reply_to, "keyboard": markup.inline, "final": markup.steers_chat}
    message = telegram.post(chat, telegram.bot, **placed, **fields)
    keyboards.steer(chat, message, markup)
    return message


def formatted(text: str, parse_mode: str, limit: int, too_long: Refusal) -> tuple[str, list[Json]]:
    modes = {"": html.plain, "html": html.parse}
    if parse_mode.lower() in ("markdown", "markdownv2"):
        raise Declined(no.not_here(f"parse mode {parse_mode}"))
    require(parse_mode.lower() in modes, no.UNKNOWN_PARSE_MODE)
    words, entities = modes[parse_mode.lower()](text)
    require(html.units(words) <= limit, too_long)
    return words, entities


def place(telegram: Telegram, chat: Chat, thread: int, reply: Json) -> tuple[int, int]:
    """Return the topic and the message replied to; a reply without a topic goes where that message is."""
    others = reply.keys() - {"message_id", "allow_sending_without_reply"}
    if others:
        raise Declined(no.not_here(f"reply parameter {min(others)}"))
    replied = chat.messages.get(reply.get("message_id", 0))
    require(replied or not reply or reply.get("allow_sending_without_reply"), no.REPLY_NOT_FOUND)
    topic = thread or (replied.topic if replied else 0)
    require(not topic or topic in chat.topics, no.THREAD_NOT_FOUND)
    if topic and chat.topics[topic].closed and not standing(telegram, chat).may("can_manage_topics"):
        raise Declined(no.TOPIC_CLOSED)
    require(not replied or replied.topic == topic, no.not_here("reply to a message of another topic"))
    return topic, replied.id if replied else 0
