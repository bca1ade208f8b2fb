"""Wait for a store that does not answer now, as when its disk is full: nothing that was on its way is dropped for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from rxbot.errors import StoreAway, StoreBusy

log = structlog.get_logger()
R = TypeVar("R")
LOOK_AGAIN, A_MOMENT = 1.0, 0.05  # seconds


async def until_answered(attempt: Callable[[], Awaitable[R]]) -> R:
    """Try until the store answers. What it did not answer, it did not do."""
    while True:
        try:
            return await attempt()
        except StoreBusy:
            await asyncio.sleep(A_MOMENT)
        except StoreAway as away:
            log.error("store_away", remedy=away.remedy)
            await asyncio.sleep(LOOK_AGAIN)
