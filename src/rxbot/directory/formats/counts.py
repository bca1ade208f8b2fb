"""Count what a directory file holds, as it stands in the file: the figures a coordinator compares with the publisher's."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from rxbot.directory.defects import Defects
from rxbot.directory.formats.generations import Tables, as_today
from rxbot.directory.formats.known_records import known_records
from rxbot.directory.formats.ohana import as_package
from rxbot.directory.hsds import Raw, is_category, place_of, told

Page = Mapping[str, object]
ONE = {"organization": "organizations", "location": "locations", "taxonomy_term": "taxonomy_terms"}
"""The records that stand alone under a name, with the name of their kind."""


@dataclass(frozen=True)
class Counts:
    """How many of each a file holds. Rows of a table are counted each, nested rows once, by their id or what they say."""

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


def count_package(tables: Tables) -> Counts:
    """Count the rows of a package; categories by their id, which some packages repeat."""
    rows = as_today(tables, Defects())
    placed = {row.fields.get("id", "") for row in rows["locations"] if _on_the_map(row.fields)}
    served = {service for service, location in known_records(rows, Defects()).pairs if location in placed}
    return Counts(
        organizations=len(rows["organizations"]),
        services=len(rows["services"]),
        locations=len(rows["locations"]),
        service_at_locations=len(rows["service_at_locations"]),
        services_with_coordinates=sum(row.fields.get("id", "") in served for row in rows["services"]),
        locations_with_coordinates=sum(_on_the_map(row.fields) for row in rows["locations"]),
        phones=len(rows["phones"]),
        addresses=sum(len(rows[table]) for table in ("addresses", "physical_addresses", "postal_addresses")),
        contacts=len(rows["contacts"]),
        taxonomy_terms=len({row.fields.get("id") or row.where for table in ("terms", "terms_by_code") for row in rows[table]}),
        languages=len(rows["languages"]),
    )


def count_ohana(tables: Tables) -> Counts:
    """Count the rows of an Ohana export."""
    return count_package(as_package(tables))


def count_pages(pages: Iterable[tuple[str, object]]) -> Counts:
    """Count what is nested in pages of HSDS JSON."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for where, page in pages:
        for raw in (one for one in told(where, page, Defects()) if _is_named(one)):
            for kind, row in _nested("taxonomy_terms" if is_category(raw.page) else "services", raw.page):
                of = _key(raw.page) if kind == "service_at_locations" and not row.get("id") else ""
                found[kind][of + _key(row)] = _placed(kind, row)
    numbers = {kind: len(rows) for kind, rows in found.items()}
    numbers |= {f"{kind}_with_coordinates": sum(found[kind].values()) for kind in ("services", "locations")}
    return Counts(**{field.name: numbers.get(field.name, 0) for field in fields(Counts)})


def _is_named(raw: Raw) -> bool:
    """Say whether it is taken at all: a service without any name is left out."""
    return is_category(raw.page) or bool(raw.text("name") or raw.one("organization").text("name"))


def _nested(kind: str, page: Page) -> Iterator[tuple[str, Page]]:
    """Give a record and all that is nested in it, each with its kind."""
    yield kind, page
    for key, value in page.items():
        rows = value if isinstance(value, list) else [value] if key in ONE else ()
        for row in rows:
            if isinstance(row, dict):
                yield from _nested(ONE.get(key, key), row)


def _key(row: Page) -> str:
    id = row.get("id")
    return str(id) if id else json.dumps(row, sort_keys=True, default=str)


def _placed(kind: str, row: Page) -> bool:
    if kind == "services":
        return any(_placed("locations", one) for name, one in _nested(kind, row) if name == "locations")
    return kind == "locations" and _on_the_map(row)


def _on_the_map(row: Page) -> bool:
    return place_of(Raw(row, "", Defects())) is not None
