"""Packages of tables, of every generation of HSDS: the same record is the same service, and nothing is lost silently."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from rxbot.directory.defects import Defects
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.tables import read_table
from rxbot.directory.formats.times import read_days, read_time, read_times
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service

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
