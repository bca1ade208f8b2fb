"""What stands below a heading within a description is read as a field on who may come would be."""

import pytest

from rxbot.directory.model import Service
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.headed import below_a_heading
from rxbot.directory.rules.record import Rules, read_rules

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
AT_9, AT_40, AT_70 = (9, 9), (40, 40), (70, 70)


def described(description: str, **fields: str) -> Service:
    return Service("s", "Project", description=description, **fields)


def rules(description: str) -> Rules:
    return read_rules(described(description))


@pytest.mark.parametrize(
    ("description", "band", "answer"),
    [
        ("Families love our gardens. WHO IS ELIGIBLE? Adults 18-55. Ring us.", AT_70, NO),
        ("Families love our gardens. WHO IS ELIGIBLE? Adults 18-55. Ring us.", AT_40, YES),
        ("We swim, with parents looking on. ELIGIBILITY: ages 6 to 12.", AT_40, NO),
        ("We swim, with parents looking on. ELIGIBILITY: ages 6 to 12.", AT_9, YES),
        ("Music for all of us.\n\nWho can join?\n- Youth between the ages 12 to 21\n- Any skill\n\nCome along.", AT_70, NO),
        ("Help for families.\nEligibility criteria\nAge 65 or older\nLives alone\nCOST\nFree for children under 5", AT_40, NO),
        ("Help for families.\nEligibility criteria\nAge 65 or older\nLives alone\nCOST\nFree for children under 5", AT_70, YES),
        ("A choir for the whole community. Ages: 50 and over. Come and sing.", AT_40, NO),
        ("We help parents. Eligibility: Parents between the ages of 14 and 24.", AT_40, NO),
    ],
)  # fmt: skip
def test_ages_below_a_heading_are_those_of_who_may_come(description: str, band: tuple[int, int], answer: Answer) -> None:
    assert age_rule(described(description), band).value is answer


@pytest.mark.parametrize(
    "description",
    [
        "We tell you who is eligible. Adults 18-55 ask most.",
        "Help with forms, such as for housing. The rules of eligibility are many. Ages 6 to 12 are one.",
        "Swimming. ELIGIBILITY: ages 6 to 12. Chess. ELIGIBILITY: ages 60 and over.",
        "Eligibility screening: $5 a visit, for whoever asks. Adults 18-55 ask most.",
        "Advice on benefits. Eligibility: ask us. Our youth club (ages 6 to 12) is another matter.",
    ],
)
def test_what_is_no_heading_or_one_of_several_leaves_age_open(description: str) -> None:
    assert age_rule(described(description), AT_70).value is UNKNOWN


def test_what_is_asked_below_a_heading_is_asked() -> None:
    assert rules("We care about all of our community. Who is eligible? Veterans with a low income.").asked == (
        ("veteran",),
        ("low_income",),
    )


def test_a_field_of_its_own_comes_before_a_heading() -> None:
    assert age_rule(described("ELIGIBILITY: ages 6 to 12.", eligibility_description="Adults 18-55"), AT_40).value is YES


def test_a_list_below_a_heading_ends_with_the_next_one_or_with_a_blank_line() -> None:
    assert below_a_heading("WHO IS ELIGIBLE?\n\n- Teens\n- Tenants\nWHERE\nAt home") == "Teens\nTenants"
    assert below_a_heading("Who can apply?\nTeens\n\nWe meet weekly.") == "Teens"
    assert below_a_heading("Eligibility:\n") == ""


@pytest.mark.parametrize("text", ["Parents aged 14 to 21", "Young mothers under 21", "Women 16-24", "Pregnant women ages 14-21"])
def test_years_of_a_parent_are_their_own(text: str) -> None:
    assert age_rule(described("", eligibility_description=text), AT_40).value is NO


@pytest.mark.parametrize(
    "text",
    [
        "Parents of children aged 3 to 5",
        "Families with children ages 6-12",
        "Women with children 0-5",
        "Residents with youth aged 10 to 17",
    ],
)
def test_years_of_a_child_of_a_parent_are_no_ages_of_the_parent(text: str) -> None:
    assert age_rule(described("", eligibility_description=text), AT_40).value is UNKNOWN
