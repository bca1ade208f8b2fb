"""Do what only one process may do at a time, whenever that is this one (`store/seats.py` says whose a seat is)."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from rxbot.errors import SeatLost
from rxbot.patience import until_answered
from rxbot.store import seats
from rxbot.store.seats import Seat
from rxbot.store.unit import Store

log = structlog.get_logger()
TRY_AGAIN = 1.0  # seconds between two tries for a seat that another process has
LOOK_AGAIN = 2.0  # seconds between looks whether a seat is still ours, where nothing else would tell


async def whenever_ours(store: Store, name: str, stands_by: Callable[[], None], work: Callable[[Seat], Awaitable[None]]) -> None:
    """Do this work by a seat of this name, anew whenever it was lost; say each time that it is another's."""
    while True:
        ours = seats.seat(store, name)
        try:
            while not await _is_ours(ours):
                stands_by()
                await asyncio.sleep(TRY_AGAIN)
            log.info("seat_taken", seat=name)
            await work(ours)
        except SeatLost:
            log.warning("seat_lost", seat=name)
        finally:
            await asyncio.shield(asyncio.to_thread(ours.leave))


async def while_ours(seat: Seat, work: Coroutine[None, None, None]) -> None:
    """Do this work, which does not ask the store by itself, and end it when the seat is lost. Raises SeatLost."""
    await first_of(work, _watch(seat))


async def first_of(*works: Coroutine[None, None, None]) -> None:
    """Do all of these until the first ends or fails."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _is_ours(seat: Seat) -> bool:
    return await until_answered(lambda: asyncio.wrap_future(seat.take()))


async def _watch(seat: Seat) -> None:
    while True:
        if not await _is_ours(seat):
            raise SeatLost
        await asyncio.sleep(LOOK_AGAIN)
