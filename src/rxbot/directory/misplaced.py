"""Notice services that a list has on the map where they can hardly be: with two numbers exchanged, or far from their own town.

Nobody here knows where the sea is. What tells are the others of the same postcode or town, and where the clinics are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rxbot.directory.gazetteer import Where, label_of, lookup_name
from rxbot.directory.grid import km_between
from rxbot.directory.model import Address, Location, Place, Service

FAR_KM, NEAR_KM = 200, 50
Named = tuple[Where, str]
"""A postcode or a town, and the same as it is written, with the larger thing it stands in: of one name there are many towns."""


def addresses_told(services: Iterable[Service]) -> frozenset[Where]:
    """Give the postcodes and towns of all that is on the map."""
    return frozenset(where for at in _locations(services) if at.place for where, _ in _whereabouts(at))


def exchanged(services: Iterable[Service], clinics: Sequence[Place]) -> Iterator[Service]:
    """Give each service that is far from every clinic, and would be near one if its numbers changed places, or a minus did."""
    for service in services:
        if any(at.place and not at.is_rough and _would_be_near(at.place, clinics) for at in service.locations):
            yield service


def _would_be_near(spot: Place, clinics: Sequence[Place]) -> bool:
    if any(km_between(spot, clinic) <= FAR_KM for clinic in clinics):
        return False
    turned = [(spot.lon, spot.lat), (-spot.lon, spot.lat), (spot.lon, -spot.lat), (spot.lat, -spot.lon), (-spot.lat, spot.lon)]
    meant = [Place(lat, lon) for lat, lon in turned if abs(lat) <= 90]
    return any(km_between(one, clinic) <= NEAR_KM for one in meant for clinic in clinics)


def far_from_address(services: Sequence[Service], known: Mapping[Where, Sequence[Place]]) -> Iterator[Service]:
    """Give each service that is far from all others of its own postcode or town, where there are any."""
    spots: dict[Named, dict[str, Place]] = defaultdict(dict)
    for where, places in known.items():
        for number, place in enumerate(places):
            spots[where, place.label][f"known {number}"] = place
    for at in _locations(services):
        if at.place and not at.is_rough:
            for named in _whereabouts(at):
                spots[named][at.id] = at.place
    for service in services:
        if any(at.place and not at.is_rough and _is_far(at, at.place, spots) for at in service.locations):
            yield service


def _is_far(location: Location, spot: Place, spots: Mapping[Named, Mapping[str, Place]]) -> bool:
    """Go by its postcode where others have it, else by its town. The first that is near settles it: a town may have many."""
    for named in _whereabouts(location):
        others = spots[named]
        if len(others) > 1:
            return all(km_between(spot, place) > FAR_KM for id, place in others.items() if id != location.id)
    return False


def _locations(services: Iterable[Service]) -> Iterator[Location]:
    return (location for service in services for location in service.locations)


def _whereabouts(location: Location) -> Iterator[Named]:
    """Name its postcode first, which is smaller, then its town, each with the larger thing it stands in."""
    real = [address for address in location.addresses if address.type != "postal"]
    for named in (_code, _town):
        yield from (one for one in map(named, real) if one[0][0])


def _code(address: Address) -> Named:
    return (lookup_name(address.postal_code), True), label_of(address.postal_code, address.city)


def _town(address: Address) -> Named:
    return (lookup_name(address.city), False), label_of(address.city, address.state_province)
