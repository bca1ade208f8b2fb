"""What a search finds in the index, in columns: each spot in reach that a key of it speaks for, and how much each key does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import TypeAlias

import numpy as np

from rxbot.directory.fit import Column, in_columns
from rxbot.directory.grid import ANYWHERE, box, cell_of_area, degrees_across, is_of_areas, is_of_region, regions_around, stretches
from rxbot.directory.index import Rarity, Wanted, rarity
from rxbot.directory.model import Place
from rxbot.directory.nearness import NEAREST_IF_NOT_SERVED, NEAREST_WITHOUT_PLACE, nearest, nearest_without_place
from rxbot.directory.rules.area import names_of
from rxbot.directory.search import Search
from rxbot.directory.suits import SUITS, Unsaid, easiest_for, may_be_for_town, may_serve
from rxbot.store import cells, postings
from rxbot.store.cells import PER_DEGREE, PLACES, Numbers
from rxbot.store.match_index import BY_NAME, OTHERWISE, stamp_of
from rxbot.store.match_words import EVERY, SINGLE, IndexedKey, known_words
from rxbot.store.postings import THOUSANDTHS
from rxbot.store.recent import Recent
from rxbot.store.unit import Unit

MOST_ROWS = 15
"""Of the map: 300 km from south to north."""
POOL, POOLS = 1024, 8
"""Spots of which is worked out at first how well they can suit, and how many times as many then."""
EVERYWHERE = (-(2**31), 2**31 - 1)
AS_KEPT = np.dtype(f"V{SUITS.itemsize}")
"""What is kept of a cell: see `store/cells.py`."""


@dataclass(frozen=True)
class Near:
    """All that is in reach, cell by cell; a spot is numbered by its place in that. `begins` says where each cell does.

    What is on the map comes first: `places` has no others. Of other cells it is known how near at most all is that is in them.
    """

    cells: Numbers
    begins: Numbers
    at_most: Column
    places: Numbers
    suits: Numbers
    areas: slice

    @classmethod
    def of(cls, rows: Sequence[tuple[int, bytes, bytes]]) -> "Near":
        """Take these cells. Those off the map are numbered below zero, and have no places."""
        from_map = sorted(rows, reverse=True)
        cells, places, suits = zip(*from_map, strict=True) if from_map else ((), (), ())
        begins = [0, *accumulate(len(one) // SUITS.itemsize for one in suits)]
        areas = [place for place, cell in enumerate(cells) if is_of_areas(cell)]  # they stand beside each other
        return cls(
            np.array(cells, int),
            np.array(begins[:-1], int),
            np.array([*map(_nearest_in, cells)]),
            np.frombuffer(b"".join(places), PLACES),
            np.frombuffer(b"".join(suits), AS_KEPT),
            slice(begins[areas[0]], begins[areas[-1] + 1]) if areas else slice(0),
        )

    @classmethod
    def kept(cls, unit: Unit, stamp: int, off_map: tuple[int, ...]) -> "Near":
        """Take these cells, which are off the map. They are read once, while the index has this stamp."""
        key = stamp, off_map
        return _lately.get([key], lambda _: {key: cls.of(cells.rows_of(unit, _each_alone(off_map)))})[key]

    def at(self, spots: Numbers) -> list[tuple[int, int]]:
        """Give the cell of each of these spots, and its slot there."""
        which = np.searchsorted(self.begins, spots, side="right") - 1
        return list(zip(self.cells[which].tolist(), (spots - self.begins[which]).tolist(), strict=True))

    def place_of(self, spot: int) -> Place | None:
        """Give the place of a spot that has one."""
        if spot >= len(self.places):
            return None
        lat, lon = self.places[spot].tolist()
        return Place(lat / PER_DEGREE, lon / PER_DEGREE)

    def suits_of(self, spots: Numbers) -> Numbers:
        """Give what tells how well each of these spots can suit."""
        return self.suits.take(spots).view(SUITS)

    def in_reach(self, search: Search, spots: Numbers) -> tuple[Numbers, Column]:
        """Give those of these spots, which are in order, that may be in reach, and how near each is at most."""
        if not search.place:
            return spots, np.full(len(spots), NEAREST_WITHOUT_PLACE)
        on_map, off_map = np.split(spots, [np.searchsorted(spots, len(self.places))])
        there, near = _in_reach(search.place, search.reach_km, self.places.take(on_map))
        bounds = np.searchsorted(off_map, self.begins)
        at_most = np.repeat(self.at_most, np.diff(bounds, append=len(off_map)))
        return np.append(on_map[there], off_map), np.append(near, at_most)


def _nearest_in(cell: int) -> float:
    """Say how near what has no place is at most, in a cell off the map."""
    return NEAREST_IF_NOT_SERVED if is_of_region(cell, BY_NAME) else NEAREST_WITHOUT_PLACE


def _in_reach(place: Place, reach_km: float, places: Numbers) -> tuple[Numbers, Column]:
    """Say which of these places may be in reach, and how near they are."""
    if not len(places):
        return np.empty(0, int), np.empty(0)
    lat, lon = (places[name] / PER_DEGREE for name in ("lat", "lon"))
    up, across = box(place, reach_km)
    [there] = np.nonzero((abs(lat - place.lat) <= up) & (degrees_across(lon, place.lon) <= across))
    return there, nearest(place, reach_km, lat[there], lon[there])


_lately = Recent[tuple[int, tuple[int, ...]], Near](16)


@dataclass(frozen=True)
class Found:
    """The spots, each by its place in every column.

    That is its number among all that is in reach, how much each key speaks for it, its fit, and how near it is at most: not at
    all, where it is out of reach after all.
    """

    search: Search
    among: Near
    spots: Numbers
    keys: Mapping[str, Column]
    fit: Column
    near: Column

    def hits(self, place: int) -> dict[str, float]:
        """Give the keys that speak for a spot, and how much."""
        return {key: float(weight) for key, column in self.keys.items() if (weight := column[place])}

    def likeliest_first(self, above: float = 0.0) -> Iterator[tuple[int, float]]:
        """Give the place of each spot of which the score can be more, and the most that it can be, the highest first.

        Few are ever asked for: how easy it is for this person is worked out of those first that would be the best if it were.
        """
        most = self.fit * self.near
        left = np.flatnonzero(most > above)
        most, pool = most[left], POOL
        known, bound = np.empty(0, int), np.empty(0)
        while len(left):
            least = np.partition(most, -pool)[-pool] if pool < len(left) else 0.0
            now = most >= least
            known, bound = np.append(known, left[now]), np.append(bound, self._bound(left[now]))
            order = np.argsort(-bound)
            known, bound = known[order], bound[order]
            sure = np.searchsorted(-bound, -least, side="right")
            yield from zip(known[:sure].tolist(), bound[:sure].tolist(), strict=True)
            known, bound, left, most, pool = known[sure:], bound[sure:], left[~now], most[~now], pool * POOLS

    def _bound(self, some: Numbers) -> Column:
        """Say of these, which are in order, the most that their scores can be."""
        suits = self.among.suits_of(self.spots[some])
        placed = np.searchsorted(self.spots[some], len(self.among.places)) if self.search.place else 0
        others = suits[placed:]
        nobody_travels = (others["unsaid"] & int(Unsaid.WITHOUT_GOING)) == 0
        far = nearest_without_place(nobody_travels, may_serve(self.search, others), may_be_for_town(self.search, others))
        near = self.near[some]
        near[placed:] = np.minimum(near[placed:], far)
        most: Column = self.fit[some] * near * easiest_for(self.search, suits)
        return most


@dataclass(frozen=True)
class Part:
    """A part of what is in reach: stretches of cells, or cells off the map that are the same for everybody near."""

    stretches: Sequence[tuple[int, int]] = ()
    off_map: tuple[int, ...] = ()


def parts_of(search: Search) -> tuple[Part, ...]:
    """Give the parts to look in, one after the other: very much is in a region, and little of it comes among the best.

    What is there and serves the place is found by the name of it too, so that there nothing is taken to serve it.
    """
    if search.place is None:
        return (Part([EVERYWHERE]),)
    rows = list(stretches(search.place, search.reach_km))
    if len(rows) > MOST_ROWS:  # nobody goes so far; what is found beyond the reach is left out by the rank
        rows = [(rows[0][0], rows[-1][1])]
    areas = _each_alone(map(cell_of_area, names_of(search.place)))
    regions = (regions_around(search.place, sheet) for sheet in (BY_NAME, OTHERWISE))
    return Part([*rows, *areas]), Part(off_map=(ANYWHERE, *chain(*regions)))


def _each_alone(cells: Iterable[int]) -> list[tuple[int, int]]:
    return [(cell, cell) for cell in dict.fromkeys(cells)]


Spoken: TypeAlias = Mapping[str, tuple[Numbers, Numbers]]
"""The spots that each key speaks for, and how much, in thousandths."""


@dataclass(frozen=True)
class Asked:
    """A search in the words of the index, and how telling each of them is."""

    search: Search
    words: Mapping[str, IndexedKey]
    rare: Rarity
    stamp: int

    def find(self, unit: Unit, part: Part, least: float = 0.0) -> Found:
        """Give what is found in a part of what is in reach, but for what fits too little for a score of more than the least.

        That is known for certain only of what has no place.
        """
        near = self._near(unit, part)
        spoken = self._spoken(unit, near)
        least_fit = least / NEAREST_WITHOUT_PLACE if part.off_map else 0.0
        told_of = _any_of(self._telling(spoken, least_fit), near, self.search)
        spots, how_near = near.in_reach(self.search, told_of)
        columns = _columns(spoken, spots, len(near.suits))
        fit = self._fit(columns, len(spots))
        return Found(self.search, near, spots, columns, fit, how_near)

    def _near(self, unit: Unit, part: Part) -> Near:
        if part.off_map:
            return Near.kept(unit, self.stamp, part.off_map)
        return Near.of(cells.rows_of(unit, part.stretches))

    def _spoken(self, unit: Unit, near: Near) -> Spoken:
        keys: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for key, one in self.words.items():
            if key != EVERY:
                keys[one.id].append((key, one.follows))
        begins = dict(zip(near.cells.tolist(), near.begins.tolist(), strict=True))
        on_map, off_map = ([cell for cell in begins if (cell >= 0) == is_on_map] for is_on_map in (True, False))
        parts: defaultdict[str, list[tuple[Numbers, Numbers]]] = defaultdict(list)
        rows = ((at, postings.columns_of(kept)) for at, kept in postings.rows_of(unit, on_map, [*keys]))
        for at, (slots, weights, follows) in chain(rows, postings.off_map(unit, self.stamp, off_map, [*keys])):
            cell, word = postings.parted(at)
            spots = slots + begins[cell]
            for key, second in keys[word]:
                parts[key].append(
                    (spots, weights) if second == SINGLE else (spots[follows == second], weights[follows == second])
                )
        columns = {key: tuple(zip(*some, strict=True)) for key, some in parts.items()}
        return {key: (np.concatenate(spots), np.concatenate(weights)) for key, (spots, weights) in columns.items()}

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
        if not least:
            yield from (spots for spots, _ in spoken.values())
            return
        most = {key: weights.max(initial=0) / THOUSANDTHS for key, (_, weights) in spoken.items()}
        fit = self._fit({key: one * SHARES for key, one in most.items()}, len(SHARES))
        share = SHARES[np.searchsorted(fit, least, side="right") - 1]
        yield from (spots[weights > share * most[key] * THOUSANDTHS] for key, (spots, weights) in spoken.items())


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
    return Asked(indexed, words, _rarity(words), stamp_of(unit))


def _rarity(words: Mapping[str, IndexedKey]) -> Rarity:
    services = words[EVERY].services if EVERY in words else 0
    rare = {key: rarity(services, one.services) for key, one in words.items()}
    never_had = rarity(services, 0)
    return lambda key: rare.get(key, never_had)


def _any_of(spoken_for: Iterable[Numbers], near: Near, search: Search) -> Numbers:
    """Give the spots that any key speaks for; of those found by the name of an area, only what may serve the place."""
    marked = np.zeros(len(near.suits), bool)
    for spots in spoken_for:
        marked[spots] = True
    marked[near.areas] &= may_serve(search, near.suits[near.areas].view(SUITS))
    return np.flatnonzero(marked)


def _columns(spoken: Spoken, there: Numbers, many: int) -> dict[str, Column]:
    """Give for each key how much it speaks for each of the spots that are there, of so many."""
    place = np.full(many, len(there), "i4")
    place[there] = np.arange(len(there))
    columns = {key: np.zeros(len(there) + 1) for key in spoken}  # the last is for those that are not there
    for key, (spots, weights) in spoken.items():
        columns[key][place[spots]] = weights / THOUSANDTHS
    return {key: column[:-1] for key, column in columns.items()}


def _by_words(wanted: Wanted, columns: Mapping[str, Column], many: int) -> Column:
    """Work out how well each spot fits a need that the index does not know."""
    held = {key: columns[key] for key in wanted.spoken_by if key in columns}
    return np.array([wanted.fit({key: column[place] for key, column in held.items() if column[place]}) for place in range(many)])
