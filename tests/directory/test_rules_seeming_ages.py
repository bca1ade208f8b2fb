"""Whom a name and a first sentence are for by age: those who are helped, and not those who help them."""

import pytest

from rxbot.directory.model import Service, Term
from rxbot.directory.rules.record import Rules, read_rules


def read(name: str = "Project", description: str = "", audience: tuple[str, ...] = ()) -> Rules:
    return read_rules(Service("s", name, description=description, audience=audience))


@pytest.mark.parametrize(
    "rules",
    [
        read("Tech Teens on Call", "High school students help older neighbors with phones."),
        read("Letters", "Young volunteers visit the elderly at home."),
    ],
)
def test_who_helps_is_not_who_is_helped(rules: Rules) -> None:
    assert rules.seems_for((75, 75), None)
    assert not rules.seems_for((16, 16), None)


def test_the_young_are_helped_where_they_help_each_other() -> None:
    assert not read("Teen talk", "Teens help each other through school.").seems_for((75, 75), None)
    assert not read("Reading", "Students tutor younger children after school.").seems_for((75, 75), None)


@pytest.mark.parametrize("name", ["Springboard 16-24", "Counselling for 11 to 25s", "Supported rooms (16 to 24)"])
def test_ages_are_read_from_a_name(name: str) -> None:
    assert read(name).seems_for((18, 18), None)
    assert not read(name).seems_for((46, 46), None)


@pytest.mark.parametrize("name", ["Wards 1-2", "Helpline 2-1-1", "9 to 5 workers", "Open 24-7"])
def test_other_numbers_of_a_name_are_no_ages(name: str) -> None:
    assert read(name).seems_for((46, 46), None)


@pytest.mark.parametrize("name", ["Teenage Parent Program", "Classes for pregnant and parenting teens"])
def test_parents_who_are_teens_are_young_themselves(name: str) -> None:
    assert read(name).seems_for((17, 17), None)
    assert not read(name).seems_for((24, 24), None)
    assert read("Classes for teenage parents and all other parents").seems_for((34, 34), None)


def test_the_years_a_text_counts_hold_where_the_band_of_a_list_begins_earlier() -> None:
    lunch = read("Lunch", "Meals for seniors 60+ and adults with disabilities.", ("Seniors (55+)",))
    assert lunch.is_for_others((56, 56))
    assert not lunch.is_for_others((61, 61))
    assert not read("Lunch", "Meals for seniors.", ("Seniors (55+)",)).is_for_others((56, 56))


def test_what_begins_with_adults_seems_for_nobody_younger() -> None:
    painting = "Ten sessions with an artist, for adults with anxiety or low mood."
    assert not read("Brushes", painting).seems_for((16, 16), None)
    assert read("Brushes", f"{painting} Teens meet on Friday.").seems_for((16, 16), None)
    assert read("Brushes", painting).seems_for((18, 18), None)
    assert not read("Brushes", "Painting in a hall. Adults. Evenings until 9.").seems_for((16, 16), None)


def picked(description: str, *categories: str, code: str = "YB-8000") -> Rules:
    terms = (Term("", "RF-2000", "Counseling"), *(Term("", code, one) for one in categories))
    return read_rules(Service("s", "Visits at home", description=description, terms=terms))


def test_what_only_old_people_are_picked_for_from_a_list_seems_for_them() -> None:
    talk = "A social worker comes for mental health and family counseling. Gives relief to family caregivers."
    assert not picked(talk, "Frail Elderly", "Older Adults").seems_for((21, 21), None)
    assert picked(talk, "Frail Elderly", "Older Adults").seems_for((81, 81), None)
    assert picked(talk, "Older Adults", "Adults").seems_for((21, 21), None)
    assert picked(talk, "Older Adults", code="").seems_for((21, 21), None)
    assert picked(f"{talk} For the old and disabled adults.", "Older Adults").seems_for((21, 21), None)
