"""Look up what stands in the lists at /hsds, by their ids, a page at a time: nobody reads all of a directory at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, distinct, func, literal, or_, select, true, union_all

from rxbot.directory.grid import DEGREE_KM
from rxbot.directory.model import Place, Term
from rxbot.store.directory_categories import parents_among, parents_of
from rxbot.store.directory_tables import (
    directory_category,
    published_category,
    published_place,
    published_service,
    published_term,
    service_capacity,
    service_check,
)
from rxbot.store.published import Published, published_of
from rxbot.store.rows import MANY, slices
from rxbot.store.unit import Unit

service, place, term, category = published_service.c, published_place.c, published_term.c, published_category.c
listed_by = directory_category.c
WITH_PLACES = published_service.join(published_place, place.service == service.service)


@dataclass(frozen=True)
class Kind:
    """A list: where its records stand, the id they have, and the words they are found by."""

    of: FromClause
    id: ColumnElement[str]
    words: tuple[ColumnElement[str], ...]


LISTS: Mapping[str, Kind] = MappingProxyType({
    "services": Kind(published_service, service.id, (service.words,)),
    "organizations": Kind(published_service, service.organization, (service.organization_words,)),
    "service_at_locations": Kind(WITH_PLACES, place.id, (service.words, place.words)),
    "taxonomies": Kind(published_category, category.taxonomy, (category.vocabulary_words,)),
    "taxonomy_terms": Kind(published_category, category.id, (category.words,)),
})  # fmt: skip


ONE_BY_ONE = ("services", "service_at_locations")
"""Lists of which a record is one row."""


@dataclass(frozen=True)
class ListFilter:
    """What is asked of a list; all of it at once.

    `near` and `km` are for places where services are given, `parent` and `top_only` for categories.
    """

    publishers: tuple[str, ...]
    words: tuple[str, ...] = ()
    term: str = ""
    taxonomy: str = ""
    organization: str = ""
    changed_from: datetime | None = None
    near: Place | None = None
    km: float | None = None
    parent: str = ""
    top_only: bool = False


@dataclass(frozen=True)
class Row:
    """A record of a list: its id, and the key of a service that it stands with."""

    id: str
    service: str


@dataclass(frozen=True)
class Listed:
    """A service with the UUIDs it, its provider and its locations go by, and those of what its categories stand below."""

    said: Published
    id: str
    organization: str
    locations: tuple[str, ...]
    parents: Mapping[str, str]


def count(unit: Unit, name: str, wanted: ListFilter) -> int:
    """Say how many records of a list are all that is wanted."""
    kind = LISTS[name]
    counted = kind.id if name in ONE_BY_ONE else distinct(kind.id)
    return int(unit.execute(_of(name, wanted, func.count(counted))).scalar_one())


def rows(unit: Unit, name: str, wanted: ListFilter, limit: int, after: str = "", skip: int = 0) -> tuple[Row, ...]:
    """Give so many of the records that are all that is wanted, by their ids: those after an id, and after so many more."""
    id = LISTS[name].id
    found: Select[Any]
    if _is_of_terms(name):
        found = _of(name, wanted, id, literal("")).distinct()
    elif name in ONE_BY_ONE:
        found = _of(name, wanted, id, service.service)
    else:
        found = _of(name, wanted, id, func.min(service.service)).group_by(id)
    pages = found.where(id > after) if after else found
    return tuple(Row(id, key) for id, key in unit.execute(pages.order_by(id).offset(skip).limit(limit)))


def row(unit: Unit, name: str, publishers: tuple[str, ...], id: str) -> Row | None:
    """Find one record of a list."""
    kind = LISTS[name]
    if _is_of_terms(name):
        of_term = _of(name, ListFilter(publishers), kind.id).where(kind.id == id).limit(1)
        return Row(id, "") if unit.execute(of_term).first() else None
    asked = select(kind.id, service.service).select_from(kind.of).where(kind.id == id, *_standing(publishers))
    found = unit.execute(asked.order_by(service.service).limit(1)).one_or_none()
    return Row(*found) if found else None


def listed(unit: Unit, keys: Collection[str]) -> dict[str, Listed]:
    """Give these services with their UUIDs."""
    said = published_of(unit, keys)
    locations: dict[str, list[str]] = {}
    found: dict[str, Listed] = {}
    for some in slices(list(keys), MANY):
        placed = select(place.service, place.location).where(place.service.in_(some)).order_by(place.service, place.number)
        for key, location in unit.execute(placed):
            locations.setdefault(key, []).append(location)
        above = {one: parents_of(unit, (one,), some) for one in {said[key].publisher for key in some if key in said}}
        for key, id, organization in unit.execute(
            select(service.service, service.id, service.organization).where(service.service.in_(some))
        ):
            found[key] = Listed(said[key], id, organization, tuple(locations.get(key, ())), above[said[key].publisher])
    return found


def terms(unit: Unit, ids: Collection[str]) -> dict[str, Term]:
    """Give these categories."""
    asked = select(category.id, category.vocabulary, category.code, category.name).where(category.id.in_(ids))
    return {id: Term(*said) for id, *said in unit.execute(asked)}


def parents(unit: Unit, publishers: Sequence[str], ids: Collection[str]) -> Mapping[str, str]:
    """Give the UUID of what each of these categories stands below, where it does."""
    return parents_among(unit, publishers, listed_by.id.in_(ids))


def vocabularies(unit: Unit, ids: Collection[str]) -> dict[str, str]:
    """Give the names of these vocabularies."""
    asked = select(category.taxonomy, category.vocabulary).where(category.taxonomy.in_(ids)).distinct()
    return {row.taxonomy: row.vocabulary for row in unit.execute(asked)}


def changes(unit: Unit, name: str, publishers: Sequence[str], ids: Sequence[str]) -> dict[str, datetime]:
    """Say when each of these records, or a service that has it, last changed, or somebody said something of it."""
    kind, said, room = LISTS[name], service_check, service_capacity
    if _is_of_terms(name):
        return _changes_of_terms(unit, kind, publishers, ids)
    stands = kind.of.outerjoin(said, said.c.service == service.service).outerjoin(room, room.c.service == service.service)
    times = [func.max(one) for one in (service.changed_at, said.c.at, said.c.settled_at, room.c.at)]
    asked = select(kind.id, *times).select_from(stands).where(*_standing(publishers)).group_by(kind.id)
    return {
        id: max(filter(None, found)) for some in slices(ids, MANY) for id, *found in unit.execute(asked.where(kind.id.in_(some)))
    }


def _changes_of_terms(unit: Unit, kind: Kind, publishers: Sequence[str], ids: Sequence[str]) -> dict[str, datetime]:
    said, room = service_check, service_capacity
    uses = published_category.join(published_term, term.term == category.id).join(
        published_service, term.service == service.service
    )
    stands = uses.outerjoin(said, said.c.service == service.service).outerjoin(room, room.c.service == service.service)
    listed = published_category.join(directory_category, listed_by.id == category.id)
    found: dict[str, datetime] = {}
    for some in slices(ids, MANY):
        used = (
            select(kind.id, func.max(one)).select_from(stands).where(kind.id.in_(some), *_standing(publishers)).group_by(kind.id)
            for one in (service.changed_at, said.c.at, said.c.settled_at, room.c.at)
        )
        told = select(kind.id, func.max(listed_by.changed_at)).select_from(listed)
        told = told.where(kind.id.in_(some), listed_by.publisher.in_(publishers)).group_by(kind.id)
        for id, at in unit.execute(union_all(*used, told)):
            found[id] = max(filter(None, (found.get(id), at)))
    return found


def _is_of_terms(name: str) -> bool:
    return LISTS[name].of is published_category


def _of(name: str, wanted: ListFilter, *columns: ColumnElement[Any]) -> Select[Any]:
    """Ask of a list what is wanted. Categories are few, and each has many services: one that stands is enough.

    A category that a publisher lists is there without a service too, but where it is asked of services.
    """
    kind = LISTS[name]
    if not _is_of_terms(name):
        return select(*columns).select_from(kind.of).where(*_of_services(wanted), *_of_words(kind, wanted), *_near(wanted))
    stands = select(service.id).where(service.service == term.service, *_of_services(wanted, False)).exists()
    used = select(term.term).where(term.term == category.id, stands)
    told = select(listed_by.id).where(listed_by.id == category.id, listed_by.publisher.in_(wanted.publishers))
    if wanted.changed_from:
        told = told.where(listed_by.changed_at >= wanted.changed_from)
    there = used.exists() if wanted.organization else or_(used.exists(), told.exists())
    return select(*columns).where(*_of_categories(name, wanted), *_of_words(kind, wanted), there)


def _standing(publishers: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    by = service.publisher == publishers[0] if len(publishers) == 1 else service.publisher.in_(publishers)
    return by, service.stands == true()


def _of_services(wanted: ListFilter, by_terms: bool = True) -> Iterable[ColumnElement[bool]]:
    yield from _standing(wanted.publishers)
    if wanted.organization:
        yield service.organization == wanted.organization
    if wanted.changed_from:
        said, room, key, moment = service_check.c, service_capacity.c, service.service, wanted.changed_from
        yield or_(
            service.changed_at >= moment,
            key.in_(select(said.service).where(or_(said.at >= moment, said.settled_at >= moment))),
            key.in_(select(room.service).where(room.at >= moment)),
        )
    if wanted.term and by_terms:
        yield service.service.in_(select(term.service).where(term.term == wanted.term))
    if wanted.taxonomy and by_terms:
        of = select(category.id).where(category.taxonomy == wanted.taxonomy)
        yield service.service.in_(select(term.service).where(term.term.in_(of)))


def _near(wanted: ListFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.near and wanted.km is not None:
        yield _in_a_box(wanted.near, wanted.km)


def _of_words(kind: Kind, wanted: ListFilter) -> Iterable[ColumnElement[bool]]:
    return (or_(*(words.contains(word, autoescape=True) for words in kind.words)) for word in wanted.words)


def _of_categories(name: str, wanted: ListFilter) -> Iterable[ColumnElement[bool]]:
    if name == "taxonomies":
        yield category.vocabulary != ""
    if wanted.term:
        yield category.id == wanted.term
    if wanted.taxonomy:
        yield category.taxonomy == wanted.taxonomy
    above = select(listed_by.parent).where(listed_by.id == category.id, listed_by.publisher.in_(wanted.publishers))
    if wanted.parent:
        yield above.where(listed_by.parent == wanted.parent).exists()
    if wanted.top_only:
        yield ~above.where(listed_by.parent != "").exists()


def _in_a_box(spot: Place, km: float) -> ColumnElement[bool]:
    """Say of a place that it may be near: a box that holds the circle, all round the world where the circle is wide."""
    up = km / DEGREE_KM * 1.01
    across = up / max(cos(radians(min(abs(spot.lat) + up, 90))), 0.01)
    tall = place.lat.between(spot.lat - up, spot.lat + up)
    is_round = spot.lon - across < -180 or spot.lon + across > 180
    return and_(tall, place.lon.is_not(None)) if is_round else and_(tall, place.lon.between(spot.lon - across, spot.lon + across))
