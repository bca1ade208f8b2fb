"""What a person is asked about themselves: only what services depend on, the most decisive first, and what an answer does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rarities import rarity_among
from test_rank import SEARCH, candidates, matches, order, service

from rxbot.directory.asking import INTIMATE, Deciding, Gain, If, Unasked, deciding, facts_needed
from rxbot.directory.fit import fits
from rxbot.directory.index import keys_of
from rxbot.directory.model import Need, Service
from rxbot.directory.rank import spot_of
from rxbot.directory.reasons import Ask, Why
from rxbot.directory.rules.around import UNCHARTED
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.turning import Fact
from rxbot.directory.search import Must, Search, Travel

WIDE = replace(SEARCH, limit=10)
STEPS = "There are steps only, no ramp."
YES_AND_NO = {
    Fact.CHILDREN: "has_children",
    Fact.PREGNANT: "pregnant",
    Fact.INCOME: "low_income",
    Fact.VETERAN: "veteran",
    Fact.PAPERS: "citizen",
}


def for_whom(id: str, whom: str, **fields: object) -> Service:
    return service(id, eligibility_description=whom, **fields)  # type: ignore[arg-type]


def answers(search: Search) -> Iterator[If]:
    """Give every answer there is, with the search after it."""
    for fact, one in YES_AND_NO.items():
        share = search.known.chance([one])
        yield If(fact, share, replace(search, known=known_of([one], needs=[need.id for need in search.needs])))
        yield If(fact, 1 - share, replace(search, known=known_of(denied=[one], needs=[need.id for need in search.needs])))
    yield from (If(Fact.GENDER, 0.5, replace(search, gender=gender)) for gender in (Gender.FEMALE, Gender.MALE))
    yield If(Fact.STEP_FREE, 0.5, replace(search, must=frozenset({Must.STEP_FREE})))
    yield from (If(Fact.INSURANCE, 0.5, replace(search, known=known_of([one]))) for one in ("insured", "uninsured"))
    yield from (If(Fact.TRAVEL, 0.33, replace(search, reach_km=way.reach_km, else_km=search.reach_km)) for way in Travel)


def decided(*services: Service, search: Search = WIDE, shown: int = 3, before: tuple[str, ...] = ()) -> Deciding:
    found = candidates(services)
    fit = fits(search, [one.hits for one in found], rarity_among(map(keys_of, services)))
    unasked = Unasked(tuple(answers(search)), shown, frozenset(before))
    return deciding(search, map(spot_of, found, fit), unasked, UNCHARTED)


def asked(*services: Service, search: Search = WIDE, shown: int = 3, before: tuple[str, ...] = ()) -> tuple[Fact, ...]:
    return facts_needed([decided(*services, search=search, shown=shown, before=before)])


@pytest.mark.parametrize(
    ("whom", "fact"),
    [
        ("Families with children", Fact.CHILDREN),
        ("Anyone with a child under five", Fact.CHILDREN),
        ("Anyone aged 18 or over on a low income", Fact.INCOME),
        ("Women aged 18 and over", Fact.GENDER),
        ("Men only", Fact.GENDER),
        ("Veterans", Fact.VETERAN),
        ("People with Medicaid", Fact.INSURANCE),
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
    group = for_whom("s", "Pregnant people")
    assert Fact.PREGNANT in asked(group), "somebody of whom nothing is known"
    assert Fact.PREGNANT not in asked(group, search=search)


def test_who_asks_for_somebody_they_care_for_is_not_asked_about_themselves() -> None:
    carers = Need("carers", "Carers", keywords=("food", "food bank"))
    assert asked(for_whom("s", "Families with children"), search=replace(WIDE, needs=(carers,))) == ()


def test_the_most_telling_fact_comes_first_and_there_are_never_more_than_three() -> None:
    found = (
        for_whom("1", "Families with children", km=0.1),
        for_whom("2", "Families with children", km=0.2),
        for_whom("3", "Veterans"),
        for_whom("4", "Women"),
        for_whom("5", "People with Medicaid"),
    )
    each = [decided(one) for one in found]  # each is the best for a need of its own
    assert len(facts_needed(each)) == 3
    assert len(facts_needed(each, asked=[Fact.CHILDREN], just_asked=[Fact.CHILDREN])) == 2
    assert Fact.CHILDREN not in facts_needed(each, asked=[Fact.CHILDREN], just_asked=[Fact.CHILDREN])
    three = [Fact.CHILDREN, Fact.VETERAN, Fact.GENDER]
    assert facts_needed(each, asked=three, just_asked=three) == ()
    assert facts_needed(each, asked=three, at_most=1) == (Fact.INSURANCE,)
    assert facts_needed([{Fact.VETERAN: Gain(1.0, 0.1)}, {Fact.GENDER: Gain(0.5, 0.3)}]) == (Fact.GENDER, Fact.VETERAN)


@pytest.mark.parametrize(("whom", "fact"), [("Veterans", Fact.VETERAN), ("Pregnant people", Fact.PREGNANT)])
def test_what_is_true_of_few_is_asked_where_it_would_be_the_best_for_them_though_it_is_not_shown(whom: str, fact: Fact) -> None:
    others = tuple(service(f"{number}") for number in range(3))
    for_few = for_whom("few", whom, km=0.1)
    assert "few" not in order(*others, for_few, search=SEARCH)
    assert asked(*others, for_few) == (fact,)


def test_what_would_not_be_among_the_best_with_any_answer_is_not_asked_about() -> None:
    near = tuple(service(f"{number}", km=0.1) for number in range(3))
    assert asked(*near, for_whom("few", "Veterans", km=4.9)) == ()
    assert asked(*near, for_whom("few", "Families with children", application_process="Referral required")) == ()


def test_what_was_shown_before_is_not_asked_about_again() -> None:
    families, all_others = for_whom("f", "Families with children"), service("o")
    assert asked(families, all_others) == (Fact.CHILDREN,)
    assert asked(families, all_others, before=("f",)) == ()


def test_of_income_papers_and_pregnancy_one_is_asked_in_one_go() -> None:
    each = [decided(for_whom("s", whom)) for whom in ("People on a low income", "U.S. citizens", "Pregnant people", "Veterans")]
    needs = facts_needed(each)
    assert len(INTIMATE & {*needs}) == 1
    assert Fact.VETERAN in needs
    assert not INTIMATE & {*facts_needed(each, asked=[Fact.PAPERS], just_asked=[Fact.PAPERS])}
    assert len(INTIMATE & {*facts_needed(each, asked=[Fact.PAPERS])}) == 1


def test_steps_are_asked_about_where_something_that_is_shown_has_them() -> None:
    assert asked(service("s", description=STEPS)) == (Fact.STEP_FREE,)
    near = tuple(service(f"{number}", km=0.1) for number in range(3))
    assert asked(*near, service("s", description=STEPS)) == ()


def test_how_far_they_go_is_asked_only_where_it_changes_most_of_what_is_shown_and_last() -> None:
    near, far = (tuple(service(f"{km}-{number}", km=km) for number in range(3)) for km in (0.5, 3.0))
    better = tuple(service(f"b{number}", "Food Bank", km=3.0) for number in range(3))
    assert asked(*near) == ()  # all of it is at the next corner
    assert asked(*far) == ()  # nothing is nearer, so that nothing else can be shown
    assert asked(*near, *far) == ()  # what is near comes first as it is
    less = tuple(service(f"l{number}", application_process="Referral required", km=1.9) for number in range(3))
    assert asked(*less, *better) == (Fact.TRAVEL,)
    assert asked(for_whom("w", "Women", km=3.0), *less, *better)[-1] is Fact.TRAVEL


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
