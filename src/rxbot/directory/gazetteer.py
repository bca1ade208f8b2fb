"""The places a directory tells of: every town, part of a town and postal code in its addresses, with their middle."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from statistics import median

from rapidfuzz import fuzz, process

from rxbot.directory.model import Address, Location, Place, Service
from rxbot.directory.stems import fold

ALIKE, GUESSES = 80.0, 3  # of 100, and how many names are offered


@dataclass(frozen=True)
class NamedPlace:
    """A place under the name it is looked up by. A code is also found by its beginning."""

    name: str
    is_code: bool
    place: Place


def lookup_name(words: str) -> str:
    """Give a name without case, accents, blanks and signs: "QM1 2ab" is "qm12ab"."""
    return re.sub(r"[\W_]+", "", fold(words))


def closest(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give the names most like this one, the likeliest first, where it may be one of them with a slip."""
    return tuple(one for one, _, _ in process.extract(name, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=GUESSES))


def middle(places: Iterable[Place], label: str) -> Place:
    """Give the middle of some places; one that is far off does not pull it away."""
    spots = list(places)
    return Place(median(spot.lat for spot in spots), median(spot.lon for spot in spots), label)


def known_places(locations: Iterable[Location]) -> Iterator[NamedPlace]:
    """Give every place in the addresses of these locations. Two towns of one name in two counties are two places."""
    spots: dict[tuple[str, bool, str], dict[str, Place]] = defaultdict(dict)
    for location in locations:
        for name, inside, is_code in (mention for address in location.addresses for mention in _mentions(address)):
            if location.place and not location.is_rough and lookup_name(name):
                spots[lookup_name(name), is_code, label_of(name, inside)][location.id] = location.place
    for (name, is_code, label), found in spots.items():
        yield NamedPlace(name, is_code, middle(found.values(), label))


def _mentions(address: Address) -> Iterator[tuple[str, str, bool]]:
    """Give each name in an address with the larger thing it stands in."""
    if address.type != "postal":
        yield address.city, address.state_province, False
        yield address.region, address.city, False
        yield address.postal_code, address.city, True


def label_of(name: str, inside: str) -> str:
    """Write a name with the larger thing it stands in, where that is another."""
    return name if fold(inside) in ("", fold(name)) else f"{name}, {inside}"


ONE_PLACE = 0.15
"""Degrees: places of one name that are further apart are several, and nobody says which is meant."""
Where = tuple[str, bool]
"""A name as it is looked up, and whether it is a postal code."""


def wanted_places(locations: Iterable[Location]) -> frozenset[Where]:
    """Give what would tell where those locations are that are not on the map."""
    return frozenset(where for location in locations if not location.place for where in _whereabouts(location))


class ByTown(Enum):
    """What is put in the middle of its town, where nobody knows its postcode."""

    NOTHING = auto()
    WHAT_NAMES_NO_AREA = auto()
    """It would be taken for anywhere; of what names its areas, these tell more."""
    ALL = auto()


def placed_roughly(location: Location, known: Mapping[Where, Sequence[Place]], towns: bool = True) -> Location:
    """Put a location that is not on the map where others of its postcode are, or else of its town; if all of them are there."""
    if location.place:
        return location
    named = (where for where in _whereabouts(location) if towns or where[1])
    told = (known.get(where, ()) if where[1] else _in_its_state(known.get(where, ()), location) for where in named)
    place = next((middle(places, "") for places in told if _are_one(places)), None)
    return replace(location, place=place, is_rough=True) if place else location


def _in_its_state(places: Sequence[Place], location: Location) -> Sequence[Place]:
    """Give none where one of these towns of a name is in another state, both written in the same way, than a location."""
    own = {lookup_name(address.state_province) for address in location.addresses} - {""}
    larger = {lookup_name(one) for place in places for one in place.names[1:]}
    others = {one for one in larger - own if any((len(one) == CODE) is (len(state) == CODE) for state in own)}
    return () if own and others else places


CODE = 2
"""Letters of a state as it is abbreviated."""


def all_placed(
    services: Iterable[Service], known: Mapping[Where, Sequence[Place]], towns: ByTown = ByTown.ALL
) -> tuple[Service, ...]:
    """Put all that is not on the map where it roughly is, as far as its own records, or what is known elsewhere, tell."""
    some = tuple(services)
    here: dict[Where, list[Place]] = {where: list(places) for where, places in known.items()}
    for one in known_places(location for service in some for location in service.locations):
        here.setdefault((one.name, one.is_code), []).append(one.place)
    return tuple(_placed(service, here, towns) for service in some)


def placed_as_before(
    services: Sequence[Service], elsewhere: Sequence[Service], stood: Mapping[str, Service]
) -> tuple[Service, ...]:
    """Leave what stood before where it was put then, though others tell more of its postcode now.

    `services` are placed by their own list alone, `elsewhere` has the same placed by what others tell too: another publisher's
    list changes no record that its own publisher has left as it was.
    """
    return tuple(_as_before(*pair, stood.get(pair[0].id)) for pair in zip(services, elsewhere, strict=True))


def _as_before(service: Service, elsewhere: Service, before: Service | None) -> Service:
    if all(location.place for location in service.locations):
        return service
    was = {(one.id, one.addresses): one for one in before.locations} if before else {}
    pairs = zip(service.locations, elsewhere.locations, strict=True)
    return replace(service, locations=tuple(_where_it_stood(*pair, was.get((pair[0].id, pair[0].addresses))) for pair in pairs))


def _where_it_stood(location: Location, elsewhere: Location, before: Location | None) -> Location:
    if location.place or before is None:
        return elsewhere
    return replace(location, place=before.place, is_rough=True) if before.is_rough else location


def _placed(service: Service, known: Mapping[Where, Sequence[Place]], towns: ByTown) -> Service:
    if all(location.place for location in service.locations):
        return service
    by_town = towns is ByTown.ALL or (towns is ByTown.WHAT_NAMES_NO_AREA and not _names_areas(service))
    return replace(service, locations=tuple(placed_roughly(location, known, by_town) for location in service.locations))


def _names_areas(service: Service) -> bool:
    return bool(service.areas or service.extents) or any(one.areas or one.extents for one in service.locations)


def is_post_box(address: Address) -> bool:
    """Say whether nobody goes there, and one writes there only."""
    return address.type == "postal" or bool(POST_BOX.search(fold(f"{address.address_1} {address.address_2}")))


POST_BOX = re.compile(r"\bp\.?\s?o\.?,? ?(?:box|drawer)\b|\bpost(?: office)? box\b|\bmail facility\b")


def _whereabouts(location: Location) -> Iterator[Where]:
    """Name its postcode first, which is smaller, then its town."""
    real = [address for address in location.addresses if address.type != "postal"]
    for names, is_code in (([one.postal_code for one in real], True), ([one.city for one in real], False)):
        yield from ((lookup_name(name), is_code) for name in names if lookup_name(name))


def _are_one(places: Sequence[Place]) -> bool:
    lats, lons = [one.lat for one in places], [one.lon for one in places]
    return bool(places) and max(lats) - min(lats) <= ONE_PLACE and max(lons) - min(lons) <= ONE_PLACE
