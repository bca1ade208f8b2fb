"""getUpdates: wait for updates; only one bot may poll, and none while a webhook is set."""

import asyncio

from rxbot.sandbox import methods
from rxbot.sandbox import refusals as no
from rxbot.sandbox.bell import Bell
from rxbot.sandbox.refusals import Declined, require
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json

LONGEST_POLL = 50


async def get_updates(
    telegram: Telegram,
    *,
    offset: int = 0,
    limit: int = 100,
    timeout: int = 0,  # noqa: ASYNC109 - the parameter is called so in the Bot API
    allowed_updates: list[str] | None = None,
) -> list[Json]:
    """Wait for updates; a newer call ends this one, and so does a webhook."""
    methods.refuse_on_purpose(telegram, "getUpdates")
    require(not telegram.hook.url, no.WEBHOOK_ACTIVE)
    queue, loop = telegram.queue, asyncio.get_running_loop()
    deadline = loop.time() + min(timeout, LONGEST_POLL)
    queue.allow(allowed_updates)
    start, poll = queue.from_offset(offset), queue.begin_poll()
    telegram.ring()
    with Bell(telegram) as bell:
        while queue.poll == poll and not telegram.hook.url:
            updates = queue.take(start, min(max(limit, 1), 100), telegram.time)
            if updates or loop.time() >= deadline:
                return updates
            await bell.wait(deadline - loop.time())
    raise Declined(no.WEBHOOK_WAS_SET if telegram.hook.url else no.CONFLICT)
