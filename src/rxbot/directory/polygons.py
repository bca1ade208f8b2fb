"""Whether a point lies inside the outline of an area, as GeoJSON draws it."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rxbot.directory.model import Place

Ring = Sequence[Sequence[float]]


def holds(geojson: str, place: Place) -> bool | None:
    """Say whether an outline holds a place; None where it cannot be read or draws no area."""
    try:
        polygons = list(_polygons(json.loads(geojson)))
        return any(_inside(polygon, place) for polygon in polygons) if polygons else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _polygons(shape: dict) -> Iterator[Sequence[Ring]]:  # type: ignore[type-arg]  # as published
    """Give every polygon of a shape: its outer ring, then its holes."""
    kind = shape.get("type")
    for inner in (*shape.get("features", ()), *shape.get("geometries", ())):
        yield from _polygons(inner)
    if kind == "Feature":
        yield from _polygons(shape["geometry"])
    elif kind == "MultiPolygon":
        yield from shape["coordinates"]
    elif kind == "Polygon":
        yield shape["coordinates"]


def _inside(polygon: Sequence[Ring], place: Place) -> bool:
    """Say whether a place lies in the outer ring and in none of the holes."""
    outer, *holes = polygon
    return _crossings(outer, place) % 2 == 1 and not any(_crossings(hole, place) % 2 for hole in holes)


def _crossings(ring: Ring, place: Place) -> int:
    """Count the edges that a line eastwards from the place crosses. Positions are longitude, latitude."""
    return sum(
        (y1 > place.lat) != (y2 > place.lat) and place.lon < (x2 - x1) * (place.lat - y1) / (y2 - y1) + x1
        for (x1, y1, *_), (x2, y2, *_) in pairwise([*ring, ring[0]])
    )
