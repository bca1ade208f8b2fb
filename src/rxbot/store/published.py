"""What of the directory others may read: every service that stands, as its provider's answers have it.

Left out is what its publisher has taken back, what its provider says is closed, and what is suspended until somebody has
checked it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from rxbot.directory.capacity import Capacity
from rxbot.directory.model import Service
from rxbot.store.directory_reports import IS_SUSPENDED
from rxbot.store.directory_rows import SAID, service_from
from rxbot.store.directory_tables import directory_category, directory_service, published_service, service_capacity, service_check
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


def published(unit: Unit, publishers: Collection[str]) -> tuple[Published, ...]:
    """Give the services of these publishers that stand, also those that are not offered now, by their keys."""
    return _told_of(unit, unit.execute(_SAID.where(*_standing(publishers)).order_by(directory_service.c.key)).all())


def published_of(unit: Unit, keys: Collection[str]) -> dict[str, Published]:
    """Give these services, by their keys."""
    rows = [row for some in slices(list(keys), MANY) for row in unit.execute(_SAID.where(directory_service.c.key.in_(some)))]
    return {one.service.key: one for one in _told_of(unit, rows)}


_SAID: Select[Any] = select(*SAID, directory_service.c.publisher, directory_service.c.changed_at)


def _told_of(unit: Unit, rows: Sequence[Any]) -> tuple[Published, ...]:
    keys = [row.key for row in rows]
    room = {key: one for some in slices(keys, MANY) for key, one in capacities(unit, some).items()}
    told = {key: times for some in slices(keys, MANY) for key, times in _last_told(unit, some).items()}
    return tuple(
        Published(row.publisher, service_from(row), max((row.changed_at, *told.get(row.key, ()))), room.get(row.key))
        for row in rows
    )


def state_of(unit: Unit, publishers: Collection[str]) -> str:
    """Give a mark that is another as soon as anything published is."""
    c, one, said, room = directory_service.c, published_service.c, service_check.c, service_capacity.c
    counted = select(func.count(), func.max(one.changed_at)).where(one.publisher.in_(tuple(publishers)), one.stands)
    left_out = (select(func.max(at)).where(at.is_not(None)) for at in (c.retired_at, c.closed_at, c.suspended_at))
    answered = select(func.max(said.number), func.count(said.settled_at), func.max(said.settled_at))
    told, of = select(func.max(room.number)), directory_category.c
    named = select(func.count(), func.max(of.changed_at)).where(of.publisher.in_(tuple(publishers)))
    marks = (str(mark) for asked in (counted, *left_out, answered, told, named) for mark in unit.execute(asked).one())
    return "|".join((*sorted(publishers), *marks))


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
