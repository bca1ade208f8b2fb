"""What a person is asked about themselves: only what services depend on, the most decisive first, and what an answer does."""

from dataclasses import replace

import pytest
from test_rank import SEARCH, matches, order, service

from rxbot.directory.asking import facts_needed
from rxbot.directory.model import Need, Service
from rxbot.directory.reasons import Ask, Why
from rxbot.directory.rules.circumstances import known_of
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.turning import Fact
from rxbot.directory.search import Must, Search

WIDE = replace(SEARCH, limit=10)
STEPS = "There are steps only, no ramp."


def for_whom(id: str, whom: str, **fields: object) -> Service:
    return service(id, eligibility_description=whom, **fields)  # type: ignore[arg-type]


def asked(*services: Service, search: Search = WIDE) -> tuple[Fact, ...]:
    return facts_needed([matches(*services, search=search)])


@pytest.mark.parametrize(
    ("whom", "fact"),
    [
        ("Families with children", Fact.CHILDREN),
        ("Anyone with a child under five", Fact.CHILDREN),
        ("Anyone aged 18 or over on a low income", Fact.INCOME),
        ("Women aged 18 and over", Fact.GENDER),
        ("Men only", Fact.GENDER),
        ("Veterans", Fact.VETERAN),
        ("Uninsured people", Fact.INSURANCE),
        ("U.S. citizens", Fact.PAPERS),
    ],
)
def test_a_fact_is_needed_where_a_service_that_is_shown_depends_on_it(whom: str, fact: Fact) -> None:
    assert fact in asked(for_whom("some", whom))


def test_nothing_is_asked_where_nothing_depends_on_it() -> None:
    open_to_all = (
        service("a"),
        for_whom("b", "Everyone is welcome"),
        for_whom("c", "Adults"),
        for_whom("d", "People with cancer"),
    )
    assert asked(*open_to_all) == ()


def test_what_a_need_or_an_answer_tells_is_not_asked_again() -> None:
    poor = for_whom("s", "People on a low income")
    assert asked(poor, search=replace(WIDE, known=known_of(needs=("food",)))) == ()
    assert asked(poor, search=replace(WIDE, known=known_of(["low_income"]))) == ()
    assert asked(for_whom("s", "Pregnant people"), search=replace(WIDE, known=known_of(["pregnant"]))) == ()
    assert asked(for_whom("s", "Women"), search=replace(WIDE, gender=Gender.OTHER)) == ()


@pytest.mark.parametrize("search", [replace(WIDE, age=(65, 79)), replace(WIDE, gender=Gender.MALE)])
def test_who_cannot_be_pregnant_is_not_asked(search: Search) -> None:
    assert Fact.PREGNANT not in asked(for_whom("s", "Pregnant people or families with children"), search=search)


def test_who_asks_for_somebody_they_care_for_is_not_asked_about_themselves() -> None:
    carers = Need("carers", "Carers", keywords=("food", "food bank"))
    assert asked(for_whom("s", "Families with children"), search=replace(WIDE, needs=(carers,))) == ()


def test_the_fact_that_most_services_depend_on_comes_first_and_there_are_never_more_than_three() -> None:
    found = (
        for_whom("1", "Families with children", km=0.1),
        for_whom("2", "Families with children", km=0.2),
        for_whom("3", "Veterans"),
        for_whom("4", "Women"),
        for_whom("5", "Uninsured people"),
    )
    shown = [[match] for match in matches(*found, search=WIDE)]  # each is the best for a need of its own
    assert facts_needed(shown)[0] is Fact.CHILDREN
    assert len(facts_needed(shown)) == 3
    assert len(facts_needed(shown, asked=[Fact.CHILDREN])) == 2
    assert facts_needed(shown, asked=[Fact.CHILDREN, Fact.VETERAN, Fact.GENDER]) == ()
    assert Fact.CHILDREN not in facts_needed(shown, never=[Fact.CHILDREN])


def test_what_stands_behind_those_that_are_shown_counts_by_how_many_people_it_could_bring_it_to() -> None:
    shown = tuple(service(f"{number}", km=0.1) for number in range(3))
    families = tuple(for_whom(f"f{number}", "Families with children", km=4.5) for number in range(3))
    near = replace(WIDE, place=None)
    assert asked(*shown, *families[:1], search=near) == ()
    assert asked(*shown, *families, search=near) == (Fact.CHILDREN,)


def test_a_service_that_meets_two_needs_counts_once() -> None:
    one = matches(for_whom("1", "Veterans"), search=WIDE)
    two = matches(for_whom("2", "Women"), for_whom("3", "Women", km=1.1), search=WIDE)
    assert facts_needed([one, one, two]) == (Fact.GENDER, Fact.VETERAN)


def test_steps_and_a_long_way_are_asked_about_and_the_way_comes_last() -> None:
    far = tuple(service(f"{number}", km=3.0) for number in range(3))
    assert asked(service("near")) == ()
    assert asked(*far) == (Fact.TRAVEL,)
    assert asked(service("s", description=STEPS, km=3.0), *far[:2]) == (Fact.STEP_FREE, Fact.TRAVEL)


def test_a_no_takes_away_what_is_certainly_not_for_them_and_nothing_else() -> None:
    services = (
        for_whom("families", "Families with children"),
        for_whom("some", "Families with children or veterans"),
        service("all"),
    )
    said_no = replace(WIDE, known=known_of(denied=["has_children"]))
    assert set(order(*services, search=WIDE)) == {"families", "some", "all"}
    assert set(order(*services, search=said_no)) == {"some", "all"}


def test_what_only_follows_from_a_language_takes_nothing_away() -> None:
    wanted = replace(WIDE, known=known_of(language="es"))
    assert order(for_whom("s", "English speaking adults"), search=wanted) == ["s"]


def test_a_yes_is_a_reason_and_what_was_not_said_stays_a_question() -> None:
    families = for_whom("s", "Families with children")
    [unknown] = matches(families)
    [told] = matches(families, search=replace(SEARCH, known=known_of(["has_children"])))
    assert Ask.CHILDREN in unknown.unknowns
    assert Why.FOR_CHILDREN not in {reason.code for reason in unknown.reasons}
    assert Ask.CHILDREN not in told.unknowns
    assert Why.FOR_CHILDREN in {reason.code for reason in told.reasons}


def test_who_needs_a_way_in_without_steps_is_told_where_it_is_known_and_what_to_ask_where_it_is_not() -> None:
    wanted = replace(WIDE, must=frozenset({Must.STEP_FREE}))
    services = (
        service("steps", description=STEPS),
        service("ramp", description="Wheelchair accessible."),
        service("unknown"),
    )
    found = {match.service.id: match for match in matches(*services, search=wanted)}
    assert found.keys() == {"ramp", "unknown"}
    assert Why.STEP_FREE in {reason.code for reason in found["ramp"].reasons}
    assert Ask.STEP_FREE in found["unknown"].unknowns


def test_a_service_for_women_is_a_reason_for_a_woman_and_is_not_shown_to_a_man() -> None:
    circle = for_whom("s", "Women aged 18 and over")
    [match] = matches(circle, search=replace(WIDE, gender=Gender.FEMALE))
    assert Why.FOR_WOMEN in {reason.code for reason in match.reasons}
    assert order(circle, search=replace(WIDE, gender=Gender.MALE)) == []
