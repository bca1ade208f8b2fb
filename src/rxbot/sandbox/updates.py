"""The queue of updates for the bot: what is not confirmed comes again, as long as it is not too old."""

import random
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

# How long Telegram keeps an update nobody fetches.
KEPT_SECONDS = {"callback_query": 150, "inline_query": 30}
KEPT_A_DAY = 86400
SILENCE = 7 * KEPT_A_DAY
FIRST_IDS = 100_000_000, 900_000_000
ONLY_BY_NAME = ("chat_member", "message_reaction")
FAR_BEYOND = 10


@dataclass
class Waiting:
    """An update that is not confirmed yet; `rest` and what follows tell how a webhook fared with it."""

    update: Json
    until: float
    failures: int = 0
    rest: int = 1
    not_before: float = 0
    repeated: bool = False


@dataclass
class Polls:
    """What was asked for last, by the steady clock."""

    offset: int = -1
    began: float = float("-inf")
    next_conflict: float = float("-inf")

    def since(self, offset: int, now: float) -> float:
        """Return how long ago this same offset was asked for, if it was the last; remember this call."""
        ago = now - self.began if offset == self.offset else float("inf")
        self.offset, self.began = offset, now
        return ago


@dataclass
class UpdateQueue:
    """`allowed` empty means every kind, as in Telegram; `twice` hands each update out again after it was confirmed."""

    next_id: int = field(default_factory=lambda: random.randint(*FIRST_IDS))  # nosec B311  # a number to begin at
    pending: list[Waiting] = field(default_factory=list)
    again: list[Json] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    twice: bool = False
    poll: int = 0
    last_put: float = 0

    def put(self, kind: str, body: Json, now: float) -> Json | None:
        """Queue an update; the kinds that are not allowed never come to be, and some only where they are asked for by name.

        After a week of silence the ids begin anew at a random number.
        """
        if (self.allowed or kind in ONLY_BY_NAME) and kind not in self.allowed:
            return None
        if self.last_put and now - self.last_put >= SILENCE:
            self.next_id = random.randint(*FIRST_IDS)  # nosec B311  # the same
        self.last_put = now
        update = {"update_id": self.next_id, kind: body}
        self.pending.append(Waiting(update, now + KEPT_SECONDS.get(kind, KEPT_A_DAY)))
        self.next_id += 1
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds are asked for; who asks for nothing leaves it as it was."""
        self.allowed = self.allowed if kinds is None else kinds

    def from_offset(self, offset: int) -> int:
        """Return the id to start from: negative counts from the end, far beyond the end falls back to the head."""
        start = self.next_id + offset if offset < 0 else offset
        return 0 if start > self.next_id + FAR_BEYOND else start

    def take(self, start: int, limit: int, now: float) -> list[Json]:
        """Confirm what is before `start` and return what follows, once more first if it is to come twice."""
        confirmed = [w.update for w in self.pending if w.update["update_id"] < start]
        self.again += confirmed if self.twice else []
        self.pending = [w for w in self.pending if w.update["update_id"] >= start and w.until > now]
        once_more, self.again = self.again[:limit], self.again[limit:]
        return [*once_more, *(w.update for w in self.pending)][:limit]

    def begin_poll(self) -> int:
        """Return the number of this poll; only the newest poll may go on."""
        self.poll += 1
        return self.poll
