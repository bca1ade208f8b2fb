"""What the lists at /hsds are looked up in, made from the services as they are stored; it can be made anew at any time.

A service's UUID, and those of its provider and places, are settled here, when it is brought in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, insert, literal, select, update

from rxbot.directory.formats.identity import Identities
from rxbot.directory.formats.records import Writer, at_location_id, itself, taxonomy_id, term_id
from rxbot.directory.model import Service, Term
from rxbot.directory.stems import fold
from rxbot.store.directory_tables import (
    directory_service,
    published_category,
    published_place,
    published_service,
    published_term,
)
from rxbot.store.rows import MANY, Lists, many, slices
from rxbot.store.unit import Unit

TABLES = (published_place, published_term, published_service)
AT_ONCE = 500
HOLDS: Mapping[str, tuple[ColumnElement[str], ColumnElement[str]]] = {
    "service": (published_service.c.id, literal("another service")),
    "organization": (published_service.c.organization, published_service.c.organization_says),
    "location": (published_place.c.location, published_place.c.location_says),
}


def empty(unit: Unit) -> None:
    """Begin anew."""
    for table in (*TABLES, published_category):
        unit.execute(delete(table))


def take_down(unit: Unit, services: Sequence[str]) -> None:
    """Let these services, by their keys, be in no list any more."""
    for some in slices(services, MANY):
        for table in TABLES:
            unit.execute(delete(table).where(table.c.service.in_(some)))


def post(unit: Unit, publisher: str, services: Iterable[Service]) -> None:
    """Let those of these services that are offered be in the lists."""
    for some in slices([one for one in services if one.offered], AT_ONCE):
        _post(unit, publisher, some)


def stand(unit: Unit, services: Sequence[str]) -> None:
    """Let these services be in the lists, or not, as they stand now: after one was closed, suspended, or is offered again."""
    for some in slices(services, MANY):
        now = {key: stands for key, (stands, _) in _standing(unit, some).items()}
        for stands in (True, False):
            keys = [key for key, does in now.items() if does is stands]
            unit.execute(update(published_service).where(published_service.c.service.in_(keys)).values(stands=stands))


def _standing(unit: Unit, services: Collection[str]) -> dict[str, tuple[bool, datetime]]:
    """Say of each of these services whether it stands, and when its record last changed."""
    c = directory_service.c
    asked = select(c.key, c.closed_at, c.suspended_at, c.changed_at).where(c.key.in_(services))
    return {key: (not (closed or suspended), changed_at) for key, closed, suspended, changed_at in unit.execute(asked)}


def _post(unit: Unit, publisher: str, services: Sequence[Service]) -> None:
    writer = Writer(publisher, Identities(given=_taken(unit, publisher, services)))
    now = _standing(unit, [service.key for service in services])
    many(unit, insert(published_service), (_service(writer, service, *now[service.key]) for service in services))
    many(unit, insert(published_place), (row for service in services for row in _places(writer, service)))
    _post_terms(unit, services)


def _service(writer: Writer, service: Service, stands: bool, changed_at: datetime) -> dict[str, object]:
    gives = service.organization
    return {
        "service": service.key,
        "publisher": writer.publisher,
        "stands": stands,
        "changed_at": changed_at,
        "id": writer.service_id(service),
        "organization": writer.organization_id(gives),
        "organization_says": _mark_of_organization(gives),
        "words": words_of(service),
        "organization_words": fold("\n".join((gives.name, gives.alternate_name, gives.description))),
    }


def words_of(service: Service) -> str:
    """Give what a service is searched by."""
    texts = (service.name, service.alternate_name, service.organization.name, service.description, *service.filed_under)
    return fold("\n".join(texts))


def _places(writer: Writer, service: Service) -> Iterator[dict[str, object]]:
    here = writer.service_id(service)
    for number, (location_id, location) in enumerate(writer.places(service)):
        yield {
            "service": service.key,
            "number": number,
            "id": at_location_id(here, location_id),
            "location": location_id,
            "location_says": _mark(itself(location)),
            "words": fold(location.name),
            "lat": location.place.lat if location.place else None,
            "lon": location.place.lon if location.place else None,
        }


def _post_terms(unit: Unit, services: Sequence[Service]) -> None:
    used = [(service.key, term_id(term), term) for service in services for term in service.terms]
    post_categories(unit, {id: term for _, id, term in used})
    _USES.send(unit, list(dict.fromkeys((service, id) for service, id, _ in used)))


def post_categories(unit: Unit, terms: Mapping[str, Term]) -> None:
    """Let these categories, by their UUIDs, be known to the lists."""
    category = published_category.c.id
    asked = (select(category).where(category.in_(some)) for some in slices(list(terms), MANY))
    known = {id for statement in asked for id in unit.execute(statement).scalars()}
    many(unit, insert(published_category), (_category(id, term) for id, term in terms.items() if id not in known))


_USES = Lists(
    "INSERT INTO published_term (service, term) VALUES (?, ?)",
    "INSERT INTO published_term (service, term) SELECT * FROM unnest(%s::text[], %s::text[])",
)


def _category(id: str, term: Term) -> dict[str, object]:
    return {
        "id": id,
        "taxonomy": taxonomy_id(term.taxonomy),
        "vocabulary": term.taxonomy,
        "code": term.code,
        "name": term.name,
        "words": fold(term.name),
        "vocabulary_words": fold(term.taxonomy),
    }


@dataclass(frozen=True, eq=False)
class RecordMark:
    """What a record that has a UUID already says, as a mark of it."""

    mark: str

    def __eq__(self, other: object) -> bool:
        return _mark(other) == self.mark

    def __hash__(self) -> int:
        return hash(self.mark)


def _taken(unit: Unit, publisher: str, services: Sequence[Service]) -> dict[tuple[str, str], object]:
    """Give what has those UUIDs already that these services would be given, so that nothing else is given them."""
    wanted = Identities()
    writer = Writer(publisher, wanted)
    for service in services:
        writer.service_id(service)
        writer.organization_id(service.organization)
        writer.places(service)
    return {
        (kind, id): RecordMark(mark)
        for kind, (column, says) in HOLDS.items()
        for some in slices([id for of, id in wanted.given if of == kind], MANY)
        for id, mark in unit.execute(select(column, says).where(column.in_(some)).distinct())
    }


def _mark(said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()[:16]


_mark_of_organization = lru_cache(maxsize=4096)(_mark)  # most give several services
