"""How near a service is to somebody, from 0 to 1."""

from math import sqrt

from rxbot.directory.grid import km_between, km_to
from rxbot.directory.model import Place
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import UNCHARTED, Around
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Search


def nearness(search: Search, rules: Rules, place: Place | None, around: Around = UNCHARTED) -> float:
    """Say how near a service is: 1 next door, 0.7 at the edge of the reach, 0 beyond it; the first kilometre is felt most.

    Without a place it counts by its area: as if at the edge where nobody has to travel or the area is served, and least
    where nothing is known. What has places, all out of reach, comes only where the area is said to be served.
    """
    km = km_between(search.place, place) if search.place and place else None
    served = rules.serves(search.place, around)
    if served is Answer.NO:
        return 0.0
    if km is not None:
        return _by_distance(search, km)
    if rules.has_place and search.place and served is not Answer.YES:
        return 0.0
    return NO_PLACE[served] if rules.given is Given.UNKNOWN else NOBODY_TRAVELS[served]


def nearest(search: Search, place: Place | None) -> float:
    """Say how near a service at this place is, at most: whatever it says of the area it serves."""
    if search.place and place:
        return _by_distance(search, km_between(search.place, place))
    return max(NOBODY_TRAVELS.values())


def nearest_in(search: Search, cell: int) -> float:
    """Say how near a service found in a cell is, at most."""
    if search.place and cell >= 0:
        return _by_distance(search, km_to(search.place, cell))
    return max(NOBODY_TRAVELS.values())


def _by_distance(search: Search, km: float) -> float:
    return 1 - 0.3 * sqrt(km / max(search.reach_km, 1.0)) if km <= search.reach_km else 0.0


NO_PLACE = {Answer.YES: 0.4, Answer.UNKNOWN: 0.35}
NOBODY_TRAVELS = {Answer.YES: 0.6, Answer.UNKNOWN: 0.4}
