"""Packages of tables, of every generation of HSDS: the same record is the same service, and nothing is lost silently."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.directory.defects import Defects
from rxbot.directory.formats.counts import Counts, count_ohana, count_package, count_pages
from rxbot.directory.formats.ohana import is_ohana, read_ohana
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.tables import LONGEST_CELL, Row, read_table
from rxbot.directory.formats.times import read_days, read_time, read_times
from rxbot.directory.hsds import is_category, read_services
from rxbot.directory.model import Address, Organization, Phone, Schedule, Service, Term

V11 = {
    "organizations": "id,name,url\n1,Harbour Kitchen Trust,https://harbour.example\n",
    "services": "id,organization_id,name,description,status,fees,application_process\n"
    "1,1,Soup Evening,Hot soup and bread,active,Free,Walk in\n",
    "locations": "id,name,latitude,longitude\n1,Harbour Hall,51.5,-0.12\n",
    "services_at_location": "id,service_id,location_id\n1,1,1\n",
    "physical_addresses": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,1 Quay,Kittersea,KS,KS1 1AA,GB\n",
    "accessibility_for_disabilities": "id,location_id,accessibility,details\n1,1,Ramp,\n",
    "phones": "id,service_id,number,type\n1,1,01632 960001,voice\n",
    "languages": "id,service_id,language\n1,1,Spanish\n",
    "service_areas": "id,service_id,service_area\n1,1,Kittersea\n",
    "eligibility": "id,service_id,eligibility\n1,1,Adults only\n",
    "required_documents": "id,service_id,document\n1,1,Proof of address\n",
    "taxonomy": "id,name,parent_id,parent_name,vocabulary\nBD-1,Free Meals,,,Town Terms\n",
    "services_taxonomy": "id,service_id,taxonomy_id,taxonomy_detail\n1,1,BD-1,\n",
    "regular_schedules": "id,service_id,weekday,opens_at,closes_at\n1,1,Tuesday,6:00pm,8:30pm\n2,1,Friday,6:00pm,8:30pm\n",
}
V20 = {
    **{name: V11[name] for name in V11.keys() - {"regular_schedules", "eligibility", "taxonomy", "services_taxonomy"}},
    "schedules": 'id,service_id,byday,opens_at,closes_at\n1,1,"Tuesday, Friday",6:00pm,8:30pm\n',
    "taxonomy_terms": "id,term,code,taxonomy\n77,Free Meals,BD-1,Town Terms\n",
    "service_attributes": "id,service_id,taxonomy_term_id\n1,1,77\n",
}
V3 = {
    "organizations": "id,name,website\n1,Harbour Kitchen Trust,https://harbour.example\n",
    "services": "id,organization_id,name,description,status,fees_description,application_process,eligibility_description\n"
    "1,1,Soup Evening,Hot soup and bread,active,Free,Walk in,Adults only\n",
    "locations": "id,location_type,name,latitude,longitude\n1,physical,Harbour Hall,51.5,-0.12\n",
    "service_at_location": "id,service_id,location_id\n1,1,1\n",
    "addresses": "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
    "1,1,1 Quay,Kittersea,KS,KS1 1AA,GB,physical\n",
    "accessibility": "id,location_id,description\n1,1,Ramp\n",
    "phones": "id,service_id,number,type\n1,1,01632 960001,voice\n",
    "languages": "id,service_id,name\n1,1,Spanish\n",
    "service_areas": "id,service_id,name\n1,1,Kittersea\n",
    "required_documents": "id,service_id,document\n1,1,Proof of address\n",
    "taxonomy_terms": "id,name,code,taxonomy\n77,Free Meals,BD-1,Town Terms\n",
    "attributes": "id,link_id,link_entity,taxonomy_term_id\n1,1,service,77\n",
    "schedules": 'id,service_id,freq,byday,opens_at,closes_at\n1,1,WEEKLY,"TU,FR",18:00,20:30\n',
}
JSON = {
    "id": "1",
    "name": "Soup Evening",
    "description": "Hot soup and bread",
    "status": "active",
    "fees_description": "Free",
    "application_process": "Walk in",
    "eligibility_description": "Adults only",
    "organization": {"id": "1", "name": "Harbour Kitchen Trust", "website": "https://harbour.example"},
    "phones": [{"number": "01632 960001", "type": "voice"}],
    "languages": [{"name": "Spanish"}],
    "service_areas": [{"name": "Kittersea"}],
    "required_documents": [{"document": "Proof of address"}],
    "attributes": [{"taxonomy_term": {"name": "Free Meals", "code": "BD-1", "taxonomy": "Town Terms"}}],
    "schedules": [{"freq": "WEEKLY", "byday": "TU,FR", "opens_at": "18:00", "closes_at": "20:30"}],
    "service_at_locations": [
        {
            "location": {
                "id": "1",
                "location_type": "physical",
                "name": "Harbour Hall",
                "latitude": 51.5,
                "longitude": -0.12,
                "accessibility": [{"description": "Ramp"}],
                "addresses": [
                    {
                        "address_1": "1 Quay",
                        "city": "Kittersea",
                        "state_province": "KS",
                        "postal_code": "KS1 1AA",
                        "country": "GB",
                        "address_type": "physical",
                    }
                ],
            }
        }
    ],
}


def read(tables: Mapping[str, str]) -> tuple[tuple[Service, ...], dict[str, int]]:
    """Read a package whose tables are written as text."""
    defects = Defects()
    rows = {name: read_table(f"{name}.csv", text.encode(), defects) for name, text in tables.items()}
    services, found = read_services(read_package(rows, defects), defects)
    return services, {defect.code: defect.count for defect in found}


def only(tables: Mapping[str, str]) -> Service:
    [service] = read(tables)[0]
    return service


def test_a_3x_package_says_what_3x_json_says() -> None:
    [service] = read_services([("feed.json", json.loads(json.dumps(JSON)))])[0]
    assert read(V3) == ((service,), {})


def test_older_packages_say_the_same_as_far_as_they_can() -> None:
    """HSDS 1.1 and 2.0 have no type of location, 2.0 has no text of eligibility."""
    new = only(V3)
    place = replace(new.locations[0], type="")
    assert read(V11) == ((replace(new, locations=(place,)),), {})
    assert read(V20) == ((replace(new, locations=(place,), eligibility_description=""),), {})


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Monday", ("WEEKLY", "MO")),
        ("Monday - Friday", ("WEEKLY", "MO,TU,WE,TH,FR")),
        ("Mon - Tue & Thur - Fri", ("WEEKLY", "MO,TU,TH,FR")),
        ("Sunday-Saturday", ("WEEKLY", "MO,TU,WE,TH,FR,SA,SU")),
        ("Saturday to Monday", ("WEEKLY", "MO,SA,SU")),
        ("Mon, Wed-Fri", ("WEEKLY", "MO,WE,TH,FR")),
        ("weekdays", ("WEEKLY", "MO,TU,WE,TH,FR")),
        ("2nd & 4th Saturday", ("MONTHLY", "2SA,4SA")),
        ("First, second, and fourth Tuesday of the month", ("MONTHLY", "1TU,2TU,4TU")),
        ("last Friday", ("MONTHLY", "-1FR")),
        ("9:00AM", ("", "")),
        ("Monday, 1st Friday", ("", "")),
        ("1st, 3rd", ("", "")),
        ("by appointment", ("", "")),
        ("", ("", "")),
    ],
)
def test_days_are_read_as_people_write_them(said: str, days: tuple[str, str]) -> None:
    assert read_days(said) == days


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("9:00am", "09:00"), ("9am", "09:00"), ("7:30 pm ", "19:30"), ("9:00a", "09:00"), ("830am", "08:30"), ("9 a.m.", "09:00"),
        ("12:00pm", "12:00"), ("12:15am", "00:15"), ("noon", "12:00"), ("17:00", "17:00"), ("8:00", "08:00"),
        ("09:00-05:00", "09:00-05:00"),
        ("8:00m", ""), ("9:0am", ""), ("6:300pm", ""), ("13pm", ""), ("5:00pm Mon", ""), ("Nights", ""),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them_and_never_guessed(said: str, time: str) -> None:
    assert read_time(said) == time


def test_a_whole_day_is_midnight_to_midnight_and_an_unclear_end_stays_in_words() -> None:
    day = read_times("Monday", "24 Hours", "")
    assert (day.opens_at, day.closes_at) == ("00:00", "23:59")
    assert read_times("Monday", "8:00am", "5:00").said == "Monday, 8:00am - 5:00"
    assert read_times("Monday", "10:00pm", "6:00am").closes_at == "06:00"


def table(text: str | bytes, name: str = "services.csv") -> tuple[list[dict[str, str]], dict[str, int]]:
    defects = Defects()
    rows = read_table(name, text if isinstance(text, bytes) else text.encode(), defects)
    return [dict(row.fields) for row in rows], {defect.code: defect.count for defect in defects.listing()}


@pytest.mark.parametrize(
    "encoded",
    [
        "ID, Name \n1,Café\n".encode(),
        "ID, Name \n1,Café\n".encode("utf-8-sig"),
        "ID, Name \n1,Café\n".encode("utf-16"),
        b"ID;Name\r\n1; Caf\xc3\xa9\r\n",
        b"ID\tName\r1\tCaf\xc3\xa9\r",
        b"\r\n\r\nID,Name\r\n,\r\n\r\n1,Caf\xc3\xa9\r\n,\r\n",
    ],
    ids=["utf-8", "with a mark", "utf-16", "semicolons", "tabs and old line ends", "blank rows"],
)
def test_a_table_is_read_however_it_was_saved(encoded: bytes) -> None:
    assert table(encoded) == ([{"id": "1", "name": "Café"}], {})


def test_windows_text_is_read_and_counted_where_it_begins() -> None:
    defects = Defects()
    [_, row] = read_table("services.csv", b"id,name\n1,Tea\n2,Caf\xe9\n", defects)
    assert row.fields["name"] == "Café"
    assert [(defect.code, defect.first) for defect in defects.listing()] == [("not_utf8", "services.csv:3")]


def test_a_row_stands_where_it_begins_even_after_cells_of_several_lines() -> None:
    rows = read_table("services.csv", b'id,name\n1,"Soup\nand bread"\n\n2,Tea\n', Defects())
    assert [row.where for row in rows] == ["services.csv:2", "services.csv:5"]


def test_what_is_wrong_in_a_row_is_mended_and_counted_once_in_it() -> None:
    assert table("id,name\n1\n2,Tea,more\n3,Cake\n") == (
        [{"id": "1", "name": ""}, {"id": "2", "name": "Tea"}, {"id": "3", "name": "Cake"}],
        {"ragged_row": 2},
    )
    assert table("id,name\n1,Te\x00a\x1b\n") == ([{"id": "1", "name": "Tea"}], {"control_character": 1})
    assert table("id,name,url\n1,a\\nb,c\\nd\n")[1] == {"written_line_end": 1}
    assert table("id,name,NAME\n1,Tea,Cake\n") == ([{"id": "1", "name": "Tea", "": "Cake"}], {"repeated_column": 1})
    [row], counts = table(f"id,name\n1,{'x' * 300_000}\n")
    assert (len(row["name"]), counts) == (LONGEST_CELL, {"huge_field": 1})


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_stands() -> None:
    defects = Defects()
    rows = read_table("services.csv", b'id,name\n1,Soup\n2,"Tea\n3,Cake\n', defects)
    assert [row.fields["name"] for row in rows] == ["Soup", "Tea\n3,Cake"]
    assert dict(defects.everywhere()) == {"run_together": "services.csv:3"}
    assert table('id,name\n1,"Tea"\n2,5" cake\n') == (
        [{"id": "1", "name": "Tea"}, {"id": "2", "name": '5" cake'}],
        {"open_quote": 1},
    )
    assert table('id,"name\n1,Tea\n') == ([], {"run_together": 1})
    assert table('id,name\n1,"Tea\n\n"') == ([{"id": "1", "name": "Tea"}], {})


@pytest.mark.parametrize(
    "cell", ["=1+1", "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "==1", " =1", '"=1,2"', "- cmd|1!A"]
)
def test_a_formula_loses_its_sign(cell: str) -> None:
    [row], counts = table(f"id,name\n1,{cell}\n")
    assert not row["name"].startswith(("=", "+", "-", "@"))
    assert counts == {"formula": 1}


@pytest.mark.parametrize(
    "cell",
    [
        "-80.19",
        "+1 305 555-0100",
        "+44 (0)1632 960001 x12",
        "-5",
        "1.5e-7",
        "-1.5e-7",
        "- bring a photo",
        "--",
        "@kitchen",
        "a=b",
    ],
)
def test_numbers_phones_and_lists_are_no_formulas(cell: str) -> None:
    assert table(f"id,name\n1,{cell}\n") == ([{"id": "1", "name": cell}], {})


@given(st.binary(max_size=200), st.text(alphabet='ab",;\n\r\t=\\\0é', max_size=200))
def test_no_bytes_break_a_table(raw: bytes, text: str) -> None:
    for data in (raw, text.encode(), text.encode("utf-16")):
        assert all(row.where.startswith("services.csv:") for row in read_table("services.csv", data, Defects()))


def test_a_package_of_anything_is_read_without_an_exception() -> None:
    nothing: dict[str, str] = {}
    assert read(nothing) == ((), {})
    headers = dict.fromkeys(V11 | V20 | V3, "id,service_id,location_id,name\n,,,\n1,9,9,x\n")
    _, counts = read(headers)
    assert counts["lost_row"] > 5


def test_an_unknown_provider_leaves_the_service_with_its_place() -> None:
    services, counts = read(
        V3 | {"services": 'id,organization_id,name,status\n1,9,Soup,active\n2,,Tea,active\n3,"7, 1",Cake,active\n'}
    )
    assert [(service.organization.id, service.organization.name) for service in services] == [
        ("9", ""),
        ("", ""),
        ("1", "Harbour Kitchen Trust"),
    ]
    assert counts["organization_unknown"] == counts["no_organization"] == counts["several_organizations"] == 1
    assert counts["no_location"] == 2


def test_one_number_may_be_the_id_of_a_service_a_location_and_an_organization() -> None:
    service = only(V3)
    assert service.id == service.organization.id == service.locations[0].id == "1"


def test_a_list_of_ids_hangs_the_row_on_each_and_an_unknown_one_is_counted() -> None:
    two = {"services": "id,organization_id,name,status\n1,1,Soup,active\n2,1,Soup,active\n"}
    services, counts = read(V3 | two | {"phones": 'id,service_id,number\n1,"1,2,8",01632 960001\n'})
    assert [service.phones for service in services] == [(Phone("01632 960001"),)] * 2
    assert (counts["id_list"], counts["unknown_link"]) == (1, 1)


def test_services_of_one_name_stay_apart_with_an_id_without_one_and_with_one_used_twice() -> None:
    rows = "1,1,Soup,a\n1,1,Soup,b\n1,1,Soup,b\n,1,Tea,a\n,1,Tea,b\n2,1,Soup,a\n"
    package = V3 | {"services": f"id,organization_id,name,description\n{rows}"}
    services, counts = read(package)
    assert [(service.name, service.description) for service in services] == [
        ("Soup", "a"),
        ("Soup", "b"),
        ("Tea", "a"),
        ("Tea", "b"),
        ("Soup", "a"),
    ]
    assert len({service.id for service in services}) == 5
    assert (counts["repeated_row_id"], counts["repeated_row"], counts["no_id"]) == (3, 1, 2)
    assert [service.id for service in read(package)[0]] == [service.id for service in services], "the next import knows them"


def test_a_service_without_an_id_takes_nothing_that_hangs_on_nobody() -> None:
    services, counts = read(V3 | {"services": "id,organization_id,name\n,1,Soup\n"})
    assert (services[0].phones, services[0].locations) == ((), ())
    assert counts["lost_row"] >= 2


def test_rows_that_name_nobody_are_counted_as_lost_and_never_guessed_by_their_order() -> None:
    service, counts = read(V11 | {"eligibility": "id,service_id,eligibility\n,,Adults only\n,9,Women only\n"})
    assert service[0].eligibility_description == ""
    assert (counts["lost_row"], counts["no_row_id"], counts["unknown_link"]) == (2, 2, 1)


def test_times_of_one_service_at_a_shared_place_are_not_those_of_the_other() -> None:
    shared = {
        "services": "id,organization_id,name,status\n1,1,Soup,active\n2,1,Tea,active\n",
        "service_at_location": "id,service_id,location_id\n1,1,1\n2,2,1\n",
        "schedules": "id,service_id,location_id,freq,byday,opens_at,closes_at\n"
        "1,1,1,WEEKLY,MO,09:00,10:00\n2,2,1,WEEKLY,TU,11:00,12:00\n",
        "phones": "id,service_at_location_id,number\n1,2,01632 960002\n",
        "languages": "id,service_id,location_id,name\n1,1,1,Spanish\n",
    }
    soup, tea = read(V3 | shared)[0]
    assert [row.byday for row in (*soup.schedules, *soup.locations[0].schedules)] == ["MO"]
    assert [row.byday for row in (*tea.schedules, *tea.locations[0].schedules)] == ["TU"]
    assert [language.code for language in soup.languages] == ["es"]
    assert (tea.languages, tea.locations[0].languages) == ((), ())
    assert (soup.locations[0].phones, tea.locations[0].phones) == ((), (Phone("01632 960002"),))


def test_times_that_cannot_be_read_stay_in_the_publishers_words() -> None:
    rows = (
        "weekday,dtstart,until\n1,Monday - Friday,24 Hours,\n1,Second Saturday,9am,1pm\n1,Tuesday,By appointment,\n1,Sunday,,\n"
    )
    services, counts = read(V20 | {"schedules": f"service_id,{rows}"})
    assert services[0].schedules == (
        Schedule(freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at="00:00", closes_at="23:59"),
        Schedule("Second Saturday, 9am - 1pm", freq="MONTHLY", byday="2SA", opens_at="09:00", closes_at="13:00"),
        Schedule("Tuesday, By appointment"),
        Schedule(freq="WEEKLY", byday="SU"),
    )
    assert (counts["unreadable_time"], counts["schedule_without_time"]) == (1, 3)


def test_a_holiday_is_told_in_words_with_its_dates() -> None:
    rows = '1,true,2026-12-25,2026-12-26,,\n1,true,"January 01, 0001",,,\n1,false,2026-12-24,2026-12-24,10:00,12:00\n'
    services, counts = read(
        V3 | {"schedules": "", "holiday_schedules": f"service_id,closed,start_date,end_date,opens_at,closes_at\n{rows}"}
    )
    assert [row.description for row in services[0].schedules] == [
        "2026-12-25 - 2026-12-26: closed",
        "January 01: closed",
        "2026-12-24: 10:00 - 12:00",
    ]
    assert (str(services[0].schedules[0].valid_from), counts["holiday_without_dates"]) == ("2026-12-25", 1)


def test_a_contact_gives_its_phones_and_nothing_else() -> None:
    contacts = (
        "id,service_id,name,email,phone_areacode,phone_number\n5,1,Ann Persona,ann@example.org,305,253-4841\n6,1,B,,305,4841\n"
    )
    phones = "id,contact_id,number\n1,5,01632 960007\n2,,01632 960008\n3,6,211\n"
    services, counts = read(V3 | {"contacts": contacts, "phones": phones})
    assert [phone.number for phone in services[0].phones] == ["305 253-4841", "01632 960007", "211"]
    assert "Ann" not in repr(services)
    assert "ann@" not in repr(services)
    assert (counts["broken_phone"], counts["odd_phone"], counts["lost_row"]) == (1, 1, 1)


def test_coordinates_are_checked_where_they_stand_also_of_places_without_a_service() -> None:
    places = "1,Hall,95,0.1\n2,Park,0,0\n3,Pier,,\n4,Quay,x,y\n"
    defects = Defects()
    tables = V3 | {"locations": f"id,name,latitude,longitude\n{places}"}
    read_services(read_package({n: read_table(f"{n}.csv", t.encode(), defects) for n, t in tables.items()}, defects), defects)
    first = {defect.code: defect.first for defect in defects.listing()}
    assert first["off_the_map"] == "locations.csv:2"
    assert first["zero_zero"] == "locations.csv:3"
    assert first["no_coordinates"] == "locations.csv:4"
    assert first["not_a_number"] == "locations.csv:5"
    assert len(defects.places("location_without_service")) == 3


def test_a_category_that_is_nowhere_keeps_its_code_and_an_audience_is_no_category() -> None:
    terms = {
        "taxonomy_terms": "taxonomy_recordid,taxonomy_name,taxonomy_parent_name,taxonomy,taxonomy_vocabulary\n"
        '1,Meals,"3,4",9,\n2,Seniors,,8,\n2,Elders,,8,\n',
        "taxonomy_types": "taxonomy_type_recordid,name\n9,Service Category\n8,Service Eligibility\n",
        "service_attributes": "id,service_id,taxonomy_term_id\n1,1,1\n2,1,2\n3,1,esdServiceType:298\n",
    }
    services, counts = read(V20 | terms)
    assert [(term.taxonomy, term.name, term.code) for term in services[0].terms] == [
        ("Service Category", "Meals", ""),
        ("", "", "esdServiceType:298"),
    ]
    assert services[0].audience == ("Seniors",)
    assert (counts["unknown_term"], counts["repeated_term"], counts["other_header"], counts["id_list"]) == (1, 1, 1, 1)


def test_a_table_nobody_knows_is_named() -> None:
    assert read(V3 | {"sevices": "id,name\n1,Tea\n", "programs": "id\n1\n"})[1] == {"unknown_table": 1}


def test_ohana_joins_a_service_to_its_one_place_and_opens_its_lists() -> None:
    tables = {
        "organizations": "id,name,website\n1,Harbour Kitchen Trust,https://harbour.example\n",
        "locations": "id,organization_id,name,accessibility,languages,virtual,latitude,longitude\n"
        '7,1,Harbour Hall,"ramp, elevator","Spanish, Chinese (Mandarin)",false,51.5,-0.12\n',
        "services": "id,location_id,name,status,eligibility,audience,keywords,service_areas,taxonomy_ids,required_documents\n"
        '3,7,Soup Evening,active,Adults only,Older people,"soup, bread",Kittersea,"101, 101-01",Photo card\n',
        "taxonomy": "taxonomy_id,name,parent_id\n101,Food,\n101-01,Meals,101\n",
        "phones": "id,location_id,number,number_type,department\n1,7,01632 960001,voice,Kitchen\n",
        "mail_addresses": "id,location_id,address_1\n1,7,1 Quay\n",
        "regular_schedules": "id,location_id,weekday,opens_at,closes_at\n1,7,Monday,08:00,17:00\n2,7,Tuesday,08:00,17:00\n",
    }
    defects = Defects()
    rows = {name: read_table(f"{name}.csv", text.encode(), defects) for name, text in tables.items()}
    assert is_ohana(rows)
    [service], found = read_services(read_ohana(rows, defects), defects)
    [place] = service.locations
    assert found == ()
    assert service.organization == Organization("1", "Harbour Kitchen Trust", url="https://harbour.example")
    assert (service.eligibility_description, service.audience) == ("Adults only", ("Older people",))
    assert (service.keywords, service.areas, service.documents) == (("soup", "bread"), ("Kittersea",), ("Photo card",))
    assert service.terms == (Term("", "101", "Food"), Term("", "101-01", "Meals"))
    assert (place.type, place.accessibility) == ("physical", ("ramp", "elevator"))
    assert [language.name for language in place.languages] == ["Spanish", "Chinese (Mandarin)"]
    assert place.phones == (Phone("01632 960001", type="voice", description="Kitchen"),)
    assert place.schedules == (Schedule(freq="WEEKLY", byday="MO,TU", opens_at="08:00", closes_at="17:00"),)
    assert place.addresses == (Address("1 Quay", type="postal"),)
    counts = count_ohana(rows)
    assert (counts.services, counts.service_at_locations, counts.addresses, counts.taxonomy_terms) == (1, 1, 1, 2)


def test_nested_records_are_counted_once_by_their_id_or_by_what_they_say() -> None:
    other = {**JSON, "id": "2", "service_at_locations": [*JSON["service_at_locations"], {"location": {"id": "2"}}]}  # type: ignore[misc]
    counts = count_pages([("feed.json", {"contents": [JSON, other]})])
    assert counts == Counts(
        organizations=1,
        services=2,
        locations=2,
        service_at_locations=3,  # without an id, a place of each service
        services_with_coordinates=2,
        locations_with_coordinates=1,
        phones=1,
        addresses=1,
        contacts=0,
        taxonomy_terms=1,
        languages=1,
    )


COLUMNS = (
    "id service_id location_id organization_id service_at_location_id contact_id link_id link_entity taxonomy_term_id name "
    "number weekday byday opens_at closes_at dtstart until freq latitude longitude status closed start_date end_date term "
    "taxonomy eligibility"
)
CELLS = ("", "1", "2", "1,2", "9", "x", "Monday", "9am", "2026-01-01", "-80.1", "active", "service", "=1", "\\n")
TABLES = tuple(
    sorted(V11 | V20 | V3 | dict.fromkeys(("holiday_schedules", "contacts", "taxonomies", "service_capacity", "rumours"), ""))
)


@given(
    st.dictionaries(
        st.sampled_from(TABLES),
        st.lists(st.dictionaries(st.sampled_from(COLUMNS.split()), st.sampled_from(CELLS)), max_size=4),
        max_size=8,
    )
)
def test_whatever_a_package_holds_each_of_its_services_is_read_or_counted(package: Mapping[str, list[dict[str, str]]]) -> None:
    rows = {name: tuple(Row(said, f"{name}.csv:{line}") for line, said in enumerate(found, 2)) for name, found in package.items()}
    defects = Defects()
    services, _ = read_services(read_package(rows, defects), defects)
    left_out = {"repeated_row", "repeated_id", "no_name"}
    counted = {place for code in left_out for place in defects.places(code) if place.startswith("services.csv")}
    assert len(services) + len(counted) == len(rows.get("services", ()))
    assert count_package(rows).services == len(rows.get("services", ()))
    as_ohana = [page for _, page in read_ohana(rows, Defects())]
    assert sum(not is_category(page) for page in as_ohana) <= len(rows.get("services", ()))
