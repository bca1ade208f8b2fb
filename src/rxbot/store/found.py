"""What a search finds in the index, in columns: each spot in reach that a key of it speaks for, and how much each key does."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from rxbot.directory.fit import Column, in_columns
from rxbot.directory.grid import ANYWHERE, box, cell_of_area, degrees_across, regions_around, stretches
from rxbot.directory.index import Rarity, Wanted, rarity
from rxbot.directory.model import Place
from rxbot.directory.nearness import nearest
from rxbot.directory.search import Search
from rxbot.directory.suits import SUITS, Unsaid, easiest_for, may_serve
from rxbot.store import cells, postings
from rxbot.store.cells import PER_DEGREE, PLACE
from rxbot.store.match_index import THOUSANDTHS
from rxbot.store.match_words import EVERY, SINGLE, Known, known_words
from rxbot.store.postings import Numbers
from rxbot.store.unit import Unit

MOST_ROWS = 15
"""Of the map: 300 km from south to north."""
POOL = 8
EVERYWHERE = (-(2**31), 2**31 - 1)
IN_PLACES = np.dtype([("lat", "<i4"), ("lon", "<i4")])
"""What is kept of a cell: see `store/cells.py`."""
NOWHERE = -(2**31)


@dataclass(frozen=True)
class Near:
    """All that is in reach, cell by cell; a spot is numbered by its place in that. `begins` says where each cell does."""

    begins: Mapping[int, int]
    places: Numbers
    suits: Numbers

    @classmethod
    def of(cls, rows: Sequence[tuple[int, bytes, bytes]]) -> "Near":
        """Take these cells. Those off the map have no places."""
        many = [len(suits) // SUITS.itemsize for _, _, suits in rows]
        begins = dict(zip((cell for cell, *_ in rows), accumulate(many, initial=0), strict=False))
        nowhere = PLACE.pack(NOWHERE, NOWHERE)
        places = b"".join(places or nowhere * length for (_, places, _), length in zip(rows, many, strict=True))
        suits = b"".join(suits for *_, suits in rows)
        return cls(begins, np.frombuffer(places, IN_PLACES), np.frombuffer(suits, SUITS))

    def at(self, spot: int) -> tuple[int, int]:
        """Give the cell of a spot, and its slot there."""
        cell = list(self.begins)[bisect(list(self.begins.values()), spot) - 1]
        return cell, spot - self.begins[cell]

    def place_of(self, spot: int) -> Place | None:
        """Give the place of a spot that has one."""
        lat, lon = self.places[spot].tolist()
        return None if lat == NOWHERE else Place(lat / PER_DEGREE, lon / PER_DEGREE)

    def degrees(self, some: Numbers) -> tuple[Column, Column]:
        """Give where these spots are, north and east; NaN for one that has no place."""
        places = self.places[some]
        lat, lon = places["lat"] / PER_DEGREE, places["lon"] / PER_DEGREE
        nowhere = places["lat"] == NOWHERE
        lat[nowhere] = lon[nowhere] = np.nan
        return lat, lon

    def in_reach(self, search: Search, some: Numbers) -> tuple[Numbers, Column, Column]:
        """Give those of these spots that may be in reach, and where they are."""
        lat, lon = self.degrees(some)
        if not search.place:
            return some, lat, lon
        up, across = box(search.place, search.reach_km)
        near = ~((abs(lat - search.place.lat) > up) | (degrees_across(lon, search.place.lon) > across))
        return some[near], lat[near], lon[near]


@dataclass(frozen=True)
class Found:
    """The spots, each by its place in every column.

    That is its number among what is near, how much each key speaks for it, its fit, and the most that its score can be: nothing,
    where it is out of reach after all.
    """

    near: Near
    spots: Numbers
    keys: Mapping[str, Column]
    fit: Column
    bound: Column

    def hits(self, place: int) -> dict[str, float]:
        """Give the keys that speak for a spot, and how much."""
        return {key: float(weight) for key, column in self.keys.items() if (weight := column[place])}

    def likeliest_first(self, many: int) -> Iterator[Sequence[int]]:
        """Give the places of so many spots at a time, those whose score can be the highest first."""
        left, pool = np.flatnonzero(self.bound), POOL * many  # few are ever asked for: not all need be in order
        while len(left):
            order = np.argpartition(-self.bound[left], pool) if pool < len(left) else np.arange(len(left))
            first, left = left[order[:pool]], left[order[pool:]]
            first = first[np.argsort(-self.bound[first], kind="stable")]
            yield from (first[begun : begun + many].tolist() for begun in range(0, len(first), many))
            pool *= POOL


def find(unit: Unit, search: Search) -> tuple[Found, Rarity]:
    """Give what is found, and how telling each key is."""
    unit.search()
    indexed, words = _looked_up(unit, search)
    rare = _rarity(words)
    return _found(unit, indexed, words, rare), rare


def _looked_up(unit: Unit, search: Search) -> tuple[Search, dict[str, Known]]:
    """Look the keys of a search up. A need that the index does not know, it is asked for by its words."""
    indexed = replace(search, posted=frozenset(one.key for one in search.wanted))
    words = known_words(unit, {*indexed.keys, EVERY})
    if not indexed.posted <= words.keys():
        indexed = replace(search, posted=indexed.posted & words.keys())
        words |= known_words(unit, indexed.keys - words.keys())
    return indexed, words


def _rarity(words: Mapping[str, Known]) -> Rarity:
    services = words[EVERY].services if EVERY in words else 0
    rare = {key: rarity(services, one.services) for key, one in words.items()}
    never_had = rarity(services, 0)
    return lambda key: rare.get(key, never_had)


def _found(unit: Unit, search: Search, words: Mapping[str, Known], rare: Rarity) -> Found:
    near = Near.of(cells.rows_of(unit, _reach(search.place, search.reach_km)))
    spoken = _spoken(unit, words, near)
    there, lat, lon = near.in_reach(search, _any_of([spots for spots, _ in spoken.values()], len(near.suits)))
    columns = _columns(spoken, there, len(near.suits))
    columns |= {one.key: _by_words(one, columns, len(there)) for one in search.wanted if one.key not in search.posted}
    fit = np.broadcast_to(in_columns(search, columns, rare), len(there))
    return Found(near, there, columns, fit, fit * _likely(search, near.suits[there], lat, lon))


Spoken = Mapping[str, tuple[Numbers, Numbers]]
"""The spots that each key speaks for, and how much, in thousandths."""


def _spoken(unit: Unit, words: Mapping[str, Known], near: Near) -> Spoken:
    keys: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for key, one in words.items():
        if key != EVERY:
            keys[one.id].append((key, one.follows))
    parts: defaultdict[str, list[tuple[Numbers, Numbers]]] = defaultdict(list)
    for at, kept in postings.rows_of(unit, near.begins, list(keys)):
        cell, word = postings.parted(at)
        slots, weights, follows = postings.columns_of(kept)
        spots = slots + near.begins[cell]
        for key, second in keys[word]:
            parts[key].append((spots, weights) if second == SINGLE else (spots[follows == second], weights[follows == second]))
    columns = {key: tuple(zip(*some, strict=True)) for key, some in parts.items()}
    return {key: (np.concatenate(spots), np.concatenate(weights)) for key, (spots, weights) in columns.items()}


def _any_of(spots: Sequence[Numbers], many: int) -> Numbers:
    """Give the spots that are in any of these, of so many."""
    marked = np.zeros(many, bool)
    for some in spots:
        marked[some] = True
    return np.flatnonzero(marked)


def _columns(spoken: Spoken, there: Numbers, many: int) -> dict[str, Column]:
    """Give for each key how much it speaks for each of the spots that are there, of so many."""
    place = np.full(many, len(there), "i4")
    place[there] = np.arange(len(there))
    columns = {key: np.zeros(len(there) + 1) for key in spoken}  # the last is for those that are not there
    for key, (spots, weights) in spoken.items():
        columns[key][place[spots]] = weights / THOUSANDTHS
    return {key: column[:-1] for key, column in columns.items()}


def _likely(search: Search, suits: Numbers, lat: Column, lon: Column) -> Column:
    """Say of these spots how near each is and how easy for this person, at most."""
    nobody_travels = (suits["unsaid"] & int(Unsaid.WITHOUT_GOING)) == 0
    return easiest_for(search, suits) * nearest(search, lat, lon, nobody_travels, may_serve(search, suits))


def _by_words(wanted: Wanted, columns: Mapping[str, Column], many: int) -> Column:
    """Work out how well each spot fits a need that the index does not know."""
    held = {key: columns[key] for key in wanted.spoken_by if key in columns}
    return np.array([wanted.fit({key: column[place] for key, column in held.items() if column[place]}) for place in range(many)])


def _reach(place: Place | None, km: float) -> list[tuple[int, int]]:
    """Give the stretches of cells to look in: each row of the map that is in reach, and what is found wherever one is."""
    if place is None:
        return [EVERYWHERE]
    rows = list(stretches(place, km))
    if len(rows) > MOST_ROWS:  # nobody goes so far; what is found beyond the reach is left out by the rank
        rows = [(rows[0][0], rows[-1][1])]
    cells = dict.fromkeys((ANYWHERE, *regions_around(place), *map(cell_of_area, place.names)))
    return [*rows, *((cell, cell) for cell in cells)]
