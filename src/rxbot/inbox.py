"""One door in. An update is committed before it is acknowledged, and worked off later, each in a savepoint of its own.

A poison update rolls back only itself, is tried again, and at last set aside with an alarm; its lane waits, others do not.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from rxbot import metrics
from rxbot.errors import StoreAway, StoreBusy, StoreMoved
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


class Receive(Protocol):
    """What an update means."""

    def __call__(self, unit: Unit, body: bytes, now: datetime) -> tuple[Ack, ...]:
        """Take an update through its turn."""

    def given_up(self, unit: Unit, lane: str, seq: int, now: datetime) -> None:
        """Tell whoever sent an update that it could not be read, and whoever has to know."""


@dataclass(frozen=True)
class Worked:
    """What one round did: how many updates, and the taps to answer now that it is committed.

    `busy`: some have to wait for a moment, since another process holds what they are about; `is_more`: there may be others.
    """

    count: int
    acks: tuple[Ack, ...]
    busy: bool = False
    is_more: bool = False


def work_off(unit: Unit, receive: Receive, now: datetime) -> Worked:
    """Work off the oldest open updates, in order, one lane never waiting for another."""
    acks: list[Ack] = []
    blocked: set[str] = set()
    count, busy = 0, False
    rows = inbox_rows.open_rows(unit, now, BATCH)
    for row in rows:
        if row.lane in blocked:
            continue
        try:
            with unit.savepoint():
                acks += receive(unit, inbox_rows.body_of(unit, row), now)
                inbox_rows.done(unit, row.seq, now)
            count += 1
            metrics.UPDATES.labels("done").inc()
        except StoreBusy:
            blocked.add(row.lane)
            busy = True
        except (StoreAway, StoreMoved):  # not this update's fault: it is tried again when the database answers
            raise
        except Exception as error:  # whatever it is, the other people's updates must go on
            given_up = inbox_rows.failed(unit, row, type(error).__name__, now)
            metrics.UPDATES.labels("given_up" if given_up else "failed").inc()
            log.error("update_given_up" if given_up else "update_failed", seq=row.seq, error=type(error).__name__)
            blocked.add(row.lane)
            if given_up:
                _tell(unit, receive, row, now)
    is_more = count > 0 if unit.shared else len(rows) == BATCH  # what another process had may be free by now
    return Worked(count, tuple(acks), busy, is_more)


def _tell(unit: Unit, receive: Receive, row: inbox_rows.OpenRow, now: datetime) -> None:
    """Nothing is lost in silence. Where even telling fails, the log is what is left."""
    try:
        with unit.savepoint():
            receive.given_up(unit, row.lane, row.seq, now)
    except StoreAway:
        raise
    except Exception as error:
        log.error("update_given_up_untold", seq=row.seq, error=type(error).__name__)
