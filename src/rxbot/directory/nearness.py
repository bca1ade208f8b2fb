"""How near a service is to somebody, from 0 to 1."""

from math import cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray

from rxbot.directory.fit import Column
from rxbot.directory.grid import EARTH_KM, km_between
from rxbot.directory.model import Place
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.around import UNCHARTED, Around
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Search

Flags = NDArray[np.bool_]


def nearness(search: Search, rules: Rules, place: Place | None, around: Around = UNCHARTED) -> float:
    """Say how near a service is: 1 next door, 0.7 at the edge of the reach, 0 beyond it; the first kilometre is felt most.

    Without a place it counts by its area: nearly as if at the edge where nobody has to travel or one's own town is named, less
    where a larger area is, and least where nothing is known. What has places, all out of reach, comes only where the area is
    said to be served, or from afar.
    """
    km = km_between(search.place, place) if search.place and place else None
    served = rules.serves(search.place, around)
    if served is Answer.NO or _is_help_of_other_towns(search, rules, around):
        return 0.0
    if km is not None:
        return _by_distance(search, km) * _for_ones_town(search, rules, around)
    if rules.has_place and search.place and served is not Answer.YES and not rules.is_had_from_afar:
        return COMES if rules.may_come_to(search.place, around) else 0.0
    if search.place and served is Answer.YES and rules.served.is_for_the_town_of(search.place):
        return OWN_TOWN
    worth = NO_PLACE[served] if rules.given is Given.UNKNOWN else NOBODY_TRAVELS[served]
    return worth * (HARDLY_SERVED if rules.hardly_serves(search.place, around) else 1.0)


def _for_ones_town(search: Search, rules: Rules, around: Around) -> float:
    if rules.hardly_serves(search.place, around):
        return HARDLY_SERVED
    if not rules.is_for_other_towns(search.place, around):
        return 1.0
    return WHERE_PEOPLE_MEET if search.is_only_for(MEETING) else FOR_OTHER_TOWNS


def _is_help_of_other_towns(search: Search, rules: Rules, around: Around) -> bool:
    """Say whether it is help of a kind that agencies divide between them town by town, and is given in other towns.

    Where people of an age meet, a neighbour is welcome.
    """
    meets = not rules.comes_from and any(ages.is_of_the_old for ages in rules.ages)
    shared_out = SHARED_OUT - TO_WHOEVER_HAS_NO_HOME if "homeless" in search.known.has else SHARED_OUT
    return not meets and search.is_only_for(shared_out) and rules.shares_out_elsewhere(search.place, around)


SHARED_OUT = frozenset({"money_benefits", "food", "essential_goods", "housing"})
TO_WHOEVER_HAS_NO_HOME = frozenset({"housing"})
"""A town helps with the rent and the roofs of its own people: a bed for the night is for those who live nowhere."""


def nearest(place: Place, reach_km: float, lat: Column, lon: Column) -> Column:
    """Say how near services are, at most, of which the places are given in columns."""
    km = np.maximum(_km_to(place, lat, lon) - ROUNDED_KM, 0.0)
    return np.where(km <= reach_km, 1 - FARTHEST * np.sqrt(km / max(reach_km, 1.0)), 0.0)


def nearest_without_place(nobody_travels: Flags, served: Flags, own_town: Flags) -> Column:
    """Say how near services are, at most, of which no place is known, or nobody knows from where.

    `nobody_travels` names those that are known to be had without going anywhere, `served` those that may serve the place, and
    `own_town` those that may be for the town it is in.
    """
    far = [np.where(served, known[Answer.YES], known[Answer.UNKNOWN]) for known in (NOBODY_TRAVELS, NO_PLACE)]
    near: Column = np.where(own_town, OWN_TOWN, np.where(nobody_travels, *far))
    return near


def _km_to(place: Place, lat: Column, lon: Column) -> Column:
    """Measure as `km_between` does."""
    up, across = np.radians(lat - place.lat), np.radians(lon - place.lon)
    half = np.sin(up / 2) ** 2 + cos(radians(place.lat)) * np.cos(np.radians(lat)) * np.sin(across / 2) ** 2
    km: Column = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return km


ROUNDED_KM = 0.001
"""Computed one by one, a distance may differ by less than this."""
FARTHEST = 0.3
HARDLY_SERVED = 0.2
"""How much less what is for the people of another town, or of one ward in eight, is worth: it may be asked for all the same."""


MEETING = frozenset({"physical_activity", "arts_creativity", "social_connection"})
WHERE_PEOPLE_MEET = 0.8
"""To what people come to move, make things or meet, neighbours come too."""
FOR_OTHER_TOWNS = 0.3
"""What names other towns alone as its areas, and shuts out nobody, is mostly open to neighbours, and made for others."""


def _by_distance(search: Search, km: float) -> float:
    return 1 - FARTHEST * sqrt(km / max(search.reach_km, 1.0)) if km <= search.reach_km else 0.0


NO_PLACE = {Answer.YES: 0.4, Answer.UNKNOWN: 0.35}
OWN_TOWN = 0.6
"""For what has no place on the map and is for the people of one's own town: it is somewhere near."""
NOBODY_TRAVELS = {Answer.YES: 0.6, Answer.UNKNOWN: 0.4}
COMES = NOBODY_TRAVELS[Answer.UNKNOWN]
"""For what comes to people's homes from near by, and does not say how far."""
NEAREST_IF_NOT_SERVED = max(NO_PLACE[Answer.UNKNOWN], NOBODY_TRAVELS[Answer.UNKNOWN], COMES)
NEAREST_WITHOUT_PLACE = max(OWN_TOWN, *NO_PLACE.values(), *NOBODY_TRAVELS.values())
