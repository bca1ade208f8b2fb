"""Stand-in."""

from collections.abc import Iterable
from dataclasses import dataclass

from rxbot.directory.model import Service


@dataclass(frozen=True)
class Counts:
    """What is in a directory, in rows."""

    organizations: int = 0
    services: int = 0
    locations: int = 0
    service_at_locations: int = 0
    services_with_coordinates: int = 0
    locations_with_coordinates: int = 0
    phones: int = 0
    addresses: int = 0
    contacts: int = 0
    taxonomy_terms: int = 0
    languages: int = 0


def count_services(services: Iterable[Service]) -> Counts:
    """Count what services hold."""
    rows = tuple(services)
    places = [location for service in rows for location in service.locations]
    known = {location.id: location for location in places}
    phones = [phone for service in rows for phone in service.phones] + [
        phone for place in known.values() for phone in place.phones
    ]
    return Counts(
        organizations=len({service.organization.id for service in rows}),
        services=len(rows),
        locations=len(known),
        service_at_locations=len(places),
        services_with_coordinates=sum(any(location.place for location in service.locations) for service in rows),
        locations_with_coordinates=sum(location.place is not None for location in known.values()),
        phones=len(phones),
        addresses=sum(len(location.addresses) for location in known.values()),
        taxonomy_terms=len({term for service in rows for term in service.terms}),
        languages=sum(len(service.languages) for service in rows),
    )
