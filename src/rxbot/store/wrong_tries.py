"""How often an account may try what is wrong on a day: short codes, links, enrolments, the codes that bind a group.

Each kind is counted apart, so that whoever mistypes a code may still open a link.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from hmac import HMAC
from typing import Literal, TypeAlias, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same

from rxbot.store.tables import wrong_try
from rxbot.store.unit import Unit

MOST = 10  # a day
Kind: TypeAlias = Literal["code", "link", "enrolment", "binding", "desk"]
T = TypeVar("T")


def look_up(unit: Unit, kind: Kind, account: str, now: datetime, find: Callable[[], T | None]) -> T | None:
    """Find what an account names, while it may try; what is not there counts as wrong."""
    if not may_try(unit, kind, account, now):
        return None
    found = find()
    if found is None:
        note(unit, kind, account, now)
    return found


def may_try(unit: Unit, kind: Kind, account: str, now: datetime) -> bool:
    """Say whether this account is still listened to today."""
    c = wrong_try.c
    return (unit.execute(select(c.count).where(c.account == _of_today(unit, kind, account, now))).scalar() or 0) <= MOST


def note(unit: Unit, kind: Kind, account: str, now: datetime) -> None:
    """Count a wrong try."""
    first = insert(wrong_try).values(account=_of_today(unit, kind, account, now), day=now.date(), count=1)
    unit.execute(first.on_conflict_do_update(index_elements=["account"], set_={"count": wrong_try.c.count + 1}))


def forget_old(unit: Unit, now: datetime) -> None:
    """Drop the counts of other days: they keep nobody from trying."""
    unit.execute(delete(wrong_try).where(wrong_try.c.day != now.date()))


def _of_today(unit: Unit, kind: Kind, account: str, now: datetime) -> str:
    return HMAC(unit.keys.derive("wrong tries"), f"{now.date()} {kind} {account}".encode(), sha256).hexdigest()
