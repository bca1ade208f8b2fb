"""Whole directories, where they lie beside the repository: every row is accounted for, every known defect is found."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from rxbot.directory.defects import Defects
from rxbot.directory.formats.counts import Counts, count_ohana, count_package, count_pages
from rxbot.directory.formats.generations import Tables
from rxbot.directory.formats.ohana import is_ohana, read_ohana
from rxbot.directory.formats.package import read_package
from rxbot.directory.formats.tables import read_table
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service
from rxbot.feeds import open_feed

DIRECTORIES = Path(__file__).resolve().parents[2].parent / "shared/directories"


@pytest.fixture(scope="module")
def miami() -> tuple[Tables, Defects, tuple[Service, ...]]:
    return loaded("miami-open211/data")


@pytest.fixture(scope="module")
def washington() -> tuple[Tables, Defects, tuple[Service, ...]]:
    return loaded("dc-community-resources/data")


def there(name: str) -> Path:
    if not (DIRECTORIES / name).exists():
        pytest.skip(f"{name} is not beside the repository")
    return DIRECTORIES / name


def loaded(name: str) -> tuple[Tables, Defects, tuple[Service, ...]]:
    defects = Defects()
    files = sorted(there(name).glob("*.csv"))
    tables = {file.stem: read_table(file.name, file.read_bytes(), defects) for file in files}
    reader = read_ohana if is_ohana(tables) else read_package
    return tables, defects, read_services(reader(tables, defects), defects)[0]


def found(defects: Defects) -> dict[str, int]:
    return {defect.code: defect.count for defect in defects.listing()}


def per_table(places: Iterable[str]) -> dict[str, int]:
    tables = [place.partition(".csv")[0] for place in places]
    return {table: tables.count(table) for table in sorted(set(tables))}


def test_miami_is_read_whole(miami: tuple[Tables, Defects, tuple[Service, ...]]) -> None:
    tables, _, services = miami
    assert count_package(tables) == Counts(
        organizations=1074,
        services=4089,
        locations=4089,
        service_at_locations=4089,
        services_with_coordinates=2260,
        locations_with_coordinates=2260,
        phones=4089,
        addresses=4089,
        contacts=4089,
        taxonomy_terms=1991,
        languages=9364,
    )
    assert len(services) == 4089, "185 of them share a name with another of the same organization"
    assert sum(any(place.place for place in service.locations) for service in services) == 2260
    assert sum(any(place.accessibility for place in service.locations) for service in services) == 1620
    assert sum(bool(service.schedules) for service in services) > 2000
    assert sum(bool(service.languages) for service in services) > 3000
    assert sum(len(service.terms) for service in services) == 26_259 - 9_155
    assert all(service.offered for service in services)


def test_every_known_defect_of_miami_is_found(miami: tuple[Tables, Defects, tuple[Service, ...]]) -> None:
    _, defects, _ = miami
    assert found(defects) == {
        "status_not_said": 4089,
        "organization_unknown": 447,
        "location_organization_unknown": 3015,
        "no_coordinates": 1829,
        "lost_row": 2244,
        "repeated_row_id": 8630 + 6,
        "no_row_id": 11350 + 2244,
        "repeated_term": 3,
        "repeated_row": 9155,
        "phone_without_number": 22,
        "odd_phone": 4,
        "broken_phone": 4005,
        "language_without_name": 7,
        "unknown_language": 5,
        "schedule_without_time": 132,
        "unreadable_time": 33,
        "written_line_end": 6380,
    }
    assert defects.places("organization_unknown")[0] == "services.csv:666"
    assert per_table(defects.places("lost_row")) == {"eligibility": 2244}
    assert per_table(defects.places("repeated_row_id")) == {"languages": 8630, "taxonomy": 6}
    lines = per_table(defects.places("written_line_end"))
    assert lines["services"] + lines["eligibility"] == 2910


def test_washington_is_read_whole_and_offers_nothing(washington: tuple[Tables, Defects, tuple[Service, ...]]) -> None:
    tables, _, services = washington
    assert count_package(tables) == Counts(
        organizations=227,
        services=1134,
        locations=607,
        service_at_locations=1517,
        services_with_coordinates=968,
        locations_with_coordinates=574,
        phones=604,
        addresses=573,
        contacts=144,
        taxonomy_terms=447,
        languages=7,
    )
    assert len(services) == 1134
    assert not any(service.offered for service in services)
    assert sum(not service.locations for service in services) == 147
    terms = {term.name for service in services for term in service.terms}
    audiences = {whom for service in services for whom in service.audience}
    assert len(terms | audiences) == 245, "all that services use"
    assert sum(len(service.terms) + len(service.audience) for service in services) == 3007
    assert not any(term.code for service in services for term in service.terms), "its ids of categories are no codes"


def test_every_known_defect_of_washington_is_found(washington: tuple[Tables, Defects, tuple[Service, ...]]) -> None:
    """Of 41 services whose organization is no known id, 2 name several that are all known."""
    _, defects, _ = washington
    assert found(defects) == {
        "none_active": 1134,
        "not_active": 1134,
        "organization_unknown": 39,
        "several_organizations": 2,
        "location_organization_unknown": 102,
        "location_without_organization": 33,
        "location_without_service": 118,
        "organization_without_service": 14,
        "no_location": 147,
        "no_coordinates": 31,
        "zero_zero": 2,
        "ragged_row": 447,
        "other_header": 1,
        "repeated_row_id": 125 + 807 + 92 + 2,
        "id_list": 205 + 41 + 2 + 67,
        "several_parents": 67 + 2,
        "unknown_link": 223,
        "lost_row": 187 + 11,
        "odd_phone": 10,
        "schedule_without_time": 1356,
        "unreadable_time": 17,
        "written_line_end": 11,
        "formula": 1,
    }
    assert per_table(defects.places("repeated_row_id")) == {
        "accessibility_for_disabilities": 2,
        "phones": 125,
        "physical_addresses": 92,
        "schedules": 807,
    }
    assert per_table(defects.places("id_list")) == {"contacts": 2, "phones": 205, "schedules": 41, "taxonomy_terms": 67}
    nowhere, of_unknown_services = {"contacts": 58, "languages": 7, "physical_addresses": 7, "schedules": 115}, {"phones": 4}
    lost = {**nowhere, **of_unknown_services, "schedules": nowhere["schedules"] + 7}
    assert per_table(defects.places("lost_row")) == lost


def test_ohana_is_read_whole() -> None:
    tables, defects, services = loaded("ohana-sample")
    counts = count_ohana(tables)
    assert (counts.organizations, counts.locations, counts.services) == (8, 22, 23)
    assert (counts.phones, counts.contacts, counts.taxonomy_terms) == (54, 31, 290)
    assert counts.services_with_coordinates == 22
    assert len(services) == 23
    assert all(service.organization.name and service.locations for service in services)
    assert [place.id for service in services for place in service.locations if place.type == "virtual"] == ["20"]
    passports = next(service for service in services if service.name == "Passport Photos")
    assert "108-05-01" in {term.code for term in passports.terms}
    assert passports.documents == ("Government-issued picture identification",)
    assert [language.code for language in passports.languages] == ["es"]
    assert found(defects) == {"holiday_without_dates": 4, "not_active": 2, "unreadable_time": 1}


def test_the_tables_of_the_standard_are_read_and_its_latitude_100_is_off_the_map() -> None:
    tables, defects, [service] = loaded("hsds-examples/csv")
    counts = count_package(tables)
    assert (counts.organizations, counts.services, counts.locations, counts.service_at_locations) == (1, 1, 1, 1)
    assert (service.name, service.organization.name) == ("Community Counselling", "Example Organization Inc.")
    assert service.locations[0].schedules[0].byday == "TH,FR"
    assert (service.locations[0].place, service.minimum_age, service.costs[0].amount) == (None, 12, 35)
    assert found(defects)["off_the_map"] == 1
    assert per_table(defects.places("lost_row")) == {"attributes": 1, "service_capacity": 1}


def test_san_mateo_is_counted() -> None:
    counts = count_pages(open_feed(there("san-mateo-cip")))
    assert counts == Counts(
        organizations=1321,
        services=1703,
        locations=1427,
        service_at_locations=1427,
        services_with_coordinates=1423,
        locations_with_coordinates=1423,
        phones=2171,
        addresses=1422,
        contacts=0,
        taxonomy_terms=875,
        languages=2225,
    )


def test_greater_manchester_is_counted() -> None:
    counts = count_pages(open_feed(there("greater-manchester/oruk3")))
    assert (counts.organizations, counts.services, counts.locations) == (344, 562, 562)
    assert (counts.services_with_coordinates, counts.addresses, counts.languages) == (562, 475, 0)


@pytest.mark.parametrize("name", ["miami-open211/data", "dc-community-resources/data", "ohana-sample", "hsds-examples/csv"])
def test_no_member_of_staff_is_read(name: str) -> None:
    tables, _, services = loaded(name)
    names = {row.fields.get("name", "") for row in tables["contacts"]} - {service.name for service in services} - {""}
    read = repr([service.phones for service in services] + [service.locations for service in services])
    assert not [staff for staff in names if len(staff) > 8 and staff in read]
