"""Whether each loop still goes round, so that one that stands still is seen and named. Nothing here tells of people.

A loop that has ended, or has not come round within its limit, keeps somebody waiting. One that stands by while another replica
does its work is well.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

LIMITS = {"poller": 120.0, "door": 120.0, "worker": 60.0, "clock": 60.0, "sender": 60.0}  # seconds; a poll takes 35 at most
State: TypeAlias = Literal["going", "standing_by", "stuck", "ended"]


@dataclass
class Loop:
    """One of the loops that everything hangs on. Each calls `came_round` when it has got through once more.

    `trouble` is a word for what keeps it, where that is known. A loop without a limit may wait as long as it likes.
    """

    name: str
    limit: float | None = None
    trouble: str = ""
    stands_by: bool = False
    _came: float = field(default_factory=time.monotonic)
    _task: asyncio.Task[None] | None = None

    def came_round(self) -> None:
        """It has got through once more."""
        self._came, self.trouble, self.stands_by = time.monotonic(), "", False

    def kept_by(self, trouble: str) -> None:
        """Something keeps it from getting through."""
        self.trouble = trouble

    def stand_by(self) -> None:
        """Another replica does its work."""
        self.came_round()
        self.stands_by = True

    def runs_as(self, task: asyncio.Task[None]) -> None:
        """This task is the loop: when it ends, so does the loop."""
        self._task = task
        self.came_round()

    @property
    def age(self) -> float:
        """The seconds since it came round last."""
        return time.monotonic() - self._came

    @property
    def state(self) -> State:
        """How it is."""
        if self._task and self._task.done():
            return "ended"
        if self.limit is not None and self.age > self.limit:
            return "stuck"
        return "standing_by" if self.stands_by else "going"

    @property
    def is_well(self) -> bool:
        """Say whether nobody waits for it in vain."""
        return self.state in ("going", "standing_by")

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        trouble = {"trouble": self.trouble} if self.trouble else {}
        return {"state": self.state, "seconds": round(self.age, 1), **trouble}


@dataclass
class Vitals:
    """All loops of a process, and when we were last in touch with Telegram."""

    loops: dict[str, Loop] = field(default_factory=dict)
    _in_touch: float = field(default_factory=time.monotonic)

    def loop(self, name: str) -> Loop:
        """Give the loop of this name."""
        return self.loops.setdefault(name, Loop(name, LIMITS.get(name)))

    def in_touch(self) -> None:
        """Telegram has answered a poll, or has brought something, or has nothing that it could not bring."""
        self._in_touch = time.monotonic()

    @property
    def silence(self) -> float:
        """The seconds since we were last in touch with Telegram, or began to try."""
        return time.monotonic() - self._in_touch

    @property
    def unwell(self) -> list[str]:
        """Name the loops that somebody waits for in vain."""
        return [name for name, loop in self.loops.items() if not loop.is_well]

    def as_json(self) -> dict[str, Any]:
        """Give them as JSON can hold them."""
        return {
            "telegram": {"seconds": round(self.silence, 1)},
            "loops": {name: loop.as_json() for name, loop in self.loops.items()},
        }
