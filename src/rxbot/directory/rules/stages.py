"""Read the stages of life that the categories of a record name: "Primary School Age Children" are ages as much as "5 to 12".

They are picked from a list, by whoever files a record: what they leave out is hardly taken, and never for certain.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.age import BAND
from rxbot.directory.rules.age_text import read_ages
from rxbot.directory.rules.age_words import AN_ADULT, AN_OLD_ONE, OTHERS_THAN_OLD
from rxbot.directory.rules.ages import A_KID, ELEMENTARY, HIGH, MIDDLE, NO_LIMIT, SENIOR, Ages, Range, all_of
from rxbot.directory.rules.circumstances import LAST_OF_CHILDHOOD
from rxbot.directory.rules.picked import GROWN_UPS, are_young, people_picked
from rxbot.directory.rules.told import OPEN_TO_ALL
from rxbot.directory.stems import fold

OF_SCHOOL = r" school(?:s|(?: age| aged)? (?:children|students|pupils)| age)?"
STAGES: tuple[tuple[re.Pattern[str], Range], ...] = tuple(
    (re.compile(stage), ages)
    for stage, ages in (
        (r"infants?|toddlers?|babies|newborns", (0.0, 4.0)),
        (r"pre-?school(?:ers|(?: age| aged)? (?:children|students)| age)", (1.0, 6.0)),
        (r"kindergarten(?: students| children)?|kindergart[en]ers", (3.0, 8.0)),
        (rf"(?:elementary|primary)(?:{OF_SCHOOL})?", ELEMENTARY),
        (r"pre-?adolescents?(?: children)?|pre-?teens", (6.0, 14.0)),
        (rf"middle(?:{OF_SCHOOL})?", MIDDLE),
        (rf"(?:high|secondary){OF_SCHOOL}", HIGH),
        (r"adolescents", (10.0, 18.0)),
        (r"teens|teenagers", (10.0, 19.0)),
    )
)
THE_OLD = re.compile(r"older (?:adults?|people)|(?:frail )?elder(?:s|ly)|seniors?|senior (?:citizens|cent(?:er|re)s?)")
THEIR_HOUSE = re.compile(r"senior cent(?:er|re)s?")
"""Where a category only says what the old use beside others, the words of the record say nothing of them."""
SOUGHT_BY_GROWN_UPS = re.compile(r"assistance|reporting|parasite")
"""What stands in a category of what somebody seeks who has children: money for them, whom to tell of abuse, help with lice."""
THE_YOUNGER = re.compile(
    r"adult|parent|famil|\bwom[ae]n|\bm[ae]n\b|people|veteran|care-?giver|individuals|college|couple|persons"
    r"|mother|father|resident|volunteer|child|youth|teen|adolescen|student|infant|toddler|grand|disab"
    r"|household|owner|employee|needy"
)
"""What stands in a category of others than the old."""
SOME_OTHERS = re.compile(r"\b(?:individuals? (?:with|suffering)|under 6\d|and others|households)\b")
SIDES = re.compile(r"\s*(?:/|,? (?:and|or|&) |, )\s*")
BARE = frozenset({"elementary", "primary", "middle"})
"""Of a school, where the category says so."""
SOME_YOUNG = (0.0, A_KID)
TOPICS_TOO: Mapping[str, Range] = {"children": (0.0, 17.0), "youth": SOME_YOUNG, "minors": (0.0, 17.0)}
"""Words that are a topic as often as they are whom it is for: they count beside a stage, and never alone."""


def picked_young(service: Service) -> Ages | None:
    """Give the ages of childhood that categories name, all together; None where one of them names somebody else."""
    categories = _picked(service)
    if any(map(SOUGHT_BY_GROWN_UPS.search, categories)):
        return None
    if (people := people_picked(service)) and are_young((*people, *map(fold, service.audience))):
        return None if any(map(FOR_GROWN_UPS.search, categories)) else _all_together(people)
    if any(map(GROWN_UPS.search, categories)):
        return None
    stages = [ages for one in categories if (ages := _of_childhood(one))]
    if not stages and not _has_bands(service.audience):
        return None
    return _all_together(categories, *((SOME_YOUNG,) if _has_bands(service.audience) else ()))


def _all_together(categories: Iterable[str], *others: Range) -> Ages:
    """Give the ages of childhood that any of these categories names; some young where none says which."""
    ranges = [*others, *(ages for one in categories if (ages := _of_childhood(one) or TOPICS_TOO.get(one)))] or [SOME_YOUNG]
    return Ages(*all_of(ranges), sure=False)


FOR_GROWN_UPS = re.compile(r"\b(?:parent(?:s|ing)?\b(?!/child)|adult(?! ?/child)|famil(?:y|ies) (?!day|child))")
"""What stands in a category of what those are given who have children."""


def _has_bands(audience: tuple[str, ...]) -> bool:
    """Say whether there are bands in numbers, all of them of children: what lies between them is seldom left out."""
    bands = [ages for text in audience if BAND.search(text) and (ages := read_ages(text))]
    return bool(bands) and all(ages.high <= LAST_OF_CHILDHOOD for ages in bands)


def picked_old(service: Service) -> Ages | None:
    """Give from which age those are whom categories name, where they name the old alone and nothing is said of others."""
    if _names_only_the_old(service):
        return OF_THE_OLD
    categories = _picked(service)
    others = [one for one in categories if not THE_OLD.fullmatch(one)]
    if len(others) == len(categories) or any(map(THE_YOUNGER.search, others)):
        return None
    words = fold(f"{service.description} {service.eligibility_description}")
    said_of_others = (
        OPEN_TO_ALL.search(words) or SOME_OTHERS.search(words) or OTHERS_THAN_OLD.search(words) or AN_ADULT.search(words)
    )
    theirs = AN_OLD_ONE.search(words) or any(map(THEIR_HOUSE.fullmatch, categories))
    return OF_THE_OLD if theirs and not said_of_others else None


OF_THE_OLD = Ages(SENIOR, NO_LIMIT, sure=False)


def _names_only_the_old(service: Service) -> bool:
    """Say whether a list that tells people from things names none but the old, and nothing is said of others."""
    people = people_picked(service)
    if not any(map(THE_OLD.fullmatch, people)) or not all(THE_OLD.fullmatch(one) or one == "homebound" for one in people):
        return False
    words = BESIDE_THEM.sub("", fold(f"{service.name}. {service.description} {service.eligibility_description}"))
    return not (OPEN_TO_ALL.search(words) or SOME_OTHERS.search(words) or OTHERS_THAN_OLD.search(words))


BESIDE_THEM = re.compile(r"\b(?:family )?(?:care-?givers?|carers?|professionals|counsell?ing|therapy|relationships?)\b")
"""Who helps them, and what is about those who live with them."""


def _picked(service: Service) -> list[str]:
    """Give all that is picked from lists for it: what it is, and whom it is for."""
    return [fold(one) for one in (*service.categories, *service.audience)]


@lru_cache(maxsize=4096)  # the same categories are named again and again
def _of_childhood(category: str) -> Range | None:
    """Give the ages of a category that names stages of childhood and nothing else, such as "Elementary/Middle School"."""
    sides = SIDES.split(category)
    found = [] if BARE & {*sides} and "school" not in category else [_stage(side) for side in sides]
    known = [ages for ages in found if ages]
    return all_of(known) if known and len(known) == len(found) else None


def _stage(words: str) -> Range | None:
    return next((ages for stage, ages in STAGES if stage.fullmatch(words)), None)
