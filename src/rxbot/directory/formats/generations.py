"""Call the tables and columns of every generation of HSDS by the names they have today."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain

from rxbot.directory.defects import Defects
from rxbot.directory.formats.tables import Row

Tables = Mapping[str, tuple[Row, ...]]

NAMES = {
    "organizations": "organizations organization",
    "services": "services service",
    "locations": "locations location",
    "service_at_locations": "service_at_location services_at_location service_at_locations services_at_locations",
    "addresses": "addresses address",
    "physical_addresses": "physical_addresses physical_address",
    "postal_addresses": "postal_addresses postal_address mail_addresses",
    "phones": "phones phone",
    "contacts": "contacts contact",
    "languages": "languages language",
    "accessibility": "accessibility accessibility_for_disabilities",
    "schedules": "schedules schedule",
    "regular_schedules": "regular_schedules regular_schedule",
    "holiday_schedules": "holiday_schedules holiday_schedule",
    "service_areas": "service_areas service_area",
    "cost_options": "cost_options cost_option",
    "required_documents": "required_documents required_document",
    "eligibility": "eligibility eligibilities",
    "attributes": "attributes attribute other_attributes other_attribute",
    "service_attributes": "service_attributes service_attribute services_taxonomy service_taxonomy",
    "terms": "taxonomy_terms taxonomy_term",
    "terms_by_code": "taxonomy",
    "taxonomies": "taxonomies taxonomy_types",
    "taxonomy_of_terms": "taxonomy_terms_types",
    "capacities": "service_capacity service_capacities",
    "units": "units unit",
    "notes": "metadata",
}
"""Every table that is read, with the names it goes by. In the oldest, `taxonomy`, the id of a term is its code."""

NOT_NEEDED = (
    "programs program funding fundings meta_table_descriptions meta_table_description organization_identifiers "
    "organization_identifier payments_accepted payment_accepted url urls additional_urls additional_websites"
)
KINDS = {
    "organizations": "organization",
    "services": "service",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "addresses": "address",
    "phones": "phone",
    "schedules": "schedule",
    "terms": "taxonomy_term",
}
"""What the notes of a package call the records of a table, where those may have had to be made to fit the standard."""
COLUMNS = {
    "services": {"accrediations": "accreditations"},
    "languages": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "service_areas": {"service_area": "name"},
    "terms": {"term": "name"},
    "terms_by_code": {"vocabulary": "taxonomy"},
    "taxonomies": {"taxonomy_type_recordid": "id"},
    "taxonomy_of_terms": {"taxonomy_recordid": "taxonomy_term_id", "taxonomy_type_recordid": "taxonomy_id"},
}
OTHER_SYSTEM = {
    "taxonomy_recordid": "id",
    "taxonomy_name": "name",
    "taxonomy_parent_name": "parent_id",
    "taxonomy": "taxonomy_id",
    "taxonomy_id": "external_id",
    "taxonomy_vocabulary": "taxonomy",
}
"""The header that one widespread system gives to its taxonomy_terms.csv."""


def as_today(tables: Tables, defects: Defects) -> dict[str, tuple[Row, ...]]:
    """Give every table we read, by one name, with the columns of today; say which tables nobody knows."""
    for table in tables.keys() - set(" ".join((NOT_NEEDED, *NAMES.values())).split()):
        defects.count("unknown_table", f"{table}.csv")
    found = {
        table: tuple(chain.from_iterable(_renamed(tables.get(name, ()), table, defects) for name in names.split()))
        for table, names in NAMES.items()
    }
    for rows in found.values():
        _check_ids(rows, defects)
    return found


def _renamed(rows: tuple[Row, ...], table: str, defects: Defects) -> tuple[Row, ...]:
    there = rows[0].fields.keys() if rows else set()
    columns = COLUMNS.get(table, {})
    if table == "terms" and "taxonomy_recordid" in there:
        defects.count("other_header", rows[0].where)
        columns = OTHER_SYSTEM
    new = {old: name for old, name in columns.items() if old in there and (name not in there or name in columns)}
    return tuple(Row({new.get(k, k): v for k, v in row.fields.items()}, row.where) for row in rows) if new else rows


def _check_ids(rows: tuple[Row, ...], defects: Defects) -> None:
    ids = [id for row in rows if (id := row.fields.get("id")) is not None]
    known = set(ids)
    if len(known) == len(ids) and "" not in known:
        return
    times = Counter(ids)
    for row in rows:
        id = row.fields.get("id", "")
        if not id or times[id] > 1:
            defects.count("repeated_row_id" if id else "no_row_id", row.where)
