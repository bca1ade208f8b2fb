"""Find the services for a need near a place: one SELECT over the postings, one for the pages, then the pure rank.

Of the best, one SELECT more tells which have room.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, select, true

from rxbot.directory.grid import ANYWHERE, corners
from rxbot.directory.model import Service
from rxbot.directory.names import by_name
from rxbot.directory.rank import Candidate, Match, Search, rank
from rxbot.directory.room import with_room
from rxbot.store.directory_reports import IS_SUSPENDED
from rxbot.store.directory_rows import NO_SPOT, SAID, service_from
from rxbot.store.directory_tables import directory_service, match_posting
from rxbot.store.service_checks import capacities
from rxbot.store.service_standards import standings
from rxbot.store.unit import Unit

posting = match_posting.c
SUSPENDED = select(directory_service.c.key).where(IS_SUSPENDED)
BEST = 50  # of which it is looked up whether they have room
MANY = 500  # values bound in one statement


def find_services(unit: Unit, search: Search) -> tuple[Match, ...]:
    """Give the best services for a search, with reasons and open questions; none that is surely full."""
    best = rank(replace(search, limit=max(BEST, search.limit)), candidates(unit, search))
    return with_room(best, capacities(unit, [one.service.key for one in best]), search.now)[: search.limit]


def find_named(unit: Unit, words: str, search: Search) -> tuple[Match, ...]:
    """Give the services in reach that a worker may mean by these words."""
    found = by_name(words, (one.service for one in candidates(unit, search)))
    return _known(unit, found)


def service_by_key(unit: Unit, key: str) -> Match | None:
    """Give a service that is already chosen, as it can be shown; nothing speaks for it or against it."""
    service = _services(unit, [key]).get(key) if key else None
    return _known(unit, [service])[0] if service else None


def candidates(unit: Unit, search: Search) -> list[Candidate]:
    """Give every offered service that anything speaks for: in reach, or found whatever the place. None that is suspended."""
    keys = {key for vote in search.votes for key in vote.keys}
    rows = unit.execute(
        select(posting.service, posting.spot, posting.term, posting.weight).where(
            posting.term.in_(keys), _in_reach(search), posting.service.not_in(SUSPENDED)
        )
    )
    hits: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for service, spot, term, weight in rows:
        hits[service, spot][term] = weight
    services = _services(unit, {service for service, _ in hits})
    return [_candidate(services[service], spot, found) for (service, spot), found in hits.items()]


def _in_reach(search: Search) -> ColumnElement[bool]:
    """Two lists, so that the key of the table is used to its end. The row and column off the map meet only there."""
    if search.place is None:
        return true()
    low, high = corners(search.place, search.reach_km)
    ys, xs = (*range(low.y, high.y + 1), ANYWHERE.y), (*range(low.x, high.x + 1), ANYWHERE.x)
    return and_(posting.cell_y.in_(ys), posting.cell_x.in_(xs))


def _services(unit: Unit, keys: Iterable[str]) -> dict[str, Service]:
    wanted = sorted(keys)
    table = directory_service.c
    return {
        row.key: service_from(row)
        for start in range(0, len(wanted), MANY)
        for row in unit.execute(select(*SAID).where(table.key.in_(wanted[start : start + MANY])))
    }


def _known(unit: Unit, services: Sequence[Service]) -> tuple[Match, ...]:
    """Give services that a worker chose, full or not, with all that is known of them."""
    keys = [one.key for one in services]
    standing, room = standings(unit, keys), capacities(unit, keys)
    return tuple(replace(_chosen(one), standing=standing[one.key], capacity=room.get(one.key)) for one in services)


def _chosen(service: Service) -> Match:
    return Match(service, next(iter(service.locations), None), None, (), ())


def _candidate(service: Service, spot: int, hits: dict[str, float]) -> Candidate:
    return Candidate(service, None if spot == NO_SPOT else service.locations[spot], hits)
