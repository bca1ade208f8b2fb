"""Find the services for a need near a place: the index says what may fit and how well, the rank decides, and only what is
shown is read whole.

How well each spot in reach fits is known from the index, and with it the most that its score can be: that says which are
weighed first, and when no other can come among the best any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice, takewhile
from math import inf

from sqlalchemy import bindparam, select

from rxbot.directory.asking import Deciding, Unasked, deciding, searches_for
from rxbot.directory.candidate import Candidate
from rxbot.directory.ease import Ease, ease
from rxbot.directory.fit import helps_with
from rxbot.directory.grid import is_of_areas
from rxbot.directory.index import Rarity, keys_of
from rxbot.directory.match import Match
from rxbot.directory.model import Place, Service
from rxbot.directory.names import by_name
from rxbot.directory.outcomes import NOBODY_TOLD
from rxbot.directory.rank import Explained, Spot, explain, score
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.areas import names_in
from rxbot.directory.rules.around import UNCHARTED, Around
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Search
from rxbot.directory.showing import in_reach_or_further
from rxbot.store import cells
from rxbot.store.directory_rows import SAID, regions_of, service_from
from rxbot.store.directory_tables import directory_service
from rxbot.store.found import Found, look_up, parts_of
from rxbot.store.match_index import NO_SPOT, towns_named
from rxbot.store.match_rules import rules_of
from rxbot.store.rows import MANY, Lists, slices
from rxbot.store.service_checks import capacities
from rxbot.store.service_outcomes import outcomes
from rxbot.store.service_standards import standings
from rxbot.store.unit import Unit

FIRST, TIMES = 12, 2
"""Spots that are read at first, and how many times as many then: once the best are known, few others need be."""
ROUNDED = 0.00051
"""Scores are compared by their thousandths: one that is less by no more than this may still come first."""
_TOLD = (
    "SELECT EXISTS (SELECT 1 FROM service_capacity AS told WHERE told.service = key.value)"
    " OR EXISTS (SELECT 1 FROM service_outcome AS told WHERE told.service = key.value),"
    " EXISTS (SELECT 1 FROM directory_service AS gone {few} WHERE gone.key = key.value AND gone.suspended_at IS NOT NULL)"
)
_OF_EACH = Lists(
    _TOLD.format(few="INDEXED BY ix_directory_service_suspended") + " FROM json_each(?) AS key ORDER BY key.key",
    _TOLD.format(few="") + " FROM unnest(%s::text[]) WITH ORDINALITY AS key (value, place) ORDER BY key.place",
)
"""Whether anything was told of each of these services, and whether it is suspended: few are, and those are looked up."""
PAGES = select(*SAID).where(directory_service.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, eq=False, slots=True)
class Posted:
    """A service at one of its places, or at none, as the index knows it.

    With it its place in each column of what was found, the number of its rules, and the most that its score can be. What was
    found by the name of an area counts only where it certainly serves the place.
    """

    column: int
    number: int
    rules: int
    most: float
    spot: Spot
    is_told_of: bool
    by_area: bool
    found: Found

    @property
    def speaks(self) -> bool:
        """Say whether words of what would help most stand together in its record."""
        return bool(helps_with(self.found.search, self.found.hits(self.column)))

    @property
    def service(self) -> str:
        """Give the key of the service."""
        return self.spot.service


class Best:
    """The best services of those that were weighed, each at its best place."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.least = 0.0
        self._known: dict[str, tuple[tuple[float, bytes, float], Posted]] = {}
        self._eased: dict[int, Ease | None] = {}

    @property
    def firsts(self) -> list[Posted]:
        """Give them, the best first."""
        return [one for _, one in sorted(self._known.values(), key=lambda pair: pair[0])[: self.search.limit]]

    def take(self, one: Posted, towns: Around) -> None:
        """Let it be among them, if it is; from then on less than `least` cannot be."""
        if one.by_area and one.spot.rules.serves(self.search.place, towns) is not Answer.YES:
            return
        if one.rules not in self._eased:  # many have the same
            self._eased[one.rules] = ease(self.search, one.spot.rules)
        eased = self._eased[one.rules]
        scored = score(self.search, one.spot, eased, towns) if eased else None
        if not scored or scored.score <= self.least:
            return
        place = (*scored.order(self.search.now, one.service), inf if one.number == NO_SPOT else one.number)
        if one.service not in self._known or place < self._known[one.service][0]:
            self._known[one.service] = place, one
            scores = nsmallest(self.search.limit, (place[0] for place, _ in self._known.values()))
            self.least = -scores[-1] - ROUNDED if len(scores) == self.search.limit else 0.0


def find_services(unit: Unit, search: Search) -> tuple[Match, ...]:
    """Give the best services for a search, with reasons and open questions: what is far, only where nothing nearer will do."""

    def look(reach: Search) -> tuple[Match, ...]:
        return tuple(one.match for one in explain_services(unit, reach))

    return tuple(in_reach_or_further(search, look))


def explain_services(unit: Unit, search: Search) -> tuple[Explained, ...]:
    """Give the best services for a search with the workings."""
    best, rare = choose(unit, search)
    read = [replace(one, hits=keys_of(one.service)) for one in _read(unit, best)]
    return explain(search, read, rare, around(unit, [one.rules for one in read], search.place))


def choose(unit: Unit, search: Search) -> tuple[list[Posted], Rarity]:
    """Give the best services for a search as the index knows them, and how telling each key is."""
    asked, best = look_up(unit, search), Best(search)
    for part in parts_of(search):
        found = asked.find(unit, part, best.least)
        likely, many = found.likeliest_first(best.least), FIRST
        while some := [*takewhile(lambda one: one[1] > best.least, islice(likely, many))]:
            _weigh(unit, _with_room(unit, _spots(unit, found, some)), best)
            many *= TIMES
    return best.firsts, asked.rare


def _weigh(unit: Unit, spots: Sequence[Posted], best: Best) -> None:
    towns = around(unit, [one.spot.rules for one in spots], best.search.place)
    for one in sorted(spots, key=lambda one: -one.most):
        if one.most <= best.least:
            break
        best.take(one, towns)


def facts_deciding(unit: Unit, search: Search, unasked: Unasked) -> Deciding:
    """Give the facts that may be asked which would change the services shown for a search."""
    if not unasked.ifs:
        return {}
    best = [posted for one in searches_for(search, unasked.ifs) for posted in choose(unit, one)[0]]
    spots = {(one.service, one.number): replace(one.spot, speaks=one.speaks) for one in best}
    return deciding(search, spots.values(), unasked, around(unit, [one.rules for one in spots.values()], search.place))


def around(unit: Unit, rules: Iterable[Rules], place: Place | None) -> Around:
    """Give where the towns lie that these serve, or that people are to live in, and the one that somebody lives in."""
    served = [one.served for one in rules]
    texts = {*(area for one in served for area in one.areas), *(home.places for one in served for home in one.homes if home.only)}
    own = {name for text in place.names for name in names_in(text)} if texts and place else set[str]()
    names = sorted(own.union(*map(names_in, texts)))
    found = _TOWNS.rows(unit, names) if names else ()
    if not found:
        return UNCHARTED
    named = towns_named(unit, own) if own and own.isdisjoint(name for name, *_ in found) else ()
    return Around.of(((name, Place(lat, lon, label)) for name, lat, lon, label in found), named)


_TOWNS = Lists(
    "SELECT town.name, town.lat, town.lon, town.label FROM json_each(?) AS asked"
    " CROSS JOIN directory_place AS town ON town.name = asked.value AND NOT town.is_code",
    "SELECT name, lat, lon, label FROM directory_place WHERE name = ANY (%s) AND NOT is_code",
)


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
    asked = look_up(unit, search)
    spots: dict[tuple[str, int], Posted] = {}  # of several areas: once
    hits: dict[tuple[str, int], Mapping[str, float]] = {}
    for found in (asked.find(unit, part) for part in parts_of(search)):
        for some in slices(list(found.likeliest_first()), MANY):
            for one in _spots(unit, found, some):
                spots[one.service, one.number], hits[one.service, one.number] = one, found.hits(one.column)
    read = _read(unit, _with_room(unit, tuple(spots.values())))
    return [replace(one, hits=hits[key]) for key, one in zip(sorted(spots), read, strict=True)]


def _with_room(unit: Unit, spots: Sequence[Posted]) -> list[Posted]:
    """Say of each what was told of its room, and what came of it before, where anybody has told anything."""
    told = sorted({one.service for one in spots if one.is_told_of})
    room = {key: found for some in slices(told, MANY) for key, found in capacities(unit, some).items()}
    came = {key: found for some in slices(told, MANY) for key, found in outcomes(unit, some).items()}

    def as_told(one: Posted) -> Posted:
        spot = replace(one.spot, capacity=room.get(one.service), outcomes=came.get(one.service, NOBODY_TOLD))
        return replace(one, spot=spot)

    return [as_told(one) if one.is_told_of else one for one in spots]


def _spots(unit: Unit, found: Found, likely: Sequence[tuple[int, float]]) -> list[Posted]:
    """Give what the index knows of these spots, each given with the most that its score can be; of those suspended, nothing."""
    places = [found.among.at(int(found.spots[column])) for column, _ in likely]
    spots = cells.spots_at(unit, places)
    known, rules = _OF_EACH.rows(unit, [one.service for one in spots]), rules_of(unit, (one.rules for one in spots))

    def posted(column: int, most: float, tile: int, at: cells.Spot, is_told: bool) -> Posted:
        place = found.among.place_of(int(found.spots[column]))
        spot = Spot(at.service, float(found.fit[column]), place, rules[at.rules])
        most *= 1.0 if is_told else NOBODY_TOLD.worth
        return Posted(column, at.number, at.rules, most, spot, bool(is_told), is_of_areas(found.among.cell_of[tile]), found)

    each = zip(likely, places, spots, known, strict=True)
    return [posted(*one, tile, at, told) for one, (tile, _), at, (told, suspended) in each if not suspended]


def _read(unit: Unit, spots: Iterable[Posted]) -> list[Candidate]:
    """Read services whole, at these spots; what they are found by is left out."""
    known = sorted(spots, key=lambda one: (one.service, one.number))
    services = _services(unit, {one.service for one in known})

    def candidate(one: Posted) -> Candidate:
        service, spot = services[one.service], one.spot
        location = None if one.number == NO_SPOT else service.locations[one.number]
        return Candidate(service, location, {}, spot.rules, spot.capacity, spot.outcomes)

    return [candidate(one) for one in known]


def _services(unit: Unit, keys: Iterable[str]) -> dict[str, Service]:
    asked = (unit.execute(PAGES, {"keys": some}) for some in slices(sorted(keys), MANY))
    return {row.key: service_from(row) for rows in asked for row in rows}


def _known(unit: Unit, services: Sequence[Service]) -> tuple[Match, ...]:
    """Give services that a worker chose, full or not, with all that is known of them."""
    keys = [one.key for one in services]
    standing, room, regions = standings(unit, keys), capacities(unit, keys), regions_of(unit, keys)
    return tuple(
        replace(_chosen(one), standing=standing[one.key], capacity=room.get(one.key), region=regions.get(one.key))
        for one in services
    )


def _chosen(service: Service) -> Match:
    return Match(service, next(iter(service.locations), None), None, (), ())
