"""The index a search goes by: which services speak of a key in a cell of the map, and what the rules read in them.

It is made from the services as they are stored and can be made anew from them at any time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from rxbot.directory.grid import ANYWHERE, cell_of, cell_of_area, cell_of_region
from rxbot.directory.index import keys_of
from rxbot.directory.model import Place, Service
from rxbot.directory.rank import easiest
from rxbot.directory.rules.area import Served
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.store import postings
from rxbot.store.directory_tables import directory_service, match_index, match_posting, match_spot, match_word
from rxbot.store.rows import MANY, many, slices
from rxbot.store.unit import Unit

NO_SPOT = -1
EVERY = ""
"""The key that every service has."""
THOUSANDTHS = 1000
MOST_AREAS = 12
AT_ONCE = 5000
"""Services that are posted together: the more, the less often a row is written; their words are in memory meanwhile."""
READING = 2
"""How records are read now. Raise it whenever a rule, a weight or a stem changes: the index is then made anew."""
Tell = Callable[[int, int], None]
"""Told how many services can be found now, and of how many."""
_rules = TypeAdapter(Rules)


@dataclass(frozen=True)
class Known:
    """A key as the index holds it: its number, and how many services have it."""

    id: int
    services: int


@lru_cache(maxsize=4096)
def read_stored_rules(text: str) -> Rules:
    """Read the rules of a service as they are stored. The same ones are read in search after search."""
    return _rules.validate_json(text)


def is_of_now(connection: Connection) -> bool:
    """Say whether the index was made as records are read now, or there is nothing to be found."""
    made = connection.execute(select(match_index.c.reading)).scalars().all()
    return made == [READING] or connection.execute(select(directory_service.c.key).limit(1)).first() is None


def empty(unit: Unit) -> None:
    """Begin the index anew: nothing is found until it is posted again."""
    for table in (match_posting, match_spot, match_word, match_index):
        unit.execute(delete(table))


@dataclass(frozen=True)
class Reading:
    """What the index holds of a record: each key with its weight in thousandths, and the rules."""

    weights: Mapping[str, int]
    rules: Rules
    stored: str


def read_record(service: Service) -> Reading:
    """Read a record for the index."""
    rules = read_rules(service)
    weights = {key: round(weight * THOUSANDTHS) for key, weight in keys_of(service).items()}
    return Reading(weights, rules, _rules.dump_json(rules, exclude_defaults=True).decode())


def post(
    unit: Unit,
    services: Sequence[Service],
    region: Place | None,
    tell: Tell = lambda *_: None,
    read: Callable[[Service], Reading] = read_record,
) -> None:
    """Let these services be found; `region` is about where their publisher's services are, for those without a place."""
    if not unit.execute(select(match_index.c.reading)).first():
        unit.execute(insert(match_index).values(reading=READING))
    done = 0
    for some in slices(sorted(services, key=_whereabouts), AT_ONCE):
        _post(unit, [(one, read(one)) for one in some], region)
        done += len(some)
        tell(done, len(services))


def _whereabouts(service: Service) -> int:
    """Give a cell to sort by, so that what is near each other is written together."""
    return next((cell_of(location.place) for location in service.locations if location.place), ANYWHERE)


def _post(unit: Unit, readings: Sequence[tuple[Service, Reading]], region: Place | None) -> None:
    ids = _numbered(unit, Counter(key for _, read in readings for key in (*read.weights, EVERY)))
    number = unit.execute(select(func.coalesce(func.max(match_spot.c.id), 0))).scalar_one()
    spots: list[dict[str, object]] = []
    found: defaultdict[postings.At, bytearray] = defaultdict(bytearray)
    for service, read in readings:
        ease = easiest(read.rules)
        for spot, place, cells in _spots(service, read.rules, region):
            number += 1
            spots.append({
                "id": number, "service": service.key, "spot": spot, "cells": ",".join(map(str, cells)),
                "lat": place.lat if place else None, "lon": place.lon if place else None,
                "ease": ceil(ease * THOUSANDTHS), "rules": read.stored,
            })  # fmt: skip
            for key, weight in read.weights.items():
                kept = postings.ONE.pack(number, weight, ceil(ease * 100))
                for cell in cells:
                    found[ids[key], cell] += kept
    many(unit, insert(match_spot), spots)
    postings.add(unit, found)


def take_down(unit: Unit, services: Sequence[Service]) -> None:
    """Let these services, as they were when they were posted, be found no more."""
    for some in slices(services, MANY):
        by_key = {service.key: keys_of(service) for service in some}
        spot = match_spot.c
        spots = unit.execute(select(spot.id, spot.service, spot.cells).where(spot.service.in_(by_key))).all()
        having = Counter(key for service in {service for _, service, _ in spots} for key in (*by_key[service], EVERY))
        ids = known_words(unit, having)
        gone: defaultdict[postings.At, set[int]] = defaultdict(set)
        for id, service, cells in spots:
            for cell in map(int, cells.split(",")):
                for key in by_key[service]:
                    if key in ids:
                        gone[ids[key].id, cell].add(id)
        postings.remove(unit, gone)
        unit.execute(delete(match_spot).where(spot.service.in_(by_key)))
        _count(unit, {ids[key].id: -count for key, count in having.items() if key in ids})


def known_words(unit: Unit, keys: Iterable[str]) -> dict[str, Known]:
    """Look these keys up, as a search does first; one that no service has ever had is not there."""
    unit.search()
    word = match_word.c
    return {
        key: Known(id, services)
        for some in slices(sorted(keys), MANY)
        for id, key, services in unit.execute(select(word.id, word.key, word.services).where(word.key.in_(some)))
    }


def _numbered(unit: Unit, having: Mapping[str, int]) -> dict[str, int]:
    """Give the number of each key, new ones too, and count the services that have it."""
    known = known_words(unit, having)
    last = unit.execute(select(func.coalesce(func.max(match_word.c.id), 0))).scalar_one()
    new = {key: last + place for place, key in enumerate((key for key in having if key not in known), 1)}
    many(unit, insert(match_word), ({"id": id, "key": key, "services": having[key]} for key, id in new.items()))
    _count(unit, {one.id: having[key] for key, one in known.items()})
    return {key: one.id for key, one in known.items()} | new


def _count(unit: Unit, more: Mapping[int, int]) -> None:
    word = match_word
    counted = update(word).where(word.c.id == bindparam("this")).values(services=word.c.services + bindparam("more"))
    many(unit, counted, ({"this": id, "more": count} for id, count in more.items()))


def _spots(service: Service, rules: Rules, region: Place | None) -> Iterator[tuple[int, Place | None, tuple[int, ...]]]:
    """Give each location with its cells, and the service itself where it can be had without going there."""
    by_area = tuple(_cells_of_areas(rules.served, region))
    for number, location in enumerate(service.locations):
        place = location.place
        yield number, place, (cell_of(place),) if place else by_area
    if not service.locations or rules.is_had_without_going:
        yield NO_SPOT, None, by_area


def _cells_of_areas(served: Served, region: Place | None) -> Iterator[int]:
    """Give the cells of the areas that are served, and of the region where its publisher's other services are.

    Names are written in too many ways to be trusted alone.
    """
    if served.everywhere or region is None:
        yield ANYWHERE
        return
    yield cell_of_region(region)
    yield from dict.fromkeys(map(cell_of_area, served.areas[:MOST_AREAS]))
