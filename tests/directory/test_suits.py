"""What is said of many records at once is never less than what is said of each of them, and mostly no more."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from rxbot.directory.ease import ease
from rxbot.directory.fit import Column
from rxbot.directory.languages import kin_of
from rxbot.directory.model import Place
from rxbot.directory.rules.ages import Ages
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import Served
from rxbot.directory.rules.circumstances import CIRCUMSTANCES, OF_FEW
from rxbot.directory.rules.closed import Closed
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.homes import Home
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Must, Search
from rxbot.directory.suits import SUITS, easiest_for, may_be_for_town, may_serve, suits_of

TODAY = date(2026, 6, 1)
TONGUES = ("en", "es", "zh", "yue", "ar", "so", "")
TOWNS = ("Old Town", "Kittersea", "Marsh County", "M1", "90210", "nationwide", "Wards 1 to 3")
SEARCH = Search(needs=(), now=TODAY)


def some(dice: random.Random, of: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(dice.sample(of, dice.randint(0, most)))


def invented_rules(dice: random.Random) -> Rules:
    asked = [group for group in (some(dice, sorted(CIRCUMSTANCES), 3) for _ in range(dice.choice((0, 0, 1, 2)))) if group]
    homes = [Home(town, f"Residents of {town} only", only=dice.random() < 0.5) for town in some(dice, TOWNS[:-2], 1)]
    return Rules(
        ages=dice.choice(((), (), (Ages(18.0, 64.0),))),
        asked=tuple(asked),
        alone=some(dice, asked[0], 1) if asked and dice.random() < 0.1 else (),
        spoken=some(dice, TONGUES, 2),
        partly=some(dice, TONGUES, dice.choice((0, 1))),
        interpreted=dice.random() < 0.2,
        for_everybody=dice.random() < 0.2,
        cost=dice.choice(list(Cost)),
        amount=dice.choice((None, 3.0, 40.0)),
        entry=dice.choice(list(Entry)),
        given=dice.choice(list(Given)),
        step_free=dice.choice(list(Answer)),
        evening=dice.choice(list(Answer)),
        served=Served(some(dice, TOWNS, 2), (), tuple(homes)),
        checked=dice.choice((None, TODAY - timedelta(dice.randint(-3, 900)))),
        alert=dice.random() < 0.1,
        named=some(dice, sorted(OF_FEW), 3),
    )


def invented_search(dice: random.Random) -> Search:
    told, denied = (some(dice, sorted(CIRCUMSTANCES), 3) for _ in range(2))
    age = dice.choice((None, (30, 30), (70, 74)))
    return Search(
        needs=(),
        place=dice.choice((None, Place(51, 0, ", ".join(some(dice, TOWNS[:-2], 3))))),
        language=dice.choice((None, *TONGUES[:-1])),
        age=age,
        gender=dice.choice((None, *Gender)),
        known=known_of(told, set(denied) - set(told), some(dice, ("housing", "safety", "carers"), 2), None, age),
        must=frozenset(dice.sample(list(Must), dice.choice((0, 1)))),
        now=TODAY,
    )


def kept(many: Sequence[Rules]) -> Column:
    return np.frombuffer(b"".join(map(suits_of, many)), SUITS)


def easiest(search: Search, *many: Rules) -> list[float]:
    found: list[float] = easiest_for(search, kept(many)).tolist()
    return found


def test_nobody_has_it_easier_than_is_said_of_many_at_once() -> None:
    dice, close, taken = random.Random(5), 0, 0
    for _ in range(200):
        search, many = invented_search(dice), [invented_rules(dice) for _ in range(50)]
        for rules, most in zip(many, easiest(search, *many), strict=True):
            if eased := ease(search, rules):
                assert eased.whole <= most + 1e-9
                taken, close = taken + 1, close + (eased.whole > 0.97 * most)
    assert close > 0.5 * taken > 0


def test_what_is_closed_or_there_for_something_else_than_help_is_no_easier_than_is_said_of_many_at_once() -> None:
    dice = random.Random(7)
    for _ in range(50):
        search, rules = invented_search(dice), invented_rules(dice)
        for one in (
            replace(rules, closed=Closed(some(dice, sorted(CIRCUMSTANCES), 2))),
            *(replace(rules, purpose=purpose) for purpose in Purpose),
        ):
            eased = ease(search, one)
            assert eased is None or eased.whole <= easiest(search, one)[0] + 1e-9


def test_what_serves_a_place_is_never_said_not_to_at_once() -> None:
    dice, not_served = random.Random(6), 0
    for _ in range(200):
        search, many = invented_search(dice), [invented_rules(dice) for _ in range(50)]
        said = zip(many, may_serve(search, kept(many)), may_be_for_town(search, kept(many)), strict=True)
        for rules, may, may_for_town in said:
            assert may or rules.serves(search.place) is not Answer.YES
            assert may_for_town or not (search.place and rules.served.is_for_the_town_of(search.place))
            not_served += not may
    assert not_served > 2000


def test_whoever_is_a_veteran_has_it_easier_at_once_where_veterans_are_asked_for() -> None:
    veteran, rules = Search(needs=(), known=known_of(["veteran"]), now=TODAY), Rules(asked=(("veteran",),), named=("veteran",))
    assert easiest(veteran, rules) > easiest(SEARCH, rules)
    assert easiest(veteran, Rules()) < easiest(SEARCH, Rules())


def test_a_language_that_a_record_does_not_name_counts_less_at_once() -> None:
    speaks, not_said, does_not = Rules(spoken=("en", "yue")), Rules(), Rules(spoken=("en", "es"))
    one, other, another = easiest(Search(needs=(), language="yue", now=TODAY), speaks, not_said, does_not)
    assert one > other > another
    assert kin_of("yue") > {"zh"}
