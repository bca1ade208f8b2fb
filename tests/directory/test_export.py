"""What is written for others is read as the same services again, and stands as the schemas of the standard want it."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import read
from schemas import complaints

from rxbot.directory.capacity import Capacity
from rxbot.directory.defects import Defects
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.records import Record, Writer
from rxbot.directory.formats.tables import read_table
from rxbot.directory.formats.tabular import lines_of, package_of
from rxbot.directory.hsds import plain, read_services
from rxbot.directory.languages import read_languages
from rxbot.directory.model import (
    Address,
    CostOption,
    Extent,
    Language,
    Location,
    Organization,
    Phone,
    Place,
    Schedule,
    Service,
    Term,
)
from rxbot.directory.organizations import as_one

TODAY = date(2026, 3, 2)
SETS = ("san-mateo-cip", "dc-community-resources/data", "greater-manchester/oruk3", "miami-open211", "ohana-sample")
ODD = (
    "www.example.org",
    "+1 (305) 555-0100",
    "=1+1",
    "-1FR",
    "@all",
    "9:00am",
    "0012",
    "x",
    "Monday - Friday",
    "a@b.example; c",
    "<b>",
)
PIECES = ("interval", "bymonthday", "byweekno", "byyearday", "wkst", "count", "timezone", "attending_type", "notes")

texts = (st.sampled_from(ODD) | st.text(max_size=12)).map(plain)
named = texts.filter(bool)
days = st.none() | st.dates()
ids = st.sampled_from(("", "1", "2", "ac148810-d857-441c-9679-408f346de14b", "id/3"))
phones = st.lists(st.builds(Phone, named, texts, texts, texts), max_size=2, unique=True).map(tuple)
languages = st.lists(
    named.flatmap(lambda name: st.sampled_from(list(read_languages(name)) or [Language("Welsh", "cy")])), max_size=2, unique=True
)
schedules = st.lists(
    st.builds(
        Schedule,
        texts,
        st.sampled_from(("", "WEEKLY", "weekly", "DAILY", "MONTHLY")),
        **dict.fromkeys(
            ("interval", "bymonthday", "byweekno", "byyearday", "wkst", "count", "timezone", "attending_type", "notes"), texts
        ),
        byday=st.sampled_from(("", "MO,TU", "-1FR", "2MO", "Monday - Friday", "when the tide is in")),
        opens_at=st.sampled_from(("", "09:00", "9:00am", "09:00Z", "noon", "early")),
        closes_at=st.sampled_from(("", "17:00", "5pm", "late")),
        **dict.fromkeys(("dtstart", "until", "valid_from", "valid_to"), days),
    ),
    max_size=2,
    unique=True,
).map(tuple)
costs = st.builds(
    CostOption,
    texts,
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    texts.map(str.upper).map(plain),
    texts,
    days,
    days,
)
rows_of_areas = st.lists(st.tuples(texts, st.booleans(), named, texts.map(str.casefold).map(plain), texts), max_size=3)


def areas_of(rows: Iterable[tuple[str, bool, str, str, str]]) -> dict[str, Any]:
    """Give areas and outlines as one row after the other tells them."""
    kept = tuple(rows)
    drawn = tuple(Extent(name, extent, kind, uri) for name, has_extent, extent, kind, uri in kept if has_extent)
    return {"areas": tuple(name for name, *_ in kept if name), "extents": drawn}


@st.composite
def locations(draw: Callable[[Any], Any]) -> Location:
    name = draw(texts)
    spot = draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)).filter(lambda spot: spot != (0, 0)))
    kinds = st.sampled_from(("", "physical", "Postal", "kiosk"))
    return Location(
        draw(ids),
        draw(kinds),
        name,
        draw(texts),
        draw(texts),
        Place(*spot, name) if spot else None,
        tuple(draw(st.lists(st.builds(Address, *[texts] * 7, kinds), max_size=2))),
        tuple(draw(st.lists(named, max_size=2))),
        tuple(draw(languages)),
        draw(phones),
        draw(schedules),
        **areas_of(draw(rows_of_areas)),
    )


@st.composite
def services(draw: Callable[[Any], Any]) -> Service:
    low, high = sorted(draw(st.tuples(*[st.floats(0, 130)] * 2)))
    return Service(
        draw(ids.filter(bool)),
        draw(named),
        draw(st.builds(Organization, ids, named, texts, texts, texts, texts, phones)),
        *(draw(texts) for _ in range(4)),
        draw(st.sampled_from(("", "active", "inactive", "temporarily closed"))),
        *(draw(texts) for _ in range(4)),
        draw(st.sampled_from((None, low))),
        draw(st.sampled_from((None, high or None))),
        draw(texts),
        draw(texts),
        draw(days),
        draw(days),
        draw(phones),
        draw(schedules),
        languages=tuple(draw(languages)),
        costs=tuple(draw(st.lists(costs, max_size=2))),
        documents=tuple(draw(st.lists(named, max_size=2))),
        terms=tuple(draw(st.lists(st.builds(Term, texts, texts, named), max_size=2, unique=True))),
        keywords=tuple(draw(st.lists(named, max_size=2, unique=True))),
        audience=tuple(draw(st.lists(named, max_size=2, unique=True))),
        locations=tuple(draw(st.lists(locations(), max_size=2))),
        **areas_of(draw(rows_of_areas)),
    )


directories = st.lists(services(), min_size=1, max_size=3, unique_by=lambda service: service.id).map(
    lambda some: tuple(one for one, _ in as_one(some))
)
"""Of an organization all say the same: so it is read."""


def written(found: Iterable[Service]) -> list[Record]:
    writer = Writer("Harbour Council", noted_on=TODAY)
    return [writer.service(service) for service in found]


def differences(found: Iterable[Service], again: Iterable[Service]) -> list[tuple[str, str, object, object]]:
    """Name each field that is another, with what it was and what it is."""
    pairs = zip(found, again, strict=True)
    named = [(one.id, f.name, getattr(one, f.name), getattr(two, f.name)) for one, two in pairs for f in fields(Service)]
    return [one for one in named if one[2] != one[3]]


def read_lines(records: Iterable[Record]) -> tuple[Service, ...]:
    return read_services((f"line {number}", json.loads(line)) for number, line in enumerate(lines_of(records)))[0]


def read_tables(records: Iterable[Record]) -> tuple[Service, ...]:
    files = dict(package_of(records, "Harbour Council"))
    defects = Defects()
    described = json.loads(files.pop("datapackage.json"))
    assert {one["path"] for one in described["resources"]} == set(files)
    tables = {name.removesuffix(".csv"): read_table(name, text.encode(), defects) for name, text in files.items()}
    return read_services(read_package(tables, defects), defects)[0]


@pytest.mark.parametrize("again", [read_lines, read_tables])
@settings(max_examples=50)
@given(found=directories)
def test_an_invented_directory_is_read_as_it_was_before_it_was_written(
    again: Callable[[list[Record]], tuple[Service, ...]], found: tuple[Service, ...]
) -> None:
    assert differences(found, again(written(found))) == []


@settings(max_examples=50)
@given(found=directories)
def test_an_invented_directory_stands_as_the_schemas_want_it(found: tuple[Service, ...]) -> None:
    assert [words for record in written(found) for words in complaints("service", record)] == []


@pytest.mark.parametrize("name", SETS)
def test_a_real_directory_is_read_as_it_was_before_it_was_written(name: str) -> None:
    """Of its tables the command is asked the same: see test_export_command.py."""
    found = read(name)
    assert differences(found, read_lines(written(found))) == []


@pytest.mark.parametrize("name", SETS)
def test_a_real_directory_stands_as_the_schemas_want_it(name: str) -> None:
    assert [words for record in written(read(name)) for words in complaints("service", record)] == []


def test_the_tables_name_each_record_once_and_nothing_that_is_not_there(town: tuple[Service, ...]) -> None:
    files = dict(package_of(written(town), "The town"))
    tables = {one["name"]: one for one in json.loads(files["datapackage.json"])["resources"]}
    rows = {name: list(csv.DictReader(StringIO(files[one["path"]]))) for name, one in tables.items()}
    ids = {name: {row["id"] for row in found} for name, found in rows.items()}
    assert all(len(ids[name]) == len(rows[name]) for name in rows)
    linked = {
        (name, link["fields"]): link["reference"]["resource"]
        for name, one in tables.items()
        for link in one["schema"]["foreignKeys"]
    }
    assert linked["service", "organization_id"] == "organization"
    for (name, column), there in linked.items():
        assert {row[column] for row in rows[name]} - {""} <= ids[there], (name, column)
    assert {row["taxonomy_term_id"] for row in rows["attribute"]} <= ids["taxonomy_term"]


def test_a_cell_that_a_spreadsheet_would_compute_is_no_formula_any_more() -> None:
    service = Service("1", "=HYPERLINK(1)", Organization("o", "@SUM(A1)"), description="+1+cmd|' /C calc'!A0")
    files = dict(package_of(written([service]), "x"))
    assert not any(
        cell.startswith(("=", "+", "@")) for text in files.values() for row in csv.reader(StringIO(text)) for cell in row
    )
    assert read_tables(written([service])) == (service,)


def test_whether_there_is_room_is_told_where_somebody_has_said_so() -> None:
    service, writer = Service("1", "Soup", Organization("o", "Mission")), Writer("Harbour Council")
    told = {
        code: writer.service(service, Capacity(code, TODAY, 3))["capacities"] for code in ("capacity", "waitlist", "no-capacity")
    }
    assert {code: rows[0]["available"] for code, rows in told.items()} == {"capacity": 1, "waitlist": 0, "no-capacity": 0}  # type: ignore[index]
    assert writer.service(service, Capacity("additional-assessment-required", TODAY))["capacities"] == []
    assert list(complaints("service", writer.service(service, Capacity("waitlist", TODAY, 3)))) == []


@pytest.mark.parametrize(
    ("said", "status"), [("", "active"), ("active", "active"), ("defunct", "defunct"), ("suspended", "inactive")]
)
def test_what_is_offered_to_nobody_here_is_not_told_others_to_be_active(said: str, status: str) -> None:
    service = Service("1", "Soup", Organization("o", "Mission"), status=said)
    assert service.offered == (status == "active")
    assert Writer("One").service(service)["status"] == status


def test_two_publishers_may_use_the_same_ids() -> None:
    one = Writer("One")
    other = Writer("Other", one.identities)
    service = Service("ac148810-d857-441c-9679-408f346de14b", "Soup", Organization("1", "Mission"))
    moved = replace(service, organization=Organization("1", "Another"))
    assert one.service(service)["id"] == service.id
    assert other.service(moved)["id"] != service.id
    assert one.organization_id(service.organization) != other.organization_id(moved.organization)


def test_what_was_made_to_fit_is_said_only_where_it_is_asked_for() -> None:
    service = Service("1", "Soup", Organization("o", "Mission", url="mission.example.org"))
    quiet: Mapping[str, Any] = Writer("One").service(service)
    assert quiet["organization"]["website"] == "https://mission.example.org"
    assert "metadata" not in quiet["organization"]
    [told] = [
        note
        for note in Writer("One", noted_on=TODAY).service(service)["organization"]["metadata"]
        if note["field_name"] == "website"
    ]  # type: ignore[index]
    assert (told["previous_value"], told["last_action_date"]) == ("mission.example.org", "2026-03-02")


def test_the_history_that_another_publisher_tells_undoes_nothing() -> None:
    note = {"id": "1", "field_name": "name", "previous_value": "Old", "replacement_value": "New", "updated_by": "Ann"}
    page = {"id": "1", "name": "New", "organization": {"name": "Mission"}, "metadata": [note]}
    [service] = read_services([("page", page)])[0]
    assert service.name == "New"


def test_a_place_that_is_only_roughly_known_has_no_coordinates_for_others() -> None:
    hall = Location("l", "physical", place=Place(53.07, 0.42))
    for rough in (False, True):
        record = Writer("Town").service(Service("1", "Choir", locations=(replace(hall, is_rough=rough),)))
        [at] = record["service_at_locations"]  # type: ignore[misc]
        assert ("latitude" in at["location"]) is not rough
