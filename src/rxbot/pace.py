"""How fast we write: whether a letter may leave now, and if not, when. It has no clock of its own: times come in seconds.

A letter counts from the moment it is let go until its budget's seconds after it has arrived. Wherever in between Telegram
counts it, no span of that length ever holds more than its budget, however slow the line is.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from itertools import takewhile

CRISIS, REPLY, RELAY, CHECK_IN, REMINDER = range(5)  # the lower, the sooner


def back_off(tries: int) -> float:
    """Give the seconds until the next try: 2, 4, 8 and so on, a minute at most."""
    return float(min(2**tries, 60)) if tries < 6 else 60.0


@dataclass(frozen=True)
class Budget:
    """So many calls in any span of so many seconds. So many of them are kept from each urgency, for what is more urgent."""

    most: int
    seconds: float
    kept_from: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)  # crisis, reply, relay, check-in, reminder

    def open_to(self, urgency: int) -> int:
        """Say how many of the calls are open to a letter of this urgency."""
        return self.most - self.kept_from[urgency]


@dataclass(frozen=True)
class Limits:
    """The budgets of all chats together, of each chat, and of each group besides."""

    overall: Budget
    chat: Budget
    group: Budget


# Telegram's own figures are about 30 messages a second over all, one a second in a chat with short bursts, and 20 a minute in
# a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); in a group edits, pins and what
# is done to topics count too. We stay a little below. Three in three seconds is one a second, and lets the two or three
# messages of one turn come together. Overall, five are kept for crisis and replies: a reply, an alarm and what goes with it; two
# of these for crisis alone, since a call counts while it is on its way, and when Telegram is slow replies take all they may.
# In a group four are kept for crisis: an alarm in a new topic is the topic, the brief, its pin, and a word to the team.
TELEGRAM = Limits(Budget(25, 1, (0, 2, 5, 5, 5)), Budget(3, 3), Budget(18, 60, (0, 4, 4, 4, 4)))
GROUPS = ("team:", "chat:-")  # how the names of groups begin: ours, and those we only know the address of
MANY = 1000  # windows of chats nobody writes to any more are dropped when there are as many


@dataclass
class Window:
    """What has left within one budget, and how many calls are on their way."""

    budget: Budget
    arrived: deque[tuple[float, int]] = field(default_factory=deque)
    on_their_way: int = 0

    def when(self, calls: int, urgency: int, now: float) -> float:
        """Give the first moment at which so many calls fit. What is larger than its budget leaves when all of it is free."""
        self._forget(now)
        room = self.budget.open_to(urgency)
        too_many = self.on_their_way + sum(n for _, n in self.arrived) + min(calls, room) - room
        if too_many <= 0:
            return now
        for at, n in self.arrived:
            too_many -= n
            if too_many <= 0:
                return at + self.budget.seconds
        return now + self.budget.seconds  # they would have to arrive first

    def is_idle(self, now: float) -> bool:
        """Say whether nothing in it counts any more."""
        self._forget(now)
        return not (self.arrived or self.on_their_way)

    def _forget(self, now: float) -> None:
        for _ in range(sum(1 for _ in takewhile(lambda one: one[0] + self.budget.seconds <= now, self.arrived))):
            self.arrived.popleft()


class Pace:
    """Keeps to the limits; without any, everything may leave at once.

    A chat is named as its lane, a group `team:` and its id. What counts in no chat names none.
    """

    def __init__(self, limits: Limits | None) -> None:
        self._limits = limits
        self._overall = Window(limits.overall) if limits else None
        self._chats: dict[str, tuple[Window, ...]] = {}

    def opens(self, urgency: int, now: float) -> float:
        """Give the first moment at which anything of this urgency may leave, to whatever chat."""
        return self._overall.when(1, urgency, now) if self._overall else now

    def when(self, chat: str, calls: int, urgency: int, now: float) -> float:
        """Give the first moment at which so many calls to this chat may leave: now, if they may."""
        return max((window.when(calls, urgency, now) for window in self._windows(chat)), default=now)

    def leaves(self, chat: str, calls: int) -> None:
        """So many calls to this chat are on their way."""
        for window in self._windows(chat):
            window.on_their_way += calls

    def stays(self, chat: str, calls: int) -> None:
        """These calls are not made after all."""
        for window in self._windows(chat):
            window.on_their_way -= calls

    def arrived(self, chat: str, calls: int, now: float) -> None:
        """These calls are not on their way any more, whatever became of them."""
        self.stays(chat, calls)
        self.made(chat, calls, now)

    def made(self, chat: str, calls: int, now: float) -> None:
        """So many calls to this chat were made, foreseen or not."""
        for window in self._windows(chat):
            window.arrived.append((now, calls))
        if len(self._chats) > MANY:
            self._chats = {name: kept for name, kept in self._chats.items() if not all(one.is_idle(now) for one in kept)}

    def remembers(self, chat: str, at: float) -> None:
        """A call arrived then, by a process before this one; the oldest is remembered first."""
        for window in self._windows(chat):
            window.arrived.append((at, 1))

    def _windows(self, chat: str) -> tuple[Window, ...]:
        if self._limits is None or self._overall is None:
            return ()
        if not chat:
            return (self._overall,)
        if chat not in self._chats:
            limits = (self._limits.chat, *((self._limits.group,) if chat.startswith(GROUPS) else ()))
            self._chats[chat] = tuple(map(Window, limits))
        return (self._overall, *self._chats[chat])


@dataclass
class Gate:
    """The pace at one moment. `again` is when the first of those it held back may leave."""

    pace: Pace
    now: float
    again: float = math.inf
    _let: list[tuple[str, int]] = field(default_factory=list)

    def shut(self, urgency: int) -> bool:
        """Say whether nothing of this urgency may leave now."""
        return self._wait_for(self.pace.opens(urgency, self.now))

    def lets(self, chat: str, calls: int, urgency: int) -> bool:
        """Say whether this may leave now. What may is on its way."""
        if self._wait_for(self.pace.when(chat, calls, urgency, self.now)):
            return False
        self.pace.leaves(chat, calls)
        self._let.append((chat, calls))
        return True

    def take_back(self) -> None:
        """What was let go does not leave: it could not be written down."""
        for chat, calls in self._let:
            self.pace.stays(chat, calls)
        self._let.clear()

    def _wait_for(self, then: float) -> bool:
        if then > self.now:
            self.again = min(self.again, then)
        return then > self.now
