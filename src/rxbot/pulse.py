"""Notice when Telegram could not reach us for so long that it threw taps away, and ask those whom it concerns once more.

And notice when the clock was put back: then what waits for its time waits so much less.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from rxbot.clock import Now
from rxbot.episode.lifecycle import WAITING
from rxbot.errors import StoreAway
from rxbot.patience import ask_of
from rxbot.store import outages, put_back
from rxbot.store.unit import Store, Unit

log = structlog.get_logger()
TAPS_KEPT = timedelta(seconds=150)  # as telegram-bot-api keeps a callback query
EVERY = timedelta(seconds=30)  # so often at most it is written down; a clock put back by less is let go on
NO_TIME = timedelta(0)


@dataclass
class Pulse:
    """Felt whenever we are in touch with Telegram.

    Within one process time is measured by a clock that nobody can set; over a restart, by the times that were written down.
    """

    store: Store
    bot: str
    now: Now
    _felt: float | None = None
    _seen: datetime | None = None
    _written: datetime | None = None

    async def felt(self) -> None:
        """We are in touch now."""
        moment, now = asyncio.get_running_loop().time(), self.now()
        gap = timedelta(seconds=moment - self._felt) if self._felt is not None else None
        back = self._seen + gap - now if self._seen and gap is not None else NO_TIME
        self._felt, self._seen = moment, now
        due = self._written is None or abs(now - self._written) >= EVERY
        if due or back > EVERY or (gap and gap > TAPS_KEPT):
            await self._write(now, gap, back)

    async def stop(self) -> None:
        """We stop, and were in touch until now."""
        if self._felt is None:
            return
        with suppress(StoreAway):  # then the next start takes the time written last, and asks rather once too often
            await asyncio.wrap_future(self.store.unit_of(lambda unit: outages.beat(unit, self.bot, self.now())))

    async def _write(self, now: datetime, gap: timedelta | None, back: timedelta) -> None:
        def write(unit: Unit) -> int:
            last = outages.last_beat(unit, self.bot) or now
            since = now - gap if gap is not None else last
            put_back_by = back if gap is not None else last - now
            outages.beat(unit, self.bot, now)
            if put_back_by > EVERY:
                log.warning("clock_put_back", seconds=put_back_by.total_seconds())
                put_back.bring_forward(unit, put_back_by, now)
            return outages.ask_once_more(unit, WAITING, since, now) if now - since > TAPS_KEPT else 0

        asked = await ask_of(self.store, write)
        self._written = now
        if asked:
            log.warning("outage_over", asked_once_more=asked)
