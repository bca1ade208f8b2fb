"""For which community a record is, and who is known to be of it: by the language they speak with us."""

import pytest

from rxbot.directory.model import Organization, Service
from rxbot.directory.rules.circumstances import COMMUNITIES, SPOKEN_IN
from rxbot.directory.rules.criteria import read_asked
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules


def seen(name: str = "Service", organization: str = "", description: str = "", audience: tuple[str, ...] = ()) -> Rules:
    provider = Organization(name=organization)
    return read_rules(Service("s", name, organization=provider, description=description, audience=audience))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Battered Asian women", {"asian", "domestic_violence"}),
        ("Latinx", {"latino"}),
        ("Low-income Asians and Pacific Islanders", {"asian", "pacific_islander", "low_income"}),
        ("Chinese elders", {"chinese"}),
        ("People of Haitian descent", {"haitian"}),
        ("African Americans", {"african_american"}),
        ("Ethiopian immigrants", {"ethiopian", "immigrant"}),
    ],
)
def test_each_community_is_told_from_others(text: str, asked: set[str]) -> None:
    assert {one for each in read_asked(text) for one in each.any_of} == asked


@pytest.mark.parametrize(("language", "is_one"), [("zh", True), ("ko", True), ("es", False), ("en", False), (None, False)])
def test_who_speaks_a_language_of_it_is_of_a_community(language: str | None, is_one: bool) -> None:
    refuge = seen(audience=("Asian women",))
    assert (refuge.chance(known_of(language=language)) == 1.0) is is_one


def test_who_speaks_a_language_of_another_community_hardly_is() -> None:
    refuge = seen(audience=("Asian women",))
    assert refuge.chance(known_of(language="es")) < refuge.chance(known_of(language="en")) < 0.1


def test_who_says_where_they_belong_is_believed_whatever_they_speak() -> None:
    assert seen(audience=("Haitians",)).chance(known_of(("haitian",), language="es")) == 1.0
    assert seen(audience=("Asians",)).chance(known_of(("filipino",), language="en")) == 1.0


@pytest.mark.parametrize(
    ("name", "organization"),
    [("Ethiopian Community Center", ""), ("Computer training", "Kittersea Haitian Neighborhood Center"), ("Asian Seniors", "")],
)
def test_what_is_called_after_a_community_seems_to_be_for_it(name: str, organization: str) -> None:
    (one,) = seen(name, organization).seeming_asked
    assert set(one) <= COMMUNITIES
    assert not seen(name, organization).asked
    assert not seen(name, organization, "Open to the public.").seeming_asked
    assert not seen(name, organization, audience=("All who live in Kittersea", "Anyone")).seeming_asked
    asks_nothing = Service("s", name, organization=Organization(name=organization), eligibility_description="None")
    assert read_rules(asks_nothing).seeming_asked == (one,)


@pytest.mark.parametrize(
    "name", ["Asian Art Museum", "Chinese Historical Society", "African Square Park", "Black Rock Library", "Korean Restaurant"]
)
def test_other_names_with_such_words_seem_nothing(name: str) -> None:
    assert not seen(name).seeming_asked


def test_a_language_is_that_of_one_community_alone() -> None:
    spoken = [code for languages in SPOKEN_IN.values() for code in languages.split()]
    assert len(spoken) == len(set(spoken))


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Kittersea Chinese Community Center", "A community center serving the Asian community."),
        ("Marsh Korean Baptist Church", "Groceries on Fridays."),
        ("Hindu Temple of Marsh", "Lunch after prayers."),
        ("Jewish Family Services", "Counselling for families."),
        ("St Mary's Catholic Church", "Soup and a bed."),
        ("Haitian Neighborhood Center", "Serves the Haitian community and its neighbours."),
    ],
)
def test_a_centre_or_a_church_that_is_called_after_its_people_turns_nobody_away(name: str, description: str) -> None:
    rules = seen(name, description=description)
    assert not rules.asked
    assert {one for asked in rules.seeming_asked for one in asked} <= COMMUNITIES
