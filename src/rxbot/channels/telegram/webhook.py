"""The other way updates come: Telegram brings them. They are committed before we say that we have them.

Whatever goes wrong, Telegram keeps the update and brings it again later, for up to a day.
"""

import asyncio
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from rxbot.channels.telegram.intake import WANTED, Accept, arrived
from rxbot.errors import StoreAway
from rxbot.throttle import Throttle

log = structlog.get_logger()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # nosec B105  # the name of a header
LARGEST = 1024 * 1024  # bytes; Telegram's own updates hold a few thousand, of which a message is the larger part
ANSWER_WITHIN = 2.0  # seconds; while the database is away, those that came first would keep the others until Telegram hangs up
AWAY_FOR = 1.0  # seconds in which a database that did not answer is not asked by what is brought
AGAIN_AFTER = 5  # seconds, in the hope that the database is back
REMEDY = "Look whether RXBOT_WEBHOOK_URL can be reached from outside: its name, its certificate, the web server in front."
AT_ONCE = 40  # connections, Telegram's own default
MOST_WRONG = RateLimitItemPerMinute(20)  # secrets from one address


class NotAnUpdate(ValueError):
    """Something was brought that is no update."""


def route(url: str, secret: str, accept: Accept) -> Route:
    """Give the door at this address: only who knows the secret may bring something."""

    away_until = 0.0
    wrong = Throttle(MOST_WRONG)

    async def committed(update: Mapping[str, Any]) -> bool:
        """Say within seconds whether it is committed. What is committed later is known when it comes again."""
        nonlocal away_until
        now = asyncio.get_running_loop().time
        if now() < away_until:
            return False
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await accept([arrived(update)])
        except (StoreAway, TimeoutError):
            log.error("store_away", remedy=StoreAway().remedy)
            away_until = now() + AWAY_FOR
            return False
        return True

    async def brought(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return _refused(wrong, request.client.host if request.client else "")
        try:
            update = await _update(request)
        except OverflowError:
            log.warning("webhook_too_large")
            return PlainTextResponse("", 413)
        except NotAnUpdate:
            log.warning("webhook_no_update")
            return PlainTextResponse("", 400)
        if not await committed(update):
            return PlainTextResponse("", 503, {"Retry-After": str(AGAIN_AFTER)})
        return PlainTextResponse("")

    return Route(urlsplit(url).path, brought, methods=["POST"])


def _refused(wrong: Throttle, address: str) -> Response:
    """Turn away who does not know the secret. Who does is never kept waiting, whatever came from the same address."""
    if wrong.must_wait(address):  # and the log is not filled
        return PlainTextResponse("", 429, {"Retry-After": str(wrong.seconds)})
    wrong.note_wrong(address)
    log.warning("webhook_secret_wrong")
    return PlainTextResponse("", 403)


class Door:
    """The address at which Telegram reaches us, or does not: only Telegram can tell."""

    def __init__(self, bot: Bot, url: str) -> None:
        self._bot, self._url = bot, url
        self._failed_at: datetime | None = None
        self._waiting = 0

    async def announce(self, secret: str) -> None:
        """Tell Telegram where to bring updates. What waits for us there stays."""
        await self._bot.set_webhook(self._url, allowed_updates=WANTED, secret_token=secret, max_connections=AT_ONCE)
        self._failed_at = (await self._bot.get_webhook_info()).last_error_date

    async def is_reached(self, anything_came: bool) -> bool:
        """Ask whether nothing failed since we asked last, and nothing waits. What waits may only just have begun to."""
        try:
            told = await self._bot.get_webhook_info()
        except TelegramError as error:
            log.warning("telegram_away", error=type(error).__name__)
            return False
        failed, waited = told.last_error_date != self._failed_at, self._waiting
        self._failed_at, self._waiting = told.last_error_date, told.pending_update_count
        if told.url != self._url:
            log.error("webhook_elsewhere", remedy="Stop whatever else uses this token, and start this again.")
            return False
        if failed or (self._waiting and waited and not anything_came):
            log.error("not_reached", waiting=self._waiting, said=told.last_error_message, remedy=REMEDY)
        return not (failed or self._waiting)


async def _update(request: Request) -> Mapping[str, Any]:
    """Read what was brought, and no more of it than we would ever need."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise OverflowError
    try:
        update = json.loads(body)
    except ValueError as wrong:
        raise NotAnUpdate from wrong
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise NotAnUpdate
    return update
