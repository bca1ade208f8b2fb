"""Write what is published as records of the standard, and say who of a postcode may come. Nothing here waits."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rxbot.directory.formats.identity import Identities
from rxbot.directory.formats.records import Record, Writer, itself
from rxbot.directory.grid import km_between
from rxbot.directory.model import Location, Place, Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import area_rule
from rxbot.directory.rules.areas import areas_of, extents_of
from rxbot.store.published_lists import Listed

LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def shallow(record: Record) -> Record:
    """Leave out the records that hang on it."""
    return {name: _bare(value) for name, value in record.items() if not isinstance(value, list)}


def _bare(value: object) -> object:
    return {name: one for name, one in value.items() if not isinstance(one, list)} if isinstance(value, dict) else value


def _service(one: Listed, _id: str) -> Record:
    return writer_of(one).service(one.said.service, one.said.capacity, one.said.changed_at)


def _organization(one: Listed, _id: str) -> Record:
    return writer_of(one).organization(one.said.service.organization)


def _at_location(one: Listed, id: str) -> Record | None:
    return writer_of(one).at_location(one.said.service, id) if location_of(one, id) else None


WRITE: Mapping[str, Callable[[Listed, str], Record | None]] = MappingProxyType({
    "services": _service, "organizations": _organization, "service_at_locations": _at_location,
})  # fmt: skip
"""How a record of a list is written, from a service that it stands with, and its id; None where the service has it no more."""


def writer_of(one: Listed) -> Writer:
    """Give what writes this service under the UUIDs it goes by."""
    said, publisher = one.said.service, one.said.publisher
    assigned: dict[tuple[str, object], str] = {
        ("service", (publisher, said.id)): one.id,
        ("organization", said.organization): one.organization,
    }
    for location, id in zip(said.locations, one.locations, strict=False):
        assigned.setdefault(("location", itself(location)), id)
    return Writer(publisher, Identities(assigned=assigned), parents=one.parents)


def location_of(one: Listed, id: str) -> Location | None:
    """Give the location that this service has under this UUID."""
    return next((location for at, location in writer_of(one).at_locations(one.said.service) if at == id), None)


def is_near(location: Location, spot: Place, km: float | None) -> bool:
    """Say whether a place is within so many kilometres of a spot."""
    return km is None or bool(location.place and km_between(location.place, spot) <= km)


def is_elsewhere(service: Service, spot: Place) -> bool:
    """Say whether people of a spot surely may not come: by its words, or because every area it names is drawn elsewhere."""
    found, drawn = area_rule(service, spot).value, extents_of(service)
    all_drawn = bool(drawn) and all(one.extent and one.type in ("", "geojson") for one in drawn)
    only_drawn = all_drawn and set(areas_of(service)) <= {one.name for one in drawn}
    return found is Answer.NO or (only_drawn and found is not Answer.YES)
