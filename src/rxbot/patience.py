"""Wait for a store that does not answer now, as when its disk is full: nothing that was on its way is dropped for it."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

import structlog

from rxbot.errors import StoreAway, StoreBusy
from rxbot.store.unit import Unit

log = structlog.get_logger()
R = TypeVar("R")
LOOK_AGAIN, A_MOMENT = 1.0, 0.05  # seconds


class Hand(Protocol):
    """Who runs a unit of the store: the store itself, or a seat."""

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        """Run this in a unit of its own."""


async def ask_of(hand: Hand, work: Callable[[Unit], R]) -> R:
    """Ask the store for something, or change something in it, until it answers. By a seat, raises SeatLost."""
    return await until_answered(lambda: asyncio.wrap_future(hand.unit_of(work)))


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
