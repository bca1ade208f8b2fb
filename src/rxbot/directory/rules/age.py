"""Read which ages a record is open to: from its fields, then from plain English prose."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.stems import fold

NO_LIMIT = 200.0


@dataclass(frozen=True)
class Ages:
    """An age range as read. It is not `sure` when the sentence makes exceptions: they let more people in."""

    low: float
    high: float
    sure: bool = True

    def takes(self, band: tuple[int, int]) -> Answer:
        """Say whether people of this age band are taken."""
        if self.low <= band[0] and band[1] <= self.high:
            return Answer.YES
        apart = band[1] < self.low or self.high < band[0]
        return Answer.NO if apart and self.sure else Answer.UNKNOWN


Range = tuple[float, float]


def _between(low: str, high: str) -> Range:
    return float(low), float(high)


def _from(low: str) -> Range:
    return float(low), NO_LIMIT


def _to(high: str) -> Range:
    return 0.0, float(high)


def _under(high: str) -> Range:
    return 0.0, float(high) - 1


N = r"(?<![$£€\d,.:])(\d{1,3})"
YEARS = r"(?:[\s-]*(?:years?|yrs?)(?:[\s-]+(?:old|of age))?)?"
NOT_UNITS = r"(?!\s*(?:[%,.]\d|percent|hours?|minutes?|days?|weeks?|months?|miles?|km|pounds?|people|members?))"
AGES_IN_NUMBERS: tuple[tuple[re.Pattern[str], Callable[..., Range]], ...] = (
    (re.compile(rf"\b(?:age[sd]?|between)\s*:?\s*{N}{YEARS}\s*(?:-|–|to|through|and)\s*(?:age\s*)?(\d{{1,3}})\b"), _between),
    (re.compile(rf"{N}\s*(?:-|–|to)\s*(\d{{1,3}})[\s-]*(?:years?|yrs?)\b"), _between),
    (re.compile(r"\((\d{1,2})\s*(?:-|–)\s*(\d{1,3})\)"), _between),
    (re.compile(r"\bbirth\s*(?:-|–|to|through)\s*(?:age\s*)?(\d{1,2})\b"), _to),
    (re.compile(rf"{N}(?:\s*\+|{YEARS}\s*(?:or|and|&)\s+(?:over|older|above|up)\b)"), _from),
    (re.compile(rf"\b(?:over|from)[\s-]+(?:the )?age (?:of )?(\d{{2}})\b{NOT_UNITS}"), _from),
    (re.compile(rf"\bover[\s-]+(?:the )?(\d{{2}})s?\b{NOT_UNITS}"), _from),
    (re.compile(rf"{N}{YEARS}\s*(?:or|and|&)\s+(?:under|younger|below)\b"), _to),
    (re.compile(rf"\bunder[\s-]+(?:the )?(?:age (?:of )?)?(\d{{1,2}})s?\b{NOT_UNITS}"), _under),
    (re.compile(rf"\bup to (?:the )?age (?:of )?(\d{{1,2}})\b{NOT_UNITS}"), _to),
)
"""Ways to write ages in numbers. Money, weights and hours look alike and are kept out."""
SENIORS = r"seniors?\b|elders?\b|older (?:people|adults?|persons?)\b|elderly\b|pensioners?\b|retired (?:people|persons?)\b"
YOUNG = r"youths?\b|young people\b|young persons?\b"
CHILDREN = (
    r"child(?:ren)?\b(?! care)|kids?\b|boys?\b|girls?\b|teens?\b|teenagers?\b|adolescents?\b|infants?\b|toddlers?\b|minors?\b"
)
PUPILS = r"grades? (?:k|\d)|kindergarten\b|k-12\b|high school\b|school[- ]age|(?:students?|pupils?) in (?:grade|kindergarten)"
AGES_IN_WORDS: tuple[tuple[re.Pattern[str], Range], ...] = (
    (re.compile(rf"\b(?:{SENIORS})"), (55.0, NO_LIMIT)),
    (re.compile(r"(?<!older )\badults?\b"), (18.0, NO_LIMIT)),
    (re.compile(rf"\b(?:{YOUNG})"), (0.0, 25.0)),
    (re.compile(rf"\b(?:{CHILDREN})"), (0.0, 17.0)),
    (re.compile(rf"\b(?:{PUPILS})"), (0.0, 19.0)),
)
"""Ages that words imply, asked only where no number is given."""
NOTHING_BUT_AGE = re.compile(rf"(?:[\w-]+ ){{0,2}}(?:{SENIORS}|{YOUNG}|{CHILDREN}|{PUPILS}|adults?\b)")
ENUMERATED = re.compile(r"\s*(?:[,;/&]|\band\b|\bor\b)\s*")
NO_RULE = re.compile(r"none\b(?! for)")
FOR_EVERYONE = re.compile(r"^(?:anyone|everyone|all|open to (?:all|any|every)|general public)|\b(?:any|all) ages?\b")
EXCEPTIONS = re.compile(
    r"\bor (?:\w+ ){0,3}(?:disab|blind|handicap|homebound|visually|frail|impair|famil)|exempt|younger|any age|no age|spouse"
    r"|\bsome\b|\bmost\b|prefer|priorit|\bvar(?:y|ies)|\bdepend(?:s|ing)\b|unless|except|accompan|limits on|usually|mainly"
    r"|primarily|focus|permission|concurrent|also serve|none for|before age|open to all|everyone|all ages|general public"
    r"|through (?:the )?(?:seniors|elderly)|(?:\band|&|;|,)\s+(?:(?:other|concerned|some|any)\s+)*"
    r"(?:adults?|famil|parents|carers|caregivers|volunteers|teachers|persons|people|disabled|ethnic|survivors)"
)
"""Words that let other people in, so that an age given can never be a certain no."""
ABOUT_A_CHILD = re.compile(
    r"famil|parent|guardian|mother|father|carer|caregiver|custod|wom[ae]n|pregnan|household|foster|adopt|raising"
    r"|\b(?:of|with|have|has) (?:a |an |their |at least one |\d )?(?:young )?child"
)
"""A child of whoever comes may be meant, so that an age of a child says nothing about the person."""
A_CHILD_COMES = re.compile(rf"(?:[\w-]+ )?(?:{YOUNG}|{CHILDREN}|{PUPILS}|student|pupil|juvenile)")


FIRST = re.compile(r"(?:\w+ )?(?:preference|priority)\b")
"""Whom a service takes first does not say whom it leaves out."""


def age_rule(service: Service, band: tuple[int, int]) -> Finding[Answer]:
    """Say whether a service takes this age band: first by its fields, then by each sentence on whom it is for."""
    return worst(Finding(ages.takes(band), text) for ages, text in ages_of(service))


def ages_of(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give each range of ages that is said, with its text: that of the fields alone, or those of the prose."""
    low, high = service.minimum_age, service.maximum_age
    if low is not None or high is not None:
        return ((Ages(low or 0.0, NO_LIMIT if high is None else high), ""),)
    return tuple((ages, text) for text in _texts(service) if (ages := read_ages(text)))


def _texts(service: Service) -> Iterator[str]:
    """Give what a record says of whom it is for, but for whom it takes first."""
    for text in filter(None, (service.eligibility_description, "; ".join(service.audience))):
        yield " ".join(one for one in sentences_of(text) if not FIRST.match(fold(one))) if FIRST.search(fold(text)) else text


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def read_ages(text: str) -> Ages | None:
    """Read the ages a text is open to, over all its clauses; None when it does not speak of age."""
    words = fold(text).strip()
    if NO_RULE.match(words):
        return Ages(0.0, NO_LIMIT)
    a_child_comes = bool(A_CHILD_COMES.match(words))
    family = ABOUT_A_CHILD.search(words) and not a_child_comes
    numbers = [ages(*match.groups()) for pattern, ages in AGES_IN_NUMBERS for match in pattern.finditer(words)]
    numbers = [(low, high) for low, high in numbers if high > 25 or not family]
    implied = [] if family else [ages for pattern, ages in AGES_IN_WORDS if pattern.search(words)]
    ranges = numbers or implied
    if not ranges:
        return Ages(0.0, NO_LIMIT) if FOR_EVERYONE.search(words) else None
    plain = bool(numbers) or all(map(NOTHING_BUT_AGE.match, ENUMERATED.split(words)))
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    brought = high < 13 and "their" in words  # small children are brought by their families, who may be the ones asking
    return Ages(low, high, plain and not brought and not EXCEPTIONS.search(words))
