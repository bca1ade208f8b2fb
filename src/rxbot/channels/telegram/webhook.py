"""The other way updates come: Telegram brings them. They are committed before we say that we have them.

Whatever goes wrong, Telegram keeps the update and brings it again later, for up to a day.
"""

import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot

from rxbot.channels.telegram.intake import WANTED, Accept, arrived
from rxbot.errors import StoreAway

log = structlog.get_logger()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024  # bytes; Telegram's own updates hold a few thousand, of which a message is the larger part
AGAIN_AFTER = 5  # seconds, in the hope that the database is back
AT_ONCE = 40  # connections, Telegram's own default


class NotAnUpdate(ValueError):
    """Something was brought that is no update."""


def route(url: str, secret: str, accept: Accept) -> Route:
    """Give the door at this address: only who knows the secret may bring something."""

    async def brought(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            log.warning("webhook_secret_wrong")
            return PlainTextResponse("", 403)
        try:
            update = await _update(request)
        except OverflowError:
            log.warning("webhook_too_large")
            return PlainTextResponse("", 413)
        except NotAnUpdate:
            log.warning("webhook_no_update")
            return PlainTextResponse("", 400)
        try:
            await accept([arrived(update)])
        except StoreAway as away:
            log.error("store_away", remedy=away.remedy)
            return PlainTextResponse("", 503, {"Retry-After": str(AGAIN_AFTER)})
        return PlainTextResponse("")

    return Route(urlsplit(url).path, brought, methods=["POST"])


async def announce(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to bring updates. What waits for us there stays."""
    await bot.set_webhook(url, allowed_updates=WANTED, secret_token=secret, max_connections=AT_ONCE)


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
