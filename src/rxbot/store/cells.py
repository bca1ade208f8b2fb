"""The cells of the map as the index keeps them: what is in each, slot by slot, so that a search reads what is near at once.

A spot is a service at one of its places, or at none. It has a slot in its cell, by which the postings name it; what is taken
down leaves its slot to the next one. Where it is, and what tells at once how well it can suit, is read of all that are near;
whose it is, of the few that come into question: it is kept in portions. Cells off the map have no places.

A tile is a cell's number in the order in which cells came to hold something. Postings and portions are kept by it: what a
publisher brings is then written one behind the other, and rows that come last take less room in a table than those between.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from struct import Struct, calcsize, pack, unpack
from typing import NamedTuple, TypeAlias

from sqlalchemy import func, select

from rxbot.directory.model import Place
from rxbot.directory.suits import SUITS
from rxbot.store.directory_tables import match_cell
from rxbot.store.rows import Lists
from rxbot.store.unit import Unit

KEY = 10
"""Bytes of the key of a service, of which each is written in two digits."""
PLACE, WHOSE = Struct("<ii"), Struct(f"<{KEY}siq")
PER_DEGREE = 10_000_000
"""A place is kept to the centimetre: few directories tell it as exactly, and those that do mean no more."""
NOBODY = bytes(WHOSE.size)
NUMBER = "<{}i"
"""How so many numbers of cells are written."""
PORTION, PORTION_BITS = 30, 20
"""So many slots, of which a page of SQLite holds six; and how many there may be in a cell."""


class Spot(NamedTuple):
    """Whose a spot is: the service, which of its locations, and its rules."""

    service: str
    number: int
    rules: int


class Entry(NamedTuple):
    """A spot as it is put into a cell: whose it is, its place if it has one, and what tells how well it can suit."""

    spot: Spot
    whose: bytes
    place: bytes
    suits: bytes

    @classmethod
    def of(cls, spot: Spot, place: Place | None, suits: bytes) -> "Entry":
        """Write it as it is kept."""
        whose = WHOSE.pack(written_key(spot.service), spot.number, spot.rules)
        return cls(spot, whose, PLACE.pack(*_as_kept(place)) if place else b"", suits)


class Placed(NamedTuple):
    """Where a spot is: its cell, the tile that it is kept by, and its slot there."""

    spot: Spot
    cell: int
    tile: int
    slot: int


@dataclass
class Cell:
    """What is kept in a cell."""

    tile: int
    places: bytearray = field(default_factory=bytearray)
    suits: bytearray = field(default_factory=bytearray)
    whose: list[bytes] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)

    def put(self, slot: int, entry: Entry) -> None:
        """Put a spot into a slot."""
        self._set(slot, entry.whose, entry.suits)
        if entry.place:
            self.places[slot * PLACE.size : (slot + 1) * PLACE.size] = entry.place

    def clear(self, slot: int) -> None:
        """Let a slot be free."""
        self._set(slot, NOBODY, bytes(SUITS.itemsize))

    def _set(self, slot: int, whose: bytes, suits: bytes) -> None:
        self.whose[slot : slot + 1] = [whose]
        self.suits[slot * SUITS.itemsize : (slot + 1) * SUITS.itemsize] = suits
        self.changed.add(slot // PORTION)

    def free(self) -> Iterator[int]:
        """Give the slots that are free, and then new ones, each when the one before is taken."""
        yield from [slot for slot, whose in enumerate(self.whose) if whose == NOBODY]
        while True:
            yield len(self.whose)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is left in it."""
        return all(whose == NOBODY for whose in self.whose)

    def portion(self, number: int) -> bytes:
        """Give so many slots as they are kept together."""
        return b"".join(self.whose[number * PORTION : (number + 1) * PORTION])

    def placed(self, at: int, services: Collection[bytes]) -> Iterator[Placed]:
        """Say where these services are in it."""
        found = ((slot, whose) for slot, whose in enumerate(self.whose) if whose[:KEY] in services)
        yield from (Placed(_spot(whose), at, self.tile, slot) for slot, whose in found)


def written_key(service: str) -> bytes:
    """Give the key of a service as it is kept here."""
    return bytes.fromhex(service)


def written_numbers(cells: Sequence[int]) -> bytes:
    """Give the numbers of cells as they are kept."""
    return pack(NUMBER.format(len(cells)), *cells)


def read_numbers(kept: bytes) -> Sequence[int]:
    """Undo `written_numbers`."""
    return unpack(NUMBER.format(len(kept) // calcsize(NUMBER.format(1))), kept)


def _as_kept(place: Place) -> tuple[int, int]:
    return round(place.lat * PER_DEGREE), round(place.lon * PER_DEGREE)


def _spot(whose: bytes) -> Spot:
    service, number, rules = WHOSE.unpack(whose)
    return Spot(service.hex(), number, rules)


def kept(unit: Unit, cells: Iterable[int]) -> dict[int, Cell]:
    """Give what is kept in these cells, to be changed."""
    asked = sorted(set(cells))
    rows = _CELLS.rows(unit, asked)
    found = {cell: Cell(tile, bytearray(places), bytearray(suits)) for cell, tile, places, suits in rows}
    tiles = {cell.tile: cell for cell in found.values()}
    for tile, _, whose in sorted(_PORTIONS.rows(unit, list(tiles))):
        tiles[tile].whose += (whose[begun : begun + WHOSE.size] for begun in range(0, len(whose), WHOSE.size))
    return found


_CELLS = Lists(
    "SELECT cell, tile, places, suits FROM json_each(?) AS asked CROSS JOIN match_cell ON cell = asked.value",
    "SELECT cell, tile, places, suits FROM match_cell WHERE cell = ANY (%s)",
)
_PORTIONS = Lists(
    "SELECT tile, portion, whose FROM json_each(?) AS asked CROSS JOIN match_spot ON tile = asked.value",
    "SELECT tile, portion, whose FROM match_spot WHERE tile = ANY (%s)",
)


def add(unit: Unit, entries: Mapping[int, Sequence[Entry]]) -> tuple[list[Placed], set[int]]:
    """Put spots into cells; say where each is now, and which of the tiles held something before."""
    held = kept(unit, entries)
    standing, placed = {cell.tile for cell in held.values()}, list[Placed]()
    last = unit.execute(select(func.coalesce(func.max(match_cell.c.tile), 0))).scalar_one()
    for tile, at in enumerate(sorted(entries.keys() - held.keys()), last + 1):
        held[at] = Cell(tile)
    for at, new in entries.items():
        cell = held[at]
        for entry, slot in zip(new, cell.free(), strict=False):
            cell.put(slot, entry)
            placed.append(Placed(entry.spot, at, cell.tile, slot))
    _write(unit, held)
    return placed, standing


def find(unit: Unit, cells: Iterable[int], services: Collection[str]) -> list[Placed]:
    """Say where these services are, of which it is known in which cells."""
    wanted = {*map(written_key, services)}
    return [one for at, cell in kept(unit, cells).items() for one in cell.placed(at, wanted)]


def remove(unit: Unit, placed: Iterable[Placed]) -> None:
    """Take these out of their cells."""
    gone = list(placed)
    held = kept(unit, {one.cell for one in gone})
    for one in gone:
        held[one.cell].clear(one.slot)
    _write(unit, held)


def _write(unit: Unit, cells: Mapping[int, Cell]) -> None:
    """Keep these cells as they are now."""
    full = {at: cell for at, cell in sorted(cells.items()) if not cell.is_empty}
    _WRITE.send(unit, [(at, cell.tile, bytes(cell.places), bytes(cell.suits)) for at, cell in full.items()])
    changed = [(cell.tile, one, cell.portion(one)) for cell in full.values() for one in cell.changed]
    _WRITE_PORTIONS.send(unit, sorted(changed))
    empty = sorted(cells.keys() - full.keys())
    _DELETE.send(unit, [(at,) for at in empty])
    _DELETE_PORTIONS.send(unit, [(cells[at].tile,) for at in empty])


_WRITE = Lists(
    "INSERT INTO match_cell (cell, tile, places, suits) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (cell) DO UPDATE SET places = excluded.places, suits = excluded.suits",
    "INSERT INTO match_cell (cell, tile, places, suits) SELECT * FROM unnest(%s::int[], %s::int[], %s::bytea[], %s::bytea[])"
    " ON CONFLICT (cell) DO UPDATE SET places = excluded.places, suits = excluded.suits",
)
_WRITE_PORTIONS = Lists(
    "INSERT INTO match_spot (tile, portion, whose) VALUES (?, ?, ?)"
    " ON CONFLICT (tile, portion) DO UPDATE SET whose = excluded.whose",
    "INSERT INTO match_spot (tile, portion, whose) SELECT * FROM unnest(%s::int[], %s::int[], %s::bytea[])"
    " ON CONFLICT (tile, portion) DO UPDATE SET whose = excluded.whose",
)
_DELETE = Lists("DELETE FROM match_cell WHERE cell = ?", "DELETE FROM match_cell WHERE cell = ANY (%s)")
_DELETE_PORTIONS = Lists("DELETE FROM match_spot WHERE tile = ?", "DELETE FROM match_spot WHERE tile = ANY (%s)")


Row: TypeAlias = tuple[int, int, bytes, bytes]
"""A cell, its tile, the places in it, and what tells how well each can suit."""


def rows_of(unit: Unit, stretches: Sequence[tuple[int, int]]) -> list[Row]:
    """Give the rows of these stretches of cells."""
    firsts, lasts = zip(*stretches, strict=True)
    return _IN_REACH.rows(unit, list(firsts), list(lasts))


_IN_REACH = Lists(
    "SELECT match_cell.cell, match_cell.tile, match_cell.places, match_cell.suits"
    " FROM json_each(?) AS first JOIN json_each(?) AS last ON first.key = last.key"
    " CROSS JOIN match_cell ON match_cell.cell BETWEEN first.value AND last.value",
    "SELECT near.cell, near.tile, near.places, near.suits FROM unnest(%s::int[], %s::int[]) AS stretch (first, last)"
    " CROSS JOIN LATERAL (SELECT cell, tile, places, suits FROM match_cell WHERE cell BETWEEN first AND last OFFSET 0) AS near",
)


def spots_at(unit: Unit, places: Sequence[tuple[int, int]]) -> list[Spot]:
    """Say whose these are, each given by its tile and its slot, in the same order."""
    portions = sorted({(tile, slot // PORTION) for tile, slot in places})
    asked = [(tile << PORTION_BITS) + number for tile, number in portions]
    known = {(tile, number): whose for tile, number, whose in _SOME.rows(unit, asked)}
    begun = ((known[tile, slot // PORTION], slot % PORTION * WHOSE.size) for tile, slot in places)
    return [_spot(whose[first : first + WHOSE.size]) for whose, first in begun]


_SOME = Lists(
    "SELECT tile, portion, whose FROM json_each(?) AS asked CROSS JOIN match_spot"  # nosec B608  # numbers of ours
    f" ON tile = asked.value >> {PORTION_BITS} AND portion = asked.value & {2**PORTION_BITS - 1}",
    "SELECT tile, portion, whose FROM unnest(%s::bigint[]) AS asked JOIN match_spot"  # nosec B608  # numbers of ours
    f" ON tile = (asked >> {PORTION_BITS})::int AND portion = (asked & {2**PORTION_BITS - 1})::int",
)
