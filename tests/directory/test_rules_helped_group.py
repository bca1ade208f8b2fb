"""Which group alone a first sentence or a name says is helped; and where others are helped too."""

import pytest

from rxbot.directory.model import Organization, Service, Term
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules


def read(description: str = "", name: str = "Project", provider: str = "", application: str = "") -> Rules:
    return read_rules(
        Service("s", name, description=description, organization=Organization("o", provider), application_process=application)
    )


@pytest.mark.parametrize(
    "description",
    [
        "A non-profit domestic violence center that offers refuge to survivors.",
        "Provides counselling to victims of physical and emotional violence.",
        "Safe rooms for women and their children escaping domestic abuse.",
        "Offers legal help for survivors of domestic violence.",
    ],
)
def test_a_house_for_those_who_were_hurt_is_for_hardly_anybody_else(description: str) -> None:
    assert read(description).chance(known_of()) <= 0.05
    assert read(description).chance(known_of(told=["domestic_violence"])) == 1.0


def test_a_shelter_is_known_by_its_category() -> None:
    shelter = Service("s", "Marsh House", terms=(Term("t", "1", "Domestic Violence Shelters"),))
    assert ("crime_victim",) in read_rules(shelter).asked


@pytest.mark.parametrize(
    "description",
    [
        "Provides legal help to residents in the areas of housing, family law for survivors of domestic violence and taxes.",
        "Answers anyone, also survivors of domestic violence.",
        "Runs parenting classes, anger groups, a domestic violence support group and therapy.",
        "Uses education to complete a refuge for birds.",
    ],
)
def test_who_was_hurt_is_one_of_many(description: str) -> None:
    assert read(description).chance(known_of()) == 1.0


@pytest.mark.parametrize(
    "rules",
    [
        read("Provides showers and breakfast to the homeless."),
        read("Social services for homeless women."),
        read("Health care.", name="Health Care for the Homeless"),
        read("Lawyers help those mired in homelessness.", provider="Marsh Legal Clinic for the Homeless"),
    ],
)
def test_help_for_the_homeless_is_for_who_has_no_home_or_may_lose_it(rules: Rules) -> None:
    assert ("homeless", "near_homeless") in rules.asked


@pytest.mark.parametrize(
    "rules",
    [
        read("Meals for the homeless and anyone who is hungry."),
        read("Services to homeless and low-income women."),
        read("Raises money for homeless services."),
        read("Cooking for all.", provider="Marsh Partnership for the Homeless"),
    ],
)
def test_help_for_others_too_is_not_for_the_homeless_alone(rules: Rules) -> None:
    assert rules.asked == ()


def test_who_has_to_come_from_a_ward_is_asked_to_have_been_there() -> None:
    assert ("inpatient",) in read(application="Referral from an acute psychiatric unit necessary.").asked
    assert read(application="Referral from a doctor or a hospital.").asked == ()
