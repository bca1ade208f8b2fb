"""Claims what may leave, lets it leave, and writes down what came of it: round after round, each one commit."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog

from rxbot import metrics
from rxbot.errors import StoreAway, StoreBusy, StoreMoved
from rxbot.outbox.channel import Channel
from rxbot.outbox.delivery import Delivery, WordsOf, seconds
from rxbot.outbox.outcomes import Ended, GroupMoved, LostTopic, Outcomes, Unreachable
from rxbot.pace import CRISIS, Gate, Pace
from rxbot.patience import A_MOMENT, Hand, ask_of
from rxbot.store import outbox_rows
from rxbot.store.outbox_rows import UNKNOWN, Letter
from rxbot.store.seats import Seat
from rxbot.store.unit import Store, Unit

log = structlog.get_logger()
R = TypeVar("R")
AT_ONCE = 50  # letters on their way at the same time
LOOK_AGAIN = 0.5  # seconds, when nobody woke us: a letter may have become due
NOT_AT_ONCE = 0.001  # seconds: a wait so short that it rounds to nothing would spin
GATHERING = 0.01  # seconds
LATELY = timedelta(minutes=1)  # the longest span over which Telegram counts
LEAVE_WITHIN = 20.0  # seconds to stop in: more than a call takes, less than whoever stops us waits before they kill
LONGEST = 180.0  # seconds that all calls of one letter may take: each has its own time, and may wait for a connection


def nobody() -> None:
    """Tell nobody."""


def _nothing_else(_unit: Unit) -> None:
    """Do nothing else in this round."""


@dataclass(frozen=True)
class OnItsWay:
    """A letter that is being sent, and since when."""

    letter: Letter
    since: float


class Sender:
    """Sends what is written down, until stopped."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        words_of: WordsOf,
        now: Callable[[], datetime],
        pace: Pace,
        unreachable: Unreachable,
        topic_gone: LostTopic,
        group_moved: GroupMoved,
        came_round: Callable[[], None] = nobody,
    ) -> None:
        self._store, self._now, self._pace, self._came_round = store, now, pace, came_round
        self._delivery = Delivery(store, channel, words_of, now, pace)
        self._outcomes = Outcomes(now, unreachable, topic_gone, group_moved)
        self._woken, self._taken_over = asyncio.Event(), asyncio.Event()
        self._on_their_way: dict[asyncio.Task[None], OnItsWay] = {}
        self._ended: list[Ended] = []  # and not yet written down
        self._rounds = set[asyncio.Task[Any]]()
        self._one_round = asyncio.Lock()
        self._sends = False
        self._seat: Seat | None = None
        self._recovered = 0.0

    def wake(self) -> None:
        """Something was written down."""
        self._woken.set()

    async def run(self, seat: Seat | None = None) -> None:
        """Send until cancelled. What a crash left half sent is settled first.

        With a seat, letters are claimed as long as it is ours, and SeatLost is raised when it is not; those on their way are
        then for `finish`, which takes less time than their leases last.
        """
        self._seat = seat
        await self._take_over()
        self._sends = True
        while True:
            gate = Gate(self._pace, seconds())
            _, have_left = await self._begun(self._go_round(gate, _nothing_else))
            if not self._is_held_up():
                self._came_round()
            if seat and seconds() - self._recovered > outbox_rows.LEASE.total_seconds() / 6:
                await self._recover()
            if have_left:
                await self._gather()
            else:
                soon = A_MOMENT if self._ended else LOOK_AGAIN
                await self._wait(min(soon, max(gate.again - seconds(), NOT_AT_ONCE)))

    def _is_held_up(self) -> bool:
        """Say whether a letter has been on its way for longer than its calls can take: its lane waits for it."""
        return seconds() - min((one.since for one in self._on_their_way.values()), default=math.inf) > LONGEST

    async def _take_over(self) -> None:
        """Go on where another process ended: with what it left half sent, and no faster than if it were still there."""
        now, began = self._now(), seconds()
        await self._recover()
        for chat, at in await ask_of(self._store, lambda unit: outbox_rows.left_lately(unit, now - LATELY)):
            self._pace.remembers(chat, began - (now - at).total_seconds())
        self._taken_over.set()

    async def _recover(self) -> None:
        """Settle what was left half sent, and keep what is on its way: a lease that runs out is another's to settle."""
        self._recovered = seconds()
        async with self._one_round:  # what a round is just claiming is not on its way yet, and would be taken for left behind
            on_their_way = (one.letter for one in self._on_their_way.values())
            ours = {row for letter in (*on_their_way, *(one.letter for one in self._ended)) for row in letter.rows}

            def settle(unit: Unit) -> None:
                outbox_rows.keep(unit, ours, self._now())
                for letter in outbox_rows.recover(unit, self._now(), ours):
                    self._outcomes.end(unit, letter, UNKNOWN)

            await ask_of(self._hand, settle)

    async def go_along(self, work: Callable[[Unit], R]) -> R:
        """Do this in a unit of the store. Where nobody else may send, what it gives to be sent leaves with the same commit.

        It waits until what a crash left half sent is settled: of a letter that is on its way, whoever writes may have read
        nothing; one that a crash left behind they may be answering.
        """
        if not self._store.shared:
            await self._taken_over.wait()
        if self._store.shared or not self._sends:
            done = await ask_of(self._store, work)
            self.wake()
            return done
        gate = Gate(self._pace, seconds())
        done, _ = await self._begun(self._go_round(gate, work))
        if gate.again < math.inf:
            self.wake()
        return done

    async def finish(self) -> None:
        """Wait for what is on its way, but not for ever: what does not end is settled at the next start, as after a crash."""
        self._sends = False
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_WITHIN):
                await self._end()
        for task in (*self._rounds, *self._on_their_way):
            task.cancel()
        self._ended.clear()

    async def _end(self) -> None:
        while self._rounds:
            await asyncio.wait(self._rounds)
        while self._on_their_way:
            await asyncio.wait(self._on_their_way)
        while self._ended:
            ended = tuple(self._ended)
            self._ended[: len(ended)] = await ask_of(self._store, partial(self._settle, ended=ended))

    async def _begun(self, a_round: Coroutine[Any, Any, R]) -> R:
        """Wait for a round. It goes on where we are stopped meanwhile: what the store has begun cannot be called back."""
        task = asyncio.create_task(a_round)
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)
        return await asyncio.shield(task)

    async def _gather(self) -> None:
        """Let what arrives gather, so that one commit is for several letters."""
        await asyncio.sleep(GATHERING)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        del self._on_their_way[task]
        self.wake()

    async def _go_round(self, gate: Gate, work: Callable[[Unit], R]) -> tuple[R, bool]:
        """Do this work, write down what came of the letters that have ended, and send those that may leave now, with one commit.

        Give what came of the work, and whether any letter has left.
        """
        async with self._one_round:
            self._woken.clear()
            ended = tuple(self._ended)
            room = 0 if gate.shut(CRISIS) else AT_ONCE - len(self._on_their_way)

            def whole(unit: Unit) -> tuple[R, list[Ended], list[Letter]]:
                gate.take_back()  # where this is done anew, since the store did not answer
                not_yet = self._settle(unit, ended)  # before the work: words answer only what has arrived
                done = work(unit)
                return done, not_yet, outbox_rows.claim(unit, self._now(), room, gate) if room else []

            try:
                done, not_yet, letters = await ask_of(self._hand, whole)
            except BaseException:
                gate.take_back()
                raise
            self._ended[: len(ended)] = not_yet
            for letter in letters:
                task = asyncio.create_task(self._deliver(letter))
                self._on_their_way[task] = OnItsWay(letter, seconds())
                task.add_done_callback(self._arrived)
            return done, bool(letters)

    def _settle(self, unit: Unit, ended: Iterable[Ended]) -> list[Ended]:
        """Write down what came of each; give those that have to wait for another process."""
        not_yet: list[Ended] = []
        for one in ended:
            try:
                with unit.savepoint():
                    self._outcomes.note(unit, one)
            except StoreBusy:
                not_yet.append(one)
            except (StoreAway, StoreMoved):
                raise
            except Exception as error:  # whatever it is, the other letters must go on
                log.error("letter_not_marked", id=one.letter.id, error=type(error).__name__)
        return not_yet

    async def _wait(self, seconds: float) -> None:
        """Wait until there is something to do, but not for longer: a letter may have become due.

        Somewhat later there is more of it; and the round of a turn may have done it by then.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # unlike wait_for, it never swallows that we are told to stop
                gathered = False
                while not gathered:
                    await self._woken.wait()
                    if self._on_their_way or (self._ended and not self._store.shared):
                        await self._gather()
                    gathered = self._woken.is_set()

    async def _deliver(self, letter: Letter) -> None:
        try:
            with metrics.SEND_SECONDS.time():
                ended = Ended(letter, await self._delivery.of(letter))
        except Exception as failed:  # whatever it is, the lane must go on
            ended = Ended(letter, failed=failed)
        metrics.SENDS.labels(ended.in_a_word).inc()
        self._ended.append(ended)

    @property
    def _hand(self) -> Hand:
        """Whoever may do what only the holder of the seat may."""
        return self._seat or self._store
