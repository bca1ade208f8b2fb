"""Who is with a provider already: records that are for its own tenants, students or members, and those that only name them."""

import pytest

from rxbot.directory.model import Organization, Service
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules

HILL_HOUSE = Organization("o", "Hillcot Housing Association")
MARSH_COLLEGE = Organization("o", "Marsh End Technical College")


def are_theirs(rules: Rules) -> bool:
    return ("client_already",) in rules.asked and rules.chance(known_of()) < 0.1


@pytest.mark.parametrize(
    "eligibility",
    [
        "Hillcot Housing Association tenants",
        "Current Hillcot tenants",
        "For Hillcot tenants only.",
        "Account holders",
        "Students of Marsh School only; see the nurse.",
        "Must be a currently enrolled student",
        "Must be a client of the Marsh Centre",
        "Clinic patients only",
    ],
)
def test_those_of_a_provider_alone_are_asked_for_in_a_field(eligibility: str) -> None:
    assert are_theirs(read_rules(Service("s", "Service", eligibility_description=eligibility, organization=HILL_HOUSE)))


def test_a_provider_is_called_by_its_first_letters_too() -> None:
    wellbeing = Service("s", "Wellbeing", eligibility_description="METC students (2 courses)", organization=MARSH_COLLEGE)
    assert are_theirs(read_rules(wellbeing))


@pytest.mark.parametrize(
    "description",
    [
        "For personal account holders of Marsh Bank; bring your card.",
        "Six free talks a year for currently enrolled students.",
        "The group comforts church members and those who wait. It gives support to church members and regular attendees.",
        "Gives support to church members and regular attendees who are grieving.",
        "Help for homeless persons who are also receiving housing support.",
        "Program is only for parents whose child is already enrolled in the program.",
        "After the completion of a training programme we help people find work.",
        "Services are only available to enrolled clients.",
    ],
)
def test_those_of_a_provider_alone_are_asked_for_in_a_description(description: str) -> None:
    own = description.split(". ")[-1]
    assert are_theirs(read_rules(Service("s", "Service", description=own)))


@pytest.mark.parametrize(
    ("eligibility", "description"),
    [
        ("", "Rents rooms. Has a garden. Has a hall. Tenants of the house only on Mondays."),
        ("Enrolled student or county resident", ""),
        ("Private tenants", ""),
        ("High school students", ""),
        ("Community members", ""),
        ("Members of the community", ""),
        ("Massage is for clients only on Fridays.", ""),
        ("People who are currently receiving SNAP benefits", ""),
        ("", "A lunch for church members and the whole community."),
        ("", "Rents rooms. A clinic is available to residents only."),
        ("", "Books for library card holders and everybody else."),
    ],
)
def test_who_is_only_named_need_not_be_with_a_provider(eligibility: str, description: str) -> None:
    service = Service("s", "Service", description=description, eligibility_description=eligibility, organization=HILL_HOUSE)
    assert not are_theirs(read_rules(service))


def test_a_short_description_says_anywhere_whose_it_is() -> None:
    quitting = Service("s", "Quit", description="Groups to stop vaping. Students of Marsh School only; see the nurse.")
    assert are_theirs(read_rules(quitting))


@pytest.mark.parametrize("field", ["None", "Open to all"])
def test_what_a_field_lets_in_no_first_sentence_takes_away(field: str) -> None:
    described = Service(
        "s", "Service", eligibility_description=field, description="Services are only available to enrolled clients."
    )
    assert not are_theirs(read_rules(described))
