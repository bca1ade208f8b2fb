"""ORUK 1.0 records say the same as HSDS 3 ones."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rxbot.directory.defects import Defects
from rxbot.directory.formats.oruk import is_older, read_oruk
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service
from rxbot.feeds import open_feed

OLDER: dict[str, Any] = {
    "id": "s1",
    "name": "Soup and company",
    "status": "active",
    "fees": "Free",
    "assured_date": "2026-03-25",
    "attending_type": "venue",
    "attending_access": "drop-in",
    "organization": {"id": "o1", "name": "Lantern House", "url": "https://example.org"},
    "contacts": [{"id": "c1", "name": "Ann Persona", "phones": [{"id": "p1", "number": "01632 960101"}]}],
    "eligibilitys": [
        {"eligibility": "Young people", "minimum_age": 12, "maximum_age": 17},
        {"eligibility": "Parents", "minimum_age": 16, "maximum_age": None},
    ],
    "service_taxonomys": [
        {"taxonomy": {"id": "esdServiceType:437", "name": "Library services", "vocabulary": "esdServiceTypes"}}
    ],
    "regular_schedules": [{"weekday": "1", "opens_at": "10:00", "closes_at": "12:00", "description": "Mondays"}],
    "languages": [{"language": "Polish"}],
    "service_areas": [{"service_area": "Kittersea"}],
    "cost_options": [{"option": "Visit", "amount": 2}],
    "service_at_locations": [
        {
            "location": {
                "id": "l1",
                "name": "Lantern House",
                "latitude": 53.07,
                "longitude": 0.41,
                "physical_addresses": [{"address_1": "12 Lantern Street", "city": "Kittersea"}],
                "accessibility_for_disabilities": [{"accessibility": "Step-free"}],
            },
            "regular_schedules": [{"byday": "TU", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "10:00"}],
        }
    ],
}
NEWER: dict[str, Any] = {
    "id": "s1",
    "name": "Soup and company",
    "status": "active",
    "fees_description": "Free",
    "assured_date": "2026-03-25",
    "application_process": "Drop-in.",
    "minimum_age": 12,
    "eligibility_description": "Young people; Parents",
    "organization": {"id": "o1", "name": "Lantern House", "website": "https://example.org"},
    "phones": [{"number": "01632 960101"}],
    "attributes": [
        {"taxonomy_term": {"code": "esdServiceType:437", "name": "Library services", "taxonomy": "esdServiceTypes"}}
    ],
    "schedules": [
        {
            "freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00", "description": "Mondays",
            "attending_type": "venue",
        }
    ],
    "languages": [{"name": "Polish", "code": "pl"}],
    "service_areas": [{"name": "Kittersea"}],
    "cost_options": [{"option": "Visit", "amount": 2, "currency": "GBP"}],
    "service_at_locations": [
        {
            "location": {
                "id": "l1",
                "location_type": "physical",
                "name": "Lantern House",
                "latitude": 53.07,
                "longitude": 0.41,
                "addresses": [{"address_1": "12 Lantern Street", "city": "Kittersea", "address_type": "physical"}],
                "accessibility": [{"description": "Step-free"}],
            },
            "schedules": [{"byday": "TU", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "10:00"}],
        }
    ],
}  # fmt: skip


def services_of(page: object, defects: Defects | None = None) -> tuple[Service, ...]:
    found = defects or Defects()
    return read_services([("p", read_oruk("p", page, found))], found)[0]


def test_the_older_form_says_the_same_as_the_newer() -> None:
    assert services_of(OLDER) == services_of(NEWER)
    assert "Ann Persona" not in repr(services_of(OLDER))


@pytest.mark.parametrize(
    "page", [{"content": [OLDER], "totalPages": 1}, [OLDER], {"contents": [OLDER]}, {"id": "o", "name": "O", "services": [OLDER]}]
)
def test_it_is_recognised_however_it_is_wrapped(page: object) -> None:
    assert is_older(page)
    assert [service.minimum_age for service in services_of(page)] == [12]


def test_what_is_named_as_in_hsds_3_stays_as_it_is() -> None:
    assert not is_older(NEWER)
    assert read_oruk("p", NEWER, Defects()) is NEWER
    both = {**OLDER, "minimum_age": 15, "schedules": [{"description": "Always"}], "eligibility_description": "All"}
    (service,) = services_of(both)
    assert (service.minimum_age, service.eligibility_description) == (15, "All")
    assert [schedule.description for schedule in service.schedules] == ["Always", "Mondays"]


@pytest.mark.parametrize(
    ("groups", "ages"),
    [
        ([{"minimum_age": 16}, {"minimum_age": 12}], (12, None)),
        ([{"minimum_age": 16}, {"maximum_age": 12}], (None, None)),
        ([{"maximum_age": 17}, {"maximum_age": "25"}], (None, 25)),
        ([{"minimum_age": "young"}], (None, None)),
        ("all", (None, None)),
    ],
)
def test_whoever_is_of_one_of_several_groups_may_come(groups: object, ages: tuple[float | None, float | None]) -> None:
    (service,) = services_of({**OLDER, "eligibilitys": groups})
    assert (service.minimum_age, service.maximum_age) == ages


@pytest.mark.parametrize(("weekday", "byday"), [("7", "SU"), ("Wednesday", "WE"), (3, "WE"), ("12", ""), (None, "")])
def test_a_weekday_is_a_number_or_a_name(weekday: object, byday: str) -> None:
    (service,) = services_of({**OLDER, "regular_schedules": [{"weekday": weekday, "opens_at": "10:00"}]})
    assert service.schedules[0].byday == byday


def test_days_of_closing_are_told_in_words() -> None:
    closed = {"closed": True, "start_date": "2026-12-24", "end_date": "2026-12-26"}
    (service,) = services_of({**OLDER, "holiday_schedules": [closed]})
    assert service.schedules[-1].valid_to == date(2026, 12, 26)
    assert "closed" in service.schedules[-1].description


def test_wrong_types_raise_nothing() -> None:
    for name in OLDER:
        for value in (None, 7, "x", True, [], [None, 7, "x", []], {}, {"id": []}):
            read = services_of({**OLDER, name: value})
            assert len(read) <= 1, "one record is never two"
            assert all(isinstance(service.name, str) and service.name for service in read), (name, value)


def test_the_sample_of_manchester_says_the_same_in_both_forms(shared: Path) -> None:
    folder = shared / "directories/greater-manchester"
    older = {service.id: service for service in read_services(open_feed(folder / "oruk1-sample.json"))[0]}
    newer = {service.id: service for service in read_services(open_feed(folder / "oruk3"))[0]}
    assert len(older) == 5
    for id, service in older.items():
        assert (service.name, service.terms, service.locations) == (newer[id].name, newer[id].terms, newer[id].locations)
        assert service.phones == newer[id].phones
        assert (service.organization.id, service.organization.name) == (newer[id].organization.id, newer[id].organization.name)
