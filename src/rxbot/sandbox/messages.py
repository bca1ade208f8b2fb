"""Sending, copying, editing, deleting, pinning, and answering taps."""

from rxbot.sandbox import html, parameters, wire
from rxbot.sandbox import refusals as no
from rxbot.sandbox.chats import known, reachable, standing
from rxbot.sandbox.refusals import Declined, Refusal, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import TEXT_LIMIT, Chat, Json, Keyboard, Message, Toast

CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
ANSWER_SECONDS = 150
DELETE_SECONDS = 48 * 3600


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
    keyboard = parameters.keyboard_of(reply_markup or {})
    chat = reachable(telegram, chat_id)
    topic, reply_to = place(telegram, chat, message_thread_id, reply_parameters or {})
    message = telegram.post(
        chat,
        telegram.bot,
        text=words,
        entities=entities,
        keyboard=keyboard,
        topic=topic,
        reply_to=reply_to,
        link_preview=link_preview_options or {},
        protected=protect_content,
    )
    return telegram.wired(message)


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
    if reply.keys() - {"message_id", "allow_sending_without_reply"}:
        raise Declined(no.not_here("reply parameter " + min(reply.keys() - {"message_id"})))
    replied = chat.messages.get(reply.get("message_id", 0))
    require(replied or not reply or reply.get("allow_sending_without_reply"), no.REPLY_NOT_FOUND)
    topic = thread or (replied.topic if replied else 0)
    require(not topic or topic in chat.topics, no.THREAD_NOT_FOUND)
    if topic and chat.topics[topic].closed and not standing(telegram, chat).may("can_manage_topics"):
        raise Declined(no.TOPIC_CLOSED)
    return topic, replied.id if replied else 0


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
    if caption is not None and original.has_media:
        words, entities = formatted(caption, parse_mode, CAPTION_LIMIT, no.CAPTION_TOO_LONG)
    keyboard = parameters.keyboard_of(reply_markup or {})
    chat = reachable(telegram, chat_id)
    topic, reply_to = place(telegram, chat, message_thread_id, reply_parameters or {})
    copy = telegram.post(
        chat,
        telegram.bot,
        text=words,
        entities=entities,
        content=original.content,
        keyboard=keyboard,
        topic=topic,
        reply_to=reply_to,
        protected=protect_content,
    )
    return {"message_id": copy.id}


def edit_message_text(
    telegram: Telegram,
    *,
    chat_id: int,
    message_id: int = 0,
    text: str = "",
    parse_mode: str = "",
    reply_markup: Json | None = None,
    link_preview_options: Json | None = None,
) -> Json:
    """Change the text; without a given keyboard the message has none afterwards."""
    require(text, no.TEXT_EMPTY)
    words, entities = formatted(text, parse_mode, TEXT_LIMIT, no.MESSAGE_TOO_LONG)
    require(words, no.TEXT_BLANK)
    message = own(telegram, chat_id, message_id)
    require(message.text, no.NO_TEXT_TO_EDIT)
    keyboard = parameters.keyboard_of(reply_markup or {})
    return edit(telegram, message, words, entities, keyboard, link_preview_options or message.link_preview)


def edit_message_reply_markup(telegram: Telegram, *, chat_id: int, message_id: int = 0, reply_markup: Json | None = None) -> Json:
    message = own(telegram, chat_id, message_id)
    keyboard = parameters.keyboard_of(reply_markup or {})
    return edit(telegram, message, message.text, message.entities, keyboard, message.link_preview)


def own(telegram: Telegram, chat_id: int, message_id: int) -> Message:
    """Return a message the bot may edit: its own."""
    message = reachable(telegram, chat_id).messages.get(message_id)
    if not message:
        raise Declined(no.EDIT_NOT_FOUND)
    require(message.sender == telegram.bot.id and not message.service, no.CANNOT_EDIT)
    return message


def edit(telegram: Telegram, message: Message, words: str, entities: list[Json], keyboard: Keyboard, preview: Json) -> Json:
    before = (message.text, message.entities, message.keyboard, message.link_preview)
    require(before != (words, entities, keyboard, preview), no.NOT_MODIFIED)
    telegram.edit(message, text=words, entities=entities, keyboard=keyboard, link_preview=preview)
    return telegram.wired(message)


def delete_message(telegram: Telegram, *, chat_id: int, message_id: int = 0) -> bool:
    chat = reachable(telegram, chat_id)
    message = chat.messages.get(message_id)
    if not message:
        raise Declined(no.DELETE_NOT_FOUND)
    may_delete_all = standing(telegram, chat).may("can_delete_messages")
    require(message.sender == telegram.bot.id or chat.type == "private" or may_delete_all, no.CANNOT_DELETE)
    require(may_delete_all or telegram.seconds - message.at < DELETE_SECONDS, no.CANNOT_DELETE_OLD)
    telegram.delete(chat, [message_id])
    return True


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
