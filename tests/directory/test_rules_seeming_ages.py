"""Whom a name and a first sentence are for by age: those who are helped, and not those who help them."""

from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import Need, Service, Term
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.search import Search


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


@pytest.mark.parametrize(
    "name",
    [
        "Teenage Parent Program",
        "Teen-Age Parents",
        "Teen Alliance for Prepared Parenting",
        "Classes for pregnant and parenting teens",
    ],
)
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


def test_what_only_the_young_are_picked_for_from_a_list_seems_for_those_it_names() -> None:
    lessons = picked("Individual and group counseling, work experience and incentive activities.", "Adolescents", "At Risk Youth")
    assert lessons.seems_for((14, 14), None)
    assert not lessons.seems_for((30, 30), None)
    assert picked("Counseling and work experience.", "Adolescents", "Young Adults").seems_for((30, 30), None)


def test_the_care_of_children_beside_school_is_for_children() -> None:
    homework = "Homework help and snacks for students with English as a Second Language."
    named = read("After School Program", homework)
    filed = read_rules(
        Service(
            "s", "Star", description=homework, terms=(Term("", "PH", "Extended Child Care"), Term("", "YB-9500", "Adolescents"))
        )
    )
    assert [one.age((33, 33)) for one in (named, filed)] == [Answer.NO, Answer.NO]
    assert named.age((12, 12)) is Answer.YES
    assert read("Gym", "A gym of the residents. There is tutoring after school.").age((33, 33)) is Answer.UNKNOWN


def test_whoever_asks_for_help_with_their_children_is_shown_the_care_beside_school() -> None:
    rules = read("After School Program", "Homework help and snacks.")

    def who_needs(need: str) -> Search:
        return Search(needs=(Need(need, need),), age=(33, 33), now=date(2026, 1, 1))

    assert ease(who_needs("family_parenting"), rules)
    assert not ease(who_needs("education"), rules)


def test_that_families_have_a_part_in_it_makes_it_no_less_for_the_young() -> None:
    school = picked("Provides full day pre-school and family services.", "Toddlers", "Infants")
    pupils = picked("A program for students and their families who meet trouble.", "High School Students")
    assert not school.seems_for((34, 34), None)
    assert not pupils.seems_for((34, 34), None)
    assert picked("Talks for families.", "High School Students").seems_for((34, 34), None)


def test_who_ticks_a_list_for_the_old_leaves_out_nobody_whom_the_first_sentence_names_beside_them() -> None:
    lifts = "Lifts for seniors and adults with disabilities who do not drive."
    assert read("Rides", lifts, ("Seniors (55+)",)).age((40, 40)) is Answer.UNKNOWN
    assert read("Rides", "Lifts for disabled seniors.", ("Seniors (55+)",)).age((40, 40)) is Answer.NO


@pytest.mark.parametrize(
    "description",
    [
        "Aids elementary students for five weeks in summer with sums and songs.",
        "We read and count together. This program is for elementary school pupils.",
        "A warm room with a shelf of games. Serves primary school children.",
        "Tutors elementary and middle school students in their own classrooms.",
    ],
)
def test_the_pupils_of_a_class_are_of_its_ages_wherever_a_sentence_says_that_it_is_for_them(description: str) -> None:
    rules = read("Kittersea Reads", description)
    assert rules.seems_for((8, 8), None)
    assert not rules.seems_for((17, 17), None)
    assert not rules.seems_for((40, 40), None)


@pytest.mark.parametrize(
    "description",
    [
        "Meets at Marsh Elementary School. Yoga and a quiet hour.",
        "Adults learn to read here. Our book boxes go to schools, such as one with elementary students.",
        "For whoever left high school without a diploma.",
        "Lunch for the whole community, cooked by elementary students.",
    ],
)
def test_a_school_that_is_named_for_another_reason_tells_no_ages(description: str) -> None:
    assert read("Kittersea Reads", description).seems_for((40, 40), None)
