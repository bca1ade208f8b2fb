"""Find a place by the name a person typed: a town, a part of one, or a postal code, whole or its beginning."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from rxbot.directory.gazetteer import Where, closest, lookup_name, middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Place
from rxbot.store.directory_tables import directory_place
from rxbot.store.rows import MANY, slices
from rxbot.store.unit import Unit

SHORTEST, LONGEST = 2, 100  # letters; SQLite refuses to look for what begins with very many
LIKE, SLIPS = (4, 40), 3  # letters of a name we guess at, and how many may be wanting or too many
MOST = 5_000  # names that are compared
NEARBY_KM = 15.0


def find_places(unit: Unit, words: str, near: Place | None = None, limit: int = 4) -> tuple[Place, ...]:
    """Give the places known by this name: the whole name first, then the nearest."""
    name = lookup_name(words)
    if not SHORTEST <= len(name) <= LONGEST:
        return ()
    table = directory_place
    rows = unit.execute(select(table).where(table.c.name.startswith(name, autoescape=True))).all()
    by_name = sorted(
        (row for row in rows if not row.is_code),
        key=lambda row: (row.name != name, km_between(near, _place(row)) if near else 0, row.label),
    )
    by_label: dict[str, Place] = {}
    for place in (*map(_place, by_name), *_area_of_code(words, rows)):
        by_label.setdefault(place.label, place)  # two publishers tell of the same town
    return tuple(by_label.values())[:limit]


def known_by(unit: Unit, names: Collection[Where], but: str = "") -> dict[Where, list[Place]]:
    """Give the places that any directory, but that of one publisher, tells of under exactly these names."""
    table, found = directory_place, defaultdict[Where, list[Place]](list)
    for some in slices(sorted({name for name, _ in names}), MANY):
        for row in unit.execute(select(table).where(table.c.name.in_(some), table.c.publisher != but)):
            found[row.name, row.is_code].append(_place(row))
    return dict(found)


def guess_places(unit: Unit, words: str, near: Place | None = None, limit: int = 3) -> tuple[Place, ...]:
    """Give the places whose names come closest to this one, which nobody knows: for a slip, to be confirmed."""
    name, table = lookup_name(words), directory_place
    if not LIKE[0] <= len(name) <= LIKE[1]:
        return ()
    length = func.length(table.c.name).between(len(name) - SLIPS, len(name) + SLIPS)
    names = unit.execute(select(table.c.name).where(table.c.is_code.is_(False), length).distinct().limit(MOST)).scalars()
    alike = closest(name, names.all())
    found = (place for one in alike for place in find_places(unit, one, near, limit))
    return tuple({place.label: place for place in found}.values())[:limit]


def name_place(unit: Unit, spot: Place) -> Place:
    """Give a spot on the map the name of the nearest place we know; far from all of them its own numbers have to do."""
    return Place(spot.lat, spot.lon, area_of(unit, spot) or f"{spot.lat:.2f}, {spot.lon:.2f}")


def area_of(unit: Unit, spot: Place) -> str:
    """Name the town or district around a spot, never anything finer such as a postal code; nothing far from all we know."""
    nearest = min(areas(unit), key=lambda place: km_between(spot, place), default=None)
    return nearest.label if nearest and km_between(spot, nearest) <= NEARBY_KM else ""


def areas(unit: Unit) -> tuple[Place, ...]:
    """Give every town and district the directory tells of."""
    table = directory_place
    return tuple(map(_place, unit.execute(select(table).where(table.c.is_code.is_(False))).all()))


def _area_of_code(words: str, rows: Sequence[Row[Any]]) -> list[Place]:
    """Give the one place that all codes beginning so make together."""
    codes = [_place(row) for row in rows if row.is_code]
    insides = {place.label.partition(", ")[2] for place in codes}
    typed = ", ".join(filter(None, (words.strip().upper(), *(insides if len(insides) == 1 else ()))))
    labels = {place.label for place in codes}
    return [middle(codes, labels.pop() if len(labels) == 1 else typed)] if codes else []


def _place(row: Row[Any]) -> Place:
    return Place(row.lat, row.lon, row.label)
