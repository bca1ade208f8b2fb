"""The cells of the map as the index keeps them: one row each with all its spots, so that a search reads what is near at once.

Each spot has a slot in its cell, by which the postings name it; what is taken down leaves its slot to the next one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from rxbot.store.directory_tables import match_cell
from rxbot.store.rows import MANY, Lists, many, slices
from rxbot.store.unit import Unit

FIELDS = (("spot", "<u4"), ("lat", "<f4"), ("lon", "<f4"), ("easiest", "u1"), ("unsaid", "u1"))
ONE = Struct("<IffBB")
EMPTY = bytes(ONE.size)
NOWHERE = float("nan")


class Entry(NamedTuple):
    """A spot as a cell holds it: see `FIELDS`. `easiest` is in hundredths, rounded up."""

    spot: int
    lat: float
    lon: float
    easiest: int
    unsaid: int


At = tuple[int, int]
"""A cell and a spot."""


def add(unit: Unit, entries: Mapping[int, Sequence[Entry]]) -> dict[At, int]:
    """Put spots into cells; give the slot of each."""
    slots: dict[At, int] = {}
    kept = dict(_kept(unit, entries))
    for cell, new in entries.items():
        row = kept.get(cell, bytearray())
        free = _free(row)
        for entry in new:
            slot = next(free)
            row[slot * ONE.size : (slot + 1) * ONE.size] = ONE.pack(*entry)
            slots[cell, entry.spot] = slot
        kept[cell] = row
    _write(unit, kept)
    return slots


def _free(row: bytearray) -> Iterator[int]:
    count = len(row) // ONE.size
    yield from (slot for slot in range(count) if not any(row[slot * ONE.size : slot * ONE.size + 4]))
    while True:
        yield count
        count += 1


def slots_of(unit: Unit, spots: Mapping[int, set[int]]) -> dict[At, int]:
    """Give the slots of these spots in these cells."""
    rows = _kept(unit, spots)
    return {(cell, one[0]): slot for cell, row in rows for slot, one in enumerate(ONE.iter_unpack(row)) if one[0] in spots[cell]}


def remove(unit: Unit, spots: Mapping[int, set[int]]) -> dict[At, int]:
    """Take these spots out of these cells; give the slots that they had."""
    kept = dict(_kept(unit, spots))
    slots = {
        (cell, one[0]): slot
        for cell, row in kept.items()
        for slot, one in enumerate(ONE.iter_unpack(row))
        if one[0] in spots[cell]
    }
    for (cell, _), slot in slots.items():
        kept[cell][slot * ONE.size : (slot + 1) * ONE.size] = EMPTY
    _write(unit, kept)
    return slots


def _kept(unit: Unit, cells: Iterable[int]) -> Iterator[tuple[int, bytearray]]:
    """Give what is kept in these cells, held until the end of the unit."""
    cell = match_cell.c
    for some in slices(sorted(cells), MANY):
        asked = select(cell.cell, cell.spots).where(cell.cell.in_(some)).order_by(cell.cell).with_for_update()
        yield from ((number, bytearray(spots)) for number, spots in unit.execute(asked).all())


def _write(unit: Unit, kept: Mapping[int, bytearray]) -> None:
    known = {cell for some in slices(sorted(kept), MANY) for cell in _known(unit, some)}
    this = match_cell.c.cell == bindparam("this")
    full = {cell: bytes(row) for cell, row in kept.items() if any(row)}
    many(unit, insert(match_cell), ({"cell": cell, "spots": row} for cell, row in full.items() if cell not in known))
    changed = ({"this": cell, "now": row} for cell, row in full.items() if cell in known)
    many(unit, update(match_cell).where(this).values(spots=bindparam("now")), changed)
    many(unit, delete(match_cell).where(this), ({"this": cell} for cell in kept.keys() & known - full.keys()))


def _known(unit: Unit, cells: Sequence[int]) -> Sequence[int]:
    return unit.execute(select(match_cell.c.cell).where(match_cell.c.cell.in_(cells))).scalars().all()


def rows_of(unit: Unit, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, bytes]]:
    """Give the rows of these stretches of cells: the cell, and its spots as they are kept."""
    firsts, lasts = zip(*stretches, strict=True)
    return _IN_REACH.rows(unit, list(firsts), list(lasts))


_IN_REACH = Lists(
    "SELECT match_cell.cell, match_cell.spots FROM json_each(?) AS first JOIN json_each(?) AS last ON first.key = last.key"
    " CROSS JOIN match_cell ON match_cell.cell BETWEEN first.value AND last.value",
    "SELECT near.cell, near.spots FROM unnest(%s::int[], %s::int[]) AS stretch (first, last) CROSS JOIN LATERAL"
    " (SELECT cell, spots FROM match_cell WHERE cell BETWEEN first AND last OFFSET 0) AS near",
)
