"""The index a search goes by: which services speak of a key in a cell of the map, and what the rules read in them.

It is made from the services as they are stored and can be made anew from them at any time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count as count_from

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update

from rxbot.directory.grid import ANYWHERE, cell_of, cell_of_area, cell_of_region
from rxbot.directory.index import OF_A_NEED, Vocabulary, Wanted, keys_of
from rxbot.directory.model import Place, Service
from rxbot.directory.region import Region
from rxbot.directory.rules.area import Served
from rxbot.directory.rules.record import Rules, read_all_rules
from rxbot.directory.suits import suits_of
from rxbot.store import cells, match_rules, postings
from rxbot.store.directory_tables import (
    directory_service,
    match_area,
    match_cell,
    match_index,
    match_posting,
    match_region,
    match_spot,
    match_word,
)
from rxbot.store.directory_tables import match_rules as rules_kept
from rxbot.store.match_words import EVERY, count, numbers_of
from rxbot.store.postings import Keys
from rxbot.store.rows import MANY, many, slices
from rxbot.store.unit import Unit

NO_SPOT = -1
MOST_NAMES = 12
AHEAD = 10_000
"""Services that are read before the database is held; what was read in them is in memory meanwhile, 16 kB each."""
TOGETHER = 250
"""Records that are read together, one rule after another; more at a time would be no quicker."""
AT_ONCE = 100_000
"""Services that are posted together: the more, the less often a row is written. Meanwhile each takes 1 kB of memory."""
READING = 9
"""How records are read now. Raise it whenever a rule, a weight or a stem changes: the index is then made anew."""
Tell = Callable[[int, int], None]
"""Told how many services were read, and of how many."""
_wanted = TypeAdapter(tuple[Wanted, ...])


def is_of_now(connection: Connection) -> bool:
    """Say whether the index was made as records are read now, or there is nothing to be found."""
    made = connection.execute(select(match_index.c.reading)).scalars().all()
    return made == [READING] or connection.execute(select(directory_service.c.key).limit(1)).first() is None


def empty(unit: Unit) -> None:
    """Begin the index anew: nothing is found until it is posted again."""
    for table in (match_posting, match_cell, match_spot, match_area, match_region, rules_kept, match_word):
        unit.execute(delete(table))
    unit.execute(update(match_index).values(reading=READING))


def vocabulary_of(unit: Unit) -> Vocabulary:
    """Give the needs that the index is made for."""
    return _read_vocabulary(unit.execute(select(match_index.c.vocabulary)).scalar() or "[]")


@lru_cache(maxsize=4)
def _read_vocabulary(text: str) -> Vocabulary:
    return Vocabulary(_wanted.validate_json(text))


def take_needs(unit: Unit, vocabulary: Vocabulary) -> None:
    """Let the index be for these needs; how well each service fits them is to be posted by `post_fits`."""
    _begin(unit)
    unit.execute(update(match_index).values(vocabulary=_wanted.dump_json(vocabulary.wanted).decode()))
    old = list(unit.execute(select(match_word.c.id).where(match_word.c.key.startswith(OF_A_NEED))).scalars())
    for some in slices(old, MANY):
        unit.execute(delete(match_posting).where(match_posting.c.id.bitwise_and(postings.LAST_WORD).in_(some)))
        unit.execute(delete(match_word).where(match_word.c.id.in_(some)))


def post_fits(unit: Unit, services: Iterable[Service]) -> None:
    """Let these services, which are posted, be found by the needs they fit."""
    vocabulary = vocabulary_of(unit)
    for some in _together(services):
        fits = {one.key: vocabulary.fits(keys_of(one)) for one in some}
        keys = Keys(fits.items())
        words = count(unit, keys.having)
        placed = cells.find(unit, _cells_where(unit, some), fits)
        postings.add(unit, postings.entries_of(keys, placed, words), {one.cell for one in placed})


def _cells_where(unit: Unit, services: Iterable[Service]) -> set[int]:
    """Give the cells that these services, as they were when they were posted, are in."""
    known = list(services)
    by_place = {cell_of(location.place) for one in known for location in one.locations if location.place}
    listed = [
        row.cells
        for some in slices([one.key for one in known], MANY)
        for row in unit.execute(select(match_area.c.cells).where(match_area.c.service.in_(some)))
    ]
    return by_place.union(*(map(int, one.split(",")) for one in listed))


def _begin(unit: Unit) -> None:
    if not unit.execute(select(match_index.c.reading)).first():
        unit.execute(insert(match_index).values(reading=READING))


@dataclass(frozen=True)
class Reading:
    """What the index holds of a record: each key with its weight, the rules, and `suits_of` them."""

    weights: Mapping[str, float]
    rules: Rules
    stored: str
    suits: bytes


def read_records(services: Sequence[Service], vocabulary: Vocabulary, region: Region | None) -> list[Reading]:
    """Read records for the index."""
    rules = read_all_rules(services, region)
    keys = [_all_keys(one, vocabulary) for one in services]
    return list(map(Reading, keys, rules, map(match_rules.written, rules), map(suits_of, rules)))


Read = Callable[[Sequence[Service], Vocabulary, Region | None], Sequence[Reading]]
"""Reads records for the index."""


def read_ahead(services: Sequence[Service], vocabulary: Vocabulary, region: Region | None, tell: Tell = lambda *_: None) -> Read:
    """Read records before the database is held for them; give what reads those, and any other."""
    known: dict[str, tuple[Service, Reading]] = {}
    for some in slices(services, TOGETHER):
        for one, reading in zip(some, read_records(some, vocabulary, region), strict=True):
            known[one.key] = one, reading
            tell(len(known), len(services))

    def read(some: Sequence[Service], now: Vocabulary, there: Region | None) -> list[Reading]:
        stands = known if (now, there) == (vocabulary, region) else {}
        others = [one for one in some if one.key not in stands or stands[one.key][0] != one]
        anew = dict(zip((one.key for one in others), read_records(others, now, there), strict=True))
        return [anew[one.key] if one.key in anew else stands[one.key][1] for one in some]

    return read


def region_of_publisher(unit: Unit, publisher: str) -> Region | None:
    """Give where the services of a publisher were when they were posted."""
    c = match_region.c
    row = unit.execute(select(c.lat, c.lon, c.far_km, c.languages, c.towns).where(c.publisher == publisher)).first()
    return Region(Place(row.lat, row.lon), row.far_km, tuple(row.languages.split()), tuple(row.towns.split())) if row else None


def keep_region(unit: Unit, publisher: str, region: Region | None) -> None:
    """Keep where the services of a publisher are, for those that are posted one by one later."""
    unit.execute(delete(match_region).where(match_region.c.publisher == publisher))
    if region:
        where = {"lat": region.middle.lat, "lon": region.middle.lon, "far_km": region.far_km}
        names = {"languages": " ".join(region.languages), "towns": " ".join(region.towns)}
        unit.execute(insert(match_region).values({"publisher": publisher, **where, **names}))


def towns_named(unit: Unit) -> frozenset[str]:
    """Give the towns that the records of any publisher name, though none stands in them."""
    return frozenset(name for towns in unit.execute(select(match_region.c.towns)).scalars() for name in towns.split())


def _all_keys(service: Service, vocabulary: Vocabulary) -> Mapping[str, float]:
    keys = keys_of(service)
    return {**keys, **vocabulary.fits(keys)}


def post(
    unit: Unit,
    services: Sequence[Service],
    region: Region | None,
    tell: Tell = lambda *_: None,
    read: Read = read_records,
) -> None:
    """Let these services be found; `region` is about where their publisher's services are, for those without a place."""
    _begin(unit)
    vocabulary, done = vocabulary_of(unit), count_from(1)

    def readings(some: Sequence[Service]) -> Iterator[tuple[Service, Reading]]:
        for few in slices(some, TOGETHER):
            for reading in zip(few, read(few, vocabulary, region), strict=True):
                yield reading
                tell(next(done), len(services))

    for some in _together(services):
        _post(unit, readings(some), region)


def _together(services: Iterable[Service]) -> Iterator[Sequence[Service]]:
    """Give very many services at a time, those that are near each other together: each row is then seldom written."""
    known = list(services)
    yield from slices(sorted(known, key=_whereabouts) if len(known) > AT_ONCE else known, AT_ONCE)


def _whereabouts(service: Service) -> int:
    """Give a cell to sort by."""
    return next((cell_of(location.place) for location in service.locations if location.place), ANYWHERE)


def _post(unit: Unit, readings: Iterable[tuple[Service, Reading]], region: Region | None) -> None:
    keys, entries, rules = Keys(), defaultdict[int, list[cells.Entry]](list), Counter[str]()
    by_area: list[dict[str, object]] = []
    for service, read in readings:
        keys.take(service.key, read.weights)
        number_of_rules = match_rules.number_of(read.stored)
        spots = _spots(service, read.rules)
        listed = (
            () if all(place for _, place in spots) else tuple(_cells_of_areas(read.rules.served, _region_of(read.rules, region)))
        )
        for number, place in spots:
            entry = cells.Entry.of(cells.Spot(service.key, number, number_of_rules), place, read.suits)
            within = (cell_of(place),) if place else listed
            for cell in within:
                entries[cell].append(entry)
            rules[read.stored] += len(within)
        if listed:
            by_area.append({"service": service.key, "cells": ",".join(map(str, listed))})
    match_rules.keep(unit, rules)
    many(unit, insert(match_area), by_area)
    placed, standing = cells.add(unit, entries)
    words = count(unit, {**keys.having, EVERY: len(keys.begins)})
    postings.add(unit, postings.entries_of(keys, placed, words), standing)


def take_down(unit: Unit, services: Iterable[Service]) -> None:
    """Let these services, as they were when they were posted, be found no more."""
    vocabulary = vocabulary_of(unit)
    for some in _together(services):
        _take_down(unit, {one.key: one for one in some}, vocabulary)


def _take_down(unit: Unit, services: Mapping[str, Service], vocabulary: Vocabulary) -> None:
    placed = cells.find(unit, _cells_where(unit, services.values()), services)
    gone = {one.spot.service for one in placed}
    if not gone:
        return
    keys = Keys((key, _all_keys(services[key], vocabulary)) for key in gone)
    having = {**keys.having, EVERY: len(gone)}
    words = numbers_of(unit, having)
    postings.remove(unit, postings.entries_of(keys, placed, words))
    cells.remove(unit, placed)
    match_rules.let_go(unit, Counter(one.spot.rules for one in placed))
    for some in slices(list(gone), MANY):
        unit.execute(delete(match_area).where(match_area.c.service.in_(some)))
    count(unit, {key: -having[key] for key in words})


def _spots(service: Service, rules: Rules) -> list[tuple[int, Place | None]]:
    """Give each location, and the service itself where it can be had without going there."""
    spots = [] if rules.afar else [(number, location.place) for number, location in enumerate(service.locations)]
    return [*spots, (NO_SPOT, None)] if not service.locations or rules.is_had_without_going else spots


def _region_of(rules: Rules, region: Region | None) -> Region | None:
    """Say where to look for what has no place: what comes to people's homes, about where it comes from."""
    return Region(rules.comes_from) if rules.comes_from else region


def _cells_of_areas(served: Served, region: Region | None) -> Iterator[int]:
    """Give the cells of the areas that are served, and of the region where its publisher's other services are.

    Names are written in too many ways to be trusted alone. Where they are few, and nothing else tells what is served, whatever
    is in a region and serves a place is in the cell of that place too, so that a search need not look for it in the region.
    """
    if served.everywhere or region is None:
        yield ANYWHERE
        return
    names = sorted(served.names)
    is_told_by_names = not served.outlines and len(names) <= MOST_NAMES
    yield cell_of_region(region.middle, BY_NAME if is_told_by_names else OTHERWISE)
    yield from dict.fromkeys(map(cell_of_area, names[:MOST_NAMES]))


BY_NAME, OTHERWISE = range(2)
"""The sheets of regions."""
