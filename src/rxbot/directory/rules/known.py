"""What is known of a person: what they told, and what follows from it, their needs, their language and their age."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.circumstances import (
    COMMUNITIES,
    CONDITIONS,
    HURT,
    LAST_OF_CHILDHOOD,
    OF_WHOEVER_CARES,
    ONE_IN_THREE,
    SHARES_AND_WORDS,
    SPOKEN_IN,
    WIDER,
)
from rxbot.directory.rules.named import named_in

IMPLIES: Mapping[str, tuple[str, ...]] = {
    "homeless": ("low_income", "in_crisis", "near_homeless"),
    "near_homeless": ("low_income", "in_crisis"),
    "unemployed": ("low_income",),
    "benefit_recipient": ("low_income",),
    "no_immigration_status": ("immigrant",),
    "refugee": ("immigrant",),
    "dementia_in_family": ("carer", "dementia", "disability", "homebound"),
    "dementia": ("disability",),
    "limited_mobility": ("disability",),
    "deaf": ("disability",),
    "visual_impairment": ("disability",),
    "learning_disability": ("developmental_disability",),
    "developmental_disability": ("disability",),
    "foster_youth": ("in_crisis",),
    "trans": ("lgbtq",),
    "sexual_assault_survivor": ("crime_victim",),
    "domestic_violence": ("crime_victim", "in_crisis"),
    "in_danger": ("in_crisis",),
    "pregnant": ("has_children",),
    **dict.fromkeys(("cancer", "one_illness"), ("chronic_illness",)),
    **dict.fromkeys(("lost_a_child", "lost_to_suicide", "widowed"), ("bereaved",)),
    "serious_mental_illness": ("mental_illness",),
    "carer": ("relative_of_one",),
    **dict.fromkeys(("chinese", "filipino", "japanese", "korean", "vietnamese", "south_asian"), ("asian", "heritage")),
    **dict.fromkeys(("ethiopian",), ("african", "heritage")),
    **dict.fromkeys(("african", "haitian"), ("african_american", "heritage")),
    **dict.fromkeys(("african_american", "latino", "native_american", "pacific_islander", "asian", "arab"), ("heritage",)),
}
"""What else is true of whom something is true of."""
BARS: Mapping[str, tuple[str, ...]] = {
    "no_immigration_status": ("citizen",),
    "uninsured": ("insured", "health_plan_member"),
    "homeless": ("home_owner",),
    "tenant": ("home_owner",),
    "home_owner": ("tenant", "homeless"),
    "domestic_violence": ("abuser",),
    "limited_english": ("english_speaker",),
    "unemployed": ("employed",),
}
"""What cannot be true of whom something is true of."""
NEED_IMPLIES: Mapping[str, tuple[str, ...]] = {
    "addiction": ("substance_use",),
    "safety": ("domestic_violence", "crime_victim", "in_crisis"),
    "carers": ("carer",),
    "immigration_legal": ("immigrant",),
    "money_benefits": ("low_income",),
    "food": ("low_income",),
    "housing": ("near_homeless", "low_income"),
    "employment": ("unemployed",),
    "mental_wellbeing": ("mental_illness",),
    "disability_support": ("disability",),
    "volunteering": ("volunteer",),
}
"""What a need says of a person."""
SOUGHT = frozenset({
    "citizen", "insured", "benefit_recipient", "english_speaker", "employed", "detained", "client_already", "child",
    "has_children",
})  # fmt: skip
"""What somebody whose wish names it would like to be, or to have, or names of another: help with children is sought by aunts too.

All else is true of them that a third of the words for a wish name: help with a loss is asked for in words for a loss. That one of
many words for benefits names a disability says nothing.
"""
OF_ONE_WORD = frozenset({"bereaved", "one_illness", "gambling", "smoker", "eating_disorder"})
"""What stands in no words for a wish but those of whom it is true."""
HARDLY_SOUGHT: Mapping[str, tuple[str, ...]] = {"disability_support": ("dementia", "terminal_illness")}
"""What hardly anybody means who names a need: another need has its words."""
HARDLY_AT: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 49, ("retired", "dementia", "widowed")),
    (18, 20, ("has_children",)),
    (50, 200, ("pregnant", "foster_youth")),
    (66, 200, ("unemployed", "student", "has_children", "in_business")),
)
"""From which age to which what is hardly true of anybody."""
HARDLY = 0.1
"""How much less often than of others."""
NEVER_AT: tuple[tuple[int, int, tuple[str, ...]], ...] = ((18, 200, ("child",)), (70, 200, ("has_children", "pregnant")))
"""From which age to which what is true of nobody: children of one's own are grown up by then."""
ENGLISH = frozenset({"english_speaker", "limited_english"})
"""Of whoever talks with us one of these is true."""


@dataclass(frozen=True)
class Known:
    """What is known of a person: true, not true, and hardly true; most of it follows from what they need, or from their language.

    Only what they `said` themselves, yes or no, is certain.
    """

    has: frozenset[str] = frozenset()
    has_not: frozenset[str] = frozenset()
    hardly: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    said_not: frozenset[str] = frozenset()

    def meets(self, any_of: Collection[str]) -> Answer:
        """Say whether somebody of whom this is known meets what is asked: one of these."""
        if not self.has.isdisjoint(any_of):
            return Answer.YES
        return Answer.NO if self.has_not.issuperset(any_of) else Answer.UNKNOWN

    def is_left_out(self, any_of: Collection[str]) -> bool:
        """Say whether the person said themselves that none of these is true of them."""
        return self.said_not.issuperset(any_of)

    @property
    def likelier(self) -> frozenset[str]:
        """Give what is likelier of them than of a stranger: what they have, and what is a narrower word for it."""
        return self.has.union(one for one, wider in WIDER.items() if wider in self.has)

    def chance(self, any_of: Collection[str]) -> float:
        """Give how likely somebody of whom this is known meets what is asked, from 0 to 1."""
        met = self.meets(any_of)
        if met is not Answer.UNKNOWN:
            return float(met is Answer.YES)
        return min(1.0, sum(self._share(one) for one in any_of if one not in self.has_not))

    def _share(self, one: str) -> float:
        share = ONE_IN_THREE if WIDER.get(one) in self.has else SHARES_AND_WORDS[one][0]
        return share * (HARDLY if one in self.hardly else 1.0)


def known_of(
    told: Collection[str] = (),
    denied: Collection[str] = (),
    needs: Collection[str] = (),
    language: str | None = None,
    age: tuple[int, int] | None = None,
    wishes: Iterable[str] = (),
) -> Known:
    """Give what follows from what a person told, said no to, needs and wishes for, from their language with us and their age."""
    said, needed, own = frozenset(told), _needed(needs, wishes), _communities_of(language)
    never = _at(NEVER_AT, age) - said
    said_not = frozenset(denied) | _barred(said | (needed & HURT)) | (never & {"child"})
    has = _with_all_that_follows(said | needed | own | _speaks(language) | _is_child(age))
    has_not = said_not | never | (_speaks_not(language) - said)
    hardly = _hardly_of_age(age, has) | _hardly_sought(needs) | _hardly_beside(said) | (COMMUNITIES if own else frozenset())
    return Known(has, has_not - has, hardly - has, said, said_not - said)


def _needed(needs: Iterable[str], wishes: Iterable[str]) -> frozenset[str]:
    """Give what somebody's needs, and the words of their wishes, say of them."""
    times, words = Counter[str](), list(wishes)
    for one in words:
        times.update(named_in(one))
    wished = {one for one, many in times.items() if 3 * many >= len(words) or one in OF_ONE_WORD} - SOUGHT
    return frozenset(wished).union(*(NEED_IMPLIES.get(need, ()) for need in needs))


def _communities_of(language: str | None) -> frozenset[str]:
    """Give the communities that somebody's language tells of."""
    return frozenset(one for one, languages in SPOKEN_IN.items() if language and language in languages.split())


def _speaks(language: str | None) -> frozenset[str]:
    return frozenset({"english_speaker" if language == "en" else "limited_english"}) if language else frozenset()


def _speaks_not(language: str | None) -> frozenset[str]:
    return ENGLISH - _speaks(language) if language else frozenset()


def _is_child(age: tuple[int, int] | None) -> frozenset[str]:
    return frozenset({"child"}) if age and age[1] <= LAST_OF_CHILDHOOD else frozenset()


def _implied(some: Iterable[str]) -> frozenset[str]:
    return frozenset(more for one in some for more in IMPLIES.get(one, ()))


def _with_all_that_follows(some: frozenset[str]) -> frozenset[str]:
    """Add what is true of whom these are true of, and what follows from that."""
    once = some | _implied(some)
    return once | _implied(once)


def _barred(some: Iterable[str]) -> frozenset[str]:
    return frozenset(bar for one in some for bar in BARS.get(one, ()))


def _hardly_of_age(age: tuple[int, int] | None, has: Collection[str]) -> frozenset[str]:
    """Give what is hardly true at an age; what somebody is cared for may be of somebody older."""
    return _at(HARDLY_AT, age) - (CONDITIONS if "carer" in has else frozenset())


def _hardly_sought(needs: Iterable[str]) -> frozenset[str]:
    return frozenset(one for need in needs for one in HARDLY_SOUGHT.get(need, ()))


def _hardly_beside(said: frozenset[str]) -> frozenset[str]:
    """Give the conditions where one is told: whoever tells of one, also for somebody else, would tell of others."""
    return CONDITIONS if (said | _implied(said)) & (CONDITIONS | OF_WHOEVER_CARES) else frozenset()


def _at(table: Iterable[tuple[int, int, tuple[str, ...]]], age: tuple[int, int] | None) -> frozenset[str]:
    """Give what a table says of an age."""
    return frozenset(one for low, high, some in table if age and low <= age[0] and age[1] <= high for one in some)
