"""Updates as they came, until they are done. Their bodies are sealed under a key of the day and dropped when done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from rxbot.store.tables import inbox
from rxbot.store.unit import Unit

ATTEMPTS = 5
REMEMBERED = timedelta(days=8)  # update ids start again at random after a week of silence
KEY = "inbox-"
# Put together once: that takes longer than asking.
_OF_SEQ = update(inbox).where(inbox.c.seq == bindparam("of"))
_WAITING = select(inbox.c.lane).where(
    inbox.c.done_at.is_(None), inbox.c.not_before > bindparam("now", type_=inbox.c.not_before.type)
)
_OPEN = (
    select(inbox.c.seq, inbox.c.lane, inbox.c.key_id, inbox.c.sealed, inbox.c.attempts)
    .where(inbox.c.done_at.is_(None), inbox.c.lane.not_in(_WAITING))
    .order_by(inbox.c.seq)
    .limit(bindparam("most", type_=Integer))
)


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
        unit.execute(insert(inbox).on_conflict_do_nothing(), rows)


def open_rows(unit: Unit, now: datetime, limit: int) -> list[OpenRow]:
    """Give the oldest updates that are not done, none of a lane whose first one waits to be tried again."""
    rows = unit.execute(_OPEN, {"now": now, "most": limit})
    return [OpenRow(r.seq, r.lane, r.key_id, r.sealed, r.attempts) for r in rows]


def body_of(unit: Unit, row: OpenRow) -> bytes:
    """Open an update."""
    return unit.keys.unseal(row.key_id, row.sealed)


def done(unit: Unit, seq: int, now: datetime) -> None:
    """Mark an update done, and drop its body and whose it was."""
    unit.execute(_OF_SEQ, {"of": seq, "done_at": now, "sealed": None, "lane": ""})


def failed(unit: Unit, row: OpenRow, error: str, now: datetime) -> bool:
    """Note a failure by the name of its kind, and try again later; say whether it is given up now."""
    attempts = row.attempts + 1
    given_up = attempts >= ATTEMPTS
    later, done_at = now + timedelta(seconds=2**attempts), now if given_up else None
    values = {"attempts": attempts, "error": error, "not_before": later, "done_at": done_at}
    unit.execute(_OF_SEQ, {"of": row.seq, **values})
    return given_up


def forget_old(unit: Unit, now: datetime) -> None:
    """Drop what was done long ago, and the keys of days that no open update needs."""
    unit.execute(delete(inbox).where(inbox.c.done_at < now - REMEMBERED))
    needed = set(unit.execute(select(inbox.c.key_id).where(inbox.c.sealed.is_not(None)).distinct()).scalars())
    today = f"{KEY}{now:%Y-%m-%d}"
    for key_id in unit.keys.all_ids(KEY):
        if key_id not in needed and key_id != today:
            unit.keys.destroy(key_id)
