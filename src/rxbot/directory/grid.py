"""The map as cells of 0.2 by 0.32 degrees (about 22 km at 50 degrees north), so that "near" is an index range.

A cell is one number, row by row from the south-west, so that a stretch of a row is a range of numbers. What is found by
the name of an area, or wherever one is, has numbers below zero.
"""

from collections.abc import Iterator
from math import asin, cos, floor, radians, sin, sqrt
from typing import Any
from zlib import crc32

from rxbot.directory.gazetteer import lookup_name
from rxbot.directory.model import Place

HEIGHT, WIDTH = 0.2, 0.32
EARTH_KM, DEGREE_KM = 6371.0, 111.2
ROOM = 1.001
"""A degree is somewhat shorter than it is taken to be."""
A_ROW = 10_000
"""More than the cells of a row: 360 degrees hold 1,125."""
REGION = 2.0
"""Degrees: services without a place are looked for in the region of their publisher's other services, and beside it."""
AROUND = 180
"""Regions from west to east."""
AREAS = 64
"""Cells that areas are put into by their names."""

ANYWHERE = -1
"""The cell off the map, for what is found whichever place is asked for."""


def cell_of(place: Place) -> int:
    """Number the cell a place is in."""
    return _number(floor(place.lat / HEIGHT), floor(place.lon / WIDTH))


def box(place: Place, km: float) -> tuple[float, float]:
    """Give how many degrees up, and across, everything is at most that is within so many kilometres."""
    up = ROOM * km / DEGREE_KM
    return up, up / max(cos(radians(min(abs(place.lat) + up, 90))), 0.01)


def stretches(place: Place, km: float) -> Iterator[tuple[int, int]]:
    """Give the first and last cell of each stretch of a row, in a box that holds everything within so many kilometres.

    Where the box reaches over the 180th meridian, each row has two.
    """
    up, across = box(place, km)
    columns = [(floor(west / WIDTH), floor(east / WIDTH)) for west, east in spans(place.lon - across, place.lon + across)]
    south, north = floor(max(place.lat - up, -90) / HEIGHT), floor(min(place.lat + up, 90) / HEIGHT)
    yield from ((_number(row, west), _number(row, east)) for row in range(south, north + 1) for west, east in columns)


def spans(west: float, east: float) -> tuple[tuple[float, float], ...]:
    """Give the same stretch in degrees from -180 to 180: in two parts, from west to east, where it reaches over the end."""
    if east - west >= 360:
        return ((-180.0, 180.0),)
    if west < -180:
        return ((-180.0, east), (west + 360, 180.0))
    return ((-180.0, east - 360), (west, 180.0)) if east > 180 else ((west, east),)


def degrees_across(lon: Any, other: float) -> Any:
    """Give how many degrees lie between two longitudes, the shorter way round; also of a column of them."""
    return abs((lon - other + 180) % 360 - 180)


def _number(row: int, column: int) -> int:
    return (row + A_ROW // 2) * A_ROW + column + A_ROW // 2


def cell_of_area(name: str) -> int:
    """Number the cell of an area by its name. Many share one: in a cell of its own each word would have next to nothing."""
    return -2 - (crc32(lookup_name(name).encode()) >> 16) % AREAS


def is_of_areas(cell: int) -> bool:
    """Say whether a cell is of areas by their names: most of what is in it serves another."""
    return -2 - AREAS < cell <= -2


def cell_of_region(place: Place, sheet: int = 0) -> int:
    """Number the region a place is in, on one of several sheets of regions."""
    return _region(floor(place.lat / REGION), floor(min(place.lon, 179.99) / REGION), sheet)


def regions_around(place: Place, sheet: int = 0) -> Iterator[int]:
    """Give the region a place is in and the eight beside it, round the globe."""
    row, column = floor(place.lat / REGION), floor(place.lon / REGION)
    yield from (
        _region(row + up, (column + right + AROUND // 2) % AROUND - AROUND // 2, sheet)
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
    )


def _region(row: int, column: int, sheet: int) -> int:
    return -2_000_000_000 - sheet * A_SHEET - (row + 100) * 200 - (column + 100)


A_SHEET = 40_000


def km_between(one: Place, other: Place) -> float:
    """Measure as the crow flies."""
    lat_1, lat_2 = radians(one.lat), radians(other.lat)
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))
