"""A service that may fit, with all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rxbot.directory.capacity import Capacity
from rxbot.directory.index import keys_of
from rxbot.directory.model import Location, Place, Service
from rxbot.directory.outcomes import NOBODY_TOLD, Outcomes
from rxbot.directory.region import Region
from rxbot.directory.rules.record import Rules, read_rules


@dataclass(frozen=True)
class Candidate:
    """A service that may fit, at one of its locations or none, with the keys that found it and their weights."""

    service: Service
    location: Location | None
    hits: Mapping[str, float]
    rules: Rules = field(default_factory=Rules)
    capacity: Capacity | None = None
    outcomes: Outcomes = NOBODY_TOLD

    @property
    def id(self) -> str:
        """Give what tells its service from others."""
        return self.service.key or self.service.id

    @property
    def place(self) -> Place | None:
        """Give where it is."""
        return self.location.place if self.location else None

    @classmethod
    def of(cls, service: Service, location: Location | None, region: Region | None = None) -> "Candidate":
        """Make one from a record, and from where its publisher's services are."""
        return cls(service, location, keys_of(service), read_rules(service, region))

    @classmethod
    def all_of(cls, service: Service, region: Region | None = None) -> "tuple[Candidate, ...]":
        """Give a service at each of its places, and at none where it can be had without going there."""
        here = cls.of(service, None, region)
        away = (here,) if not service.locations or here.rules.is_had_without_going else ()
        there = () if here.rules.afar else service.locations
        return (*(replace(here, location=location) for location in there), *away)
