"""How letters leave by Telegram. Every refusal is sorted by what can be done about it; words always leave in some form."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any, TypeAlias, TypeVar, cast

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.request import RequestData

from rxbot.channels.telegram.request import NEVER_SENT
from rxbot.outbox.channel import (
    ChatClosed,
    ChatMoved,
    Flooded,
    Impossible,
    Key,
    Keyboard,
    NoRights,
    NotPinned,
    NotSent,
    OutcomeUnknown,
    ServerFailed,
    TooLong,
    TopicClosed,
    TopicGone,
)
from rxbot.store.outbox_rows import Destination

R = TypeVar("R")
Json: TypeAlias = dict[str, Any]
NO_PREVIEW = {"is_disabled": True}  # a preview of a provider's page would tell of the visit
TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
FINE_AS_IT_IS = ("message is not modified", "topic_not_modified")
NO_RIGHTS = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_forbidden",
    "channel_private",
)
CHAT_CLOSED = ("user_is_blocked", "user_deactivated", "peer_id_invalid")  # a 403 that Telegram passes on without its words
NOT_THERE = ("message to copy not found", "message can't be copied", "voice_messages_forbidden")
TOO_LONG = ("message is too long", "message_too_long", "caption is too long", "media_caption_too_long")
TAG = re.compile(r"</?(?:b|i|u|s|a|code|pre|span|tg-spoiler|blockquote)\b[^>]*>")
TEXT, CAPTION = 4096, 1024  # letters Telegram takes; it counts some twice
PIECE = 4000  # leaves room for marks of direction


class Unreadable(Impossible):
    """Telegram does not take the text as it is: its markup is wrong, or there is too much of it."""


@dataclass(frozen=True)
class Asked:
    """What is asked of Telegram, as python-telegram-bot's requests take it."""

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, object] = field(default_factory=dict)


class TelegramChannel:
    """The Channel protocol over python-telegram-bot's client."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def _ask(self, method: str, **given: object) -> Any:
        """Ask Telegram, and give its answer as it comes: to make objects of both takes eight times as long as to do without."""
        told = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items() if value is not None
        }
        url, asked = f"{self._bot.base_url}/{method}", cast("RequestData", Asked(told))
        return await _sorted(lambda: self._bot.request.post(url, asked))

    async def say(self, to: Destination, html: str, keyboard: Keyboard, pin: bool, reply_to: str) -> str:
        """Send a message, and pin it where that is wanted. What it answers may be gone: then it goes alone."""
        words = plain(html)
        if units(words) > TEXT:
            raise TooLong(tuple(pieces(words, PIECE)))
        message = await self._send(to, html, markup(keyboard), reply_to)
        if pin:
            try:
                await self.pin(to, message)
            except (NotSent, OutcomeUnknown, ServerFailed) as failed:
                raise NotPinned(message, failed) from failed
        return message

    async def pin(self, to: Destination, message: str) -> None:
        """Pin a message. Where the group does not let us, it is there all the same, only not on top."""
        with suppress(Impossible, NoRights, ChatClosed, ChatMoved, TopicGone):
            await self._ask("pinChatMessage", chat_id=to.address, message_id=message, disable_notification=True)

    async def _send(self, to: Destination, html: str, keyboard: Json | None, reply_to: str = "") -> str:
        message = await _as_it_can_be_read(
            lambda text, mode: self._ask(
                "sendMessage",
                chat_id=to.address,
                text=text,
                parse_mode=mode,
                message_thread_id=to.thread,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
                reply_parameters=answering(reply_to),
            ),
            html,
            TEXT,
        )
        return str(message["message_id"])

    async def ask_where(self, to: Destination, html: str, label: str) -> str:
        """Send a message with a button that shares the reader's place, or take that button away when it has no label."""
        button = [[{"text": label, "request_location": True}]]
        offered = {"keyboard": button, "resize_keyboard": True, "one_time_keyboard": True}
        return await self._send(to, html, offered if label else {"remove_keyboard": True})

    async def give(self, to: Destination, name: str, mime: str, content: bytes, caption_html: str) -> str:
        """Send a file as it is."""
        file = InputFile(content, name)
        file.mimetype = mime  # the client would guess it, by a table that differs from computer to computer
        message = await _as_it_can_be_read(
            lambda caption, mode: _sorted(
                lambda: self._bot.send_document(to.address, file, caption=caption, parse_mode=mode, message_thread_id=to.thread)
            ),
            caption_html,
            CAPTION,
        )
        return str(message.message_id)

    async def redraw(self, to: Destination, message: str, keyboard: Keyboard) -> None:
        """Change the buttons under a message; one that is gone or the same already is fine."""
        try:
            await self._ask("editMessageReplyMarkup", chat_id=to.address, message_id=message, reply_markup=markup(keyboard))
        except (Impossible, ChatClosed):
            return

    async def rewrite(self, to: Destination, message: str, html: str, keyboard: Keyboard) -> bool:
        """Change a text; one that reads so already is fine."""
        return await _still_there(
            lambda text, mode: self._ask(
                "editMessageText",
                chat_id=to.address,
                message_id=message,
                text=text,
                parse_mode=mode,
                reply_markup=markup(keyboard),
                link_preview_options=NO_PREVIEW,
            ),
            html,
            TEXT,
        )

    async def rewrite_caption(self, to: Destination, message: str, html: str) -> bool:
        """Change the words under a file; none are fine too."""
        return await _still_there(
            lambda caption, mode: self._ask(
                "editMessageCaption", chat_id=to.address, message_id=message, caption=caption, parse_mode=mode
            ),
            html,
            CAPTION,
        )

    async def copy(self, to: Destination, source: str, reply_to: str) -> str:
        """Copy a message; `source` is `chat:message`."""
        chat, _, message = source.partition(":")
        copied = await self._ask(
            "copyMessage",
            chat_id=to.address,
            from_chat_id=chat,
            message_id=message,
            message_thread_id=to.thread,
            reply_parameters=answering(reply_to),
        )
        return str(copied["message_id"])

    async def open_topic(self, address: str, title: str) -> int:
        """Open a topic in a group."""
        topic = await self._ask("createForumTopic", chat_id=address, name=title)
        return int(topic["message_thread_id"])

    async def rename_topic(self, to: Destination, title: str) -> None:
        """Title a topic anew; one that is gone or named so already is fine."""
        try:
            await self._ask("editForumTopic", chat_id=to.address, message_thread_id=to.thread, name=title)
        except (Impossible, TopicGone, NoRights):  # a title is not worth keeping words waiting
            return

    async def reopen_topic(self, to: Destination) -> None:
        """Open a closed topic again; one that is open already is fine."""
        try:
            await self._ask("reopenForumTopic", chat_id=to.address, message_thread_id=to.thread)
        except Impossible:
            return

    async def close_topic(self, to: Destination) -> None:
        """Close a topic; one that is gone or closed already is fine."""
        try:
            await self._ask("closeForumTopic", chat_id=to.address, message_thread_id=to.thread)
        except (Impossible, TopicGone, NoRights):
            return

    async def delete_topic(self, address: str, thread: int) -> None:
        """Remove a topic; one that is gone already is fine."""
        try:
            await self._ask("deleteForumTopic", chat_id=address, message_thread_id=thread)
        except TopicGone:
            return
        except NoRights as refused:  # alarms of the team must not wait behind it
            raise Impossible(refused.reason) from refused


def markup(keyboard: Keyboard) -> Json | None:
    """Build Telegram's keyboard."""
    return {"inline_keyboard": [[_button(key) for key in row] for row in keyboard]} if keyboard else None


def _button(key: Key) -> Json:
    return {"text": key.label, **({"callback_data": key.data} if key.data else {}), **({"url": key.url} if key.url else {})}


def answering(message: str) -> Json | None:
    """Name the message that is answered."""
    return {"message_id": int(message), "allow_sending_without_reply": True} if message else None


def is_page(failed: TelegramError) -> bool:
    """Say whether it is a gateway's page, whatever its code says, and not Telegram's own answer."""
    return isinstance(failed.__cause__, TelegramError) or type(failed) is TelegramError


def seconds_of(wait: RetryAfter) -> float:
    """Give how long Telegram wants us to wait."""
    after = wait.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def plain(html: str) -> str:
    """Give the words without our tags. Whatever else looks like a tag is somebody's own words."""
    return unescape(TAG.sub("", html))


def pieces(text: str, most: int) -> list[str]:
    """Cut a text into parts that Telegram takes, at the end of a line or a word where there is one."""
    parts = []
    while units(text) > most:
        part = text[:most]
        while units(part) > most:
            part = part[:-1]
        end = max(part.rfind("\n"), part.rfind(" "))
        part = part[:end] if end > most // 2 else part
        parts.append(part)
        text = text[len(part) :].lstrip()
    return [*parts, text]


def shortened(text: str, most: int) -> str:
    """Give as much of a text as Telegram takes."""
    return text if units(text) <= most else f"{pieces(text, most - 1)[0]}…"


def units(text: str) -> int:
    """Count letters as Telegram does."""
    return len(text.encode("utf-16-le")) // 2


async def _as_it_can_be_read(call: Callable[[str, ParseMode | None], Awaitable[R]], html: str, most: int) -> R:
    """Send marked-up words; where Telegram does not take them so, the bare words, as many of them as it takes."""
    try:
        return await call(html, ParseMode.HTML)
    except Unreadable:
        return await call(shortened(plain(html), most), None)


async def _still_there(edit: Callable[[str, ParseMode | None], Awaitable[object]], html: str, most: int) -> bool:
    """Edit a message; say whether it is there to be read. One that reads so already is."""
    try:
        await _as_it_can_be_read(edit, html, most)
    except Impossible as refused:
        if refused.reason in ("not_modified", "bad_request"):
            return refused.reason == "not_modified"
        raise
    return True


async def _sorted(call: Callable[[], Awaitable[R]]) -> R:
    try:
        return await call()
    except RetryAfter as wait:
        raise Flooded(seconds_of(wait)) from wait
    except ChatMigrated as moved:
        raise ChatMoved(str(moved.new_chat_id)) from moved
    except TelegramError as failed:
        raise _meaning(failed) from failed


def _meaning(failed: TelegramError) -> Exception:
    """Tell what was not sent from what may have been, and what may be tried again from what never helps."""
    cause, page = failed.__cause__, is_page(failed)
    if isinstance(cause, NEVER_SENT):
        return NotSent("away")
    if isinstance(failed, Forbidden | BadRequest) and not page:
        return _refusal(failed.message.lower(), isinstance(failed, Forbidden))
    if isinstance(failed, NetworkError) and cause and not page:
        return OutcomeUnknown()
    if "too large" in failed.message.lower():
        return Impossible("too_large")
    return ServerFailed() if page or isinstance(failed, NetworkError) else NotSent(type(failed).__name__, 5.0)


def _refusal(words: str, is_forbidden: bool) -> Exception:
    """Read in Telegram's words what its refusal means."""
    meanings: tuple[tuple[tuple[str, ...], Exception], ...] = (
        (NO_RIGHTS, NoRights()),
        (("chat not found",), ChatClosed("chat_not_found")),
        (CHAT_CLOSED, ChatClosed()),
        (NOT_THERE, Impossible("not_there")),
        (TOPIC_GONE, TopicGone()),
        (("topic_closed",), TopicClosed()),
        (FINE_AS_IT_IS, Impossible("not_modified")),
        (TOO_LONG, Unreadable("too_long")),
        (("can't parse entities",), Unreadable("unreadable")),
    )
    otherwise = ChatClosed() if is_forbidden else Impossible("bad_request")
    return next((meaning for parts, meaning in meanings if any(part in words for part in parts)), otherwise)
