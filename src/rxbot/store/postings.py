"""The postings as they are kept: for each word in each tile of the map a row of numbers, and one for what follows the word.

A row has three columns: how far each slot of the tile is from the one before, how much its record speaks of the word, in
hundredths, and, where the row is one of pairs, how far the number of the word that follows is from the one before: slots are
in order, in a row of pairs for each word that follows. Each column is as narrow as its largest number; the low bytes of all its
numbers come first, then the high ones: high bytes are alike, and a long row is compressed. The statements are the database's
own: they are sent very often, or for very many rows.
"""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rxbot.store.cells import Placed
from rxbot.store.match_words import SINGLE, parts_of
from rxbot.store.rows import Lists
from rxbot.store.unit import Unit

Numbers: TypeAlias = NDArray[Any]
Row: TypeAlias = tuple[int, bytes]
"""A tile and a word as one number, and what is kept there."""
WIDTHS = (np.dtype("V0"), np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))
"""What a column may be written in: two bits of the first byte of a row say which. One that is all zeros is not written."""
LARGEST = (0, 0xFF, 0xFFFF)
HUNDREDTHS = 100
"""What a weight is written in; it has two decimals itself."""
WORD_BITS = 31
LAST_WORD = 2**WORD_BITS - 1
COMPRESSED = 0b01000000
WORTH_COMPRESSING, THOROUGHLY, BARE = 32, 4, -15


@dataclass(frozen=True)
class Entries:
    """Postings in columns. `follows` is the number of the second word of a pair; where it is no pair, zero."""

    tile: Numbers
    word: Numbers
    slot: Numbers
    weight: Numbers
    follows: Numbers

    @property
    def columns(self) -> tuple[Numbers, ...]:
        """Give all of it."""
        return self.tile, self.word, self.slot, self.weight, self.follows

    @property
    def at(self) -> Numbers:
        """Give the tile and the word of each as one number."""
        at: Numbers = (self.tile.astype("i8") << WORD_BITS) + self.word
        return at

    @property
    def in_order(self) -> "Entries":
        """Give them in the order of the table, then of what follows, then of their slots: by one number, if it holds all that."""
        runs = _begins(self.tile)  # tiles are few, and each stands many times in a row
        _, place = np.unique(self.tile[runs], return_inverse=True)
        tile = np.repeat(place, np.diff(runs, append=len(self.tile)))
        tiles, words, follows, slots = (int(column.max()).bit_length() for column in (place, self.word, self.follows, self.slot))
        in_row = self.follows.astype("i8") << slots | self.slot
        row = tile.astype("i8") << words | self.word
        fits = tiles + words + follows + slots < np.iinfo("i8").bits
        return self.chosen(np.argsort(row << follows + slots | in_row) if fits else np.lexsort((in_row, row)))

    def chosen(self, which: Numbers) -> "Entries":
        """Give some of them, or all in another order."""
        return Entries(*(column[which] for column in self.columns))

    def followed_by(self, other: "Entries") -> "Entries":
        """Put others behind them."""
        return Entries(*map(np.concatenate, zip(self.columns, other.columns, strict=True)))


class Keys:
    """The keys of services, in columns: a million services have very many.

    `numbers` has each key's place among `names`, and `weights` how much the service speaks of it; `begins` says
    where those of each service do, and how many they are.
    """

    def __init__(self, services: Iterable[tuple[str, Mapping[str, float]]] = ()) -> None:
        self.names: defaultdict[str, int] = defaultdict(count().__next__)
        self.numbers, self.weights = array("i"), array("f")
        self.begins: dict[str, tuple[int, int]] = {}
        for service, known in services:
            self.take(service, known)

    def take(self, service: str, known: Mapping[str, float]) -> None:
        """Take the keys of a service, with their weights."""
        self.begins[service] = len(self.numbers), len(known)
        self.numbers.fromlist(list(map(self.names.__getitem__, known)))
        self.weights.fromlist(list(known.values()))

    @cached_property
    def parted(self) -> tuple[Sequence[str], Numbers, Numbers]:
        """Give the parts of all names, and where among them are what each name is posted under, and what follows it."""
        parts, firsts, follows = defaultdict[str, int](count().__next__), array("i"), array("i")
        for first, then in map(parts_of, self.names):
            firsts.append(parts[first])
            follows.append(parts[then] if then else ALONE)
        return list(parts), np.array(firsts, "i4"), np.array(follows, "i4")

    @property
    def having(self) -> dict[str, int]:
        """Count the services that are posted under each part; under one that only follows others, none."""
        parts, firsts, _ = self.parted
        services = np.bincount(firsts[np.array(self.numbers, "i4")], minlength=len(parts))
        return dict(zip(parts, services.tolist(), strict=True))


def entries_of(keys: Keys, placed: Sequence[Placed], words: Mapping[str, int]) -> Entries:
    """Give the postings of services wherever they are placed, under the numbers that `count` gives; of keys without, none."""
    at = np.array([(*keys.begins[one.spot.service], one.tile, one.slot) for one in placed], "i4").reshape(-1, 4)
    begun, many, tile, slot = at.T
    each = np.repeat(begun - (many.cumsum() - many), many) + np.arange(many.sum())
    parts, *columns = keys.parted
    known = np.array([*(words.get(part, NO_WORD) for part in parts), SINGLE], "i4")
    number = np.array(keys.numbers, "i4")[each]
    word, follows = (known[column][number] for column in columns)
    weight = np.rint(np.array(keys.weights) * HUNDREDTHS).astype("i4")[each]
    entries = Entries(np.repeat(tile, many), word, np.repeat(slot, many), weight, follows)
    return entries.chosen((weight > 0) & (word != NO_WORD) & (follows != NO_WORD))


NO_WORD, ALONE = -1, -1
"""What has no number, and the place of what follows where nothing does: it is the last one."""


def add(unit: Unit, new: Entries, standing: Collection[int]) -> None:
    """Add slots that are not there yet. In other tiles than those that are `standing` nothing is kept."""
    old = _kept(unit, new.chosen(np.isin(new.tile, list(standing))))
    _write(unit, old.followed_by(new))


def remove(unit: Unit, gone: Entries) -> None:
    """Take these slots away from what is kept."""
    kept = _kept(unit, gone)
    rows = {at: set[int]() for at in gone.at.tolist()}
    for at, slot in zip(gone.at.tolist(), gone.slot.tolist(), strict=True):
        rows[at].add(slot)
    left = kept.chosen(
        np.array([slot not in rows[at] for at, slot in zip(kept.at.tolist(), kept.slot.tolist(), strict=True)], bool)
    )
    _write(unit, left)
    empty = sorted(rows.keys() - {*left.at.tolist()})
    _DELETE.send(unit, [(at,) for at in empty])


def _kept(unit: Unit, near: Entries) -> Entries:
    """Give what is kept of the same words in the same tiles."""
    at: list[int] = np.unique(near.at).tolist()
    return read(_ROWS.rows(unit, at) if at else [])


def rows_of(unit: Unit, tiles: Iterable[int], words: Sequence[int]) -> list[Row]:
    """Give the rows of these words in these tiles."""
    return _ROWS.rows(unit, [(tile << WORD_BITS) + word for tile in tiles for word in words])


_ROWS = Lists(
    "SELECT posting.id, posting.spots FROM json_each(?) AS asked CROSS JOIN match_posting AS posting ON posting.id = asked.value",
    "SELECT id, spots FROM match_posting WHERE id = ANY (%s)",
)


def _write(unit: Unit, entries: Entries) -> None:
    """Write the rows of these words in these tiles, whole."""
    _WRITE.send(unit, list(_packed(entries)))


_WRITE = Lists(
    "INSERT INTO match_posting (id, spots) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET spots = excluded.spots",
    "INSERT INTO match_posting (id, spots) SELECT * FROM unnest(%s::bigint[], %s::bytea[])"
    " ON CONFLICT (id) DO UPDATE SET spots = excluded.spots",
)
_DELETE = Lists("DELETE FROM match_posting WHERE id = ?", "DELETE FROM match_posting WHERE id = ANY (%s)")


def _packed(entries: Entries) -> Iterator[Row]:
    """Give the rows for these entries, in the order of the table."""
    if not len(entries.word):
        return
    entries = entries.in_order
    first = _begins(entries.tile, entries.word)
    slots = _gaps(entries.slot, _begins(entries.tile, entries.word, entries.follows))
    written, bounds = _written((slots, entries.weight, _gaps(entries.follows, first)), first)
    for at, begun, ended in zip(entries.chosen(first).at.tolist(), bounds, bounds[1:], strict=False):
        row = written[begun:ended]
        yield at, _pressed(row) if len(row) > WORTH_COMPRESSING else row


def _gaps(column: Numbers, first: Numbers) -> Numbers:
    """Give how far each is from the one before; those where something begins, from nothing."""
    gaps = np.diff(column, prepend=0)
    gaps[first] = column[first]
    return gaps


def _begins(*columns: Numbers) -> Numbers:
    """Give where something in one of these columns, which are not empty, is not what it was before."""
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(np.append(True, changes))


def _written(columns: Sequence[Numbers], first: Numbers) -> tuple[bytes, list[int]]:
    """Write rows one behind the other, each column as narrow as it can be, and say where each begins and the last one ends.

    `first` is where each row begins in the columns. Rows are very many, and short: they are written all at once, byte by byte.
    """
    kinds = [np.searchsorted(LARGEST, np.maximum.reduceat(column, first)).astype("u1") for column in columns]
    widths = [np.array([width.itemsize for width in WIDTHS], "i4")[kind] for kind in kinds]
    many = np.diff(first, append=len(columns[0])).astype("i4")
    bounds = np.append(0, (1 + many * sum(widths)).cumsum())
    written = np.zeros(bounds[-1], "u1")
    written[bounds[:-1]] = kinds[0] | kinds[1] << 2 | kinds[2] << 4
    row = np.repeat(np.arange(len(first), dtype="i4"), many)
    within = np.arange(len(row), dtype="i4") - first[row]
    begun = bounds[:-1] + 1
    for column, width in zip(columns, widths, strict=True):
        at, wide, apart = begun[row] + within, width[row], many[row]
        for byte in range(width.max()):
            reaches = wide > byte
            written[at[reaches] + byte * apart[reaches]] = column[reaches] >> 8 * byte & 0xFF
        begun = begun + many * width
    return written.tobytes(), bounds.tolist()


def _pressed(row: bytes) -> bytes:
    pressed = zlib.compress(row[1:], THOROUGHLY, BARE)
    return bytes((row[0] | COMPRESSED,)) + pressed if len(pressed) < len(row) - 1 else row


def parted(at: int) -> tuple[int, int]:
    """Give the tile and the word."""
    return at >> WORD_BITS, at & LAST_WORD


def columns_of(kept: bytes) -> tuple[Numbers, Numbers, Numbers]:
    """Give the slots of a row, their weights, and what follows the word there."""
    head, body = kept[0], kept[1:]
    if head & COMPRESSED:
        body = zlib.decompress(body, BARE)
    widths = WIDTHS[head & 3], WIDTHS[head >> 2 & 3], WIDTHS[head >> 4 & 3]
    many, found, begun = len(body) // sum(width.itemsize for width in widths), list[Numbers](), 0
    for width in widths:
        found.append(_column(body[begun : begun + many * width.itemsize], width, many))
        begun += many * width.itemsize
    gaps, weights, further = found
    if not widths[2].itemsize:
        return gaps.cumsum(dtype="i4"), weights, further
    return _summed(gaps, further > 0), weights, further.cumsum(dtype="i4")


def _column(written: bytes, width: np.dtype[Any], many: int) -> Numbers:
    if not written:
        return np.zeros(many, "u1")
    as_bytes = np.frombuffer(written, "u1")
    return as_bytes if width.itemsize == 1 else as_bytes.reshape(-1, many).T.copy().view(width)[:, 0]


def _summed(gaps: Numbers, begins: Numbers) -> Numbers:
    """Undo `_gaps`."""
    column = gaps.cumsum(dtype="i4")
    before = np.append(0, (column - gaps)[begins])
    found: Numbers = column - before[begins.cumsum()]
    return found


unpacked = lru_cache(maxsize=4096)(columns_of)
"""The same of rows that are read in search after search: each takes a few kB of memory."""


def read(rows: Sequence[Row]) -> Entries:
    """Give the entries of these rows."""
    parts = [columns_of(kept) for _, kept in rows]
    at = np.repeat(np.array([at for at, _ in rows], "i8"), [len(slots) for slots, _, _ in parts])
    columns = list(zip(*parts, strict=True)) or [(), (), ()]
    tile, word = ((at >> WORD_BITS).astype("i4"), (at & LAST_WORD).astype("i4"))
    return Entries(tile, word, *(np.concatenate([np.empty(0, "i4"), *column]) for column in columns))
