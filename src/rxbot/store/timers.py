"""What is due when. A due timer is taken and answered in one transaction, so that it happens once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from rxbot.episode.events import Coming
from rxbot.store.tables import timer
from rxbot.store.unit import Unit

OF_A_HANDOFF = ("handoff", "alarm", "answer", "promise", "idle", "snooze")
# Put together once: that takes longer than asking.
_NEW = insert(timer)
_SET = _NEW.on_conflict_do_update(
    index_elements=["episode_id", "kind"], set_={"due_at": _NEW.excluded.due_at, "days": _NEW.excluded.days}
)
_DROP = delete(timer).where(timer.c.episode_id == bindparam("of"))
_DROP_ONE, _DROP_ALL = _DROP.where(timer.c.kind == bindparam("kind")), _DROP.where(timer.c.kind.not_in(OF_A_HANDOFF))
_DUE = (
    select(timer.c.id, timer.c.person_id, timer.c.episode_id, timer.c.kind, timer.c.days)
    .where(timer.c.due_at <= bindparam("now", type_=timer.c.due_at.type))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(bindparam("most", type_=Integer))
)


@dataclass(frozen=True)
class Due:
    """A timer whose time has come."""

    id: int
    person_id: str
    episode_id: str
    kind: str
    days: int


def set_timer(unit: Unit, person_id: str, episode_id: str, kind: str, days: int, due_at: datetime) -> None:
    """Set a timer; one of the same kind is moved."""
    unit.execute(_SET, {"person_id": person_id, "episode_id": episode_id, "kind": kind, "days": days, "due_at": due_at})


def drop_timers(unit: Unit, episode_id: str, kind: str = "") -> None:
    """Forget the timers of one kind, or all of an episode; a handoff keeps its own, which end with it."""
    if kind:
        unit.execute(_DROP_ONE, {"of": episode_id, "kind": kind})
    else:
        unit.execute(_DROP_ALL, {"of": episode_id})


def drop_timers_of(unit: Unit, person_id: str) -> None:
    """Forget what was still to be asked of a person; a handoff keeps its timers."""
    unit.execute(delete(timer).where(timer.c.person_id == person_id, timer.c.kind.not_in(OF_A_HANDOFF)))


def coming(unit: Unit, episode_id: str) -> tuple[Coming, ...]:
    """Give what is still to happen in an episode by itself, the earliest first; a handoff's own timers are the team's."""
    c = timer.c
    mine = select(c.kind, c.due_at).where(c.episode_id == episode_id, c.kind.not_in(OF_A_HANDOFF)).order_by(c.due_at, c.id)
    return tuple(Coming(row.kind, row.due_at) for row in unit.execute(mine))


def take_due(unit: Unit, now: datetime, limit: int) -> list[Due]:
    """Take the timers whose time has come, earliest first."""
    rows = unit.execute(_DUE, {"now": now, "most": limit}).all()
    if rows:
        unit.execute(delete(timer).where(timer.c.id.in_([row.id for row in rows])))
    return [Due(row.id, row.person_id, row.episode_id, row.kind, row.days) for row in rows]
