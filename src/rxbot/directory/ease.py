"""How likely it is that this person gets in and is helped: factors of at most one each, and what takes a service away.

Only a certain no takes it away: not offered, looking for help itself, the wrong age or gender, not what must be.
What is unknown counts less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.musts import is_lacking, unsure
from rxbot.directory.rules.ages import Ages
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.circumstances import CONDITIONS, OF_FEW, OF_WHOEVER_CARES
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Search


@dataclass(frozen=True)
class Ease:
    """How likely this person gets in and is helped: the product of these factors."""

    factors: Mapping[str, float]

    @cached_property
    def whole(self) -> float:
        """Give the product."""
        return prod(self.factors.values())


def ease(search: Search, rules: Rules) -> Ease | None:
    """Say how likely it is that this person gets in and is helped; None when something certain speaks against it."""
    if not _may_come(search, rules):
        return None
    least = least_chance(search)
    return Ease(
        {
            "age": _age(search, rules),
            "whom": whom(max(rules.chance(search.known, least), LEAST)),
            "alone": _alone(search, rules),
            "household": _household(search, rules),
            "seems": _seems(search, rules),
            "purpose": (TO_HELP if search.would_help else TO_BE_HELPED).get(rules.purpose, 1.0),
            "seems_whom": max(rules.seeming_chance(search.known), least) ** SEEMING_EXPONENT,
            "named": _named(search, rules),
            "language": LANGUAGE[rules.language(search.language or search.home_language, search.home_language)],
            "limits": 1.0 if rules.for_everybody else SOME_ONLY,
            "cost": cost(rules),
            "entry": ENTRY[rules.entry],
            "must": unsure(search, rules),
            "fresh": FRESHNESS[freshness_of(rules.checked, search.now)],
            "notice": CLOSED if _is_closed_to(search, rules) else NOTICE if rules.alert else 1.0,
        }
    )


TO_BE_HELPED = {Purpose.FOR_HELPERS: 0.5, Purpose.VOLUNTEERING: 0.5, Purpose.TRADE: 0.3}
"""What other records than those that help are worth to who needs help. What is said first may not be all: they may help too.

Whoever is referred knows where the shops are.
"""
TO_HELP = {Purpose.FOR_HELPERS: 0.5, Purpose.HELP_BY_VOLUNTEERS: 0.3, Purpose.TRADE: 0.3}
"""And to who would help others. Who gives it is not who is sought: but where some help, more may."""
LANGUAGE = {Answer.YES: 1.0, Answer.UNKNOWN: 0.75, Answer.NO: 0.5}
ENTRY = {Entry.WALK_IN: 1.0, Entry.SELF_REFERRAL: 1.0, Entry.UNKNOWN: 0.95, Entry.REFERRAL: 0.75}
FRESHNESS = {Freshness.FRESH: 1.0, Freshness.AGEING: 0.97, Freshness.STALE: 0.92, Freshness.UNKNOWN: 0.92}
SEEMING_EXPONENT, SOME_ONLY = 0.15, 0.97
NOTICE, CLOSED = 0.75, 0.3
"""What has a note, and what says that it takes nobody new for now: it may be open again by the time somebody asks."""


def _may_come(search: Search, rules: Rules) -> bool:
    return (
        rules.offered
        and rules.for_people
        and (rules.purpose is not Purpose.NOTHING_BUT_VOLUNTEERING or search.would_help)
        and (search.for_another or not _leaves_out(search, rules))
        and not is_lacking(search, rules)
    )


def _leaves_out(search: Search, rules: Rules) -> bool:
    """Say whether it is certainly not for this person, by their age, their gender, what is true of them, or their language."""
    wrong_age = rules.age(search.age) is Answer.NO and not _is_of_ones_child(search, rules.ages)
    left_out = wrong_age or rules.gender(search.gender) is Answer.NO or any(map(search.known.is_left_out, rules.asked))
    return left_out or _speaks_what_it_teaches(search, rules)


def _speaks_what_it_teaches(search: Search, rules: Rules) -> bool:
    """Say whether it is a class in the person's own language. Whoever writes with us in the home language may yet learn it."""
    return search.language != search.home_language and search.language in rules.teaches


def _is_of_ones_child(search: Search, ages: Sequence[Ages]) -> bool:
    """Say whether all ages that are named are of children, for whoever is grown and asks for help with theirs."""
    return search.for_ones_child and bool(ages) and all(one.is_of_children for one in ages)


def _is_closed_to(search: Search, rules: Rules) -> bool:
    """Say whether it takes nobody new, and the person is none of those whom it takes all the same."""
    return rules.closed is not None and search.known.has.isdisjoint(rules.closed.but_for)


def _age(search: Search, rules: Rules) -> float:
    if not search.age:
        return 1.0
    if search.for_another:
        return 1.0 if _is_age_of_the_cared_for(search, rules) else AGE_OF_ANOTHER[rules.age(search.age)]
    if _is_of_ones_child(search, rules.ages):
        return 1.0
    if rules.is_mostly_for_others(search.age):
        return MOSTLY_OTHERS
    return BY_EXCEPTION if rules.is_for_others(search.age) else AGE[rules.age(search.age)]


AGE = {Answer.YES: 1.0, Answer.UNKNOWN: 0.92}
AGE_OF_ANOTHER = {Answer.YES: 1.0, Answer.UNKNOWN: 1.0, Answer.NO: 0.7}
MOSTLY_OTHERS, BY_EXCEPTION = 0.3, 0.75
"""For whoever is of no age that a record names: where most of it is for those ages, and where it makes exceptions."""


def _is_age_of_the_cared_for(search: Search, rules: Rules) -> bool:
    """Say whether all ages that are named are of the old, for whoever cares: those are whom they care for, and not they."""
    return "carer" in search.known.has and bool(rules.ages) and all(ages.is_of_the_old for ages in rules.ages)


def least_chance(search: Search) -> float:
    """Say how likely somebody is one of those a service is for, at least: a record is not about who asks for another."""
    told = search.known.has & (CONDITIONS | OF_WHOEVER_CARES)
    return LEAST if not search.for_another or told else FOR_ANOTHER


LEAST, FOR_ANOTHER = 0.01, 0.4


def whom(chance: float) -> float:
    """Say what it is worth that somebody is so likely one of those it is for."""
    return float(chance ** (WHOM_EXPONENT if chance >= RARE else RARE_EXPONENT))


WHOM_EXPONENT = 0.25
"""A service for one in twenty-five of us is not worth a twenty-fifth: who looks for it is likelier to be one of them."""
RARE, RARE_EXPONENT = 0.06, 0.4
"""What is true of fewer than one in sixteen, and nobody has told, counts against a service more: it is asked first."""


def _alone(search: Search, rules: Rules) -> float:
    """Say what it is worth that a service asks for one thing of few and nothing else: whoever has it would have said so."""
    if search.for_another:
        return 1.0
    chance = min((search.known.chance(one) for one in (rules.alone, *_told_by_whoever_is_one(rules)) if one), default=1.0)
    return next((worth for most, worth in ALONE if chance <= most), 1.0)


ALONE = ((RARE, 0.35), (0.15, 0.6))
"""What a record that asks for one thing of few is worth to whoever has not told it: up to which share of people, how much."""


def _household(search: Search, rules: Rules) -> float:
    """Say what it is worth that only parents come with their children, to whoever told of none: after what takes anybody."""
    takes_them = OF_A_FAMILY not in rules.asked or search.known.meets(OF_A_FAMILY) is Answer.YES
    return 1.0 if takes_them or search.for_another or search.tells_of_children else FOR_FAMILIES


OF_A_FAMILY, FOR_FAMILIES = ("child", "has_children"), 0.6
"""What a record asks that is for parents and their children: it hardly takes whoever comes alone."""


def _told_by_whoever_is_one(rules: Rules) -> Iterator[tuple[str, ...]]:
    """Give what a record asks for, beside whatever else, that whoever is one is asked everywhere and says first."""
    return (one for one in rules.asked if TOLD_FIRST.issuperset(one))


TOLD_FIRST = frozenset({"veteran"})


def _seems(search: Search, rules: Rules) -> float:
    of_ones_child = _is_of_ones_child(search, rules.seeming_ages) and rules.seems_for(None, search.gender)
    if search.for_another or of_ones_child or rules.seems_for(search.age, search.gender):
        return 1.0
    is_far = search.age is not None and all(ages.high + A_GENERATION <= search.age[0] for ages in rules.seeming_ages)
    return SEEMS_FOR_CHILDREN if rules.seeming_ages and is_far and not search.tells_of_children else SEEMS_FOR_OTHERS


SEEMS_FOR_OTHERS, SEEMS_FOR_CHILDREN = 0.4, 0.2
A_GENERATION = 20
"""Whoever is so much older than all it seems to be for, and has told of no children, is hardly helped there."""


def _named(search: Search, rules: Rules) -> float:
    said = search.known.said & OF_FEW
    return float(NOT_NAMED ** (1 - len(said.intersection(rules.named)) / len(said))) if said else 1.0


NOT_NAMED = 0.7
"""For whoever said what few are (a veteran, out of prison, bringing up a grandchild), where a record speaks of nothing of it."""


def cost(rules: Rules) -> float:
    """Say how likely somebody can pay."""
    if rules.cost is not Cost.FIXED:
        return COST[rules.cost]
    amount = rules.amount or SOME + 1
    return next((share for most, share in FIXED if amount <= most), 0.5)


COST = {
    Cost.FREE: 1.0,
    Cost.DONATION: 1.0,
    Cost.SLIDING: 1.0,
    Cost.INSURANCE: 0.85,
    Cost.UNKNOWN: 0.9,
    Cost.MEMBERSHIP: 0.85,
}
SMALL, SOME, LARGE = 5, 20, 500
"""In the currency of the place: what one pays like a bus fare, like a meal, and what few who are referred can pay at all."""
FIXED = ((SMALL, 0.95), (SOME, 0.87), (LARGE, 0.8))
