"""The map as cells of 0.05 by 0.08 degrees (about 5.5 km at 50 degrees north), so that "near" is an index range."""

from math import asin, cos, floor, radians, sin, sqrt
from typing import NamedTuple

from rxbot.directory.model import Place

HEIGHT, WIDTH = 0.05, 0.08
EARTH_KM, DEGREE_KM = 6371.0, 111.2


class Cell(NamedTuple):
    """A cell by row (south to north) and column (west to east)."""

    y: int
    x: int


ANYWHERE = Cell(9999, 9999)
"""The cell off the map, for what is found whichever place is asked for."""


def cell_of(place: Place) -> Cell:
    """Name the cell a place is in."""
    return Cell(floor(place.lat / HEIGHT), floor(place.lon / WIDTH))


def corners(place: Place, km: float) -> tuple[Cell, Cell]:
    """Name the south-west and north-east cells of a box that holds everything within so many kilometres."""
    up = km / DEGREE_KM
    across = up / max(cos(radians(min(abs(place.lat) + up, 90))), 0.01)
    south_west = Place(max(place.lat - up, -90), max(place.lon - across, -180))
    return cell_of(south_west), cell_of(Place(min(place.lat + up, 90), min(place.lon + across, 180)))


def km_between(one: Place, other: Place) -> float:
    """Measure as the crow flies."""
    lat_1, lat_2 = radians(one.lat), radians(other.lat)
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))
