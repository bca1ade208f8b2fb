"""Notice services that a list has on the map where they can hardly be: with two numbers exchanged, or far from their own town.

Nobody here knows where the sea is. What tells are the others of the same postcode or town, and where the clinics are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rxbot.directory.gazetteer import Where, label_of, lookup_name, middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Address, Location, Place, Service

FAR_KM, NEAR_KM = 200, 50
ENOUGH = 5
"""Of so many places the middle is no longer that of one that is wrong."""
Named = tuple[Where, str]
"""A postcode or a town, and the same as it is written, with the larger thing it stands in: of one name there are many towns."""


def addresses_told(services: Iterable[Service]) -> frozenset[Where]:
    """Give the postcodes and towns of all that is on the map."""
    return frozenset(where for at in _locations(services) if at.place for where, _ in _whereabouts(at))


def exchanged(services: Sequence[Service], clinics: Sequence[Place]) -> Iterator[Service]:
    """Give each service that is far from every clinic, and would be near one if its numbers changed places, or a minus did.

    So is each that is far from the middle of its list, and would be near that.
    """
    middles = _middle_of(services)
    for service in services:
        spots = [at.place for at in service.locations if at.place and not at.is_rough]
        if any(_would_be_near(spot, clinics) or (middles and _would_be_near(spot, middles)) for spot in spots):
            yield service


def _middle_of(services: Iterable[Service]) -> tuple[Place, ...]:
    """Give the middle of what a list has on the map, where it has enough for one."""
    spots = [at.place for at in _locations(services) if at.place and not at.is_rough]
    return (middle(spots, ""),) if len(spots) >= ENOUGH else ()


def _would_be_near(spot: Place, clinics: Sequence[Place]) -> bool:
    if any(km_between(spot, clinic) <= FAR_KM for clinic in clinics):
        return False
    turned = [(spot.lon, spot.lat), (-spot.lon, spot.lat), (spot.lon, -spot.lat), (spot.lat, -spot.lon), (-spot.lat, spot.lon)]
    meant = [Place(lat, lon) for lat, lon in turned if abs(lat) <= 90]
    return any(km_between(one, clinic) <= NEAR_KM for one in meant for clinic in clinics)


def far_from_address(services: Sequence[Service], known: Mapping[Where, Sequence[Place]]) -> Iterator[Service]:
    """Give each service that is far from all others of its own postcode or town, where there are any.

    Where there are two, each is far from the other: one that is where all else of the list is, is not meant.
    """
    spots: dict[Named, dict[str, Place]] = defaultdict(dict)
    for where, places in known.items():
        for number, place in enumerate(places):
            spots[where, place.label][f"known {number}"] = place
    for at in _locations(services):
        if at.place and not at.is_rough:
            for named in _whereabouts(at):
                spots[named][at.id] = at.place
    found = [one for one in services if any(_is_far(at, at.place, spots) for at in one.locations if at.place and not at.is_rough)]
    middles = _middle_of(services)
    astray = {named for one in found if not _is_within(one, middles) for named in _named(one)}
    yield from (one for one in found if not _is_within(one, middles) or astray.isdisjoint(_named(one)))


def _named(service: Service) -> frozenset[Named]:
    return frozenset(named for location in service.locations for named in _whereabouts(location))


def _is_within(service: Service, middles: Sequence[Place]) -> bool:
    spots = [at.place for at in service.locations if at.place]
    return any(km_between(spot, one) <= FAR_KM for spot in spots for one in middles)


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
