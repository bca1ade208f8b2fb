"""Join the tables of a directory package into nested HSDS 3.x services, which `directory/hsds.py` reads.

A package of HSDS 1.1, 2.0 or 3.x will do. An id is unique in its table only. A row is hung on the nearest of the records it
names. What names none is lost, and so is what tells of an unknown service at a place. Services are never joined by name.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rxbot.directory.defects import Defects
from rxbot.directory.formats.children import CHILDREN, Page, merged
from rxbot.directory.formats.generations import Tables, as_today
from rxbot.directory.formats.known_records import AT, SEVERAL, KnownRecords, Parent, known_records, links, parents
from rxbot.directory.formats.notes import Notes, notes_in
from rxbot.directory.formats.schedules import together
from rxbot.directory.formats.tables import Row
from rxbot.directory.formats.terms import attributes, categories_in
from rxbot.directory.hsds import WHERE, Raw, made_id, place_of

Rows = Mapping[str, Sequence[Row]]
Hung = Mapping[Parent, Mapping[str, list[Page]]]


def read_package(tables: Tables, defects: Defects) -> Iterator[tuple[str, Page]]:
    """Give each service with all that hangs on it, and where it stands; then each category.

    Keys of `tables` are file names without .csv.
    """
    rows = as_today(tables, defects)
    there = known_records(rows, defects)
    notes = notes_in(rows["notes"])
    categories = categories_in(rows, notes, defects)
    hung = _hung(rows, there, categories, notes, defects)
    organizations = _pages("organization", rows["organizations"], hung, notes)
    locations = _pages("location", rows["locations"], hung, notes)
    _count_alone(rows, there, locations, defects)
    for row, id in _services(rows["services"], organizations, defects):
        said = row.fields.get("id", "")
        places = [_at(pair, there, hung, locations, notes) for pair in there.pairs_of_service.get(said, ())] if said else []
        if not places:
            defects.count("no_location", row.where)
        if not row.fields.get("status"):
            defects.count("status_not_said", row.where)
        page = {"status": "", **row.fields, **notes.of("services", row), "id": id, WHERE: row.where}
        own = merged(page, hung.get(("service", said), {}) if said else {})
        organization = _organization(row, organizations, defects)
        yield row.where, _eligible({**own, "organization": organization, "service_at_locations": places})
    yield from ((str(page[WHERE]), page) for page in categories.values())


def _hung(rows: Rows, known: KnownRecords, categories: Mapping[str, Page], notes: Notes, defects: Defects) -> Hung:
    """Hang every row on the records it names."""
    hung = defaultdict[Parent, defaultdict[str, list[Page]]](lambda: defaultdict(list))
    units = _pages("unit", rows["units"], {}, notes)
    for child in CHILDREN:
        columns = links(rows[child.table], child.nearest)
        for row in rows[child.table]:
            if above := parents(row, columns, known, defects):
                page = child.read(row, defects)
                if notes.by_record:
                    page.update(notes.of(child.table, row))
                page = _with_unit(page, units) if units else page
                below = hung.get((child.kind, row.fields.get("id", ""))) if child.kind else None
                for parent in above:
                    hung[parent][child.key].append(merged(page, below) if below else page)
    for parent, page in attributes(rows, categories, known, defects):
        hung[parent]["attributes"].append(page)
    for lists in hung.values():
        if "schedules" in lists:
            lists["schedules"] = together(lists["schedules"])
    return hung


def _with_unit(page: Page, units: Mapping[str, Page]) -> Page:
    """Say in what a capacity is counted."""
    return {**page, "unit": units[str(page["unit_id"])]} if page.get("unit_id") in units else page


def _pages(kind: str, rows: Sequence[Row], hung: Hung, notes: Notes) -> dict[str, Page]:
    """Give records by id; of those that share an id the first."""
    found: dict[str, Page] = {}
    for row in rows:
        id = row.fields.get("id", "")
        if id and id not in found:
            found[id] = merged({**row.fields, **notes.of(f"{kind}s", row), WHERE: row.where}, hung.get((kind, id), {}))
    return found


def _services(rows: Sequence[Row], organizations: Mapping[str, Page], defects: Defects) -> Iterator[tuple[Row, str]]:
    """Give each service with an id: its own, or one made of its names, or of all it says where that was given before."""
    taken: dict[str, Row] = {}
    for row in rows:
        id = row.fields.get("id", "")
        if not id:
            defects.count("no_id", row.where)
            owner = organizations.get(row.fields.get("organization_id", ""), {})
            id = made_id(str(owner.get("name", "")), row.fields.get("name", ""))
        if id in taken and taken[id].fields != row.fields:
            id = made_id(*(f"{name}={value}" for name, value in sorted(row.fields.items())))
        if id in taken:
            defects.count("repeated_row", row.where)
        else:
            taken[id] = row
            yield row, id


def _organization(row: Row, organizations: Mapping[str, Page], defects: Defects) -> Page:
    """Give the provider. One that is nowhere in the package keeps its place by its id."""
    ids = [row.fields["organization_id"]] if row.fields.get("organization_id") in organizations else _ids(row)
    if len(ids) > 1:
        defects.count("several_organizations", row.where)
    known = next((id for id in ids if id in organizations), "")
    return organizations[known] if known else {"id": next(iter(ids), "")}


def _ids(row: Row) -> list[str]:
    said = row.fields.get("organization_id", "")
    return [said] if said.isalnum() else list(filter(None, SEVERAL.split(said)))


def _at(pair: tuple[str, str], known: KnownRecords, hung: Hung, locations: Mapping[str, Page], notes: Notes) -> Page:
    row = known.pairs[pair]
    said = {name: row.fields.get(name, "") for name in ("id", "description")}
    page: Page = {**said, **notes.of("service_at_locations", row), WHERE: row.where}
    return merged({**page, "location": locations[pair[1]]}, hung.get((AT, pair), {}))


def _eligible(page: Page) -> Page:
    """Move what older packages say of eligibility in a table of its own into the service."""
    rows = page.pop("eligibility", None)
    if not isinstance(rows, list):
        return page
    texts = dict.fromkeys(str(row.get("eligibility", "")) for row in rows)
    said = "\n".join(filter(None, (str(page.get("eligibility_description", "")), *texts)))
    ages = {name: row[name] for row in rows for name in ("minimum_age", "maximum_age") if row.get(name)}
    return {**ages, **page, "eligibility_description": said}


def _count_alone(rows: Rows, known: KnownRecords, locations: Mapping[str, Page], defects: Defects) -> None:
    """Count the locations whose organization is unknown, and those that no service is given at."""
    used = {location for _, location in known.pairs}
    names_owner = any(row.fields.get("organization_id") for row in rows["locations"])
    for row in rows["locations"]:
        if not all(map(known.ids["organization"].__contains__, _ids(row))):
            defects.count("location_organization_unknown", row.where)
        if names_owner and not _ids(row):
            defects.count("location_without_organization", row.where)
        if row.fields.get("id", "") not in used:
            defects.count("location_without_service", row.where)
            place_of(Raw(locations.get(row.fields.get("id", ""), row.fields), row.where, defects))
    served = {id for row in rows["services"] for id in _ids(row)}
    for row in rows["organizations"]:
        if row.fields.get("id", "") not in served:
            defects.count("organization_without_service", row.where)
