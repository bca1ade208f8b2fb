"""Editing, deleting, pinning, and answering taps."""

from rxbot.sandbox import html, keyboards, wire
from rxbot.sandbox import refusals as no
from rxbot.sandbox.chats import reachable, standing
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.sending import formatted
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import CAPTION_LIMIT, TEXT_LIMIT, Chat, Json, Keyboard, Message, Toast

TOAST_LIMIT = 200
ANSWER_SECONDS = 150
DELETE_SECONDS = 48 * 3600
MOST_DELETED = 100


def edit_message_text(
    telegram: Telegram,
    *,
    chat_id: int,
    message_id: int = 0,
    text: str = "",
    parse_mode: str = "",
    entities: list[Json] | None = None,
    reply_markup: Json | None = None,
    link_preview_options: Json | None = None,
) -> Json:
    """Change the text; without a given keyboard the message has none afterwards."""
    require(text, no.TEXT_EMPTY)
    words, marked = formatted(text, parse_mode, TEXT_LIMIT, no.MESSAGE_TOO_LONG, entities)
    require(words, no.TEXT_BLANK)
    message = own(telegram, chat_id, message_id)
    require(not message.media, no.NO_TEXT_TO_EDIT)
    keyboard = keyboards.inline_of(reply_markup or {})
    return edit(telegram, message, words, marked, keyboard, link_preview_options or message.link_preview)


def edit_message_caption(
    telegram: Telegram,
    *,
    chat_id: int,
    message_id: int = 0,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Json] | None = None,
    reply_markup: Json | None = None,
) -> Json:
    """Change the caption, or take it away; without a given keyboard the message has none afterwards."""
    words, entities = formatted(caption, parse_mode, CAPTION_LIMIT, no.MEDIA_CAPTION_TOO_LONG, caption_entities)
    message = own(telegram, chat_id, message_id)
    require(message.takes_caption, no.NO_CAPTION_TO_EDIT)
    return edit(telegram, message, words, entities, keyboards.inline_of(reply_markup or {}), message.link_preview)


def edit_message_reply_markup(telegram: Telegram, *, chat_id: int, message_id: int = 0, reply_markup: Json | None = None) -> Json:
    message = own(telegram, chat_id, message_id)
    keyboard = keyboards.inline_of(reply_markup or {})
    return edit(telegram, message, message.text, message.entities, keyboard, message.link_preview)


def own(telegram: Telegram, chat_id: int, message_id: int) -> Message:
    """Return a message the bot may edit: its own, unless a reply keyboard hangs on it."""
    message = reachable(telegram, chat_id).messages.get(message_id)
    if not message:
        raise Declined(no.EDIT_NOT_FOUND)
    require(message.sender == telegram.bot.id and not message.service and not message.final, no.CANNOT_EDIT)
    return message


def edit(telegram: Telegram, message: Message, words: str, entities: list[Json], keyboard: Keyboard, preview: Json) -> Json:
    before = (message.text, message.entities, message.keyboard, message.link_preview)
    require(before != (words, entities, keyboard, preview), no.NOT_MODIFIED)
    telegram.edit(message, text=words, entities=entities, keyboard=keyboard, link_preview=preview)
    return telegram.wired(message)


def delete_message(telegram: Telegram, *, chat_id: int, message_id: int = 0) -> bool:
    require(message_id, no.MESSAGE_ID_EMPTY)
    chat = reachable(telegram, chat_id)
    message = chat.messages.get(message_id)
    if not message:
        raise Declined(no.DELETE_NOT_FOUND)
    check_deletable(telegram, chat, message)
    telegram.delete(chat, [message_id])
    return True


def delete_messages(telegram: Telegram, *, chat_id: int, message_ids: list[int] | None = None) -> bool:
    """Delete several; those that are not there are passed over."""
    chat = reachable(telegram, chat_id)
    require(message_ids, no.MESSAGE_IDS_EMPTY)
    require(len(message_ids or []) <= MOST_DELETED, no.MESSAGE_IDS_TOO_MANY)
    found = [chat.messages[id] for id in message_ids or [] if id in chat.messages]
    for message in found:
        check_deletable(telegram, chat, message)
    telegram.delete(chat, [message.id for message in found])
    return True


def check_deletable(telegram: Telegram, chat: Chat, message: Message) -> None:
    may_delete_all = standing(telegram, chat).may("can_delete_messages")
    require(message.sender == telegram.bot.id or chat.type == "private" or may_delete_all, no.CANNOT_DELETE)
    require(may_delete_all or telegram.seconds - message.at < DELETE_SECONDS, no.CANNOT_DELETE_OLD)


def pin_chat_message(telegram: Telegram, *, chat_id: int, message_id: int = 0) -> bool:
    chat = reachable(telegram, chat_id)
    message = chat.messages.get(message_id)
    if not message:
        raise Declined(no.PIN_NOT_FOUND)
    require(chat.type == "private" or standing(telegram, chat).may("can_pin_messages"), no.CANNOT_PIN)
    if message_id not in chat.pinned:
        chat.pinned.append(message_id)
        pinned = wire.message_of(message, chat, telegram.users, with_reply=False)
        telegram.post(chat, telegram.bot, content={"pinned_message": pinned}, topic=message.topic)
    return True


def unpin_chat_message(telegram: Telegram, *, chat_id: int, message_id: int = 0) -> bool:
    """Unpin this message, or without one the newest that is pinned."""
    chat = reachable(telegram, chat_id)
    pinned = message_id or (chat.pinned[-1] if chat.pinned else 0)
    require(pinned in chat.messages, no.UNPIN_NOT_FOUND)
    require(chat.type == "private" or standing(telegram, chat).may("can_pin_messages"), no.CANNOT_PIN)
    chat.pinned = [id for id in chat.pinned if id != pinned]
    telegram.changed()
    return True


def answer_callback_query(
    telegram: Telegram, *, callback_query_id: str = "", text: str = "", show_alert: bool = False, url: str = ""
) -> bool:
    tap = telegram.taps.get(callback_query_id)
    if not tap or telegram.time - tap.at > ANSWER_SECONDS:
        raise Declined(no.QUERY_TOO_OLD)
    require(html.units(text) <= TOAST_LIMIT, no.MESSAGE_TOO_LONG)
    if not tap.answered:
        tap.answered = True
        telegram.toasts.append(Toast(tap.user, tap.chat, text, show_alert, url))
        telegram.changed()
    return True
