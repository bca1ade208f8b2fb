"""Answers to taps, which stop the spinner on a button. They leave beside everything else, and nobody waits for them."""

import asyncio
from collections.abc import Iterable

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from rxbot import metrics
from rxbot.inbox import Ack

AT_ONCE = 10
WITHIN = 5.0  # seconds; later it helps nobody


class TapAnswers:
    """Those that are on their way, or wait for those before them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._room = asyncio.Semaphore(AT_ONCE)
        self._on_their_way: set[asyncio.Task[None]] = set()

    def give(self, acks: Iterable[Ack]) -> None:
        """Let these leave."""
        for ack in acks:
            task = asyncio.create_task(self._answer(ack))
            self._on_their_way.add(task)
            task.add_done_callback(self._on_their_way.discard)

    async def drop(self) -> None:
        """Let go of those that have not arrived: nothing hangs on them."""
        left = list(self._on_their_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _answer(self, ack: Ack) -> None:
        async with self._room:
            try:
                async with asyncio.timeout(WITHIN):
                    await self._bot.answer_callback_query(ack.tap_id, ack.words or None, show_alert=ack.alert)
            except RetryAfter:
                metrics.TOO_FAST.labels("tap").inc()
                metrics.TAPS.labels("lost").inc()
            except (TelegramError, TimeoutError):  # it may be too late for it
                metrics.TAPS.labels("lost").inc()
            else:
                metrics.TAPS.labels("answered").inc()
