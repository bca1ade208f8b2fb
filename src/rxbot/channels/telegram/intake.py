"""Fetch updates and commit them before Telegram may forget them.

The library's own poller confirms what it has only in memory; ours moves the offset when the batch is in the inbox.
Updates stay raw here: one that does not parse must not block the others.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, NetworkError, RetryAfter, TelegramError

from rxbot import metrics
from rxbot.channels.telegram.send import seconds_of
from rxbot.errors import SettingsWrong
from rxbot.store.inbox_rows import Arrived

log = structlog.get_logger()
POLL = 25  # seconds a request waits for updates; Telegram allows 50
BATCH = 100
TRIES, TRIES_APART = 6, 12  # so often, and so many seconds apart, a token has to be refused until we believe it
INSIDE = ("message", "edited_message", "my_chat_member", "chat_member")  # what tells of its chat
WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")

# Written so, the client does not tell us to use its typed call, which parses: one update that does not parse would
# then block all others for ever.
GET_UPDATES = "get__updates"

Accept = Callable[[Iterable[Arrived]], Awaitable[None]]
InTouch = Callable[[], Awaitable[None]]
Kept = Callable[[str], None]
"""Is told by a word what keeps us from hearing anything."""


async def nothing() -> None:
    """Do nothing."""


def nobody(_trouble: str) -> None:
    """Tell nobody."""


async def poll(bot: Bot, accept: Accept, in_touch: InTouch = nothing, kept: Kept = nobody) -> None:
    """Fetch until cancelled. The first request names no offset: after a week of silence Telegram counts anew."""
    offset: int | None = None
    tries = 0
    while True:
        try:
            wanted = {"timeout": POLL, "limit": BATCH, "allowed_updates": WANTED} | ({"offset": offset} if offset else {})
            batch = await bot.do_api_request(GET_UPDATES, api_kwargs=wanted)
        except EndPointNotFound as refused:  # which is what the client makes of a token that was taken back
            tries += 1
            if tries == TRIES:
                raise SettingsWrong("Telegram knows no such bot any more.", "Check RXBOT_TOKEN.") from refused
            log.error("token_refused", remedy="Check RXBOT_TOKEN.")
            kept("token_refused")
            await asyncio.sleep(TRIES_APART)
        except RetryAfter as wait:
            metrics.TOO_FAST.labels("poll").inc()
            kept("too_fast")
            await asyncio.sleep(seconds_of(wait))
        except Conflict as conflict:
            kept("webhook_set" if "webhook" in conflict.message.lower() else "another_poller")
            if "webhook" in conflict.message.lower():
                log.error(
                    "webhook_set", remedy="Stop whatever else uses this token, and start this again. That ends the webhook."
                )
            else:
                log.error("another_poller", remedy="Stop the other process that uses this token.")
            await asyncio.sleep(3)
        except NetworkError as error:
            log.warning("telegram_away", error=type(error).__name__)
            kept("telegram_away")
            await asyncio.sleep(1)
        except TelegramError as error:
            log.error("poll_refused", error=type(error).__name__)
            kept("poll_refused")
            await asyncio.sleep(3)
        else:
            tries = 0
            await in_touch()
            if batch:
                await accept([arrived(update) for update in batch])
                offset = batch[-1]["update_id"] + 1


def arrived(update: Mapping[str, Any]) -> Arrived:
    """Look at an update only as far as needed to put it in line."""
    return Arrived(int(update["update_id"]), _lane(update), json.dumps(update, separators=(",", ":")).encode())


def _lane(update: Mapping[str, Any]) -> str:
    """Name whose turn it is: the chat, and its topic, so that one conversation never overtakes itself."""
    tapped = _part(update, "callback_query")
    inside = _part(update, *INSIDE) or _part(tapped, "message")
    chat = _part(inside, "chat") or _part(tapped, "from")
    return f"{_number(chat, 'id')}:{_number(inside, 'message_thread_id')}"


def _part(whole: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """Give the first of these parts that has any; what should be one and is not must not stop those that came with it."""
    return next((part for name in names if isinstance(part := whole.get(name), Mapping) and part), {})


def _number(whole: Mapping[str, Any], name: str) -> int:
    number = whole.get(name)
    return number if isinstance(number, int) else 0
