"""Turn an export of Code for America's Ohana into the tables of an HSDS package.

Ohana gives a service one location and no row to join them, and keeps lists in cells: "Spanish, Chinese (Mandarin)".
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from rxbot.directory.defects import Defects
from rxbot.directory.formats.children import Page
from rxbot.directory.formats.generations import Tables
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.tables import Row

LIST = re.compile(r"\s*,\s*(?![^()]*\))")
COLUMNS = {
    "services": {"website": "url", "eligibility": "eligibility_description"},
    "locations": {"website": "url"},
    "phones": {"number_type": "type", "department": "description"},
    "taxonomy": {"taxonomy_id": "id"},
}
LISTS: tuple[tuple[str, str, str, str, str, Mapping[str, str]], ...] = (
    # table, cell, the rows it becomes, their column, the column that names the record, what else each row says
    ("services", "languages", "languages", "name", "service_id", {}),
    ("services", "service_areas", "service_areas", "name", "service_id", {}),
    ("services", "required_documents", "required_documents", "document", "service_id", {}),
    ("services", "taxonomy_ids", "service_taxonomy", "taxonomy_id", "service_id", {}),
    ("services", "keywords", "attributes", "value", "link_id", {"link_entity": "service", "label": "keyword"}),
    ("locations", "languages", "languages", "name", "location_id", {}),
    ("locations", "accessibility", "accessibility", "description", "location_id", {}),
)
TRUE = ("true", "t", "1", "yes")


def is_ohana(tables: Tables) -> bool:
    """Say whether these are tables of Ohana: services name their one location themselves."""
    services = tables.get("services", ())
    return bool(services) and "location_id" in services[0].fields and "organization_id" not in services[0].fields


def read_ohana(tables: Tables, defects: Defects) -> Iterator[tuple[str, Page]]:
    """Give each service with all that hangs on it, and where it stands. Keys of `tables` are file names without .csv."""
    return read_package(as_package(tables), defects)


def as_package(tables: Tables) -> dict[str, tuple[Row, ...]]:
    """Give the same as the tables of HSDS: joined, and a row for each thing in a list."""
    named = {table: tuple(_renamed(rows, COLUMNS.get(table, {}))) for table, rows in tables.items()}
    services, locations = named.get("services", ()), named.get("locations", ())
    owners = {row.fields.get("id", ""): row.fields.get("organization_id", "") for row in locations}
    package = {
        **named,
        "services": tuple(_owned(row, owners) for row in services),
        "locations": tuple(map(_typed, locations)),
        "service_at_location": tuple(map(_join, services)),
        "attributes": tuple(_audience(services)),
    }
    for table, cell, rows, column, link, more in LISTS:
        listed = (
            _row(row, {link: row.fields.get("id", ""), column: one, **more}) for row, one in _listed(named.get(table, ()), cell)
        )
        package[rows] = (*package.get(rows, ()), *listed)
    return package


def _renamed(rows: Iterable[Row], columns: Mapping[str, str]) -> Iterator[Row]:
    return (_row(row, {columns.get(name, name): value for name, value in row.fields.items()}) for row in rows)


def _row(row: Row, fields: Mapping[str, str]) -> Row:
    return Row(fields, row.where)


def _listed(rows: Iterable[Row], cell: str) -> Iterator[tuple[Row, str]]:
    return ((row, one) for row in rows for one in LIST.split(row.fields.get(cell, "")) if one)


def _owned(row: Row, owners: Mapping[str, str]) -> Row:
    """Give a service its provider, which is that of its location, without the cells that became rows."""
    lists = {cell for table, cell, *_ in LISTS if table == "services"}
    said = {name: value for name, value in row.fields.items() if name not in lists}
    return _row(row, {**said, "organization_id": owners.get(row.fields.get("location_id", ""), "")})


def _typed(row: Row) -> Row:
    lists = {cell for table, cell, *_ in LISTS if table == "locations"}
    said = {name: value for name, value in row.fields.items() if name not in lists}
    virtual = row.fields.get("virtual", "").casefold() in TRUE
    return _row(row, {**said, "location_type": "virtual" if virtual else "physical"})


def _join(row: Row) -> Row:
    return _row(row, {"service_id": row.fields.get("id", ""), "location_id": row.fields.get("location_id", "")})


def _audience(services: Iterable[Row]) -> Iterator[Row]:
    """Say whom each service is for."""
    for row in services:
        if whom := row.fields.get("audience"):
            said = {"link_id": row.fields.get("id", ""), "link_entity": "service", "label": "target group", "value": whom}
            yield _row(row, said)
