"""Write services as HSDS 3.1 nests them, so that every record stands as the schemas of the standard want it.

What had to be written otherwise than its publisher has it can be told in the standard's own `metadata` records: reading
what was written then gives the same service again (see `as_published` in `directory/hsds.py`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from rxbot.directory.capacity import Capacity
from rxbot.directory.formats.fitting import Value, fit
from rxbot.directory.formats.identity import Identities, made_of
from rxbot.directory.hsds import FITTED
from rxbot.directory.model import Extent, Location, Organization, Schedule, Service, Term

Record = dict[str, object]
Parent = tuple[str, str]
"""The kind and the UUID of a record that others hang on: an id is unique among its kind only."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "organization": ("name", "description"),
    "service": ("name", "status"),
    "location": ("location_type",),
    "address": ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "phone": ("number",),
    "taxonomy": ("name", "description"),
    "taxonomy_term": ("name", "description"),
}
"""Fields that stand there even when they are empty."""
DIRECTORY = "rxbot directory"
"""Who has brought in a change, in the note on when a record changed here."""
CATEGORY, AUDIENCE, KEYWORD = "category", "intended audience", "keyword"
ROOM: Mapping[str, tuple[int, str]] = {
    "capacity": (1, "There is room."),
    "waitlist": (0, "There is a waiting list."),
    "no-capacity": (0, "There is no room now."),
}
"""How many more people can come, as far as anybody has told: one at least, or none."""


@dataclass(frozen=True)
class Writer:
    """Writes the services of a publisher. `noted_on` is the day that notes on what was made to fit carry; None makes none.

    `parents` are the UUIDs of what categories stand below, by their own.
    """

    publisher: str
    identities: Identities = field(default_factory=Identities)
    noted_on: date | None = None
    parents: Mapping[str, str] = field(default_factory=dict)

    def service(self, service: Service, capacity: Capacity | None = None, changed_at: datetime | None = None) -> Record:
        """Write a service with all that hangs on it. `changed_at` is when it last changed here, which vouches for nothing."""
        id, organization = self.service_id(service), self.organization(service.organization)
        here = ("service", id)
        said = {"organization_id": str(organization["id"]), **_service(service)}
        record = self._record(*here, said, {"id": service.id, "organization_id": service.organization.id})
        return {
            **(_changed(record, changed_at) if changed_at else record),
            "organization": organization,
            "phones": self._phones(here, service),
            "schedules": self._schedules(here, service.schedules),
            "service_areas": self._many("service_area", here, _areas(service.areas, service.extents)),
            "languages": self._many("language", here, map(asdict, service.languages)),
            "cost_options": self._many("cost_option", here, map(_plain, map(asdict, service.costs))),
            "required_documents": self._many("required_document", here, ({"document": one} for one in service.documents)),
            "attributes": list(self._attributes(id, service)),
            "capacities": list(_capacities(id, capacity)),
            "service_at_locations": [
                self._at(id, at_location_id(id, place), place, location) for place, location in self.places(service)
            ],
        }

    def service_id(self, service: Service) -> str:
        """Give the UUID of a service."""
        return self.identities.identify("service", self.publisher, service.id, (self.publisher, service.id))

    def organization_id(self, organization: Organization) -> str:
        """Give the UUID of an organization."""
        return self.identities.identify("organization", self.publisher, organization.id, organization)

    def organization(self, organization: Organization) -> Record:
        """Write an organization."""
        id = self.organization_id(organization)
        said = {
            "name": organization.name,
            "alternate_name": organization.alternate_name,
            "description": organization.description,
            "website": organization.url,
            "email": organization.email,
        }
        phones = self._phones(("organization", id), organization)
        return {**self._record("organization", id, said, {"id": organization.id}), "phones": phones}

    def at_locations(self, service: Service) -> list[tuple[str, Location]]:
        """Give the UUID of each place where a service is given, with the place."""
        id = self.service_id(service)
        return [(at_location_id(id, place), location) for place, location in self.places(service)]

    def at_location(self, service: Service, id: str) -> Record:
        """Write a service at the place that the two together have this UUID for."""
        place, location = next(
            one for one, (at, _) in zip(self.places(service), self.at_locations(service), strict=True) if at == id
        )
        return self._at(self.service_id(service), id, place, location)

    def places(self, service: Service) -> list[tuple[str, Location]]:
        """Give the UUID of each location of a service, with the location."""
        found: dict[str, Location] = {}
        for location in service.locations:
            found[self.identities.identify("location", self.publisher, location.id, itself(location), found)] = location
        return list(found.items())

    def _at(self, service: str, id: str, place: str, location: Location) -> Record:
        """Write a service at a location. What is said of both stands with the two together, where it is looked for first."""
        here, there = ("service_at_location", id), ("location", place)
        said = {
            "location_type": location.type,
            "name": location.name,
            "transportation": location.transportation,
            "latitude": location.place.lat if location.place and not location.is_rough else "",
            "longitude": location.place.lon if location.place and not location.is_rough else "",
        }
        itself = {
            **self._record("location", place, said, {"id": location.id}),
            "addresses": self._many(
                "address", there, ({"address_type": one.pop("type"), **one} for one in map(asdict, location.addresses))
            ),
            "languages": self._many("language", there, map(asdict, location.languages)),
            "accessibility": self._many("accessibility", there, ({"description": one} for one in location.accessibility)),
        }
        both = {"service_id": service, "location_id": place, "description": location.description}
        return {
            **self._record("service_at_location", id, both, {"location_id": location.id}),
            "location": itself,
            "phones": self._phones(here, location),
            "schedules": self._schedules(here, location.schedules),
            "service_areas": self._many("service_area", here, _areas(location.areas, location.extents)),
        }

    def _attributes(self, service: str, said: Service) -> Iterator[Record]:
        about: list[tuple[str, str, Term]] = [
            *((CATEGORY, "", term) for term in said.terms),
            *((KEYWORD, word, Term("", "", KEYWORD)) for word in said.keywords),
            *((AUDIENCE, word, Term("", "", AUDIENCE)) for word in said.audience),
        ]
        for number, (kind, value, term) in enumerate(about):
            id = made_of("attribute", service, str(number))
            yield {**self._record("attribute", id, {"link_type": kind, "value": value}), "taxonomy_term": self.term(term)}

    def term(self, term: Term) -> Record:
        """Write a category."""
        said = {"code": term.code, "name": term.name, "description": term.name or term.code, "taxonomy": term.taxonomy}
        said |= {"taxonomy_id": taxonomy_id(term.taxonomy)} if term.taxonomy else {}
        id = term_id(term)
        said |= {"parent_id": self.parents[id]} if id in self.parents else {}
        record = self._record("taxonomy_term", id, said)
        return {**record, "taxonomy_detail": taxonomy(term.taxonomy)} if term.taxonomy else record

    def _phones(self, parent: Parent, said: Service | Organization | Location) -> list[Record]:
        return self._many("phone", parent, map(asdict, said.phones))

    def _schedules(self, parent: Parent, schedules: Iterable[Schedule]) -> list[Record]:
        return self._many("schedule", parent, map(_plain, map(asdict, schedules)))

    def _many(self, kind: str, parent: Parent, rows: Iterable[Mapping[str, Value]]) -> list[Record]:
        return [self._record(kind, made_of(kind, *parent, str(number)), row) for number, row in enumerate(rows)]

    def _record(self, kind: str, id: str, said: Mapping[str, Value], original: Mapping[str, str] | None = None) -> Record:
        """Write a record, and note what its publisher has otherwise."""
        fitted = fit(kind, said)
        stand = {name: _short(value) for name, value in fitted.items() if value != "" or name in REQUIRED.get(kind, ())}
        was = {**said, **(original or {})}
        now = {"id": id, **fitted}
        changed = [(name, str(was[name]), str(now[name])) for name in was if str(was[name]) != str(now[name])]
        notes = [self._note(kind, id, *one) for one in changed] if self.noted_on else []
        return {"id": id, **stand, **({"metadata": notes} if notes else {})}

    def _note(self, kind: str, id: str, field_name: str, previous: str, new: str) -> Record:
        return {
            "id": made_of("metadata", kind, id, field_name),
            "last_action_date": f"{self.noted_on}",
            "last_action_type": "update",
            "field_name": field_name,
            "previous_value": previous,
            "replacement_value": new,
            "updated_by": FITTED,
        }


def itself(location: Location) -> Location:
    """Give a location without what is said of a service there."""
    return replace(location, description="", phones=(), schedules=(), areas=(), extents=())


def at_location_id(service: str, place: str) -> str:
    """Give the UUID of a service at a location, both by their UUIDs."""
    return made_of("service_at_location", service, place)


@lru_cache(maxsize=4096)  # the same categories are named again and again
def term_id(term: Term) -> str:
    """Give the UUID of a category, which is the same whoever uses it."""
    return made_of("taxonomy_term", term.taxonomy, term.code, term.name)


@lru_cache(maxsize=256)
def taxonomy_id(name: str) -> str:
    """Give the UUID of a vocabulary."""
    return made_of("taxonomy", name)


def taxonomy(name: str) -> Record:
    """Write a vocabulary."""
    return {"id": taxonomy_id(name), "name": name, "description": name}


def _changed(record: Record, at: datetime) -> Record:
    """Note on a record when it last changed here. Readers take `last_modified` for its publisher's word, so it is not that."""
    id, notes = str(record["id"]), record.get("metadata", [])
    note = {
        "id": made_of("metadata", "service", id, "changed here"),
        "resource_id": id,
        "resource_type": "service",
        "last_action_date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "last_action_type": "update",
        "field_name": "",
        "previous_value": "",
        "replacement_value": "",
        "updated_by": DIRECTORY,
    }
    return {**record, "metadata": [*(notes if isinstance(notes, list) else []), note]}


def _service(service: Service) -> dict[str, Value]:
    said = {
        "name": service.name,
        "alternate_name": service.alternate_name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        "status": service.status,
        "alert": service.alert,
        "application_process": service.application_process,
        "fees_description": service.fees_description,
        "eligibility_description": service.eligibility_description,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "interpretation_services": service.interpretation,
        "wait_time": service.wait_time,
        "assured_date": service.assured_date,
    }
    day = f"{service.last_modified}T00:00:00Z" if service.last_modified else ""
    return {**_plain(said), "last_modified": day}


def _plain(said: Mapping[str, object]) -> dict[str, Value]:
    """Write days as the standard has them, and what is not known as empty."""
    return {name: value if isinstance(value, str | int | float) else str(value or "") for name, value in said.items()}


def _short(value: Value) -> Value:
    """Write a whole number without decimals."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _areas(areas: Sequence[str], extents: Sequence[Extent]) -> Iterator[dict[str, Value]]:
    """Join names and outlines as they stood together: an outline with a name belongs to the next area of that name."""
    waiting = list(extents)
    for area in areas:
        while waiting and not waiting[0].name:
            yield _area("", waiting.pop(0))
        yield _area(area, waiting.pop(0) if waiting and waiting[0].name == area else Extent())
    yield from (_area(one.name, one) for one in waiting)


def _area(name: str, extent: Extent) -> dict[str, Value]:
    return {"name": name, "extent": extent.extent, "extent_type": extent.type, "uri": extent.uri}


def _capacities(service: str, capacity: Capacity | None) -> Iterator[Record]:
    """Write whether there is room; that first somebody has to be looked at says nothing of it."""
    if capacity and capacity.code in ROOM:
        available, words = ROOM[capacity.code]
        weeks = f" About {capacity.weeks} weeks." if capacity.weeks else ""
        yield {
            "id": made_of("service_capacity", service),
            "unit": {"id": made_of("unit", "person"), "name": "person, at least"},
            "available": available,
            "description": f"{words}{weeks}",
            "updated": f"{capacity.told}T00:00:00Z",
        }
