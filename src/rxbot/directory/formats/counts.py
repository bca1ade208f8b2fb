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
    return Counts(services=len(tuple(services)))
