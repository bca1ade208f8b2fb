"""What a record writes of whom it is for, and whether that is a question still to somebody of whom this is known."""

from collections.abc import Collection

import pytest

from rxbot.directory.model import Need, Service
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.met import is_met
from rxbot.directory.rules.record import read_rules

NEEDS = {
    "food": Need("food", "Food", keywords=("food", "food bank"), whom=("hungry",)),
    "carers": Need("carers", "Carers", keywords=("carer", "unpaid carers")),
    "employment": Need("employment", "Work", keywords=("work", "job")),
    "social_connection": Need("social_connection", "Company", keywords=("lonely",), whom=("see", "few", "others")),
    "health_care": Need("health_care", "Health", keywords=("dentist",)),
    "housing": Need("housing", "Housing", keywords=("housing", "home repairs")),
    "mental_wellbeing": Need("mental_wellbeing", "Wellbeing", keywords=("low mood",), whom=("low", "anxious", "alone")),
}


def met(text: str, *needs: str, told: Collection[str] = (), gender: Gender | None = None, words: Collection[str] = ()) -> bool:
    service = Service("s", "Service", eligibility_description=text, areas=("Kittersea",))
    known = known_of(told, needs=needs, language="en")
    return is_met(service, read_rules(service), known, gender, [NEEDS[need] for need in needs], words)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Unpaid carers aged 18 and over.", "carers"),
        ("Anyone who is short of food.", "food"),
        ("Anyone who is hungry.", "food"),
        ("Aged 16 and over and looking for work.", "employment"),
        ("Aged 18 and over and not in work.", "employment"),
        ("People aged 60 and over who see few others.", "social_connection"),
        ("Adults 18 and over who feel low, anxious or alone.", "mental_wellbeing"),
        ("Anyone without a dentist in Kittersea.", "health_care"),
        ("Anyone who would like a cup of tea.", "food"),
        ("Adults, whoever pays the bill.", "food"),
        ("Everyone is welcome. Children with an adult.", "food"),
    ],
)
def test_what_a_need_says_is_not_asked(text: str, need: str) -> None:
    assert met(text, need)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("", "food"),
        ("Unpaid carers aged 18 and over.", "food"),
        ("Carers of people with dementia.", "carers"),
        ("Unpaid carers of an adult.", "carers"),
        ("People with dementia and their carers.", "carers"),
        ("Anyone aged 16 or over who works in Kittersea.", "employment"),
        ("Adults 18 to 66 who have been out of work because of their health.", "employment"),
        ("Residents of the Samphire Estate and nearby streets.", "food"),
        ("People without a home.", "housing"),
        ("Adults with depression.", "mental_wellbeing"),
        ("Adults with a low income.", "food"),
        ("Women 18 and over.", "food"),
        ("Anyone with children under 5.", "food"),
    ],
)
def test_what_nobody_said_is_asked(text: str, need: str) -> None:
    assert not met(text, need)


def test_what_somebody_said_of_themselves_or_chose_is_not_asked() -> None:
    assert met("Veterans of any age.", "food", told={"veteran"})
    assert met("Women 18 and over.", "food", gender=Gender.FEMALE)
    assert not met("Women 18 and over.", "food", gender=Gender.MALE)
    assert not met("Anyone with children under 5.", "food", told={"has_children"}), "of what age they are, they did not say"
    assert met("Anyone looking for counselling.", "mental_wellbeing", words=("counselling",))
    assert not met("Anyone looking for counselling.", "food")
