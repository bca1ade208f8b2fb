"""Notice when Telegram could not reach us for so long that it threw taps away, and ask those whom it concerns once more."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from rxbot.clock import Now
from rxbot.episode.lifecycle import WAITING
from rxbot.errors import StoreAway
from rxbot.patience import until_answered
from rxbot.store import outages
from rxbot.store.unit import Store, Unit

log = structlog.get_logger()
TAPS_KEPT = timedelta(seconds=150)  # as telegram-bot-api keeps a callback query
EVERY = timedelta(seconds=30)  # so often at most it is written down


@dataclass
class Pulse:
    """Felt whenever we are in touch with Telegram.

    Within one process a gap is measured by a clock that nobody can set; over a restart, by the times that were written down.
    """

    store: Store
    bot: str
    now: Now
    _felt: float | None = None
    _written: datetime | None = None

    async def felt(self) -> None:
        """We are in touch now."""
        moment, now = asyncio.get_running_loop().time(), self.now()
        gap = timedelta(seconds=moment - self._felt) if self._felt is not None else None
        self._felt = moment
        due = self._written is None or abs(now - self._written) >= EVERY
        if due or (gap and gap > TAPS_KEPT):
            await self._write(now, gap)

    async def stop(self) -> None:
        """We stop, and were in touch until now."""
        if self._felt is None:
            return
        with suppress(StoreAway):  # then the next start takes the time written last, and asks rather once too often
            await asyncio.wrap_future(self.store.unit_of(lambda unit: outages.beat(unit, self.bot, self.now())))

    async def _write(self, now: datetime, gap: timedelta | None) -> None:
        def write(unit: Unit) -> int:
            since = now - gap if gap is not None else outages.last_beat(unit, self.bot) or now
            outages.beat(unit, self.bot, now)
            return outages.ask_once_more(unit, WAITING, since, now) if now - since > TAPS_KEPT else 0

        asked = await until_answered(lambda: asyncio.wrap_future(self.store.unit_of(write)))
        self._written = now
        if asked:
            log.warning("outage_over", asked_once_more=asked)
