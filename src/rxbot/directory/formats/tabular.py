"""Write nested HSDS 3.1 records as a Tabular Data Package: a CSV for each table, and datapackage.json to describe them."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import cast

from rxbot.directory.formats.records import Record
from rxbot.directory.formats.tables import is_formula

DESCRIPTION = "datapackage.json"
NUMBERS = (
    "minimum_age", "maximum_age", "latitude", "longitude", "extension", "timezone", "count", "interval", "amount", "available",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table of the standard: what it calls a record, its file, its columns, and which of them name records elsewhere."""

    kind: str
    file: str
    columns: tuple[str, ...]

    @property
    def links(self) -> Mapping[str, str]:
        """Give the kinds of record that its columns name."""
        own = {column: column.removesuffix("_id") for column in self.columns}
        return {column: kind for column, kind in own.items() if kind != column and kind in BY_KIND}


def _table(kind: str, file: str, columns: str) -> Table:
    return Table(kind, f"{file}.csv", ("id", *columns.split()))


TABLES = (
    _table("organization", "organizations", "name alternate_name description email website"),
    _table(
        "service",
        "services",
        "organization_id name alternate_name description url email status interpretation_services application_process "
        "fees_description wait_time eligibility_description minimum_age maximum_age assured_date alert last_modified",
    ),
    _table("location", "locations", "location_type name description transportation latitude longitude"),
    _table("service_at_location", "service_at_location", "service_id location_id description"),
    _table("address", "addresses", "location_id address_1 address_2 city region state_province postal_code country address_type"),
    _table("phone", "phones", "location_id service_id organization_id service_at_location_id number extension type description"),
    _table(
        "schedule",
        "schedules",
        "service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq interval byday "
        "byweekno bymonthday byyearday description opens_at closes_at attending_type notes",
    ),
    _table("service_area", "service_areas", "service_id service_at_location_id name extent extent_type uri"),
    _table("language", "languages", "service_id location_id name code note"),
    _table("accessibility", "accessibility", "location_id description"),
    _table("cost_option", "cost_options", "service_id valid_from valid_to option currency amount amount_description"),
    _table("required_document", "required_documents", "service_id document"),
    _table("service_capacity", "service_capacity", "service_id unit_id available description updated"),
    _table("unit", "units", "name"),
    _table("attribute", "attributes", "link_id link_entity taxonomy_term_id link_type value"),
    _table("taxonomy", "taxonomies", "name description"),
    _table("taxonomy_term", "taxonomy_terms", "code name description parent_id taxonomy taxonomy_id"),
    _table(
        "metadata",
        "metadata",
        "resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by",
    ),
)
BY_KIND = {table.kind: table for table in TABLES}
ONE = {
    "organization": "organization",
    "location": "location",
    "taxonomy_term": "taxonomy_term",
    "unit": "unit",
    "taxonomy_detail": "taxonomy",
}
"""Fields in which one record is nested, and what it is."""
MANY = {
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "capacities": "service_capacity",
    "attributes": "attribute",
    "addresses": "address",
    "accessibility": "accessibility",
    "metadata": "metadata",
}
"""Fields in which records are nested that name the one they hang on."""
ABOUT_ANY = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}
Cells = dict[str, object]


def package_of(services: Iterable[Record], name: str, categories: Iterable[Record] = ()) -> Iterator[tuple[str, str]]:
    """Give each file of the package with what is in it: the tables that have rows, then their description.

    `categories` are all that are listed, also those that no service has.
    """
    rows: dict[str, dict[str, Cells]] = {table.kind: {} for table in TABLES}
    for service in services:
        for kind, cells in _flat("service", service, {}):
            rows[kind].setdefault(str(cells["id"]), cells)
    for category in categories:
        for kind, cells in _flat("taxonomy_term", category, {}):
            rows[kind].setdefault(str(cells["id"]), cells)
    written = [table for table in TABLES if rows[table.kind]]
    for table in written:
        yield table.file, _csv(table, rows[table.kind].values())
    yield DESCRIPTION, f"{json.dumps(_described(name, written), indent=2, ensure_ascii=False)}\n"


def lines_of(services: Iterable[Record]) -> Iterator[str]:
    """Give each service as a line of JSON."""
    return (f"{json.dumps(service, ensure_ascii=False)}\n" for service in services)


def _flat(kind: str, record: Record, links: Cells) -> Iterator[tuple[str, Cells]]:
    """Give a record and all that is nested in it as rows."""
    id, cells = record["id"], {**record, **links}
    for field, nested in ((field, nested) for field, nested in ONE.items() if field in record):
        one = cast(Record, record[field])
        cells[f"{nested}_id"] = one["id"]
        yield from _flat(nested, one, {})
    yield kind, {column: cells.get(column, "") for column in BY_KIND[kind].columns}
    for field, nested in MANY.items():
        above = dict(zip(ABOUT_ANY[nested], (id, kind), strict=True)) if nested in ABOUT_ANY else {f"{kind}_id": id}
        for child in cast(Sequence[Record], record.get(field, ())):
            yield from _flat(nested, child, above)


def _csv(table: Table, rows: Iterable[Cells]) -> str:
    written = StringIO()
    lines = csv.DictWriter(written, table.columns, lineterminator="\n")
    lines.writeheader()
    lines.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    """Write a cell. One that a spreadsheet would compute begins with the number of its sign, which readers undo."""
    text = str(value)
    return f"&#{ord(text[0])};{text[1:]}" if is_formula(text) else text


def _described(name: str, tables: Sequence[Table]) -> Record:
    kinds = {table.kind for table in tables}
    return {
        "name": "human_services_data",
        "title": name,
        "profile": "tabular-data-package",
        "version": "3.1.0",
        "resources": [
            {
                "name": table.kind,
                "path": table.file,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": one, "type": "number" if one in NUMBERS else "string"} for one in table.columns],
                    "foreignKeys": [
                        {"fields": column, "reference": {"resource": kind, "fields": "id"}}
                        for column, kind in table.links.items()
                        if kind in kinds
                    ],
                },
            }
            for table in tables
        ],
    }
