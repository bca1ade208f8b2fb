"""Whom a sentence lets in beside those it names, and of whom it asks nothing."""

import pytest

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules


def read(eligibility: str, name: str = "Service") -> Rules:
    return read_rules(Service("s", name, eligibility_description=eligibility))


def leaves_out(rules: Rules, circumstance: str) -> bool:
    """Say whether somebody who says that this is not true of them is left out for certain."""
    return any(map(known_of(denied=[circumstance]).is_left_out, rules.asked))


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("Veterans and their families, including children", "veteran"),
        ("Veterans, spouses and dependents", "veteran"),
        ("Pregnant women and new mums up to 12 months after birth; dads welcome", "pregnant"),
        ("People with dementia (any age) and those who care for them", "dementia"),
        ("People with dementia; carers and friends are welcome", "dementia"),
        ("Must be 60 or over or have a disability", "disability"),
        ("60+, or living with a disability", "disability"),
        ("Not suitable for wheelchair users", "disability"),
        ("Unable to accommodate people with dementia", "dementia"),
    ],
)
def test_who_is_let_in_by_another_word_is_not_left_out(text: str, circumstance: str) -> None:
    assert not leaves_out(read(text), circumstance)


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("Veterans", "veteran"),
        ("Veterans. Bring a family photo", "veteran"),
        ("Low-income households and their families", "low_income"),
        ("Adults 18+ with a disability", "disability"),
        ("Adults with a disability. Not suitable for people with dementia", "disability"),
    ],
)
def test_who_is_named_alone_is_asked_for(text: str, circumstance: str) -> None:
    assert leaves_out(read(text), circumstance)


def test_families_are_let_in_by_the_name_too_where_the_fields_do() -> None:
    assert not leaves_out(read("People with cancer and their families", "Cancer Support"), "cancer")
    assert leaves_out(read("People with cancer", "Cancer Support"), "cancer")


@pytest.mark.parametrize("text", ["Not suitable for wheelchair users", "We cannot take people in wheelchairs"])
def test_what_is_not_for_wheelchairs_is_not_step_free(text: str) -> None:
    assert read(text).step_free is Answer.NO


@pytest.mark.parametrize("text", ["Wheelchair users", "Not suitable for children", "People who are not disabled"])
def test_other_words_say_nothing_of_steps(text: str) -> None:
    assert read(text).step_free is Answer.UNKNOWN
