"""What a search finds in the index, in columns: each spot in reach that a key of it speaks for, and how much each key does."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from rxbot.directory.fit import Column, in_columns
from rxbot.directory.grid import ANYWHERE, box, cell_of_area, degrees_across, is_of_areas, regions_around, stretches
from rxbot.directory.index import Rarity, Wanted, rarity
from rxbot.directory.model import Place
from rxbot.directory.nearness import NEAREST_IF_NOT_SERVED, NEAREST_WITHOUT_PLACE, nearest, nearest_without_place
from rxbot.directory.rules.areas import names_of
from rxbot.directory.search import Search
from rxbot.directory.suits import SUITS, Unsaid, easiest_for, may_be_for_town, may_serve
from rxbot.store import cells, postings
from rxbot.store.cells import PER_DEGREE
from rxbot.store.match_index import BY_NAME, OTHERWISE
from rxbot.store.match_words import EVERY, SINGLE, IndexedKey, known_words
from rxbot.store.postings import HUNDREDTHS, Numbers
from rxbot.store.unit import Unit

MOST_ROWS = 15
"""Of the map: 300 km from south to north."""
POOL, POOLS = 1024, 8
"""Spots of which is worked out at first how well they can suit, and how many times as many then."""
EVERYWHERE = (-(2**31), 2**31 - 1)
IN_PLACES = np.dtype([("lat", "<i4"), ("lon", "<i4")])
AS_KEPT = np.dtype(f"V{SUITS.itemsize}")
"""What is kept of a cell: see `store/cells.py`."""


@dataclass(frozen=True)
class Near:
    """All that is in reach, cell by cell; a spot is numbered by its place in that.

    `begins` says by its tile where each cell begins, and `cell_of` which cell that is. What is on the map comes first: `places`
    has no others.
    """

    begins: Mapping[int, int]
    cell_of: Mapping[int, int]
    places: Numbers
    suits: Sequence[Numbers]
    many: int

    @classmethod
    def of(cls, rows: Sequence[cells.Row]) -> "Near":
        """Take these cells. Those off the map are numbered below zero, and have no places."""
        from_map = sorted(rows, reverse=True)
        suits = [np.frombuffer(one, AS_KEPT) for *_, one in from_map]
        *begins, many = accumulate(map(len, suits), initial=0)
        places = b"".join(places for *_, places, _ in from_map)
        known = {tile: cell for cell, tile, *_ in from_map}
        return cls(dict(zip(known, begins, strict=True)), known, np.frombuffer(places, IN_PLACES), suits, many)

    def at(self, spot: int) -> tuple[int, int]:
        """Give the tile of a spot, and its slot there."""
        tile, begun = self._tiles[bisect(self._tiles, spot, key=itemgetter(1)) - 1]
        return tile, spot - begun

    @cached_property
    def _tiles(self) -> list[tuple[int, int]]:
        return list(self.begins.items())

    def place_of(self, spot: int) -> Place | None:
        """Give the place of a spot that has one."""
        if spot >= len(self.places):
            return None
        lat, lon = self.places[spot].tolist()
        return Place(lat / PER_DEGREE, lon / PER_DEGREE)

    def suits_of(self, spots: Numbers) -> Numbers:
        """Give what tells how well each of these spots can suit; they are in order."""
        bounds = [*np.searchsorted(spots, list(self.begins.values())).tolist(), len(spots)]
        cells = zip(self.suits, self.begins.values(), pairwise(bounds), strict=True)
        found = (suits.take(spots[one:end] - begun) for suits, begun, (one, end) in cells)
        return np.concatenate([np.empty(0, AS_KEPT), *found]).view(SUITS)

    def in_reach(self, search: Search, spots: Numbers) -> tuple[Numbers, Column]:
        """Give those of these spots, which are in order, that may be in reach, and how near those with a place are, at most."""
        if not search.place or not len(self.places):
            return spots, np.empty(0)
        on_map = spots[: np.searchsorted(spots, len(self.places))]
        lat, lon = (self.places[name][on_map] / PER_DEGREE for name in ("lat", "lon"))
        up, across = box(search.place, search.reach_km)
        [there] = np.nonzero((abs(lat - search.place.lat) <= up) & (degrees_across(lon, search.place.lon) <= across))
        near = nearest(search.place, search.reach_km, lat[there], lon[there])
        return np.append(on_map[there], spots[len(on_map) :]), near


@dataclass(frozen=True)
class Found:
    """The spots, each by its place in every column.

    That is its number among all that is in reach, how much each key speaks for it, and its fit. Those with a place come first:
    only they are in the column of how near each is, at most: not at all, where one is out of reach after all. Others are as
    near as `nearest_without_place`, at most.
    """

    search: Search
    among: Near
    spots: Numbers
    keys: Mapping[str, Column]
    fit: Column
    near: Column
    nearest_without_place: float

    def hits(self, place: int) -> dict[str, float]:
        """Give the keys that speak for a spot, and how much."""
        return {key: float(weight) for key, column in self.keys.items() if (weight := column[place])}

    def likeliest_first(self, above: float = 0.0) -> Iterator[tuple[int, float]]:
        """Give the place of each spot of which the score can be more, and the most that it can be, the highest first.

        Few are ever asked for: how easy it is for this person is worked out of those first that would be the best if it were.
        """
        most = self.fit * self.nearest_without_place
        most[: len(self.near)] = self.fit[: len(self.near)] * self.near
        known, bound, pool, least = np.empty(0, int), np.empty(0), POOL, most.max(initial=0)
        while least > above:
            least = np.partition(most, -pool)[-pool] if pool < len(most) else 0.0
            some = np.flatnonzero((most >= least) & (most > above))
            known, bound = np.append(known, some), np.append(bound, self._bound(some))
            order = np.argsort(-bound)
            known, bound = known[order], bound[order]
            sure = np.searchsorted(-bound, -least, side="right")
            yield from ((int(known[place]), float(bound[place])) for place in range(sure))
            known, bound, most[some], pool = known[sure:], bound[sure:], 0.0, pool * POOLS

    def _bound(self, some: Numbers) -> Column:
        """Say of these, which are in order, the most that their scores can be."""
        suits = self.among.suits_of(self.spots[some])
        placed = np.searchsorted(some, len(self.near))
        others = suits[placed:]
        nobody_travels = (others["unsaid"] & int(Unsaid.WITHOUT_GOING)) == 0
        far = nearest_without_place(nobody_travels, may_serve(self.search, others), may_be_for_town(self.search, others))
        near = np.append(self.near[some[:placed]], np.minimum(far, self.nearest_without_place))
        most: Column = self.fit[some] * near * easiest_for(self.search, suits)
        return most


@dataclass(frozen=True)
class Part:
    """A part of what is in reach: stretches of cells, and how near what has no place is there, at most."""

    stretches: Sequence[tuple[int, int]]
    nearest_without_place: float


def parts_of(search: Search) -> tuple[Part, ...]:
    """Give the parts to look in, one after the other: very much is in a region, and little of it comes among the best.

    What is there and serves the place is found by the name of it too, so that there nothing is taken to serve it.
    """
    if search.place is None:
        return (Part([EVERYWHERE], NEAREST_WITHOUT_PLACE),)
    rows = list(stretches(search.place, search.reach_km))
    if len(rows) > MOST_ROWS:  # nobody goes so far; what is found beyond the reach is left out by the rank
        rows = [(rows[0][0], rows[-1][1])]
    cells = (ANYWHERE, *regions_around(search.place, OTHERWISE), *map(cell_of_area, names_of(search.place)))
    near = (*rows, *_each_alone(cells))
    return Part(near, NEAREST_WITHOUT_PLACE), Part(_each_alone(regions_around(search.place, BY_NAME)), NEAREST_IF_NOT_SERVED)


def _each_alone(cells: Iterable[int]) -> list[tuple[int, int]]:
    return [(cell, cell) for cell in dict.fromkeys(cells)]


Spoken: TypeAlias = Mapping[str, tuple[Numbers, Numbers]]
"""The spots that each key speaks for, and how much, in hundredths."""


@dataclass(frozen=True)
class Asked:
    """A search in the words of the index, and how telling each of them is."""

    search: Search
    words: Mapping[str, IndexedKey]
    rare: Rarity

    def find(self, unit: Unit, part: Part, least: float = 0.0) -> Found:
        """Give what is found in a part of what is in reach, but for what fits too little for a score of more than the least.

        That is known for certain only of what has no place.
        """
        near = Near.of(cells.rows_of(unit, part.stretches))
        spoken = _spoken(unit, self.words, near)
        told_of = _any_of(self._telling(spoken, least / part.nearest_without_place), near, self.search)
        spots, how_near = near.in_reach(self.search, told_of)
        columns = _columns(spoken, spots, near.many)
        fit = self._fit(columns, len(spots))
        return Found(self.search, near, spots, columns, fit, how_near, part.nearest_without_place)

    def _fit(self, columns: Mapping[str, Column], many: int) -> Column:
        """Work out how well so many spots fit. A need that the index does not know, they fit by its words."""
        needs = (one for one in self.search.wanted if one.key not in self.search.posted)
        by_words = {one.key: _by_words(one, columns, many) for one in needs}
        fit: Column = np.broadcast_to(in_columns(self.search, {**columns, **by_words}, self.rare), many)
        return fit

    def _telling(self, spoken: Spoken, least: float) -> Iterator[Numbers]:
        """Give the spots that each key speaks for so much that they may fit better than the least.

        Nothing fits better the less it speaks of a key. So what speaks of each no more than a share of the most that anything
        does, fits no better than what speaks of each just so much.
        """
        most = {key: weights.max(initial=0) / HUNDREDTHS for key, (_, weights) in spoken.items()}
        fit = self._fit({key: one * SHARES for key, one in most.items()}, len(SHARES)) if least else np.zeros(1)
        share = SHARES[np.searchsorted(fit, least, side="right") - 1]
        yield from (spots[weights > share * most[key] * HUNDREDTHS] for key, (spots, weights) in spoken.items())


SHARES = np.linspace(0, 1, 33)
"""Of the most that anything speaks of a key: at these it is tried how well what speaks so much of every key would fit."""


def look_up(unit: Unit, search: Search) -> Asked:
    """Look the keys of a search up. A need that the index does not know, it is asked for by its words."""
    unit.search()
    indexed = replace(search, posted=frozenset(one.key for one in search.wanted))
    words = known_words(unit, {*indexed.keys, EVERY})
    if not indexed.posted <= words.keys():
        indexed = replace(search, posted=indexed.posted & words.keys())
        words |= known_words(unit, indexed.keys - words.keys())
    return Asked(indexed, words, _rarity(words))


def _rarity(words: Mapping[str, IndexedKey]) -> Rarity:
    services = words[EVERY].services if EVERY in words else 0
    rare = {key: rarity(services, one.services) for key, one in words.items()}
    never_had = rarity(services, 0)
    return lambda key: rare.get(key, never_had)


def _spoken(unit: Unit, words: Mapping[str, IndexedKey], near: Near) -> Spoken:
    keys: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for key, one in words.items():
        if key != EVERY:
            keys[one.id].append((key, one.follows))
    parts: defaultdict[str, list[tuple[Numbers, Numbers]]] = defaultdict(list)
    for at, kept in postings.rows_of(unit, near.begins, list(keys)):
        tile, word = postings.parted(at)
        slots, weights, follows = (postings.columns_of if near.cell_of[tile] >= 0 else postings.unpacked)(kept)
        spots = slots + near.begins[tile]
        for key, second in keys[word]:
            parts[key].append((spots, weights) if second == SINGLE else (spots[follows == second], weights[follows == second]))
    columns = {key: tuple(zip(*some, strict=True)) for key, some in parts.items()}
    return {key: (np.concatenate(spots), np.concatenate(weights)) for key, (spots, weights) in columns.items()}


def _any_of(spoken_for: Iterable[Numbers], near: Near, search: Search) -> Numbers:
    """Give the spots that any key speaks for; of those found by the name of an area, only what may serve the place."""
    marked = np.zeros(near.many, bool)
    for spots in spoken_for:
        marked[spots] = True
    suited = zip(near.cell_of.values(), near.begins.values(), near.suits, strict=True)
    areas = [(begun, suits) for cell, begun, suits in suited if is_of_areas(cell)]
    if areas:  # they stand beside each other
        suits = np.concatenate([suits for _, suits in areas]).view(SUITS)
        marked[areas[0][0] : areas[0][0] + len(suits)] &= may_serve(search, suits)
    return np.flatnonzero(marked)


def _columns(spoken: Spoken, there: Numbers, many: int) -> dict[str, Column]:
    """Give for each key how much it speaks for each of the spots that are there, of so many."""
    place = np.full(many, len(there), "i4")
    place[there] = np.arange(len(there))
    columns = {key: np.zeros(len(there) + 1) for key in spoken}  # the last is for those that are not there
    for key, (spots, weights) in spoken.items():
        columns[key][place[spots]] = weights / HUNDREDTHS
    return {key: column[:-1] for key, column in columns.items()}


def _by_words(wanted: Wanted, columns: Mapping[str, Column], many: int) -> Column:
    """Work out how well each spot fits a need that the index does not know."""
    held = {key: columns[key] for key in wanted.spoken_by if key in columns}
    return np.array([wanted.fit({key: column[place] for key, column in held.items() if column[place]}) for place in range(many)])
