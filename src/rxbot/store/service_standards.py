"""What was made sure of about each service, by whom and when; and with it how a service stands as a place to refer to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select

from rxbot.directory.standards import NOTHING_KNOWN, Standard, Standing
from rxbot.store.directory_tables import directory_service, service_standard
from rxbot.store.service_checks import agreed
from rxbot.store.unit import Unit


@dataclass(frozen=True)
class Noted:
    """Whether a standard is met, as somebody found it."""

    met: bool
    by: str
    at: datetime


def note(unit: Unit, service: str, found: Mapping[Standard, bool], by: str, now: datetime) -> None:
    """Keep what somebody made sure of, in place of what was found before."""
    c = service_standard.c
    unit.execute(delete(service_standard).where(c.service == service, c.standard.in_(found)))
    rows = [{"service": service, "standard": one, "met": met, "at": now, "by_name": by} for one, met in found.items()]
    if rows:
        unit.execute(insert(service_standard), rows)


def noted(unit: Unit, service: str) -> Mapping[str, Noted]:
    """Give what was made sure of about a service."""
    c = service_standard.c
    rows = unit.execute(select(c.standard, c.met, c.by_name, c.at).where(c.service == service))
    return {row.standard: Noted(row.met, row.by_name, row.at) for row in rows}


def all_noted(unit: Unit) -> tuple[str, ...]:
    """Give the keys of the services of which something was made sure."""
    c = service_standard.c
    return tuple(unit.execute(select(c.service).distinct().order_by(c.service)).scalars())


def standings(unit: Unit, services: Collection[str]) -> Mapping[str, Standing]:
    """Say how each of these services stands; one that no directory knows stands with nothing made sure of."""
    c, s = service_standard.c, directory_service.c
    met: dict[str, set[str]] = {service: set() for service in services}
    for row in unit.execute(select(c.service, c.standard).where(c.service.in_(services), c.met)):
        met[row.service].add(row.standard)
    stopped = or_(s.closed_at.is_not(None), s.suspended_at.is_not(None))
    rows = unit.execute(select(s.key, s.closed_at, s.suspended_at).where(s.key.in_(services), stopped)).all()
    closed, suspended = ({row.key for row in rows if row[column]} for column in (1, 2))
    agrees = agreed(unit, services)
    return {key: Standing(frozenset(found), agrees.get(key), key in closed, key in suspended) for key, found in met.items()}


def standing_of(unit: Unit, service: str) -> Standing:
    """Say how one service stands."""
    return standings(unit, [service])[service] if service else NOTHING_KNOWN
