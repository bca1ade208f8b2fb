"""Give the categories of a package as HSDS 3.x attributes, whatever its generation joins them with."""

from collections.abc import Iterator, Mapping, Sequence

from rxbot.directory.defects import Defects
from rxbot.directory.formats.known_records import KnownRecords, Parent, named
from rxbot.directory.formats.notes import Notes
from rxbot.directory.formats.tables import Row
from rxbot.directory.hsds import WHERE

Page = dict[str, object]
AUDIENCE = ("service eligibility", "open eligibility human situations", "target population", "target populations")
"""Vocabularies that say whom a service is for."""


def attributes(
    rows: Mapping[str, Sequence[Row]], terms: Mapping[str, Page], known: KnownRecords, defects: Defects
) -> Iterator[tuple[Parent, Page]]:
    """Give each attribute with the record it tells of."""
    made: dict[tuple[str, str], Page] = {}
    given: set[tuple[str, str, str]] = set()
    for row in rows["service_attributes"]:
        term = row.fields.get("taxonomy_term_id") or row.fields.get("taxonomy_id", "")
        detail = row.fields.get("taxonomy_detail", "")
        services = named(row, "service_id", known.ids["service"], defects)
        if not (term and services):
            defects.count("lost_row", row.where)
            continue
        if (term, detail) not in made:  # a category is said of many services, so its page is shared
            made[term, detail] = _attribute(term, detail, terms.get(term), row)
        if term not in terms:
            defects.count("unknown_term", row.where)
        for service in services:
            if (service, term, detail) in given:
                defects.count("repeated_row", row.where)
            else:
                given.add((service, term, detail))
                yield ("service", service), made[term, detail]
    for row in rows["attributes"]:
        yield from _attributes(row, terms, known, defects)


def _attribute(id: str, detail: str, term: Page | None, row: Row) -> Page:
    audience = {"link_type": "eligibility"} if term and str(term["taxonomy"]).casefold() in AUDIENCE else {}
    return {"taxonomy_term": term or {"code": id, WHERE: row.where}, "value": detail, **audience, WHERE: row.where}


def _attributes(row: Row, terms: Mapping[str, Page], known: KnownRecords, defects: Defects) -> Iterator[tuple[Parent, Page]]:
    """Read an attribute of 3.x, or of 2.0, whose `link_type` says the table."""
    said, id = row.fields, row.fields.get("taxonomy_term_id", "")
    entity = said.get("link_entity") or said.get("link_type", "")
    kind = entity.casefold().removesuffix("s") if entity.casefold().removesuffix("s") in known.ids else "service"
    links = named(row, "link_id", known.ids[kind], defects)
    if not links:
        defects.count("lost_row", row.where)
    if id and id not in terms:
        defects.count("unknown_term", row.where)
    page = {**_attribute(id, "", terms.get(id), row), **{name: said[name] for name in ("value", "label") if said.get(name)}}
    if said.get("link_entity") and said.get("link_type"):
        page["link_type"] = said["link_type"]
    if not id:
        del page["taxonomy_term"]
    yield from (((kind, link), page) for link in links)


def categories_in(rows: Mapping[str, Sequence[Row]], notes: Notes, defects: Defects) -> dict[str, Page]:
    """Give the categories by id, each with the name of its vocabulary."""
    names = {row.fields.get("id", ""): row.fields.get("name", "") for row in rows["taxonomies"]}
    elsewhere = {row.fields.get("taxonomy_term_id", ""): row.fields.get("taxonomy_id", "") for row in rows["taxonomy_of_terms"]}
    found: dict[str, Page] = {}
    for table in ("terms", "terms_by_code"):
        for row in rows[table]:
            id = row.fields.get("id", "")
            if id in found:
                defects.count("repeated_term", row.where)
                continue
            vocabulary = row.fields.get("taxonomy_id") or elsewhere.get(id, "")
            found[id] = {
                "id": id,
                "parent_id": row.fields.get("parent_id", ""),
                "name": row.fields.get("name", ""),
                "code": row.fields.get("code") or (id if table == "terms_by_code" else ""),
                "taxonomy": row.fields.get("taxonomy") or names.get(vocabulary, ""),
                **notes.of("terms", row),
                WHERE: row.where,
            }
            if "," in row.fields.get("parent_id", ""):
                defects.count("id_list", row.where)
    return found
