"""What a search finds in the index, in columns: each spot in reach that a key of it speaks for, and how much each key does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from rxbot.directory.ease import Unsaid, easiest_for
from rxbot.directory.fit import Column, in_columns
from rxbot.directory.grid import ANYWHERE, cell_of_area, regions_around, stretches
from rxbot.directory.index import Rarity, Wanted, rarity
from rxbot.directory.model import Place
from rxbot.directory.nearness import nearest
from rxbot.directory.search import Search
from rxbot.store import cells, postings
from rxbot.store.match_index import EVERY, THOUSANDTHS, Known, known_words
from rxbot.store.unit import Unit

MOST_ROWS = 60
"""Of the map: 300 km from south to north."""
EVERYWHERE = (-(2**31), 2**31 - 1)
IN_CELL, IN_POSTING = np.dtype(list(cells.FIELDS)), np.dtype(list(postings.FIELDS))


@dataclass(frozen=True)
class Found:
    """The spots, each by its place in every column.

    That is how much each key speaks for it, its fit, and the most that its score can be.
    """

    spots: Sequence[int]
    keys: Mapping[str, Column]
    fit: Column
    bound: Column

    def hits(self, place: int) -> dict[str, float]:
        """Give the keys that speak for a spot, and how much."""
        return {key: float(weight) for key, column in self.keys.items() if (weight := column[place])}

    def likeliest_first(self, many: int) -> Iterator[Sequence[int]]:
        """Give the places of so many spots at a time, those whose score can be the highest first."""
        first = np.argpartition(-self.bound, many)[:many] if many < len(self.bound) else np.arange(len(self.bound))
        yield first[np.argsort(-self.bound[first], kind="stable")].tolist()
        rest = np.setdiff1d(np.arange(len(self.bound)), first, assume_unique=True)
        rest = rest[np.argsort(-self.bound[rest], kind="stable")]
        yield from (rest[begun : begun + many].tolist() for begun in range(0, len(rest), many))


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
    reach = _reach(search.place, search.reach_km)
    rows = cells.rows_of(unit, reach)
    spots = np.frombuffer(b"".join(row for _, row in rows), IN_CELL)
    begins = {cell: end - len(row) // IN_CELL.itemsize for (cell, row), end in zip(rows, _ends(rows), strict=True)}
    columns = _columns(unit, {one.id: key for key, one in words.items() if key != EVERY}, reach, begins, len(spots))
    columns |= {one.key: _by_words(one, columns, len(spots)) for one in search.wanted if one.key not in search.posted}
    fit = np.broadcast_to(in_columns(search, columns, rare), len(spots))
    [there] = np.nonzero((fit > 0) & (spots["spot"] > 0))
    spots, fit = spots[there], fit[there]
    easy = easiest_for(search, spots["easiest"] / 100, spots["unsaid"])
    nobody_travels = (spots["unsaid"] & int(Unsaid.WITHOUT_GOING)) == 0
    bound = fit * easy * nearest(search, spots["lat"], spots["lon"], nobody_travels)
    return Found(spots["spot"].tolist(), {key: column[there] for key, column in columns.items()}, fit, bound)


def _ends(rows: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    """Give where each of these cells ends in a column."""
    return accumulate(len(row) // IN_CELL.itemsize for _, row in rows)


def _columns(
    unit: Unit, keys: Mapping[int, str], reach: Sequence[tuple[int, int]], begins: Mapping[int, int], many: int
) -> dict[str, Column]:
    """Give for each key how much it speaks for each spot, of so many that are in reach; `begins` says where each cell does."""
    rows = postings.rows_of(unit, list(keys), reach) if keys and many else []
    read = np.frombuffer(b"".join(kept for _, _, kept in rows), IN_POSTING)
    lengths = [len(kept) // IN_POSTING.itemsize for _, _, kept in rows]
    number = {word: row for row, word in enumerate(keys)}
    weights = np.zeros((len(keys), many))
    words = np.repeat(np.array([number[word] for word, _, _ in rows], int), lengths)
    places = np.repeat(np.array([begins[cell] for _, cell, _ in rows], int), lengths) + read["slot"]
    weights[words, places] = read["weight"] / THOUSANDTHS
    return dict(zip(keys.values(), weights, strict=True))


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
