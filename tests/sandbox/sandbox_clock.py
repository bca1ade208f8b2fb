"""Clocks that stand still until they are told to move."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> None:
        self.time += timedelta(**span)


class Steady:
    """Seconds that do not pass by themselves; whoever waits looks at them again when they do."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self.time, self.ring = 0.0, ring

    def __call__(self) -> float:
        return self.time

    def passes(self, seconds: float) -> None:
        self.time += seconds
        self.ring()
