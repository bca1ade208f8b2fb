"""The index a search goes by: which services speak of a key in a cell of the map, and what the rules read in them.

It is made from the services as they are stored and can be made anew from them at any time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, select, update

from rxbot.directory.ease import easiest, unsaid
from rxbot.directory.grid import ANYWHERE, cell_of, cell_of_area, cell_of_region
from rxbot.directory.index import OF_A_NEED, Vocabulary, Wanted, keys_of
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.area import Served
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.store import cells, postings
from rxbot.store.directory_tables import directory_service, match_cell, match_index, match_posting, match_spot, match_word
from rxbot.store.rows import MANY, Lists, many, slices
from rxbot.store.unit import Unit

NO_SPOT = -1
EVERY = ""
"""The key that every service has."""
THOUSANDTHS = 1000
MOST_AREAS = 12
AT_ONCE = 5000
"""Services that are posted together: the more, the less often a row is written; their words are in memory meanwhile."""
READING = 4
"""How records are read now. Raise it whenever a rule, a weight or a stem changes: the index is then made anew."""
Tell = Callable[[int, int], None]
"""Told how many services can be found now, and of how many."""
_rules = TypeAdapter(Rules)
_wanted = TypeAdapter(tuple[Wanted, ...])


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
    for table in (match_posting, match_cell, match_spot, match_word):
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
        unit.execute(delete(match_posting).where(match_posting.c.word.in_(some)))
        unit.execute(delete(match_word).where(match_word.c.id.in_(some)))


def post_fits(unit: Unit, services: Iterable[Service]) -> None:
    """Let these services, which are posted, be found by the needs they fit."""
    vocabulary, spot = vocabulary_of(unit), match_spot.c
    fits = {one.key: _thousandths(vocabulary.fits(keys_of(one))) for one in services}
    ids = _numbered(unit, Counter(need for known in fits.values() for need in known))
    spots = [
        (row.id, row.service, tuple(map(int, row.cells.split(","))))
        for some in slices(list(fits), MANY)
        for row in unit.execute(select(spot.id, spot.service, spot.cells).where(spot.service.in_(some)))
    ]
    slots = cells.slots_of(unit, _by_cell((id, where) for id, _, where in spots))
    weights = {service: {ids[need]: fit for need, fit in known.items()} for service, known in fits.items()}
    _add_postings(unit, ((id, where, weights[service]) for id, service, where in spots), slots)


def _by_cell(spots: Iterable[tuple[int, Iterable[int]]]) -> dict[int, set[int]]:
    """Turn the cells of each spot into the spots of each cell."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for id, where in spots:
        for cell in where:
            found[cell].add(id)
    return found


def _add_postings(
    unit: Unit, spots: Iterable[tuple[int, Iterable[int], Mapping[int, int]]], slots: Mapping[cells.At, int]
) -> None:
    """Note each spot down under each of its words, in each of its cells."""
    found: defaultdict[postings.At, bytearray] = defaultdict(bytearray)
    for id, where, weights in spots:
        for cell in where:
            slot = slots[cell, id]
            for word, weight in weights.items():
                found[word, cell] += postings.ONE.pack(slot, weight)
    postings.add(unit, found)


def _thousandths(weights: Mapping[str, float]) -> dict[str, int]:
    return {key: round(weight * THOUSANDTHS) for key, weight in weights.items()}


def _begin(unit: Unit) -> None:
    if not unit.execute(select(match_index.c.reading)).first():
        unit.execute(insert(match_index).values(reading=READING))


@dataclass(frozen=True)
class Reading:
    """What the index holds of a record: each key with its weight in thousandths, and the rules."""

    weights: Mapping[str, int]
    rules: Rules
    stored: str


def read_record(service: Service, vocabulary: Vocabulary) -> Reading:
    """Read a record for the index."""
    rules = read_rules(service)
    return Reading(_thousandths(_all_keys(service, vocabulary)), rules, _rules.dump_json(rules, exclude_defaults=True).decode())


def _all_keys(service: Service, vocabulary: Vocabulary) -> Mapping[str, float]:
    keys = keys_of(service)
    return {**keys, **vocabulary.fits(keys)}


def post(
    unit: Unit,
    services: Sequence[Service],
    region: Place | None,
    tell: Tell = lambda *_: None,
    read: Callable[[Service, Vocabulary], Reading] = read_record,
) -> None:
    """Let these services be found; `region` is about where their publisher's services are, for those without a place."""
    _begin(unit)
    done, vocabulary = 0, vocabulary_of(unit)
    for some in slices(sorted(services, key=_whereabouts), AT_ONCE):
        _post(unit, [(one, read(one, vocabulary)) for one in some], region)
        done += len(some)
        tell(done, len(services))


def _whereabouts(service: Service) -> int:
    """Give a cell to sort by, so that what is near each other is written together."""
    return next((cell_of(location.place) for location in service.locations if location.place), ANYWHERE)


def _post(unit: Unit, readings: Sequence[tuple[Service, Reading]], region: Place | None) -> None:
    ids = _numbered(unit, Counter(key for _, read in readings for key in (*read.weights, EVERY)))
    number = unit.execute(select(func.coalesce(func.max(match_spot.c.id), 0))).scalar_one()
    rows: list[dict[str, object]] = []
    spots: list[tuple[int, tuple[int, ...], Mapping[int, int]]] = []
    entries: defaultdict[int, list[cells.Entry]] = defaultdict(list)
    for service, read in readings:
        easy = ceil(easiest(read.rules) * 100), int(unsaid(read.rules))
        weights = {ids[key]: weight for key, weight in read.weights.items()}
        for spot, place, where in _spots(service, read.rules, region):
            number += 1
            lat, lon = (place.lat, place.lon) if place else (None, None)
            rows.append({
                "id": number, "service": service.key, "spot": spot, "cells": ",".join(map(str, where)),
                "lat": lat, "lon": lon, "rules": read.stored,
            })  # fmt: skip
            entry = cells.Entry(number, *((place.lat, place.lon) if place else (cells.NOWHERE, cells.NOWHERE)), *easy)
            spots.append((number, where, weights))
            for cell in where:
                entries[cell].append(entry)
    many(unit, insert(match_spot), rows)
    _add_postings(unit, spots, cells.add(unit, entries))


def take_down(unit: Unit, services: Sequence[Service]) -> None:
    """Let these services, as they were when they were posted, be found no more."""
    vocabulary = vocabulary_of(unit)
    for some in slices(services, MANY):
        by_key = {service.key: _all_keys(service, vocabulary) for service in some}
        spot = match_spot.c
        spots = unit.execute(select(spot.id, spot.service, spot.cells).where(spot.service.in_(by_key))).all()
        having = Counter(key for service in {service for _, service, _ in spots} for key in (*by_key[service], EVERY))
        ids = known_words(unit, having)
        where = {id: tuple(map(int, listed.split(","))) for id, _, listed in spots}
        slots = cells.remove(unit, _by_cell(where.items()))
        gone: defaultdict[postings.At, set[int]] = defaultdict(set)
        for id, service, _ in spots:
            for cell in where[id]:
                for key in by_key[service]:
                    if key in ids:
                        gone[ids[key].id, cell].add(slots[cell, id])
        postings.remove(unit, gone)
        unit.execute(delete(match_spot).where(spot.service.in_(by_key)))
        _count(unit, {ids[key].id: -count for key, count in having.items() if key in ids})


def known_words(unit: Unit, keys: Iterable[str]) -> dict[str, Known]:
    """Look these keys up; one that no service has ever had is not there."""
    return {key: Known(id, services) for id, key, services in _WORDS.rows(unit, sorted(keys))}


_WORDS = Lists(
    "SELECT word.id, word.key, word.services FROM json_each(?) AS asked CROSS JOIN match_word AS word ON word.key = asked.value",
    "SELECT id, key, services FROM match_word WHERE key = ANY (%s)",
)


def _numbered(unit: Unit, having: Mapping[str, int]) -> dict[str, int]:
    """Give the number of each key, new ones too, and count the services that have it."""
    known = known_words(unit, having)
    last = unit.execute(select(func.coalesce(func.max(match_word.c.id), 0))).scalar_one()
    new = {key: last + place for place, key in enumerate((key for key in having if key not in known), 1)}
    _ADD.send(unit, [(id, key, having[key]) for key, id in new.items()])
    _count(unit, {one.id: having[key] for key, one in known.items()})
    return {key: one.id for key, one in known.items()} | new


def _count(unit: Unit, more: Mapping[int, int]) -> None:
    _COUNT.send(unit, [(count, id) for id, count in more.items()])


_ADD = Lists(
    "INSERT INTO match_word (id, key, services) VALUES (?, ?, ?)",
    "INSERT INTO match_word (id, key, services) SELECT * FROM unnest(%s::int[], %s::text[], %s::int[])",
)
_COUNT = Lists(
    "UPDATE match_word SET services = services + ? WHERE id = ?",
    "UPDATE match_word SET services = services + more.count FROM unnest(%s::int[], %s::int[]) AS more (count, id)"
    " WHERE match_word.id = more.id",
)


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
