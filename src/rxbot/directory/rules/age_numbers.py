"""Read ages that are written in numbers. Money, weights and hours look alike and are kept out."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from rxbot.directory.rules.age_words import CHILDREN, CHILDREN_NEEDED, YOUNG
from rxbot.directory.rules.ages import NO_LIMIT, Range
from rxbot.directory.rules.alternatives import PEOPLE
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.turned_round import turned_round


def _between(low: str, high: str) -> Range:
    return float(low), float(high)


def _from(low: str) -> Range:
    return float(low), NO_LIMIT


def _to(high: str) -> Range:
    return 0.0, float(high)


def _under(high: str) -> Range:
    return 0.0, float(high) - 1


def _listed(ranges: str) -> Range:
    """Give the ages of several ranges from the youngest to the oldest."""
    numbers = _numbers(ranges)
    return min(numbers), max(numbers)


def _numbers(ranges: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+", ranges)]


def _grades(low: str, high: str) -> Range:
    """Give the ages of two classes of a school: the first is for those of six."""
    return (float(low) if low.isdigit() else 0.0) + 5, float(high) + 7


TENS = {"fifties": 50.0, "sixties": 60.0, "seventies": 70.0, "eighties": 80.0}


def _from_ten(low: str) -> Range:
    return TENS[low], NO_LIMIT


N = r"(?<![$£€\d,.:])(\d{1,3})"
SPAN = r"\d{1,2}\s*(?:-|–|to)\s*\d{1,3}"
FAR = r"(?!\s*(?:miles?|km|kilomet\w+|minutes?|hours?|days?|weeks?|months?|languages|countries)\b)"
"""What a number with a plus is no age of."""
YEARS = r"(?:[\s-]*(?:years?|yrs?)(?:[\s-]+(?:old|of age))?)?"
NOT_UNITS = (
    r"(?!\s*(?:%|[,.]\d|per ?cent|kgs?\b|kilos?\b|stones?\b|lbs?\b|hours?|minutes?|days?|weeks?|months?|miles?|km|pounds?"
    r"|people|members?|million|thousand"
    r"|(?:other|different|local|community|partner) |\w+ (?:programs?|agencies|locations|sites|countries|languages|classes)"
    r"|programs?|agencies|locations|sites|countries|languages|classes|states|cities|(?:years?|yrs?)\b(?!\s+(?:old|of age"
    r"|and|or))))"
)
NOT_THE_YOUNGER = (
    r"no younger than|not younger than|(?:no|not (?:suitable )?for)(?: (?:those|people|anyone|children))? (?:under|below)"
)
FIRST_CLASS = r"(k|pre-?k|kindergarten|\d{1,2})(?:st|nd|rd|th)?"
AMONG_AGES = (
    r"(?:ages|age (?:range|group|bracket)s?)(?: (?:is|are))?:? (?:of|from|between)"
    r"|between (?:the )?ages? of|aged? (?:between|from)"
)
LISTED = Telling(rf"\bages?\s*:?\s*({SPAN}(?:\s*(?:[,;/&]|\band\b|\bor\b)+\s*{SPAN})+)\b(?!\s*(?:p\.?m|a\.?m|:))", needs="age")
AGES_IN_NUMBERS: tuple[tuple[Telling, Callable[..., Range]], ...] = (
    (
        Telling(
            rf"\b(?:age[sd]?\s*:?|between|{AMONG_AGES})\s*{N}{YEARS}\s*(?:-|–|to|through|and)\s*(?:age\s*)?(\d{{1,3}})\b",
            needs="age|between",
        ),
        _between,
    ),
    (LISTED, _listed),
    (Telling(rf"{N}\s*(?:-|–|to)\s*(\d{{1,3}})[\s-]*(?:years?|yrs?)\b", needs="year|yr"), _between),
    (Telling(r"\((\d{1,2})\s*(?:-|–)\s*(\d{1,3})\)", needs="("), _between),
    (Telling(rf"\b(?:{PEOPLE}|survivors|veterans|carers)\b[^.;:\d]{{0,40}}, (\d{{2}})\s?[-–]\s?(\d{{2}})$"), _between),
    (
        Telling(
            rf"\b(?:{YOUNG}|{CHILDREN}|students|adults|(?:wo)?men),?\s+(\d{{1,2}})\s*(?:-|–|to)\s*(\d{{1,2}})\b{NOT_UNITS}",
            needs=f"youth|young p|{CHILDREN_NEEDED}|students|adults|men",
        ),
        _between,
    ),
    (
        Telling(
            r"\b(?:birth|newborns?|infan(?:ts?|cy))\s*(?:-|–|to|through|until|up to)\s*(?:the )?(?:age (?:of )?)?(\d{1,2})\b",
            needs="birth|newborn|infan",
        ),
        _to,
    ),
    (Telling(rf"\bgrades?\s*{FIRST_CLASS}\s*(?:-|–|to|through|thru)\s*(\d{{1,2}})\b", needs="grade"), _grades),
    (
        Telling(rf"\b{FIRST_CLASS}\s*(?:-|–|to|through|thru)\s*(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*grade", needs="grade"),
        _grades,
    ),
    (Telling(r"\b(k)\s*(?:-|–)\s*(\d{1,2})\b"), _grades),
    (
        Telling(
            rf"{N}(?:\s*\+{FAR}|[\s-]?plus\b{FAR}|{YEARS}\s*(?:or|and|&)\s+(?:over|older|above|up|upwards)\b)",
            needs="+|plus|over|older|above|up",
        ),
        _from,
    ),
    (Telling(rf"{N}{YEARS}\s+(?:upwards?|onwards?)\b", needs="upward|onward"), _from),
    (Telling(rf"\b(?:over|above|from)[\s-]+(?:the )?age (?:of )?(\d{{2}})\b{NOT_UNITS}", needs="over|above|from"), _from),
    (Telling(rf"\b(?:over|above|older than)[\s-]+(?:the )?(\d{{2}})s?\b{NOT_UNITS}", needs="over|above|older"), _from),
    (
        Telling(
            rf"\b(?:{NOT_THE_YOUNGER})[\s-]+(?:the )?(?:age (?:of )?)?(\d{{1,2}})s?\b{NOT_UNITS}", needs="younger|under|below"
        ),
        _from,
    ),
    (Telling(r"\bover[\s-]+(?:the )?(fifties|sixties|seventies|eighties)\b", needs="ties"), _from_ten),
    (
        Telling(
            r"(?:^|\b(?:be|are|who is|aged|people|adults|any ?one) )at least (\d{1,2})\b"
            r"(?=[\s-]*(?:years?|yrs?) (?:old|of age)|[.,;)]|$)",
            needs="at least",
        ),
        _from,
    ),
    (Telling(r"^from (\d{1,2}) (?:years?|yrs?)(?= and|[.,;]|$)", needs="from "), _from),
    (Telling(r"\bminimum age(?: is| of)?:? (\d{1,2})\b", needs="minimum age"), _from),
    (Telling(r"\bmaximum age(?: is| of)?:? (\d{1,2})\b", needs="maximum age"), _to),
    (Telling(rf"{N}{YEARS}\s*(?:or|and|&)\s+(?:under|younger|below)\b", needs="under|younger|below"), _to),
    (
        Telling(
            rf"(?<!no )(?<!not for )(?<!suitable for )\b(?:under|below|younger than)[\s-]+(?:the )?(?:age (?:of )?)?"
            rf"(\d{{1,2}})s?\b{NOT_UNITS}",
            needs="under|below|younger",
        ),
        _under,
    ),
    (Telling(r"\bup to (\d{1,2}) (?:years?|yrs?) (?:old|of age)\b", needs="up to"), _to),
    (Telling(rf"\bup to (?:the )?age (?:of )?(\d{{1,2}})\b{NOT_UNITS}", needs="up to"), _to),
)
DIGIT = re.compile(r"\d|ties\b")
AGE_SAID = re.compile(r"\b(?:age[sd]?|old|older|younger|birth|newborns?|grades?|graders?)\b|\d[\s-]*(?:years?|yrs?)\b|\bk-\d")
AFTER_PEOPLE = re.compile(
    rf"\b(?:{PEOPLE}|elders?|veterans?|homeowners?|those|(?:any|every) ?(?:one|body))[\s,:(]*"
    r"(?:who (?:are|is) )?(?:under |over |above |below |from |older than |younger than )?$"
)
GROUP_OF_AN_AGE = re.compile(r"(?:over|under|above)[\s-](?:the )?(?:\d\d|fif|six|seven|eigh)(?:s|ties)\b|\d\d(?:\+| ?plus)")
"""What can be no number of anything else: "over-60s", "50+"."""


def counted_ages(words: str) -> list[Range]:
    """Give the ages in numbers that are plainly ages: prose is full of other numbers."""
    return in_order(ages(*match.groups()) for ages, match in ages_in_numbers(words) if _is_an_age(match, match.string))


def gaps_in(words: str, whole: Range) -> tuple[Range, ...]:
    """Give the ages between several ranges that none of them holds, where one list of them is the whole."""
    lists = [match[1] for match in LISTED.finditer(words)]
    if len(lists) != 1 or _listed(lists[0]) != whole:
        return ()
    numbers = _numbers(lists[0])
    spans = sorted(zip(numbers[::2], numbers[1::2], strict=True))
    ends = accumulate((high for _, high in spans), max)
    return tuple((end + 1, low - 1) for end, (low, _) in zip(ends, spans[1:], strict=False) if low - end > 1)


def in_order(ranges: Iterable[Range]) -> list[Range]:
    """Leave out what cannot be: "ages 65-18" is some slip, and no age at all."""
    return [(low, high) for low, high in ranges if low <= high]


def ages_in_numbers(words: str) -> Iterator[tuple[Callable[..., Range], re.Match[str]]]:
    """Give what looks like ages in numbers, where there is any number."""
    words = turned_round(words)
    if DIGIT.search(words):
        yield from ((ages, match) for pattern, ages in AGES_IN_NUMBERS for match in pattern.finditer(words))


def _is_an_age(match: re.Match[str], words: str) -> bool:
    said = bool(GROUP_OF_AN_AGE.match(match[0]) or AGE_SAID.search(words[max(0, match.start() - 5) : match.end() + 16]))
    return said or bool(AFTER_PEOPLE.search(words[max(0, match.start(1) - 30) : match.start(1)]))
