"""When the clock was put back: what was to wait a moment must not wait until the clock has caught up."""

from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, select, true, update

from rxbot.store.tables import inbox, outbox, pause, timer
from rxbot.store.unit import Unit

WAITING: tuple[tuple[Column[datetime], ColumnElement[bool]], ...] = (
    (inbox.c.not_before, inbox.c.done_at.is_(None)),
    (outbox.c.not_before, outbox.c.done_at.is_(None)),
    (pause.c.until, true()),
    (timer.c.due_at, true()),
)


def bring_forward(unit: Unit, by: timedelta, now: datetime) -> None:
    """Let everything that waits for its time wait so much less. What was set before the clock went wrong comes early by it."""
    for moment, is_open in WAITING:
        for due in unit.execute(select(moment).where(is_open, moment > now).distinct().order_by(moment)).scalars().all():
            sooner = {moment.name: max(now, due - by)}
            unit.execute(update(moment.table).where(is_open, moment == due).values(sooner))
