"""How letters leave by Telegram. Every refusal is sorted into: surely not sent, nobody knows, never, or the topic is gone."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from rxbot.outbox import Impossible, Keyboard, NotSent, OutcomeUnknown, TopicGone
from rxbot.store.outbox_rows import Destination

R = TypeVar("R")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview of a provider's page would tell of the visit
TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
FINE_AS_IT_IS = ("message is not modified", "topic_not_modified")
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class TelegramChannel:
    """The Channel protocol over python-telegram-bot's client."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        """Send a message, and pin it where that is wanted. What it answers may be gone: then it goes alone."""
        message = await _sorted(
            lambda: self._bot.send_message(
                to.address,
                html,
                parse_mode=ParseMode.HTML,
                message_thread_id=to.thread,
                reply_markup=markup(keyboard),
                link_preview_options=NO_PREVIEW,
                reply_parameters=answering(reply_to),
            )
        )
        if pin:
            with suppress(TelegramError):  # the brief is there, only not on top: the group may not let us pin
                await self._bot.pin_chat_message(to.address, message.message_id, disable_notification=True)
        return str(message.message_id)

    async def ask_where(self, to: Destination, html: str, label: str) -> str:
        """Send a message with a button that shares the reader's place, or take that button away when it has no label."""
        button = KeyboardButton(label, request_location=True)
        keyboard = (
            ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True) if label else ReplyKeyboardRemove()
        )
        message = await _sorted(
            lambda: self._bot.send_message(to.address, html, parse_mode=ParseMode.HTML, reply_markup=keyboard)
        )
        return str(message.message_id)

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        """Send a file as it is."""
        file = InputFile(content, name)
        file.mimetype = mime  # the client would guess it, by a table that differs from computer to computer
        message = await _sorted(
            lambda: self._bot.send_document(
                to.address, file, caption=caption_html, parse_mode=ParseMode.HTML, message_thread_id=to.thread
            )
        )
        return str(message.message_id)

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        """Change the buttons under a message; one that is gone or the same already is fine."""
        try:
            await _sorted(lambda: self._bot.edit_message_reply_markup(to.address, int(message), reply_markup=markup(keyboard)))
        except Impossible:
            return

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        """Change a text; one that reads so already is fine."""
        return await _still_there(
            lambda: self._bot.edit_message_text(
                html,
                to.address,
                int(message),
                parse_mode=ParseMode.HTML,
                reply_markup=markup(keyboard),
                link_preview_options=NO_PREVIEW,
            )
        )

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        """Change the words under a file; none are fine too."""
        return await _still_there(
            lambda: self._bot.edit_message_caption(to.address, int(message), caption=html, parse_mode=ParseMode.HTML)
        )

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        """Copy a message; `source` is `chat:message`."""
        chat, _, message = source.partition(":")
        copied = await _sorted(
            lambda: self._bot.copy_message(
                to.address, chat, int(message), message_thread_id=to.thread, reply_parameters=answering(reply_to)
            )
        )
        return str(copied.message_id)

    async def open_topic(self, address: str, title: str) -> int:
        """Open a topic in a group."""
        topic = await _sorted(lambda: self._bot.create_forum_topic(address, title))
        return topic.message_thread_id

    async def rename_topic(self, to: Destination, title: str) -> None:
        """Title a topic anew; one that is gone or named so already is fine."""
        try:
            await _sorted(lambda: self._bot.edit_forum_topic(to.address, to.thread or 0, name=title))
        except (Impossible, TopicGone):
            return

    async def close_topic(self, to: Destination) -> None:
        """Close a topic; one that is gone or closed already is fine."""
        try:
            await _sorted(lambda: self._bot.close_forum_topic(to.address, to.thread or 0))
        except (Impossible, TopicGone):
            return

    async def delete_topic(self, address: str, thread: int) -> None:
        """Remove a topic; one that is gone already is fine."""
        try:
            await _sorted(lambda: self._bot.delete_forum_topic(address, thread))
        except TopicGone:
            return


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Build Telegram's keyboard."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(key.label, callback_data=key.data or None, url=key.url or None) for key in row]
            for row in keyboard
        ]
    )


def answering(message: str) -> ReplyParameters | None:
    """Name the message that is answered."""
    return ReplyParameters(int(message), allow_sending_without_reply=True) if message else None


def seconds_of(wait: RetryAfter) -> float:
    """Give how long Telegram wants us to wait."""
    after = wait.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


async def _still_there(edit: Callable[[], Awaitable[object]]) -> bool:
    """Edit a message; say whether it is there to be read. One that reads so already is."""
    try:
        await _sorted(edit)
    except Impossible as refused:
        if refused.reason in ("not_modified", "bad_request"):
            return refused.reason == "not_modified"
        raise
    return True


async def _sorted(call: Callable[[], Awaitable[R]]) -> R:
    try:
        return await call()
    except RetryAfter as wait:
        raise NotSent("flood", seconds_of(wait)) from wait
    except Forbidden as refused:
        raise Impossible("forbidden") from refused
    except ChatMigrated as moved:
        raise Impossible("chat_migrated") from moved
    except BadRequest as refused:
        words = refused.message.lower()
        if any(part in words for part in TOPIC_GONE):
            raise TopicGone from refused
        raise Impossible("not_modified" if any(p in words for p in FINE_AS_IT_IS) else "bad_request") from refused
    except TimedOut as late:  # before NetworkError, of which it is one
        raise _unsure(late) from late
    except NetworkError as cut:
        raise _unsure(cut) from cut
    except TelegramError as failed:
        raise NotSent(type(failed).__name__, 5.0) from failed


def _unsure(error: NetworkError) -> NotSent | OutcomeUnknown:
    """Tell a connection that never stood from one that was cut while we waited."""
    return NotSent("away") if isinstance(error.__cause__, NEVER_SENT) else OutcomeUnknown()
