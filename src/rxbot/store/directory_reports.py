"""What people say is wrong with a service. Enough of them suspend it: it is found no more until somebody has checked it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update

from rxbot.directory.model import Service
from rxbot.directory.reports import TO_SUSPEND, ReportKind
from rxbot.store import published_index
from rxbot.store.directory_rows import SAID, assure, service_from
from rxbot.store.directory_tables import directory_report, directory_service
from rxbot.store.unit import Unit

report_of = directory_report.c
IS_SUSPENDED = directory_service.c.suspended_at.is_not(None)


def report(unit: Unit, service: str, kind: ReportKind, person_id: str, episode_id: str, now: datetime) -> bool:
    """Keep what somebody says, their last word each; say whether it suspends the service now.

    The service's row is held meanwhile, so that of two who say it at once the second counts both.
    """
    key = directory_service.c.key
    if unit.execute(select(key).where(key == service).with_for_update()).scalar() is None:
        return False
    take_back(unit, service, person_id)
    row = {"service": service, "person_id": person_id, "episode_id": episode_id, "kind": kind.value, "reported_at": now}
    unit.execute(insert(directory_report), row)
    if sum(said_of(unit, service).values()) < TO_SUSPEND:
        return False
    suspends = update(directory_service).where(key == service, ~IS_SUSPENDED).values(suspended_at=now)
    suspended = bool(unit.execute(suspends).rowcount)
    published_index.stand(unit, [service])
    return suspended


def take_back(unit: Unit, service: str, person_id: str) -> None:
    """Forget what somebody said of a service. One that is suspended stays so: somebody has been asked to look."""
    unit.execute(delete(directory_report).where(report_of.service == service, report_of.person_id == person_id))


def said_of(unit: Unit, service: str) -> Mapping[ReportKind, int]:
    """Give what is said of a service, and by how many."""
    rows = unit.execute(
        select(report_of.kind, func.count()).where(report_of.service == service).group_by(report_of.kind).order_by(report_of.kind)
    )
    return {ReportKind(kind): count for kind, count in rows}


def suspended(unit: Unit) -> tuple[Service, ...]:
    """Give the services that are suspended, by their names."""
    rows = unit.execute(select(*SAID).where(IS_SUSPENDED))
    return tuple(sorted(map(service_from, rows), key=lambda service: (service.name, service.key)))


def suspended_among(unit: Unit, services: Iterable[str]) -> tuple[str, ...]:
    """Name those of these services that are suspended."""
    key = directory_service.c.key
    return tuple(unit.execute(select(key).where(key.in_(sorted(set(services))), IS_SUSPENDED).order_by(key)).scalars())


def restore(unit: Unit, service: str, today: date) -> bool:
    """Let a service be found again, since somebody has checked it today; say whether it was suspended.

    What was said of it is let go of: it was looked into, and later word counts anew.
    """
    lifted = update(directory_service).where(directory_service.c.key == service, IS_SUSPENDED)
    unit.execute(delete(directory_report).where(report_of.service == service))
    was = bool(unit.execute(lifted.values(suspended_at=None)).rowcount)
    if was:
        assure(unit, service, today)
    published_index.stand(unit, [service])
    return was
