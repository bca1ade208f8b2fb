"""What a record turns on: the facts about a person that say whether they may come, as far as nobody knows them yet.

The facts are few, and each can be asked in one plain question. Everything else that records ask for stays a question to the
provider.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.circumstances import SHARES_AND_WORDS
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import Known
from rxbot.directory.rules.record import Rules


class Fact(StrEnum):
    """What a person may be asked about themselves, because a service depends on it. In doubt the first is asked first."""

    CHILDREN = "children"
    PREGNANT = "pregnant"
    GENDER = "gender"
    STEP_FREE = "step_free"
    INCOME = "income"
    VETERAN = "veteran"
    INSURANCE = "insurance"
    PAPERS = "papers"
    TRAVEL = "travel"


TOLD_BY: Mapping[str, Fact] = {
    "has_children": Fact.CHILDREN,
    "pregnant": Fact.PREGNANT,
    "citizen": Fact.PAPERS,
    "low_income": Fact.INCOME,
    "insured": Fact.INSURANCE,
    "uninsured": Fact.INSURANCE,
    "veteran": Fact.VETERAN,
}
"""The circumstances that a fact tells."""
MOSTLY = 0.5
PAST_PREGNANCY = 50


def facts_open(rules: Rules, known: Known, gender: Gender | None, age: tuple[int, int] | None) -> Mapping[Fact, float]:
    """Give the facts that would say whether somebody of whom this is known may come, each with our guess of how many may."""
    found = dict(pair for asked in rules.asked if known.meets(asked) is Answer.UNKNOWN for pair in _telling(asked, known))
    if rules.genders and gender is None and "pregnant" not in known.said:
        found[Fact.GENDER] = 0.5
    if gender is Gender.MALE or (age and age[0] >= PAST_PREGNANCY):
        found.pop(Fact.PREGNANT, None)
    return found


def _telling(asked: Collection[str], known: Known) -> Iterator[tuple[Fact, float]]:
    """Give the facts that tell most of the open rest: of a long list, one fact decides little."""
    shares = {one: SHARES_AND_WORDS[one][0] for one in asked if one not in known.has_not}
    for fact in dict.fromkeys(TOLD_BY[one] for one in shares if one in TOLD_BY):
        share = sum(share for one, share in shares.items() if TOLD_BY.get(one) is fact)
        if share >= MOSTLY * sum(shares.values()):
            yield fact, min(share, 1.0)


def share_of(known: Known, has: Collection[str], has_not: Collection[str]) -> float:
    """Guess how many would give an answer that tells this, of those of whom this is known; where it tells nothing, as any."""
    return known.chance(has) if has else 1.0 - known.chance(has_not) if has_not else 1.0
