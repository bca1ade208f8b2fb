"""What waits, and for how long: counts and ages, which tell of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from rxbot.store.outbox_rows import URGENCY
from rxbot.store.tables import inbox, outbox, timer
from rxbot.store.unit import Unit

LATE = timedelta(minutes=1)  # a timer is taken within seconds when all is well


@dataclass(frozen=True)
class Waiting:
    """How many rows wait, and for how many seconds the oldest has."""

    rows: int
    seconds: float


NOTHING = Waiting(0, 0.0)


@dataclass(frozen=True)
class Backlog:
    """What waits now: updates, letters by their urgency, and timers that are late."""

    inbox: Waiting
    outbox: Mapping[str, Waiting]
    timers: Waiting


def look(unit: Unit, now: datetime) -> Backlog:
    """Look at what waits now. A timer that waits for its time is not late, and waits for nothing."""
    updates = unit.execute(select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.done_at.is_(None))).one()
    c = outbox.c
    letters = unit.execute(select(c.urgency, func.count(), func.min(c.made_at)).where(c.done_at.is_(None)).group_by(c.urgency))
    late = unit.execute(select(func.count(), func.min(timer.c.due_at)).where(timer.c.due_at <= now - LATE)).one()
    by_urgency = {urgency: _waiting(count, oldest, now) for urgency, count, oldest in letters}
    return Backlog(
        _waiting(updates[0], updates[1], now),
        {name: by_urgency.get(urgency, NOTHING) for name, urgency in URGENCY.items()},
        _waiting(late[0], late[1], now),
    )


def _waiting(count: int, oldest: datetime | None, now: datetime) -> Waiting:
    return Waiting(count, max((now - oldest).total_seconds(), 0.0)) if oldest else NOTHING
