"""What is published, in the lists of the standard's API. Nothing here waits: what it tells of was read before.

Records are written when they are asked for; held are only the services and what they are found by.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import MappingProxyType

from rxbot.directory.formats.identity import Identities
from rxbot.directory.formats.records import Record, Writer, taxonomy, taxonomy_id, term_id
from rxbot.directory.grid import km_between
from rxbot.directory.model import Location, Organization, Place, Service, Term
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import area_rule, areas_of, extents_of
from rxbot.directory.stems import fold
from rxbot.published.parameters import Asked
from rxbot.store.published import Published

LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@dataclass(frozen=True)
class Item:
    """One record of a list: its id, what it is found by, and how it is written. `services` are those it tells of."""

    id: str
    write: Callable[[], Record]
    words: str
    changed_at: datetime
    services: tuple[Service, ...]
    organization: str = ""
    terms: frozenset[str] = frozenset()
    place: Location | None = None

    def shallow(self) -> Record:
        """Write it without the records that hang on it."""
        return {name: _bare(value) for name, value in self.write().items() if not isinstance(value, list)}

    def minimal(self) -> Record:
        """Write its id and when it last changed."""
        return {"id": self.id, "modified_date": f"{self.changed_at:%Y-%m-%dT%H:%M:%SZ}"}


def _bare(value: object) -> object:
    return {name: one for name, one in value.items() if not isinstance(one, list)} if isinstance(value, dict) else value


@dataclass(frozen=True)
class Catalogue:
    """Every list, by its name, as of one state of the directory."""

    state: str
    lists: Mapping[str, Mapping[str, Item]] = field(default_factory=lambda: MappingProxyType({name: {} for name in LISTS}))

    def find(self, name: str, asked: Asked, near: Place | None = None) -> list[Item]:
        """Give the records of a list that are all that was asked for, by their ids."""
        return [
            item for item in self.lists[name].values() if _is_asked_for(item, asked) and _is_near(item, near, asked.proximity)
        ]


def catalogue_of(state: str, found: Iterable[Published]) -> Catalogue:
    """Put together what is published of services that are offered."""
    identities = Identities()
    services: list[Item] = []
    places: list[Item] = []
    for one in (one for one in found if one.service.offered):
        writer = Writer(one.publisher, identities)
        service = _service(one, writer)
        services.append(service)
        places += _places(one, writer, service)
    lists = (services, _organizations(services), places, _taxonomies(services), _terms(services))
    by_id = {name: {item.id: item for item in sorted(items, key=_id)} for name, items in zip(LISTS, lists, strict=True)}
    return Catalogue(state, MappingProxyType(by_id))


def _service(one: Published, writer: Writer) -> Item:
    said = one.service
    terms = frozenset(id for term in said.terms for id in (term_id(term), taxonomy_id(term.taxonomy)))
    texts = (
        said.name,
        said.alternate_name,
        said.organization.name,
        said.description,
        *said.keywords,
        *(term.name for term in said.terms),
    )
    return Item(
        writer.service_id(said),
        partial(writer.service, said, one.capacity, one.changed_at),
        fold("\n".join(texts)),
        one.changed_at,
        (said,),
        writer.organization_id(said.organization),
        terms,
    )


def _places(one: Published, writer: Writer, service: Item) -> Iterator[Item]:
    for id, location in writer.at_locations(one.service):
        write, words = partial(writer.at_location, one.service, id), f"{service.words}\n{fold(location.name)}"
        yield Item(id, write, words, one.changed_at, (one.service,), service.organization, service.terms, location)


def _organizations(services: Sequence[Item]) -> list[Item]:
    return [
        Item(id, partial(_organization, some[0]), _words_of(said[0].organization), changed_at, said, id, terms)
        for id, some, changed_at, said, terms in _grouped(services, lambda item: [item.organization])
    ]


def _organization(service: Item) -> Record:
    found = service.write()["organization"]
    assert isinstance(found, dict)
    return found


def _words_of(one: Organization) -> str:
    return fold("\n".join((one.name, one.alternate_name, one.description)))


def _taxonomies(services: Sequence[Item]) -> list[Item]:
    names = {taxonomy_id(term.taxonomy): term.taxonomy for term in _all_terms(services) if term.taxonomy}
    return [
        Item(id, partial(taxonomy, names[id]), fold(names[id]), changed_at, said, "", frozenset({id}))
        for id, _, changed_at, said, _ in _grouped(services, lambda item: sorted(item.terms & names.keys()))
    ]


def _terms(services: Sequence[Item]) -> list[Item]:
    terms = {term_id(term): term for term in _all_terms(services)}
    write = Writer("").term
    return [
        Item(id, partial(write, one), fold(one.name), changed_at, said, "", frozenset({id, taxonomy_id(one.taxonomy)}))
        for id, _, changed_at, said, _ in _grouped(services, lambda item: sorted(item.terms & terms.keys()))
        for one in [terms[id]]
    ]


def _all_terms(services: Iterable[Item]) -> Iterator[Term]:
    return (term for item in services for said in item.services for term in said.terms)


Group = tuple[str, list[Item], datetime, tuple[Service, ...], frozenset[str]]


def _grouped(services: Iterable[Item], ids_of: Callable[[Item], Iterable[str]]) -> Iterator[Group]:
    """Give each of these ids with the services that have it, when the latest of them changed, and all their terms."""
    found: dict[str, list[Item]] = {}
    for item in services:
        for id in ids_of(item):
            found.setdefault(id, []).append(item)
    for id, items in found.items():
        said = tuple(service for item in items for service in item.services)
        terms = frozenset(term for item in items for term in item.terms)
        yield id, items, max(item.changed_at for item in items), said, terms


def _is_asked_for(item: Item, asked: Asked) -> bool:
    return (
        all(word in item.words for word in fold(asked.search).split())
        and {asked.taxonomy_term_id, asked.taxonomy_id} - {""} <= item.terms
        and asked.organization_id in ("", item.organization)
        and (asked.modified_after is None or item.changed_at >= asked.modified_after)
    )


def _is_near(item: Item, spot: Place | None, metres: float | None) -> bool:
    """Say whether a service is given near a spot; without a distance, whether people who live there may come."""
    if spot is None:
        return True
    if metres is not None and not (item.place and item.place.place and km_between(item.place.place, spot) * 1000 <= metres):
        return False
    return not any(_is_elsewhere(service, spot) for service in item.services)


def _is_elsewhere(service: Service, spot: Place) -> bool:
    """Say whether people of a spot surely may not come: by its words, or because every area it names is drawn elsewhere."""
    found, drawn = area_rule(service, spot).value, extents_of(service)
    all_drawn = bool(drawn) and all(one.extent and one.type in ("", "geojson") for one in drawn)
    only_drawn = all_drawn and set(areas_of(service)) <= {one.name for one in drawn}
    return found is Answer.NO or (only_drawn and found is not Answer.YES)


def _id(item: Item) -> str:
    return item.id
