"""What of the directory others may read: every service that stands, as its provider's answers have it.

Left out is what its publisher has taken back, what its provider says is closed, and what is suspended until somebody has
checked it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from rxbot.directory.capacity import Capacity
from rxbot.directory.model import Service
from rxbot.store.directory_reports import IS_SUSPENDED
from rxbot.store.directory_rows import SAID, service_from
from rxbot.store.directory_tables import directory_service, service_capacity, service_check
from rxbot.store.rows import MANY, slices
from rxbot.store.service_checks import capacities
from rxbot.store.unit import Unit


@dataclass(frozen=True)
class Published:
    """A service that others may read, when anything about it last changed here, and whether it has room."""

    publisher: str
    service: Service
    changed_at: datetime
    capacity: Capacity | None = None


def publishers_known(unit: Unit) -> tuple[str, ...]:
    """Name everybody whose directory was brought in."""
    publisher = directory_service.c.publisher
    return tuple(unit.execute(select(publisher).distinct().order_by(publisher)).scalars())


def published(unit: Unit, publishers: Collection[str], after: str = "", limit: int | None = None) -> tuple[Published, ...]:
    """Give the services of these publishers that stand, also those that are not offered now, by their keys.

    Whoever must not hold the database for long asks for a few at a time, each time those after the last key.
    """
    c = directory_service.c
    asked = select(*SAID, c.publisher, c.changed_at).where(*_standing(publishers), c.key > after).order_by(c.key).limit(limit)
    rows = unit.execute(asked).all()
    keys = [row.key for row in rows]
    room = {key: one for some in slices(keys, MANY) for key, one in capacities(unit, some).items()}
    told = {key: times for some in slices(keys, MANY) for key, times in _last_told(unit, some).items()}
    return tuple(
        Published(row.publisher, service_from(row), max((row.changed_at, *told.get(row.key, ()))), room.get(row.key))
        for row in rows
    )


def state_of(unit: Unit, publishers: Collection[str]) -> str:
    """Give a mark that is another as soon as anything published is."""
    c, said, room = directory_service.c, service_check.c, service_capacity.c
    counted = select(func.count(), func.max(c.changed_at), func.max(c.assured_on)).where(*_standing(publishers))
    left_out = select(func.max(c.retired_at), func.max(c.closed_at), func.max(c.suspended_at))
    answered = select(func.max(said.number), func.count(said.settled_at), func.max(said.settled_at))
    told = select(func.max(room.number))
    return "|".join(str(mark) for asked in (counted, left_out, answered, told) for mark in unit.execute(asked).one())


def _standing(publishers: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    c = directory_service.c
    return (c.retired_at.is_(None), c.closed_at.is_(None), ~IS_SUSPENDED, c.publisher.in_(tuple(publishers)))


def _last_told(unit: Unit, services: Sequence[str]) -> dict[str, tuple[datetime, ...]]:
    """Give when anybody last said something of a service, or a coordinator took what was said."""
    said, room = service_check.c, service_capacity.c
    answered = select(said.service, func.max(said.at), func.max(said.settled_at)).where(said.service.in_(services))
    told = {key: tuple(filter(None, times)) for key, *times in unit.execute(answered.group_by(said.service))}
    of_room = select(room.service, func.max(room.at)).where(room.service.in_(services)).group_by(room.service)
    for key, at in unit.execute(of_room):
        told[key] = (*told.get(key, ()), at)
    return told
