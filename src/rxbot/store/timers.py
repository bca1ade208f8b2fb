"""What is due when. A timer is taken and answered in one transaction, so that it happens once; its episode is taken first."""

from dataclasses import dataclass
from datetime import datetime
from itertools import starmap

from sqlalchemy import Integer, bindparam, delete, not_, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.episode.events import Coming
from rxbot.store.prepared import Prepared, one_of
from rxbot.store.tables import timer
from rxbot.store.unit import Unit

OF_A_HANDOFF = ("handoff", "alarm", "answer", "promise", "idle", "snooze")
DUE = Prepared(
    select(timer.c.id, timer.c.person_id, timer.c.episode_id, timer.c.kind, timer.c.days, timer.c.due_at)
    .where(timer.c.due_at <= bindparam("now", type_=timer.c.due_at.type))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(bindparam("limit", type_=Integer))
)
TAKE = Prepared(
    delete(timer).where(timer.c.id == bindparam("number"), timer.c.due_at == bindparam("then", type_=timer.c.due_at.type))
)
_NEW = insert(timer).inline()
SET = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=["episode_id", "kind"], set_={"due_at": _NEW.excluded.due_at, "days": _NEW.excluded.days}
    ),
    *("person_id", "episode_id", "kind", "days", "due_at"),
)
_MINE = delete(timer).where(timer.c.episode_id == bindparam("episode"))
DROP = Prepared(_MINE.where(timer.c.kind == bindparam("called")))
DROP_ALL = Prepared(_MINE.where(not_(one_of(timer.c.kind, OF_A_HANDOFF))))


@dataclass(frozen=True)
class Due:
    """A timer whose time has come."""

    id: int
    person_id: str
    episode_id: str
    kind: str
    days: int
    due_at: datetime


def set_timer(unit: Unit, person_id: str, episode_id: str, kind: str, days: int, due_at: datetime) -> None:
    """Set a timer; one of the same kind is moved."""
    SET.do(unit, person_id=person_id, episode_id=episode_id, kind=kind, days=days, due_at=due_at)


def drop_timers(unit: Unit, episode_id: str, kind: str = "") -> None:
    """Forget the timers of one kind, or all of an episode; a handoff keeps its own, which end with it."""
    if kind:
        DROP.do(unit, episode=episode_id, called=kind)
    else:
        DROP_ALL.do(unit, episode=episode_id)


def drop_timers_of(unit: Unit, person_id: str) -> None:
    """Forget what was still to be asked of a person; a handoff keeps its timers."""
    unit.execute(delete(timer).where(timer.c.person_id == person_id, timer.c.kind.not_in(OF_A_HANDOFF)))


def coming(unit: Unit, episode_id: str) -> tuple[Coming, ...]:
    """Give what is still to happen in an episode by itself, the earliest first; a handoff's own timers are the team's."""
    c = timer.c
    mine = select(c.kind, c.due_at).where(c.episode_id == episode_id, c.kind.not_in(OF_A_HANDOFF)).order_by(c.due_at, c.id)
    return tuple(Coming(row.kind, row.due_at) for row in unit.execute(mine))


def due(unit: Unit, now: datetime, limit: int) -> list[Due]:
    """Give the timers whose time has come, earliest first."""
    return list(starmap(Due, DUE.ask(unit, now=now, limit=limit)))


def take(unit: Unit, one: Due) -> bool:
    """Take a timer that is due; say whether it was still there, and not put off meanwhile."""
    return bool(TAKE.do(unit, number=one.id, then=one.due_at))
