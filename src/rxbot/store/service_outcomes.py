"""Count what came of it when people were sent to a service. Nothing here leads back to a person."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select, update

from rxbot.directory.outcomes import WELL, Came, Outcomes
from rxbot.store.directory_tables import directory_service, service_outcome
from rxbot.store.unit import Unit


def count(unit: Unit, service: str, came: Came) -> None:
    """Count one more, of a service that is in the directory."""
    c = service_outcome.c
    if unit.execute(select(directory_service.c.key).where(directory_service.c.key == service).with_for_update()).scalar() is None:
        return
    more = update(service_outcome).where(c.service == service, c.came == came.value).values(count=c.count + 1)
    if not unit.execute(more).rowcount:
        unit.execute(insert(service_outcome).values(service=service, came=came.value, count=1))


def outcomes(unit: Unit, services: Collection[str]) -> Mapping[str, Outcomes]:
    """Give what came of it for these services, in one SELECT; those of which nobody has told are left out."""
    c = service_outcome.c
    found: dict[str, Outcomes] = {}
    for service, came, count in unit.execute(select(c.service, c.came, c.count).where(c.service.in_(services))):
        before = found.get(service, Outcomes())
        well, badly = (count, 0) if Came(came) in WELL else (0, count)
        found[service] = Outcomes(before.well + well, before.badly + badly)
    return found
