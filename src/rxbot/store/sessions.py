"""Who is signed in to a clinic's pages. A session is kept as the hash of its token, and ends when we say so, not the browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from rxbot.store.staff import hashed
from rxbot.store.tables import clinic_session
from rxbot.store.unit import Unit

LASTS = timedelta(hours=12)  # a long day; a new one needs a new link from the operator
IDLE = timedelta(hours=4)
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """A browser that is signed in: for which clinic, and in which role."""

    clinic: str
    role: str


def begin(unit: Unit, token: str, clinic: str, role: str, now: datetime) -> None:
    """Note that somebody signed in, and drop what has run out."""
    unit.execute(delete(clinic_session).where(clinic_session.c.began_at <= now - LASTS))
    row = {"hash": hashed(token), "clinic": clinic, "role": role, "began_at": now, "seen_at": now}
    unit.execute(insert(clinic_session).values(row))


def find(unit: Unit, token: str, now: datetime) -> Session | None:
    """Find the session of a token, unless it has run out or was ended; it is in use now."""
    c, mine = clinic_session.c, clinic_session.c.hash == hashed(token)
    good = (mine, c.began_at > now - LASTS, c.seen_at > now - IDLE)
    row = unit.execute(select(c.clinic, c.role, c.seen_at).where(*good)).one_or_none()
    if row and now - row.seen_at >= NOTED_EVERY:
        unit.execute(update(clinic_session).where(mine).values(seen_at=now))
    return Session(row.clinic, row.role) if row else None


def end(unit: Unit, token: str) -> None:
    """End a session: its cookie is worth nothing any more."""
    unit.execute(delete(clinic_session).where(clinic_session.c.hash == hashed(token)))


def end_all(unit: Unit, clinic: str) -> int:
    """End every session of a clinic; say how many there were."""
    return unit.execute(delete(clinic_session).where(clinic_session.c.clinic == clinic)).rowcount
