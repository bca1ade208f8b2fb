"""What "anyone" has, where a record says it; and where anyone is anybody."""

import pytest

from rxbot.directory.model import Organization, Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.asked import asked_of
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.rules.seeming import seeming_asked


def asks(service: Service, circumstance: str) -> bool:
    return any({circumstance} == one.any_of for one in asked_of(service))


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("Anyone concerned about or infected by HIV", "hiv"),
        ("A group for anyone suffering from lupus.", "one_illness"),
        ("Anyone harmed by gambling", "gambling"),
        ("Anyone who is living with depression, anxiety or grief", "mental_illness"),
    ],
)
def test_anyone_who_has_something_is_not_anybody(text: str, circumstance: str) -> None:
    assert asks(Service("s", "Group", eligibility_description=text), circumstance)
    assert asks(Service("s", "Group", description=text), circumstance)


@pytest.mark.parametrize(
    "text",
    [
        "Anyone with an interest in chronic pain",
        "Anyone whose life is affected by someone else's drinking",
        "Anyone affected by addiction, or whose partner is",
        "Anyone struggling with hurt, worries or addiction",
        "Anyone living with a dog",
        "A group for anyone living with depression. It is open to all.",
    ],
)
def test_anyone_is_anybody_where_it_is_not_said_of_themselves_alone(text: str) -> None:
    anyone = Service("s", "Group", description=text)
    assert not any(asks(anyone, one) for one in ("chronic_illness", "substance_use", "mental_illness"))


@pytest.mark.parametrize(
    ("name", "provider", "seems_so"),
    [
        ("Food baskets", "Marsh AIDS Foundation", True),
        ("MARSH AIDS NETWORK", "", True),
        ("HEARING AIDS PROGRAM", "", False),
        ("Legal aids for tenants", "", False),
    ],
)
def test_aids_in_capitals_is_an_illness(name: str, provider: str, seems_so: bool) -> None:
    service = Service("s", name, description="Food for people with HIV.", organization=Organization("o", provider))
    assert (("hiv",) in seeming_asked(service)) == seems_so
    shop = Service("s", "Thrift store", description="Clothes for anybody.", organization=Organization("o", provider))
    assert seeming_asked(shop) == ()


def test_the_other_choice_of_a_frail_resident_is_not_anybody() -> None:
    frail = Service("s", "Service", eligibility_description="Disabled or frail elderly resident of Marsh County")
    assert [one.any_of for one in asked_of(frail)] == [{"disability", "homebound"}]
    assert asked_of(Service("s", "Service", eligibility_description="Disabled person or county resident")) == ()


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Serves any adult with a physical disability.", {"disability"}),
        ("Any child who has a hearing impairment", {"deaf"}),
        ("Any person with a disability", {"disability"}),
        ("Anybody who is blind, regardless of income", {"visual_impairment"}),
        ("All individuals with developmental disabilities", {"developmental_disability"}),
    ],
)
def test_all_of_those_who_have_something_are_not_everybody(sentence: str, asked: set[str]) -> None:
    assert [set(one) for one in read_rules(Service("s", "Club", eligibility_description=sentence)).asked] == [asked]


def test_a_description_that_is_for_all_who_have_something_is_for_nobody_else() -> None:
    service = Service("s", "Club", description="Chess and tea, open to any person who is blind or visually impaired.")
    assert read_rules(service).asked == (("visual_impairment",),)
    assert not read_rules(Service("s", "Club", description="Chess for everybody, with boards for people who are blind.")).asked


@pytest.mark.parametrize(
    "sentence",
    [
        "Any person, with or without a disability",
        "Anyone, and rooms for those with a disability",
        "Anyone who needs help with a disability claim",
        "All residents, including those who are deaf",
        "Anyone who has a garden",
    ],
)
def test_everybody_is_let_in_whoever_is_named_beside_them(sentence: str) -> None:
    assert not read_rules(Service("s", "Club", eligibility_description=sentence)).asked


def test_the_one_rule_behind_none_holds_for_all() -> None:
    def rules(text: str) -> Rules:
        return read_rules(Service("s", "Club", eligibility_description=text))

    assert rules("None, except must be homeless").asked == (("homeless",),)
    assert rules("No restrictions, but clients must be veterans").asked == (("veteran",),)
    assert rules("None except must be 18 or over").age((12, 12)) is Answer.NO


@pytest.mark.parametrize(
    "text",
    [
        "None except for the shelter, which is for the homeless",
        "No restrictions, except that the van is for veterans",
        "None, other than that homeless guests must sign in first",
        "No requirements except for the lunch, for those over 60",
    ],
)
def test_what_is_asked_for_a_part_alone_leaves_the_rest_open(text: str) -> None:
    rules = read_rules(Service("s", "Club", eligibility_description=text))
    assert not rules.asked
    assert rules.age((40, 40)) is not Answer.NO
