"""Find the services for a need near a place: the index says what may fit and how well, the rank decides, and only what is
shown is read whole.

The index is asked for every spot that a key of the search is found in. The most its words can be worth says which spots are
weighed first, and when no other can come among the best any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from heapq import nlargest, nsmallest
from math import inf

from sqlalchemy import bindparam, exists, or_, select

from rxbot.directory.asking import Deciding, Unasked, deciding, searches_for
from rxbot.directory.capacity import Capacity
from rxbot.directory.grid import ANYWHERE, cell_of_area, regions_around, stretches
from rxbot.directory.index import Rarity, rarity
from rxbot.directory.model import Place, Service
from rxbot.directory.names import by_name
from rxbot.directory.outcomes import NOBODY_TOLD, Outcomes
from rxbot.directory.rank import (
    BESIDE_THE_WISH,
    Candidate,
    Explained,
    Match,
    Scored,
    Search,
    Spot,
    explain,
    fit,
    most,
    nearest,
    nearest_in,
    score,
)
from rxbot.directory.rules.area import UNCHARTED, Around, names_in
from rxbot.directory.rules.record import Rules
from rxbot.store import postings
from rxbot.store.directory_reports import IS_SUSPENDED
from rxbot.store.directory_rows import SAID, service_from
from rxbot.store.directory_tables import directory_place, directory_service, match_spot, service_capacity, service_outcome
from rxbot.store.match_index import EVERY, NO_SPOT, THOUSANDTHS, Known, known_words, read_stored_rules
from rxbot.store.rows import MANY, slices
from rxbot.store.service_checks import capacities
from rxbot.store.service_outcomes import outcomes
from rxbot.store.service_standards import standings
from rxbot.store.unit import Unit

FITTED_AT_ONCE, AT_ONCE, FEW = 256, 48, 8
"""Spots whose fit is worked out, that are read, and that are weighed at a time: once the best are known, few others need be."""
MOST_ROWS = 60
"""Of the map: 300 km from south to north."""
EVERYWHERE = (-(2**31), 2**31 - 1)
ROUNDED = 0.00051
"""Scores are compared by their thousandths: one that is less by no more than this may still come first."""
SUSPENDED = select(directory_service.c.key).where(IS_SUSPENDED)
spot = match_spot.c
IS_TOLD_OF = or_(
    exists().where(service_capacity.c.service == spot.service), exists().where(service_outcome.c.service == spot.service)
)
SPOTS = select(spot.id, spot.service, spot.spot, spot.lat, spot.lon, spot.ease, spot.rules, IS_TOLD_OF).where(
    spot.id.in_(bindparam("ids", expanding=True)), spot.service.not_in(SUSPENDED)
)
PAGES = select(*SAID).where(directory_service.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, eq=False)
class Weighed:
    """A service at one of its places as the index knows it, or at none, with the keys that it is found by."""

    id: int
    service: str
    number: int
    place: Place | None
    ease: float
    read: str
    is_told_of: bool
    hits: Mapping[str, float]
    capacity: Capacity | None = None
    outcomes: Outcomes = NOBODY_TOLD

    @property
    def rules(self) -> Rules:
        """Give what the rules read in its record."""
        return read_stored_rules(self.read)

    @property
    def spot(self) -> Spot:
        """Give what a rank needs to know."""
        return Spot(self.service, self.place, self.rules, self.hits, self.capacity, self.outcomes)

    def most(self, search: Search) -> float:
        """Give the most of its fit that its score can be."""
        return nearest(search, self.place) * self.ease


class Best:
    """The best services of those that were weighed, each at its best place."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.least = 0.0
        self._known: dict[str, tuple[tuple[float, bytes, float], Weighed]] = {}

    @property
    def firsts(self) -> list[Weighed]:
        """Give them, the best first."""
        return [one for _, one in sorted(self._known.values(), key=lambda pair: pair[0])[: self.search.limit]]

    def take(self, weighed: Iterable[tuple[Weighed, Scored]]) -> None:
        """Let these be among them; from then on less than `least` cannot be."""
        for one, scored in weighed:
            place = (*scored.order(self.search.now, one.service), inf if one.number == NO_SPOT else one.number)
            if one.service not in self._known or place < self._known[one.service][0]:
                self._known[one.service] = place, one
        scores = nsmallest(self.search.limit, (place[0] for place, _ in self._known.values()))
        self.least = -scores[-1] - ROUNDED if len(scores) == self.search.limit else 0.0


def find_services(unit: Unit, search: Search) -> tuple[Match, ...]:
    """Give the best services for a search, with reasons and open questions: what is far, only where nothing is in reach."""
    found = explain_services(unit, search)
    if not found and search.else_km > search.reach_km:
        found = explain_services(unit, replace(search, reach_km=search.else_km))
    return tuple(one.match for one in found)


def explain_services(unit: Unit, search: Search) -> tuple[Explained, ...]:
    """Give the best services for a search with the workings."""
    best, rare = choose(unit, search)
    return explain(search, _read(unit, best), rare, around(unit, [one.rules for one in best]))


def choose(unit: Unit, search: Search) -> tuple[list[Weighed], Rarity]:
    """Give the best services for a search as the index knows them, and how telling each key is."""
    words = known_words(unit, {*search.keys, EVERY})
    rare = _rarity(words)
    return _best(unit, search, _found(unit, search, words), rare), rare


def facts_deciding(unit: Unit, search: Search, unasked: Unasked) -> Deciding:
    """Give the facts that may be asked which would change the services shown for a search."""
    if not unasked.ifs:
        return {}
    words = known_words(unit, {*search.keys, EVERY})
    rare, found = _rarity(words), dict[int, Weighed]()
    for one in searches_for(search, unasked.ifs):
        found.update({spot.id: spot for spot in _best(unit, one, _found(unit, one, words), rare)})
    spots = [one.spot for one in found.values()]
    return deciding(search, spots, unasked, rare, around(unit, [one.rules for one in spots]))


def around(unit: Unit, rules: Iterable[Rules]) -> Around:
    """Give where the towns lie that people are to live in, wherever one of these takes only those who live there."""
    only = {name for one in rules for home in one.served.homes if home.only for name in names_in(home.places)}
    table = directory_place.c
    asked = select(table.name, table.lat, table.lon, table.label).where(table.name.in_(only), table.is_code.is_(False))
    return Around({name: Place(lat, lon, label) for name, lat, lon, label in unit.execute(asked)}) if only else UNCHARTED


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
    found = _found(unit, search, known_words(unit, search.keys))
    spots = {spot for one in found for _, row in one.rows for spot in row.ids}
    hits = _hits(found, spots)
    return _read(unit, _with_room(unit, (one for some in slices(sorted(spots), MANY) for one in _spots(unit, some, hits))))


@dataclass(frozen=True)
class Found:
    """A key of a search, and the rows of the index that say which spots in reach have it: the cell, and the spots."""

    key: str
    rows: list[tuple[int, postings.Spots]]


Hits = dict[int, dict[str, float]]


def _found(unit: Unit, search: Search, words: dict[str, Known]) -> list[Found]:
    """Give for each key of the search the spots in reach that it is found in."""
    found = {one.id: Found(key, []) for key, one in words.items() if key != EVERY}
    if found:
        for word, cell, kept in postings.rows_of(unit, list(found), _reach(search.place, search.reach_km)):
            found[word].rows.append((cell, postings.spots_of(kept)))
    return list(found.values())


def _reach(place: Place | None, km: float) -> list[tuple[int, int]]:
    """Give the stretches of cells to look in: each row of the map that is in reach, and what is found wherever one is."""
    if place is None:
        return [EVERYWHERE]
    rows = list(stretches(place, km))
    if len(rows) > MOST_ROWS:  # nobody goes so far; what is found beyond the reach is left out by the rank
        rows = [(rows[0][0], rows[-1][1])]
    cells = dict.fromkeys((ANYWHERE, *regions_around(place), *map(cell_of_area, place.names)))
    return [*rows, *((cell, cell) for cell in cells)]


def _hits(found: Iterable[Found], spots: set[int]) -> Hits:
    """Give the keys that are found in each of these spots, and how much its record speaks of them."""
    hits: Hits = {spot: {} for spot in spots}
    for one in found:
        for _, row in one.rows:
            for spot in spots.intersection(row.ids):
                hits[spot][one.key] = row.weights[row.ids.index(spot)] / THOUSANDTHS
    return hits


def _rarity(words: dict[str, Known]) -> Rarity:
    services = words[EVERY].services if EVERY in words else 0
    rare = {key: rarity(services, one.services) for key, one in words.items()}
    never_had = rarity(services, 0)
    return lambda key: rare.get(key, never_had)


def _best(unit: Unit, search: Search, found: list[Found], rare: Rarity) -> list[Weighed]:
    """Give the spots of the best services, weighing no more of them than it takes to be sure.

    What cannot be among them is left out as soon as that is known: by what its words are worth at most, then by its fit,
    then by how far it is, and only then by what its record says.
    """
    best = Best(search)
    for some in _in_portions(_bounds(search, found, most(search, rare)), best):
        hits = _hits(found, set(some))
        fits = {spot: matched for spot, keys in hits.items() if (matched := fit(search, keys, rare)) > best.least}
        for part in slices(sorted(fits, key=fits.__getitem__, reverse=True), AT_ONCE):
            if fits[part[0]] > best.least:
                _weigh(unit, _spots(unit, part, hits), fits, best, rare)
    return best.firsts


def _weigh(unit: Unit, spots: Sequence[Weighed], fits: Mapping[int, float], best: Best, rare: Rarity) -> None:
    """Let those be among the best that are, the likeliest first."""
    bounds = {one.id: fits[one.id] * one.most(best.search) for one in spots}
    near = sorted((one for one in spots if bounds[one.id] > best.least), key=lambda one: -bounds[one.id])
    for few in slices(_with_room(unit, near), FEW):
        if bounds[few[0].id] > best.least:
            best.take(_scored(unit, best.search, few, rare))


def _bounds(search: Search, found: Iterable[Found], worth: Mapping[str, float]) -> dict[int, float]:
    """Give the most that the score of each spot can be: by its words, how far its cell is, and how easy it is for anybody."""
    bounds: dict[int, float] = {}
    wished: set[int] = set()
    before = bounds.get
    near = cache(partial(nearest_in, search))
    for one in found:
        for cell, row in one.rows:
            each = worth[one.key] / THOUSANDTHS / 100 * near(cell)
            for spot, weight, ease in zip(*row, strict=True) if each else ():
                bounds[spot] = before(spot, 0.0) + each * weight * ease
            if one.key in search.wished:
                wished.update(row.ids)
    if not search.focus:
        return bounds
    return {spot: bound if spot in wished else BESIDE_THE_WISH * bound for spot, bound in bounds.items()}


def _in_portions(bounds: Mapping[int, float], best: Best) -> Iterator[Sequence[int]]:
    """Give the spots in the order of what they may be worth, as long as they may be among the best: few first."""
    firsts = nlargest(AT_ONCE, bounds, key=bounds.__getitem__)
    if firsts:
        yield firsts
    given = set(firsts)
    rest = [spot for spot, bound in bounds.items() if bound > best.least and spot not in given]
    for some in slices(sorted(rest, key=bounds.__getitem__, reverse=True), FITTED_AT_ONCE):
        if bounds[some[0]] > best.least:
            yield some


def _scored(unit: Unit, search: Search, spots: Sequence[Weighed], rare: Rarity) -> Iterator[tuple[Weighed, Scored]]:
    """Weigh these; give those that anything speaks for, and nothing certain against."""
    towns = around(unit, [one.rules for one in spots])
    return ((one, scored) for one in spots if (scored := score(search, one.spot, rare, towns)))


def _with_room(unit: Unit, spots: Iterable[Weighed]) -> list[Weighed]:
    """Say of each what was told of its room, and what came of it before, where anybody has told anything."""
    known = list(spots)
    told = sorted({one.service for one in known if one.is_told_of})
    room = {key: found for some in slices(told, MANY) for key, found in capacities(unit, some).items()}
    came = {key: found for some in slices(told, MANY) for key, found in outcomes(unit, some).items()}
    return [
        replace(one, capacity=room.get(one.service), outcomes=came.get(one.service, NOBODY_TOLD)) if one.is_told_of else one
        for one in known
    ]


def _spots(unit: Unit, ids: Sequence[int], hits: Hits) -> list[Weighed]:
    """Give what the index knows of these spots; of those suspended, nothing."""
    return [
        Weighed(id, service, number, None if lat is None else Place(lat, lon), ease / THOUSANDTHS, read, is_told_of, hits[id])
        for id, service, number, lat, lon, ease, read, is_told_of in unit.execute(SPOTS, {"ids": list(ids)})
    ]


def _read(unit: Unit, spots: Iterable[Weighed]) -> list[Candidate]:
    """Read services whole, at these spots."""
    known = sorted(spots, key=lambda one: (one.service, one.number))
    services = _services(unit, {one.service for one in known})

    def candidate(one: Weighed) -> Candidate:
        location = None if one.number == NO_SPOT else services[one.service].locations[one.number]
        return Candidate(services[one.service], location, one.hits, one.rules, one.capacity, one.outcomes)

    return [candidate(one) for one in known]


def _services(unit: Unit, keys: Iterable[str]) -> dict[str, Service]:
    asked = (unit.execute(PAGES, {"keys": some}) for some in slices(sorted(keys), MANY))
    return {row.key: service_from(row) for rows in asked for row in rows}


def _known(unit: Unit, services: Sequence[Service]) -> tuple[Match, ...]:
    """Give services that a worker chose, full or not, with all that is known of them."""
    keys = [one.key for one in services]
    standing, room = standings(unit, keys), capacities(unit, keys)
    return tuple(replace(_chosen(one), standing=standing[one.key], capacity=room.get(one.key)) for one in services)


def _chosen(service: Service) -> Match:
    return Match(service, next(iter(service.locations), None), None, (), ())
