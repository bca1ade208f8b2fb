"""The webhook: where updates are to be sent, and in which order they may leave. Plain values; `webhook.py` sends them.

Updates wait in lanes. One of a lane is under way at a time, the next leaves after a 2xx. The messages of a chat are a lane and
the taps of a person another, so that a tap may overtake a message of the same person.
"""

import random
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.updates import UpdateQueue, Waiting
from rxbot.sandbox.world import Hook, Json

Lane = tuple[str, int]

MOST_CONNECTIONS, USUAL_CONNECTIONS = 100, 40
LONGEST_SECRET = 256
SECRET = re.compile(r"[A-Za-z0-9_-]*")
HERE = ("127.0.0.1", "localhost", "::1")
SET_EVERY_SECONDS = 1
LONGEST_WAIT = 60  # for the next try; the longest waits are drawn between this and twice this
LONGEST_ASKED_WAIT = 3600
GONE_SECONDS = 23 * 3600


def set_webhook(
    telegram: Telegram,
    *,
    url: str = "",
    max_connections: int = USUAL_CONNECTIONS,
    allowed_updates: list[str] | None = None,
    drop_pending_updates: bool = False,
    secret_token: str = "",
) -> bool:
    """Send updates there from now on; without a URL, wait for getUpdates again."""
    if not url:
        return delete_webhook(telegram, drop_pending_updates=drop_pending_updates)
    check_pace(telegram)
    check_url(url)
    require(len(secret_token) <= LONGEST_SECRET, no.SECRET_TOO_LONG)
    require(SECRET.fullmatch(secret_token), no.SECRET_INVALID)
    if drop_pending_updates:
        telegram.queue.pending.clear()
    telegram.queue.allow(allowed_updates)
    wanted = (url, secret_token, min(max(max_connections, 1), MOST_CONNECTIONS))
    if drop_pending_updates or wanted != (telegram.hook.url, telegram.hook.secret, telegram.hook.max_connections):
        telegram.hook = Hook(*wanted, set_at=telegram.time)
    telegram.changed()
    return True


def delete_webhook(telegram: Telegram, *, drop_pending_updates: bool = False) -> bool:
    if drop_pending_updates:
        telegram.queue.pending.clear()
    telegram.hook = Hook(set_at=telegram.hook.set_at)
    telegram.changed()
    return True


def get_webhook_info(telegram: Telegram) -> Json:
    hook, queue = telegram.hook, telegram.queue
    told: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(queue.pending)}
    if hook.url:
        told |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error_date:
        told |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    return told | ({"allowed_updates": queue.allowed} if queue.allowed else {})


def check_pace(telegram: Telegram) -> None:
    require(telegram.time >= telegram.hook.set_at + SET_EVERY_SECONDS * telegram.patience, no.too_many_requests(1))
    telegram.hook.set_at = telegram.time


def check_url(url: str) -> None:
    """Take only a URL on this computer, which a server in local mode takes too; nothing leaves it."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Declined(no.WEBHOOK_URL_INVALID) from None
    require(host and parts.scheme in ("http", "https"), no.WEBHOOK_URL_INVALID)
    require(parts.scheme == "http" and host in HERE, no.not_here("webhook that is not http on this computer"))


def lane_of(update: Json) -> Lane:
    """Name the queue in which this update has to wait for those before it."""
    kind = next(name for name in update if name != "update_id")
    body = update[kind]
    if kind in ("message", "edited_message"):
        return "message", body["chat"]["id"]
    return kind, body["chat"]["id"] if "chat" in body else body["from"]["id"]


def ready(queue: UpdateQueue, busy: Collection[Lane], now: float) -> list[Waiting]:
    """Return the updates that may leave now: the first of each lane, unless one of it is under way or rests."""
    queue.pending = [one for one in queue.pending if one.until > now]
    first: dict[Lane, Waiting] = {}
    for waiting in queue.pending:
        first.setdefault(lane_of(waiting.update), waiting)
    return [one for lane, one in first.items() if lane not in busy and one.not_before <= now]


def next_time(queue: UpdateQueue) -> float:
    """Return when the next update that rests after a failure is tried again."""
    return min((one.not_before for one in queue.pending if one.not_before), default=float("inf"))


def delivered(telegram: Telegram, waiting: Waiting) -> None:
    """Take away what has arrived, unless everything is to arrive twice."""
    telegram.hook.gone_since = 0
    if telegram.queue.twice and not waiting.repeated:
        waiting.repeated = True
        return
    forget(telegram.queue, waiting)


def failed(telegram: Telegram, waiting: Waiting, why: str, *, retry_after: int = 0) -> None:
    """Let it rest: not at all after the first failure, then 2, 4, 8 seconds and so on, or as long as was asked for."""
    telegram.hook.last_error_date, telegram.hook.last_error_message = telegram.seconds, why
    rest = float(min(max(retry_after, 0), LONGEST_ASKED_WAIT))
    if not rest and waiting.failures:
        longest = random.randint(LONGEST_WAIT, 2 * LONGEST_WAIT)  # nosec B311  # how long to wait
        waiting.rest = rest = min(waiting.rest * 2, longest)
    waiting.failures += 1
    waiting.not_before = telegram.time + rest * telegram.patience
    if waiting.not_before > waiting.until:
        forget(telegram.queue, waiting)


def gone(telegram: Telegram) -> None:
    """Close the webhook after 23 hours in which it answered only 410."""
    telegram.hook.gone_since = telegram.hook.gone_since or telegram.time
    if telegram.time > telegram.hook.gone_since + GONE_SECONDS * telegram.patience:
        delete_webhook(telegram)


def forget(queue: UpdateQueue, waiting: Waiting) -> None:
    queue.pending = [one for one in queue.pending if one is not waiting]
