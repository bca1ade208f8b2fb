"""Updates as they came, until they are done. Their bodies are sealed under a key of the day and dropped when done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.store.prepared import Prepared
from rxbot.store.tables import inbox
from rxbot.store.unit import INBOX, Unit

ATTEMPTS = 5
REMEMBERED = timedelta(days=8)  # update ids start again at random after a week of silence
UNDER_WAY = timedelta(minutes=10)  # more than an update is on its way into the inbox
KEY = "inbox-"


@dataclass(frozen=True)
class Arrived:
    """An update as the channel gave it: its number, whose turn it waits in, and its body."""

    update_id: int
    lane: str
    body: bytes


@dataclass(frozen=True)
class OpenRow:
    """An update that is not done, still sealed: one that cannot be opened must not stop the others."""

    seq: int
    lane: str
    key_id: str
    sealed: bytes
    attempts: int


def accept(unit: Unit, bot: str, arrived: Iterable[Arrived], now: datetime) -> None:
    """Write updates down; one that came before is nothing."""
    key_id = f"{KEY}{now:%Y-%m-%d}"
    unit.keys.make(key_id)
    rows = [
        {
            "bot": bot,
            "update_id": one.update_id,
            "lane": one.lane,
            "key_id": key_id,
            "sealed": unit.keys.seal(key_id, one.body),
            "received_at": now,
            "not_before": now,
        }
        for one in arrived
    ]
    if rows:
        ACCEPT.do_each(unit, rows)
        unit.tell(INBOX)


def open_rows(unit: Unit, now: datetime, limit: int) -> list[OpenRow]:
    """Give the oldest updates that are not done, none of a lane whose first one waits to be tried again.

    Where other processes work on the same rows, none of a lane that one of them has; what is given is ours until the end of
    the unit.
    """
    first = list(starmap(OpenRow, OPEN.ask(unit, now=now, limit=limit)))
    if not unit.shared:
        return first
    lanes = unit.take(dict.fromkeys(row.lane for row in first))
    # Looked at anew: until the lane was ours, another process may have been at work in it.
    theirs = {"now": now, "limit": limit, "lanes": list(lanes)}
    return [OpenRow(*row) for row in unit.execute(OPEN_IN, theirs)] if lanes else []


def _open(*more: ColumnElement[bool]) -> Select[Any]:
    c = inbox.c
    waiting = select(c.lane).where(c.done_at.is_(None), c.not_before > bindparam("now", type_=c.not_before.type))
    return (
        select(c.seq, c.lane, c.key_id, c.sealed, c.attempts)
        .where(c.done_at.is_(None), c.lane.not_in(waiting), *more)
        .order_by(c.seq)
        .limit(bindparam("limit", type_=Integer))
    )


OPEN_IN = _open(inbox.c.lane.in_(bindparam("lanes", expanding=True)))
OPEN = Prepared(_open())
DONE = Prepared(update(inbox).where(inbox.c.seq == bindparam("number")), "done_at", "sealed", "lane")
ACCEPT = Prepared(
    insert(inbox).inline().on_conflict_do_nothing(),
    *("bot", "update_id", "lane", "key_id", "sealed", "received_at", "not_before"),
)


def body_of(unit: Unit, row: OpenRow) -> bytes:
    """Open an update."""
    return unit.keys.unseal(row.key_id, row.sealed)


def done(unit: Unit, seq: int, now: datetime) -> None:
    """Mark an update done, and drop its body and whose it was."""
    DONE.do(unit, number=seq, done_at=now, sealed=None, lane="")


def failed(unit: Unit, row: OpenRow, error: str, now: datetime) -> bool:
    """Note a failure by the name of its kind, and try again later; say whether it is given up now."""
    attempts = row.attempts + 1
    given_up = attempts >= ATTEMPTS
    unit.execute(
        update(inbox)
        .where(inbox.c.seq == row.seq)
        .values(
            attempts=attempts,
            error=error,
            not_before=now + timedelta(seconds=2**attempts),
            done_at=now if given_up else None,
        )
    )
    return given_up


def forget_old(unit: Unit, now: datetime) -> None:
    """Drop what was done long ago, and the keys of days that no open update needs."""
    unit.execute(delete(inbox).where(inbox.c.done_at < now - REMEMBERED))
    needed = set(unit.execute(select(inbox.c.key_id).where(inbox.c.sealed.is_not(None)).distinct()).scalars())
    # Another process may just be writing one down under the key of a day that is over here.
    in_use = {f"{KEY}{then:%Y-%m-%d}" for then in (now, now - UNDER_WAY)}
    past = set(unit.keys.all_ids(KEY)) - needed - in_use
    if past:
        unit.keys.drop(past)
