"""The cells of the map as the index keeps them: what is in each, slot by slot, so that a search reads what is near at once.

A spot is a service at one of its places, or at none. It has a slot in its cell, by which the postings name it; what is taken
down leaves its slot to the next one. Where it is, and what tells at once how well it can suit, is read of all that are near;
whose it is, of the few that come into question: it is kept in portions. Cells off the map have no places.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from struct import Struct
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rxbot.directory.model import Place
from rxbot.directory.suits import SUITS
from rxbot.store.rows import Lists
from rxbot.store.unit import Unit

Numbers: TypeAlias = NDArray[Any]
KEY = 10
"""Bytes of the key of a service, of which each is written in two digits."""
WHOSE = Struct(f"<{KEY}siq")
WHOSE_IN_COLUMNS = np.dtype([("service", f"V{KEY}"), ("number", "<i4"), ("rules", "<i8")])
PLACES = np.dtype([("lat", "<i4"), ("lon", "<i4")])
PER_DEGREE = 10_000_000
"""A place is kept to the centimetre: few directories tell it as exactly, and those that do mean no more."""
PORTION, PORTION_BITS = 30, 20
"""So many slots, of which a page of SQLite holds six; and how many there may be in a cell."""


class Spot(NamedTuple):
    """Whose a spot is: the service, which of its locations, and its rules."""

    service: str
    number: int
    rules: int


class Entry(NamedTuple):
    """A spot as it is put into a cell: whose it is, its place if it has one, and what tells how well it can suit."""

    service: str
    number: int
    rules: int
    place: Place | None
    suits: bytes
    cell: int


class Placed(NamedTuple):
    """Where a spot is: its cell and its slot there."""

    spot: Spot
    cell: int
    slot: int


@dataclass
class Cell:
    """What is kept in a cell, in columns: a place for each slot, where the cell is on the map, and so on."""

    places: Numbers = field(default_factory=lambda: np.empty(0, PLACES))
    suits: Numbers = field(default_factory=lambda: np.empty(0, SUITS))
    whose: Numbers = field(default_factory=lambda: np.empty(0, WHOSE_IN_COLUMNS))
    changed: set[int] = field(default_factory=set)

    def put(self, new: "Cell") -> Numbers:
        """Put spots into slots that are free, and then into new ones; say into which."""
        free = np.flatnonzero(~_is_anything(self.whose))[: len(new.whose)]
        more = len(new.whose) - len(free)
        slots = np.append(free, np.arange(len(self.whose), len(self.whose) + more))
        self.places = _with(self.places, slots, new.places, more) if len(new.places) else self.places
        self.suits, self.whose = _with(self.suits, slots, new.suits, more), _with(self.whose, slots, new.whose, more)
        self.changed |= {*(slots // PORTION).tolist()}
        return slots

    def cut(self, begun: int, ended: int, on_map: bool) -> "Cell":
        """Give a part of it."""
        places = self.places[begun:ended] if on_map else self.places[:0]
        return Cell(places, self.suits[begun:ended], self.whose[begun:ended])

    def clear(self, slot: int) -> None:
        """Let a slot be free."""
        self.suits[slot], self.whose[slot] = np.zeros((), SUITS), np.zeros((), WHOSE_IN_COLUMNS)
        self.changed.add(slot // PORTION)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is left in it."""
        return not np.any(_is_anything(self.whose))

    def portion(self, number: int) -> bytes:
        """Give so many slots as they are kept together."""
        return self.whose[number * PORTION : (number + 1) * PORTION].tobytes()

    def placed(self, at: int, services: Collection[bytes]) -> Iterator[Placed]:
        """Say where these services are in it."""
        keys, whose = self.whose["service"].tobytes(), self.whose.tobytes()
        for slot in range(len(self.whose)):
            if keys[slot * KEY : (slot + 1) * KEY] in services:
                yield Placed(_spot(whose[slot * WHOSE.size : (slot + 1) * WHOSE.size]), at, slot)


def _is_anything(whose: Numbers) -> Numbers:
    """Say in which slots there is something."""
    found: Numbers = whose.view("u1").reshape(-1, WHOSE.size).max(axis=1, initial=0) > 0
    return found


def _with(column: Numbers, slots: Numbers, new: Numbers, more: int) -> Numbers:
    """Give a column with what is new in these slots, of which so many are more than there were."""
    column = np.append(column, np.zeros(more, column.dtype))
    column[slots] = new
    return column


def _spot(whose: bytes) -> Spot:
    service, number, rules = WHOSE.unpack(whose)
    return Spot(service.hex(), number, rules)


def kept(unit: Unit, cells: Iterable[int]) -> dict[int, Cell]:
    """Give what is kept in these cells, to be changed."""
    asked = sorted(set(cells))
    whose: dict[int, bytes] = {}
    for cell, _, portion in sorted(_PORTIONS.rows(unit, asked)):
        whose[cell] = whose.get(cell, b"") + portion
    return {
        cell: Cell(_column(places, PLACES), _column(suits, SUITS), _column(whose[cell], WHOSE_IN_COLUMNS))
        for cell, places, suits in _CELLS.rows(unit, asked)
    }


def _column(kept: bytes, kind: np.dtype[Any]) -> Numbers:
    return np.frombuffer(kept, kind).copy()


_CELLS = Lists(
    "SELECT cell, places, suits FROM json_each(?) AS asked CROSS JOIN match_cell ON cell = asked.value",
    "SELECT cell, places, suits FROM match_cell WHERE cell = ANY (%s)",
)
_PORTIONS = Lists(
    "SELECT cell, portion, whose FROM json_each(?) AS asked CROSS JOIN match_spot ON cell = asked.value",
    "SELECT cell, portion, whose FROM match_spot WHERE cell = ANY (%s)",
)


def add(unit: Unit, entries: Sequence[Entry]) -> tuple[list[int], set[int]]:
    """Put spots, in the order of their cells, into these; say in which slot each is, and which cells held something before."""
    runs = [(at, len(list(some))) for at, some in groupby(one.cell for one in entries)]
    held = kept(unit, (at for at, _ in runs))
    standing, slots, new, begun = {*held}, list[int](), _in_columns(entries), 0
    for at, many in runs:
        slots += held.setdefault(at, Cell()).put(new.cut(begun, begun + many, on_map=at >= 0)).tolist()
        begun += many
    _write(unit, held)
    return slots, standing


def _in_columns(entries: Sequence[Entry]) -> Cell:
    services, numbers, rules, places, suits, _ = zip(*entries, strict=True) if entries else ((),) * 6
    columns = Cell(
        np.empty(len(entries), PLACES), np.frombuffer(b"".join(suits), SUITS), np.empty(len(entries), WHOSE_IN_COLUMNS)
    )
    columns.whose["service"] = np.frombuffer(bytes.fromhex("".join(services)), f"V{KEY}")
    columns.whose["number"], columns.whose["rules"] = numbers, rules
    at = np.array([(place.lat, place.lon) if place else (0.0, 0.0) for place in places]).reshape(-1, 2)
    columns.places["lat"], columns.places["lon"] = np.rint(at * PER_DEGREE).T
    return columns


def find(unit: Unit, cells: Iterable[int], services: Collection[str]) -> list[Placed]:
    """Say where these services are, of which it is known in which cells."""
    wanted = {bytes.fromhex(service) for service in services}
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
    full = {number: cell for number, cell in sorted(cells.items()) if not cell.is_empty}
    _WRITE.send(unit, [(number, cell.places.tobytes(), cell.suits.tobytes()) for number, cell in full.items()])
    _WRITE_PORTIONS.send(
        unit, [(number, one, cell.portion(one)) for number, cell in full.items() for one in sorted(cell.changed)]
    )
    empty = [(number,) for number in sorted(cells.keys() - full.keys())]
    _DELETE.send(unit, empty)
    _DELETE_PORTIONS.send(unit, empty)


_WRITE = Lists(
    "INSERT INTO match_cell (cell, places, suits) VALUES (?, ?, ?)"
    " ON CONFLICT (cell) DO UPDATE SET places = excluded.places, suits = excluded.suits",
    "INSERT INTO match_cell (cell, places, suits) SELECT * FROM unnest(%s::int[], %s::bytea[], %s::bytea[])"
    " ON CONFLICT (cell) DO UPDATE SET places = excluded.places, suits = excluded.suits",
)
_WRITE_PORTIONS = Lists(
    "INSERT INTO match_spot (cell, portion, whose) VALUES (?, ?, ?)"
    " ON CONFLICT (cell, portion) DO UPDATE SET whose = excluded.whose",
    "INSERT INTO match_spot (cell, portion, whose) SELECT * FROM unnest(%s::int[], %s::int[], %s::bytea[])"
    " ON CONFLICT (cell, portion) DO UPDATE SET whose = excluded.whose",
)
_DELETE = Lists("DELETE FROM match_cell WHERE cell = ?", "DELETE FROM match_cell WHERE cell = ANY (%s)")
_DELETE_PORTIONS = Lists("DELETE FROM match_spot WHERE cell = ?", "DELETE FROM match_spot WHERE cell = ANY (%s)")


def rows_of(unit: Unit, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, bytes, bytes]]:
    """Give the rows of these stretches of cells: the cell, the places in it, and what tells how well each can suit."""
    firsts, lasts = zip(*stretches, strict=True)
    return _IN_REACH.rows(unit, list(firsts), list(lasts))


_IN_REACH = Lists(
    "SELECT match_cell.cell, match_cell.places, match_cell.suits"
    " FROM json_each(?) AS first JOIN json_each(?) AS last ON first.key = last.key"
    " CROSS JOIN match_cell ON match_cell.cell BETWEEN first.value AND last.value",
    "SELECT near.cell, near.places, near.suits FROM unnest(%s::int[], %s::int[]) AS stretch (first, last) CROSS JOIN LATERAL"
    " (SELECT cell, places, suits FROM match_cell WHERE cell BETWEEN first AND last OFFSET 0) AS near",
)


def spots_at(unit: Unit, places: Sequence[tuple[int, int]]) -> list[Spot]:
    """Say whose these are, each given by its cell and its slot, in the same order."""
    portions = sorted({(cell, slot // PORTION) for cell, slot in places})
    asked = [(cell << PORTION_BITS) + number for cell, number in portions]
    known = {(cell, number): whose for cell, number, whose in _SOME.rows(unit, asked)}
    begun = ((known[cell, slot // PORTION], slot % PORTION * WHOSE.size) for cell, slot in places)
    return [_spot(whose[first : first + WHOSE.size]) for whose, first in begun]


_SOME = Lists(
    "SELECT cell, portion, whose FROM json_each(?) AS asked CROSS JOIN match_spot"  # nosec B608  # numbers of ours
    f" ON cell = asked.value >> {PORTION_BITS} AND portion = asked.value & {2**PORTION_BITS - 1}",
    "SELECT cell, portion, whose FROM unnest(%s::bigint[]) AS asked JOIN match_spot"  # nosec B608  # numbers of ours
    f" ON cell = (asked >> {PORTION_BITS})::int AND portion = (asked & {2**PORTION_BITS - 1})::int",
)
