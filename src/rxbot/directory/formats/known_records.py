"""Know the records of a package that others may name by id, and find those that a row names."""

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from rxbot.directory.defects import Defects
from rxbot.directory.formats.tables import Row

AT = "service_at_location"
KINDS = {
    "service": "services",
    "location": "locations",
    "organization": "organizations",
    "contact": "contacts",
    "phone": "phones",
}
Pair = tuple[str, str]
"""The ids of a service and of a location where it is given."""
Parent = tuple[str, str | Pair]
"""A kind of record and its id; a service at a location is known by its two ids."""
SEVERAL = re.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True)
class KnownRecords:
    """The ids of each kind of record, and which services are given at which locations."""

    ids: Mapping[str, Container[str]]
    pairs: Mapping[Pair, Row]
    pairs_of_id: Mapping[str, Sequence[Pair]]
    pairs_of_service: Mapping[str, Sequence[Pair]]


def known_records(rows: Mapping[str, Sequence[Row]], defects: Defects) -> KnownRecords:
    """Gather the ids, and join the services with their locations."""
    ids = {kind: {row.fields.get("id", "") for row in rows[table]} - {""} for kind, table in KINDS.items()}
    pairs: dict[Pair, Row] = {}
    of_id, of_service = defaultdict[str, list[Pair]](list), defaultdict[str, list[Pair]](list)
    for row in rows["service_at_locations"]:
        services, locations = (named(row, f"{kind}_id", ids[kind], defects) for kind in ("service", "location"))
        if not (services and locations):
            defects.count("lost_row", row.where)
        for pair in ((service, location) for service in services for location in locations):
            of_id[row.fields.get("id") or row.where].append(pair)
            if pair in pairs:
                defects.count("repeated_place", row.where)
            else:
                pairs[pair] = row
                of_service[pair[0]].append(pair)
    return KnownRecords(ids, pairs, of_id, of_service)


def links(rows: Sequence[Row], nearest: Sequence[str]) -> dict[str, str]:
    """Give the columns in which any of these rows names others, by kind, the most telling first."""
    return {kind: f"{kind}_id" for kind in nearest if kind == AT or any(row.fields.get(f"{kind}_id") for row in rows)}


def parents(row: Row, links: Mapping[str, str], known: KnownRecords, defects: Defects) -> Sequence[Parent]:
    """Give the nearest of the records that a row names: "this service at this location" before either of them."""
    found: dict[str, Sequence[str]] = {}
    fields, there = row.fields, known.ids
    for kind, column in links.items():
        cell = fields.get(column)
        if cell and kind != AT and (ids := (cell,) if cell in there[kind] else named(row, column, there[kind], defects)):
            found[kind] = ids
    at = links.get(AT, "")
    if at and (len(found) > 1 or fields.get(at)) and (pairs := _pairs(row, at, found, known)):
        return [(AT, pair) for pair in pairs]
    if not _is_of_an_unknown_service(row, found):
        for kind, ids in found.items():
            return [(kind, id) for id in ids]
    defects.count("lost_row", row.where)
    return ()


def _is_of_an_unknown_service(row: Row, found: Mapping[str, Sequence[str]]) -> bool:
    """Say whether it tells of a service at a place, and only the place is known: it is not true of the others there."""
    return "service" not in found and bool(row.fields.get("service_id") and row.fields.get("location_id"))


def named(row: Row, column: str, ids: Container[str], defects: Defects) -> Sequence[str]:
    """Give the known ids in a cell: mostly one, sometimes a list of them."""
    cell = row.fields.get(column)
    if not cell:
        return ()
    if cell in ids:
        return (cell,)
    several = tuple(filter(None, SEVERAL.split(cell)))
    found = tuple(id for id in dict.fromkeys(several) if id in ids)
    if len(several) > 1:
        defects.count("id_list", row.where)
    if len(found) < len(set(several)):
        defects.count("unknown_link", row.where)
    return found


def _pairs(row: Row, column: str, found: Mapping[str, Sequence[str]], known: KnownRecords) -> Sequence[Pair]:
    """Give the services at locations that a row names by their own id, or by naming both."""
    cell = row.fields.get(column)
    if cell and (pairs := [pair for id in SEVERAL.split(cell) for pair in known.pairs_of_id.get(id, ())]):
        return pairs
    both = ((service, location) for service in found.get("service", ()) for location in found.get("location", ()))
    return [pair for pair in both if pair in known.pairs] if len(found) > 1 else ()
