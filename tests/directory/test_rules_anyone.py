"""What "anyone" has, where a record says it; and where anyone is anybody."""

import pytest

from rxbot.directory.model import Organization, Service
from rxbot.directory.rules.asked import asked_of
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
