"""How much a bot may send: Telegram tells no exact numbers, these are the ones bots are advised to keep.

30 messages a second in all, one a second in a chat after a short burst, 20 a minute into a group. Edits count like messages, and
so does whatever leaves a service message: a pin, a topic opened, renamed, closed, reopened. What was refused does not count.
Time is that of the sandbox's clock.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from rxbot.sandbox.world import Json

SECOND, MINUTE = 1.0, 60.0
FREE = ("sendchataction",)
COUNTED = (
    *("send", "copymessage", "forwardmessage", "editmessage", "pinchatmessage"),
    *("createforumtopic", "editforumtopic", "closeforumtopic", "reopenforumtopic"),
    *("closegeneralforumtopic", "reopengeneralforumtopic", "hidegeneralforumtopic", "unhidegeneralforumtopic"),
)


@dataclass
class Limits:
    """How much may be sent, and what was sent lately."""

    in_all: int = 30
    to_a_chat: int = 5  # at once; afterwards one a second. How short a burst has to be nobody knows
    to_a_group: int = 20
    _all: list[float] = field(default_factory=list)
    _groups: dict[int, list[float]] = field(default_factory=dict)
    _paid_until: dict[int, float] = field(default_factory=dict)  # a message costs its chat a second

    def wait(self, chat: int, now: float) -> int:
        """Return the seconds until the next message to this chat may leave; none when it may now."""
        return math.ceil(max(self._waits(chat, now)))

    def note(self, chat: int, now: float) -> None:
        """Remember that a message left."""
        self._all.append(now)
        self._paid_until[chat] = max(self._paid_until.get(chat, now), now) + SECOND
        if chat < 0:
            self._groups.setdefault(chat, []).append(now)

    def _waits(self, chat: int, now: float) -> Iterable[float]:
        yield 0.0
        self._all = lately(self._all, now, SECOND)
        yield until_room(self._all, self.in_all, now, SECOND)
        yield self._paid_until.get(chat, now) - now - (self.to_a_chat - 1) * SECOND
        if chat < 0:
            sent = self._groups[chat] = lately(self._groups.get(chat, []), now, MINUTE)
            yield until_room(sent, self.to_a_group, now, MINUTE)


def lately(sent: list[float], now: float, span: float) -> list[float]:
    return [at for at in sent if at > now - span]


def until_room(sent: list[float], most: int, now: float, span: float) -> float:
    """Return the seconds until the oldest of the last `most` is old enough."""
    return sent[-most] + span - now if len(sent) >= most else 0.0


def counts(name: str) -> bool:
    return name.lower().startswith(COUNTED) and name.lower() not in FREE


def chat_of(raw: Json) -> int:
    try:
        return int(raw.get("chat_id", 0))
    except (TypeError, ValueError):
        return 0
