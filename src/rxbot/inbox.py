"""One door in. An update is committed before it is acknowledged, and worked off later, each in a savepoint of its own.

A poison update rolls back only itself, is tried again, and at last set aside with an alarm; its lane waits, others do not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import structlog

from rxbot.store import inbox_rows
from rxbot.store.unit import Unit

log = structlog.get_logger()
BATCH = 50


@dataclass(frozen=True)
class Ack:
    """An answer to a tap, given after the commit; it may get lost."""

    tap_id: str
    words: str = ""
    alert: bool = False


Receive: TypeAlias = Callable[[Unit, bytes, datetime], tuple[Ack, ...]]


@dataclass(frozen=True)
class Worked:
    """What one round did: how many updates, and the taps to answer now that it is committed."""

    count: int
    acks: tuple[Ack, ...]


def work_off(unit: Unit, receive: Receive, now: datetime) -> Worked:
    """Work off the oldest open updates, in order, one lane never waiting for another."""
    acks: list[Ack] = []
    blocked: set[str] = set()
    count = 0
    for row in inbox_rows.open_rows(unit, now, BATCH):
        if row.lane in blocked:
            continue
        try:
            with unit.savepoint():
                acks += receive(unit, inbox_rows.body_of(unit, row), now)
                inbox_rows.done(unit, row.seq, now)
            count += 1
        except Exception as error:  # whatever it is, the other people's updates must go on
            given_up = inbox_rows.failed(unit, row, type(error).__name__, now)
            log.error("update_given_up" if given_up else "update_failed", seq=row.seq, error=type(error).__name__)
            blocked.add(row.lane)
    return Worked(count, tuple(acks))
