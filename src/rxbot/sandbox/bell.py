"""Wakes whoever waits for something to change in Telegram."""

import asyncio

from rxbot.sandbox.telegram import Telegram


class Bell:
    """May be rung from any thread."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.loop = asyncio.get_running_loop()
        self.rung = asyncio.Event()

    def __enter__(self) -> "Bell":
        self.telegram.bells.add(self.ring)
        return self

    def __exit__(self, *_: object) -> None:
        self.telegram.bells.discard(self.ring)

    def ring(self) -> None:
        self.loop.call_soon_threadsafe(self.rung.set)

    async def wait(self, seconds: float | None = None) -> None:
        """Return when something changed since the last wait, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self.rung.wait()
        except TimeoutError:
            return
        self.rung.clear()
