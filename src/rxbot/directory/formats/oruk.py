"""Write ORUK 1.0 records as HSDS 3 nests them. What is named as in HSDS 3 already stays as it is: feeds mix the two."""

from collections.abc import Callable, Iterator, Mapping

from rxbot.directory.defects import Defects
from rxbot.directory.formats.schedules import holiday, schedule, together
from rxbot.directory.formats.tables import Row
from rxbot.directory.hsds import PAGE_OF

OLDER = (
    "service_taxonomys", "eligibilitys", "regular_schedules", "holiday_schedules", "link_taxonomies", "attending_type",
    "attending_access", "deliverable_type",
)  # fmt: skip
OLDER_PAGE = {"totalElements", "totalPages"}
OLDER_PLACE = ("physical_addresses", "postal_addresses", "accessibility_for_disabilities")
HOW_TO_GET_IN = {
    "referral": "By referral.",
    "appointment": "By appointment.",
    "membership": "For members.",
    "drop-in": "Drop-in.",
}
"""What a person reads of attending_access, whose words are a closed list."""
Record = Mapping[str, object]


def is_older(page: object) -> bool:
    """Say whether a page is as ORUK 1.0 names its fields, or holds services that are."""
    of_its_names = isinstance(page, Mapping) and isinstance(page.get("content"), list) and bool(OLDER_PAGE & page.keys())
    return of_its_names or any(_is_older_service(service) for service in _services(page))


def is_british(page: object) -> bool:
    """Say whether a page is of ORUK 3.0: HSDS 3 whose categories, or who vouches for it, are as in the United Kingdom alone."""
    return any("assurer_email" in service or any(map(_is_of_esd, _records(service, "attributes"))) for service in _services(page))


def _is_of_esd(attribute: Record) -> bool:
    term = _record(attribute.get("taxonomy_term"))
    return any(str(term.get(name, "")).startswith("esd") for name in ("code", "taxonomy"))


def read_oruk(where: str, page: object, defects: Defects) -> object:
    """Give a page with its services as HSDS 3 has them."""
    if isinstance(page, list):
        return [read_oruk(f"{where} item {number}", item, defects) for number, item in enumerate(page, 1)]
    if not isinstance(page, Mapping):
        return page
    if (listed := _listed(page)) is not None:
        return {**page, listed: read_oruk(where, page[listed], defects)}
    return _service(where, page, defects) if _is_older_service(page) else page


def _services(page: object) -> Iterator[Record]:
    if isinstance(page, list):
        for item in page:
            yield from _services(item)
    elif isinstance(page, Mapping):
        listed = _listed(page)
        if listed is None:
            yield page
        else:
            yield from _services(page[listed])


def _listed(page: Record) -> str | None:
    return next((name for name in (*PAGE_OF, "services") if isinstance(page.get(name), list)), None)


def _is_older_service(service: Record) -> bool:
    places = (_record(at.get("location")) for at in _records(service, "service_at_locations"))
    return any(name in service for name in OLDER) or any(name in place for place in places for name in OLDER_PLACE)


def _service(where: str, old: Record, defects: Defects) -> Record:
    """Write one service anew. What HSDS 3 says with the same words is taken over, and what it says too comes first."""
    new = {
        **_ages(_records(old, "eligibilitys")),
        "application_process": HOW_TO_GET_IN.get(str(old.get("attending_access", "")).casefold().replace("_", "-"), ""),
        **{name: value for name, value in old.items() if value not in (None, "", [])},
    }
    return {
        **new,
        "attributes": [*_records(old, "attributes"), *_attributes(old)],
        "schedules": _schedules(where, old, defects, old.get("attending_type")),
        "languages": _renamed(old, "languages", "language", "name"),
        "service_areas": _renamed(old, "service_areas", "service_area", "name"),
        "cost_options": list(map(_cost, _records(old, "cost_options"))),
        "service_at_locations": [_at_location(where, at, defects) for at in _records(old, "service_at_locations")],
    }


def _ages(rows: list[Record]) -> Record:
    """Several rows are several groups: whoever is of one of them may come."""
    low, high = [row.get("minimum_age") for row in rows], [row.get("maximum_age") for row in rows]
    return {
        "minimum_age": _outermost(low, min),
        "maximum_age": _outermost(high, max),
        "eligibility_description": "; ".join(dict.fromkeys(str(row["eligibility"]) for row in rows if row.get("eligibility"))),
    }


def _outermost(ages: list[object], of: Callable[[list[float]], float]) -> object:
    """Give the age that lets in all groups; none where a group has no such bound. One that cannot be read goes on as it is."""
    try:
        numbers = [float(str(age)) for age in ages if age not in (None, "")]
    except ValueError:
        return ages[0]
    return of(numbers) if numbers and len(numbers) == len(ages) else None


def _attributes(old: Record) -> Iterator[Record]:
    for row in _records(old, "service_taxonomys"):
        yield {"link_type": "service", "taxonomy_term": _term(row)}
    for row in _records(old, "link_taxonomies"):
        yield {"link_type": row.get("link_type", ""), "taxonomy_term": _term(row)}
    for group in _records(old, "eligibilitys"):
        for row in _records(group, "link_taxonomies"):
            yield {"link_type": "eligibility", "taxonomy_term": _term(row)}


def _term(row: Record) -> Record:
    """An id here is a CURIE, such as esdServiceType:437, which HSDS 3 calls a code."""
    taxonomy = _record(row.get("taxonomy"))
    id = str(taxonomy.get("id", ""))
    return {
        "code": id if ":" in id else "",
        "name": taxonomy.get("name", ""),
        "taxonomy": taxonomy.get("vocabulary", "") or id.partition(":")[0],
    }


def _schedules(where: str, old: Record, defects: Defects, attending_type: object = None) -> list[Record]:
    attended = {} if attending_type is None else {"attending_type": attending_type}
    regular = [schedule(row, defects) for row in _rows(where, old, "regular_schedules")]
    closed = [holiday(row, defects) for row in _rows(where, old, "holiday_schedules")]
    return [*({**attended, **row} for row in (*_records(old, "schedules"), *together(regular))), *closed]


def _rows(where: str, old: Record, name: str) -> Iterator[Row]:
    """Give records as the tables of a package have them, where opening times are written in the same way."""
    for record in _records(old, name):
        plain = {key: value for key, value in record.items() if isinstance(value, str | int | float)}
        yield Row({key: str(value) for key, value in plain.items()}, where)


def _cost(row: Record) -> Record:
    """Prices of Open Referral UK are in pounds."""
    return row if row.get("currency") or row.get("amount") in (None, "") else {**row, "currency": "GBP"}


def _at_location(where: str, at: Record, defects: Defects) -> Record:
    place = _record(at.get("location"))
    new = {
        "location_type": "physical",
        **place,
        "addresses": [
            *_records(place, "addresses"),
            *({**row, "address_type": "physical"} for row in _records(place, "physical_addresses")),
            *({**row, "address_type": "postal"} for row in _records(place, "postal_addresses")),
        ],
        "accessibility": [
            *_records(place, "accessibility"),
            *({**row, "description": row.get("accessibility", "")} for row in _records(place, "accessibility_for_disabilities")),
        ],
        "languages": _renamed(place, "languages", "language", "name"),
        "schedules": _schedules(where, place, defects),
    }
    return {**at, "location": new, "schedules": _schedules(where, at, defects)}


def _renamed(old: Record, rows: str, older: str, newer: str) -> list[Record]:
    return [{**row, newer: row.get(newer) or row.get(older, "")} for row in _records(old, rows)]


def _records(page: Record, name: str) -> list[Record]:
    rows = page.get(name)
    listed = rows if isinstance(rows, list) else [rows]
    return [row for row in listed if isinstance(row, Mapping)]


def _record(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}
