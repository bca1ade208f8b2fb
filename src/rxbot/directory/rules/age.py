"""Read which ages a record is open to: from its fields, then from plain English prose."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, takewhile

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import PEOPLE
from rxbot.directory.rules.answers import Answer, Finding, worst
from rxbot.directory.rules.picked import is_after_school
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import HEADING, OPEN_TO_ALL, Told, told_in
from rxbot.directory.rules.turned_round import turned_round
from rxbot.directory.stems import fold

NO_LIMIT = 200.0
OLD, SENIOR = 50.0, 55.0
"""From which age on people are old at the earliest, and from which they are where a record calls them so: "seniors"."""
OF_YOUNG_ADULTS = (16.0, 35.0)
"""The ages of those whom a record calls so."""


@dataclass(frozen=True)
class Ages:
    """An age range as read. It is not `sure` when the sentence makes exceptions: they let more people in, or few (`mostly`).

    `gaps` are ages between that are left out, where several ranges are listed.
    """

    low: float
    high: float
    sure: bool = True
    mostly: bool = False
    gaps: tuple[tuple[float, float], ...] = ()

    def takes(self, band: tuple[int, int]) -> Answer:
        """Say whether people of this age band are taken."""
        if (
            self.low <= band[0]
            and band[1] <= self.high
            and not any(low <= band[1] and band[0] <= high for low, high in self.gaps)
        ):
            return Answer.YES
        return Answer.NO if self.is_apart(band) and self.sure else Answer.UNKNOWN

    def is_apart(self, band: tuple[int, int]) -> bool:
        """Say whether nobody of this age band is of these ages."""
        return band[1] < self.low or self.high < band[0] or any(low <= band[0] and band[1] <= high for low, high in self.gaps)

    @property
    def is_of_the_old(self) -> bool:
        """Say whether only the old are of these ages."""
        return self.low >= OLD


Range = tuple[float, float]


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
    numbers = [float(number) for number in re.findall(r"\d+", ranges)]
    return min(numbers), max(numbers)


def _gaps(ranges: str) -> tuple[Range, ...]:
    """Give the ages between several ranges that none of them holds."""
    numbers = [float(number) for number in re.findall(r"\d+", ranges)]
    spans = sorted(zip(numbers[::2], numbers[1::2], strict=True))
    ends = accumulate((high for _, high in spans), max)
    return tuple((end + 1, low - 1) for end, (low, _) in zip(ends, spans[1:], strict=False) if low - end > 1)


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
SENIORS = (
    r"seniors?\b|elders?\b|older (?:people|adults?|persons?)\b|elderly\b|pensioners?\b|retired (?:people|persons?)\b|oaps?\b"
)
YOUNG = r"youths?\b|young people\b|young persons?\b"
TEENS = r"teens?\b|teen-?age(?:d|rs?)?\b|adolescents?\b"
CHILDREN = rf"child(?:ren)?\b(?! care)|kids?\b|boys?\b|girls?\b|{TEENS}|infants?\b|toddlers?\b|minors?\b"
CHILDREN_NEEDED = "child|kid|boy|girl|teen|adolescent|infant|toddler|minor"
PUPILS = r"grades? (?:k|\d)|kindergarten\b|k-12\b|high school\b|school[- ]age|(?:students?|pupils?) in (?:grade|kindergarten)"
NOT_THE_YOUNGER = (
    r"no younger than|not younger than|(?:no|not (?:suitable )?for)(?: (?:those|people|anyone|children))? (?:under|below)"
)
FIRST_CLASS = r"(k|pre-?k|kindergarten|\d{1,2})(?:st|nd|rd|th)?"
LISTED = Telling(rf"\bages?\s*:?\s*({SPAN}(?:\s*(?:[,;/&]|\band\b|\bor\b)+\s*{SPAN})+)\b(?!\s*(?:p\.?m|a\.?m|:))", needs="age")
AGES_IN_NUMBERS: tuple[tuple[Telling, Callable[..., Range]], ...] = (
    (
        Telling(
            rf"\b(?:age[sd]?|between)\s*:?\s*{N}{YEARS}\s*(?:-|–|to|through|and)\s*(?:age\s*)?(\d{{1,3}})\b", needs="age|between"
        ),
        _between,
    ),
    (LISTED, _listed),
    (Telling(rf"{N}\s*(?:-|–|to)\s*(\d{{1,3}})[\s-]*(?:years?|yrs?)\b", needs="year|yr"), _between),
    (Telling(r"\((\d{1,2})\s*(?:-|–)\s*(\d{1,3})\)", needs="("), _between),
    (Telling(rf"\b(?:{PEOPLE}|survivors|veterans|carers)\b[^.;:\d]{{0,40}}, (\d{{2}})\s?[-–]\s?(\d{{2}})$"), _between),
    (
        Telling(
            rf"\b(?:{YOUNG}|{CHILDREN}|students|adults),?\s+(\d{{1,2}})\s*(?:-|–|to)\s*(\d{{1,2}})\b{NOT_UNITS}",
            needs=f"youth|young p|{CHILDREN_NEEDED}|students|adults",
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
"""Ways to write ages in numbers. Money, weights and hours look alike and are kept out."""
DIGIT = re.compile(r"\d|ties\b")
AGES_IN_WORDS: tuple[tuple[Telling, Range], ...] = (
    (Telling(rf"\b(?:{SENIORS})", needs="elder|older|pensioner|retired|senior|oap"), (SENIOR, NO_LIMIT)),
    (Telling(r"(?<!older )(?<!young )\badults?\b", needs="adult"), (18.0, NO_LIMIT)),
    (Telling(r"\byoung adults?\b", needs="young adult"), OF_YOUNG_ADULTS),
    (Telling(rf"\b(?:{YOUNG})", needs="young p|youth"), (0.0, 25.0)),
    (Telling(rf"\b(?:{TEENS})", needs="teen|adolescent"), (11.0, 19.0)),
    (Telling(rf"(?!{TEENS})\b(?:{CHILDREN})", needs=CHILDREN_NEEDED), (0.0, 17.0)),
    (Telling(rf"\b(?:{PUPILS})", needs="grade|kindergarten|k-12|high school|school age|school-age"), (0.0, 19.0)),
)
"""Ages that words imply, asked only where no number is given."""
NOTHING_BUT_AGE = re.compile(rf"(?:[\w-]+ ){{0,2}}(?:{SENIORS}|{YOUNG}|young adults?\b|{CHILDREN}|{PUPILS}|adults?\b)")
ENUMERATED = re.compile(r"\s*(?:[,;/&]|\band\b|\bor\b)\s*")
NO_RULE = re.compile(r"none\b(?! for)")
FOR_EVERYONE = re.compile(r"^(?:anyone|everyone|all|open to (?:all|any|every)|general public)|\b(?:any|all) ages?\b")
OF_AN_AGE = Telling(
    r"\b(?:any ?one|any ?body|every ?one|every ?body|open to (?:all|any)|all(?: ages)?)(?: people| adults| persons)?"
    r"(?=,? (?:who (?:is|are) )?(?:(?:aged?|over|under|above|below|(?:older|younger) than|from|between|the|of|at least) ){0,3}"
    r"\d\d?(?!\d))",
    needs="any|every|open to|all",
)
"""Everybody of an age is not everybody."""
NO_YOUNGER = Telling(r"\b(?:no|not) younger\b|\byounger than\b", needs="younger")
EXCEPTIONS = re.compile(
    r"\bor (?:\w+ ){0,3}(?:disab|blind|handicap|homebound|visually|frail|impair|famil)|exempt|younger|any age|no age|spouse"
    r"|\bsome\b|\bmost\b|prefer|priorit|\bvar(?:y|ies)|\bdepend(?:s|ing)\b|unless|except|accompan|limits on|usually|mainly"
    r"|primarily|focus|permission|concurrent|also serve|none for|before age|open to all|everyone|all ages|general public"
    r"|through (?:the )?(?:seniors|elderly)|(?:\band|&|;|,)\s+(?:(?:other|concerned|some|any)\s+)*"
    r"(?:adults?|famil|parents|carers|caregivers|volunteers|teachers|persons|people|disabled|ethnic|survivors)"
)
"""Words that let other people in, so that an age given can never be a certain no."""
MOSTLY = Telling(
    r"\bfor (?:most|some) (?!of (?:whom|them))|\b(?:mostly|mainly|primarily|usually)\b", needs="for |most|main|prim|usua"
)
"""Words of an exception that is one: something is open to others, and hardly what they come for."""
ABOUT_A_CHILD = Telling(
    r"famil|parent|guardian|mother|father|carer|caregiver|custod|wom[ae]n|pregnan|household|foster|adopt|raising"
    r"|\b(?:of|with|have|has) (?:a |an |their |at least one |\d )?(?:young )?child",
    needs="famil|parent|guardian|mother|father|carer|caregiver|custod|wom|pregnan|household|foster|adopt|raising|child",
)
"""A child of whoever comes may be meant, so that an age of a child says nothing about the person."""
A_CHILD_COMES = re.compile(rf"(?:[\w-]+ )?(?:{YOUNG}|{CHILDREN}|{PUPILS}|student|pupil|juvenile)")


BAND = re.compile(r"^[A-Z][\w/ ]*\(\d{1,2}(?:-\d{1,2}|\+)\)$")
"""A category of a publisher's, such as "Youth (6-12)": picked from a list, where the record itself may say it better."""
FIRST = Telling(r"(?:\w+ )?(?:preference|priority)\b", needs="preference|priority")
"""Whom a service takes first does not say whom it leaves out."""


def age_rule(service: Service, band: tuple[int, int]) -> Finding[Answer]:
    """Say whether a service takes this age band: first by its fields, then by each sentence on whom it is for."""
    return worst(Finding(ages.takes(band), text) for ages, text in ages_of(service))


def ages_of(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give each range of ages that is said, with its text: that of the fields alone, or those of the prose.

    A description counts where nothing else speaks of age, and only for those who come by themselves: a child is brought by
    somebody older, who may be the one asking.
    """
    low, high = service.minimum_age, service.maximum_age
    if low is not None or high is not None:
        told = Ages(low or 0.0, NO_LIMIT if high is None else high)
        are_brought = told.high <= BROUGHT and WHO_BRINGS.search(fold(service.description))
        return ((replace(told, sure=not are_brought), ""),)
    texts = tuple(_texts(service))
    grown_ups_too = any(GROWN_UPS_TOO.search(fold(text)) for text in texts)
    read = [(ages, text) for text in texts if (ages := read_ages(text))]
    said = tuple((_beside_others(ages, grown_ups_too), text) for ages, text in _but_none(read))
    if any(map(BAND.search, service.audience)):
        said = tuple((each, text) for ages, text in said for each in _with_edges(_beside(ages, service.description)))
    if not service.eligibility_description and DISABLED_TOO.search(fold(next(sentences_of(service.description), ""))):
        said = tuple((replace(ages, sure=ages.sure and not ages.is_of_the_old), text) for ages, text in said)
    found = said or told_ages(service.description) or labelled_ages(service) or bare_ages(service.description)
    of_pupils = ((OF_SCHOOL, service.name),) if is_after_school(service) else ()
    return said or tuple((ages, text) for ages, text in found if ages.low >= COME_ALONE) or of_pupils


DISABLED_TOO = Telling(
    r"(?:\b(?:seniors?(?: citizens)?|elders|elderly|older (?:adults|people|persons)|(?:and|or)),?|,) ?(?:(?:and|or|&|and/or) )?"
    r"(?:(?:the|all) )?(?:(?:physically |younger )?(?:disabled|handicapped)\b(?! (?:seniors|elders|elderly|older))"
    r"|(?:younger )?(?:adults|people|persons|individuals) (?:living )?with (?:\w+ ){0,2}disabilit)",
    needs="disab|handicap",
)
"""Whom a first sentence names beside the old: who ticks a list for the old does not leave them out."""
OF_SCHOOL = Ages(0.0, 18.0)
"""The ages of those who are cared for beside school: whoever asks for help with their own is shown it all the same."""
BROUGHT = 6.0
"""Before school nobody comes alone: somebody older brings them, who may be the one asking."""
WHO_BRINGS = Telling(
    r"\b(?:grown-?ups?|parents?|carers?|caregivers?|guardians?|mums?|moms?|mothers?|dads?|fathers?|famil(?:y|ies)|adults?)\b",
    needs="grown|parent|care|guardian|mum|mom|mother|dad|father|famil|adult",
)


def _but_none(read: Sequence[tuple[Ages, str]]) -> Sequence[tuple[Ages, str]]:
    """Leave out a "None" of one field where another counts the years of the old: nobody wrote it of ages."""
    counted = any(ages.is_of_the_old and any(_ages_in_numbers(fold(text))) for ages, text in read)
    return [(ages, text) for ages, text in read if not NO_RULE.match(fold(text).strip())] if counted else read


GROWN_UPS_TOO = Telling(
    r"(?:^|[;,.] |\b(?:and|or) )(?:(?!young\b|older\b)[\w-]+ )?adults?\b(?! (?:volunteers?|mentors?)\b)|\badult membership\b"
    r"|\b(?:foster|adoptive) parents? must\b|\bmust be an? (?:parent|adult)\b",
    needs="adult|parent",
)
"""Words by which one field lets in those who are older than the other says."""


def _beside_others(ages: Ages, grown_ups_too: bool) -> Ages:
    """Give ages of the young, which are not certain where another text lets in grown-ups."""
    return replace(ages, sure=False) if grown_ups_too and ages.high <= OF_PUPILS else ages


def _with_edges(ages: Ages) -> tuple[Ages, ...]:
    """Give ages of a category for grown-ups with those next to them: who picks from a list of bands leaves gaps between them."""
    if not ages.sure or ages.low < GROWN or ages.high == NO_LIMIT:
        return (ages,)
    return replace(ages, sure=False), replace(ages, low=max(ages.low - EDGE, GROWN), high=ages.high + EDGE)


GROWN, EDGE, FEW_YEARS = 18.0, 5.0, 10.0


def _beside(ages: Ages, description: str) -> Ages:
    """Give ages of a category, which are not certain where the description speaks of others."""
    words = fold(description)
    first = fold(next(sentences_of(description), ""))
    if ages.is_of_the_old and AN_ADULT.search(first) and not AN_OLD_ONE.search(first):
        return replace(ages, sure=False)
    older = [low for low, high in _numbers_in(words) if high == NO_LIMIT and ages.low < low <= ages.low + FEW_YEARS]
    if older and ages.is_of_the_old and ages.high == NO_LIMIT:  # a list has no other band for them
        return replace(ages, low=min(older), sure=ages.sure and not OTHERS_THAN_OLD.search(words))
    told = [*_numbers_in(words), *(each for pattern, each in AGES_IN_WORDS if each[1] <= YOUNG_ONLY and pattern.search(words))]
    return replace(ages, sure=ages.sure and all(ages.low <= low and high <= ages.high for low, high in told))


AN_ADULT = Telling(r"(?<!older )(?<!young )\badults?\b(?! day)", needs="adult")
AN_OLD_ONE = re.compile(rf"\b(?:{SENIORS}|senior\w*|aging|ageing|elder\w*|retire\w*|geriatric\w*|alzheimer\w*|dementia)")
"""Where none of these is named, a first sentence that speaks of an adult means one of any age."""


def _texts(service: Service) -> Iterator[str]:
    """Give what a record says of whom it is for, but for whom it takes first."""
    for text in filter(None, (service.eligibility_description, "; ".join(service.audience))):
        yield " ".join(one for one in sentences_of(text) if not FIRST.match(fold(one))) if FIRST.search(fold(text)) else text


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def read_ages(text: str) -> Ages | None:
    """Read the ages a text is open to, over all its clauses; None when it does not speak of age."""
    words = WITHOUT_CHILDREN.sub("", turned_round(fold(text).strip()))
    if NO_RULE.match(words):
        return Ages(0.0, NO_LIMIT)
    a_child_comes = bool(A_CHILD_COMES.match(words))
    family = ABOUT_A_CHILD.search(words) and not a_child_comes
    numbers = _in_order(ages(*match.groups()) for ages, match in _ages_in_numbers(words))
    numbers = [(low, high) for low, high in numbers if high > 25 or not family]
    implied = [] if family or MEN_AND_BOYS.search(words) else [ages for pattern, ages in AGES_IN_WORDS if pattern.search(words)]
    ranges = numbers or implied
    if not ranges:
        return Ages(0.0, NO_LIMIT) if FOR_EVERYONE.search(words) else None
    plain = bool(numbers) or all(map(NOTHING_BUT_AGE.match, ENUMERATED.split(words)))
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    if numbers and high <= OF_PUPILS and GROWN_UP_OF_ANY_AGE.search(words):
        return Ages(min(low, GROWN), NO_LIMIT, sure=False)
    brought = high < 13 and "their" in words  # small children are brought by their families, who may be the ones asking
    mostly, listed = bool(numbers) and bool(MOSTLY.search(words)), list(LISTED.finditer(words))
    gaps = _gaps(listed[0][1]) if len(listed) == 1 and (low, high) == _listed(listed[0][1]) else ()
    return Ages(low, high, plain and not brought and not _has_exceptions(words), mostly, gaps)


WITHOUT_CHILDREN = Telling(
    r"\b(?:without|who have no) (?:[\w-]+ ){0,2}?(?:child(?:ren)?|kids)\b|\bchildless\b", needs="without|who have no|childless"
)
"""Those whom somebody has not got say nothing of their age."""
MEN_AND_BOYS = Telling(r"\bm[ae]n(?:,? (?:and|or|&) | ?/ ?)boys?\b|\bboys?(?:,? (?:and|or|&) | ?/ ?)m[ae]n\b", needs="boy")
"""Boys beside men are of any age; women and girls are, too."""
OF_PUPILS = 22
GROWN_UP_OF_ANY_AGE = Telling(
    r"(?:^|[;,.] |\b(?:and|or) )(?:(?!young\b|older\b|of\b|with\b|by\b|if\b)[\w-]+ ){0,2}adults?\b"
    r"(?!,? \(?(?:age|\d|from|between|over|under|who (?:are|is) ))",
    needs="adult",
)
"""Where these come too, ages of children are those of the children: "adult who cannot read, or child in 1st-12th grade"."""


def _has_exceptions(words: str) -> bool:
    return bool(EXCEPTIONS.search(NO_YOUNGER.sub("", OF_AN_AGE.sub("", words))))


# What a description tells

AGE_SAID = re.compile(r"\b(?:age[sd]?|old|older|younger|birth|newborns?|grades?|graders?)\b|\d[\s-]*(?:years?|yrs?)\b|\bk-\d")
AFTER_PEOPLE = re.compile(
    rf"\b(?:{PEOPLE}|elders?|veterans?|homeowners?|those|(?:any|every) ?(?:one|body))[\s,:(]*"
    r"(?:who (?:are|is) )?(?:under |over |above |below |from |older than |younger than )?$"
)
GROUP_OF_AN_AGE = re.compile(r"(?:over|under|above)[\s-](?:the )?(?:\d\d|fif|six|seven|eigh)(?:s|ties)\b|\d\d(?:\+| ?plus)")
"""What can be no number of anything else: "over-60s", "50+"."""
HEAD_ENDS = re.compile(
    r"[\s,]*(?:\b(?:with|who|whose|that|in|at|through|by|from|living|residing|while|as|so|via|on|regardless|to|throughout|during"
    r"|which|into|using|free|across|after|when|where|experiencing|suffering|needing|seeking|facing|affected|under|over)\b|[(-]).*"
)
YOUNG_ONLY, COME_ALONE = 35, 11
GROWN_UP = Telling(
    r"\b(?:young|caring|supportive|trusted|positive|responsible|other|with an|by an|of an) adults?\b|into adults?\b"
    r"|adult (?:volunt|ment)\w+",
    needs="adult",
)
OTHERS_THAN_YOUNG = re.compile(
    r"\b(?:adults?|seniors?|elder\w*|famil\w+|parent\w*|guardians?|care-?givers?|mothers?|fathers?|grandparents?|couples?"
    r"|households?|teachers|all levels|veterans?|homeowners?)\b"
)
THEY_COME_TOO = re.compile(
    r"\b(?:and|for|with|to|or) (?:their |the |young |all )*(?:famil(?:y|ies)|parents|guardians|care-?givers|adults"
    r"|mothers|fathers)\b"
)
OTHERS_THAN_ADULT = re.compile(
    r"\b(?:child\w*|youths?|teen\w*|kids?|famil(?:y|ies)|minors?|students?|adolescen\w+|pediatric\w*|infants?|baby|babies"
    r"|school)\b"
)
OTHERS_THAN_OLD = re.compile(
    r"\b(?:child\w*|youths?|young\w*|teen\w*|care-?givers?|carers?|students?|inter-?generational|grand\w+"
    r"|(?:and|for|or|to|their|serv\w+) (?:\w+ )?(?:famil(?:y|ies)|spouses?)|(?:people|persons|individuals|adults|those|and|or) "
    r"(?:\w+ )?with (?:\w+ ){0,3}disabilit\w+|(?:the|and|or) (?:the )?(?:younger )?(?:disabled|handicapped|homebound|frail)"
    r"|disabled (?:\w+ )?(?:people|persons?|individuals?|adults?)|professionals|adults? (?:who|and|age[sd]?)|all adults"
    r"|(?:low[- ]income|homeless|needy) (?:people|persons|individuals|adults))\b"
)


@lru_cache(maxsize=4096)
def told_ages(description: str) -> tuple[tuple[Ages, str], ...]:
    """Give the ages that a description is plainly for, where all of it speaks of the same people."""
    told = told_in(description)
    read = () if _is_open(told) else tuple(takewhile(bool, (_ages_named(one.people) for one in told.plainly)))
    if not read or len(read) < len(told.plainly):
        return ()
    ranges = [*(each for ranges in read for each in ranges), *_numbers_in(told.words)]
    ages = Ages(min(low for low, _ in ranges), max(high for _, high in ranges))
    counted = ages.low >= COME_ALONE and any(_numbers_in(one.people) for one in told.plainly)
    others = THEY_COME_TOO if counted and ages.high <= YOUNG_ONLY else _others_than(ages)
    return () if others.search(GROWN_UP.sub("", told.words)) else ((ages, told.plainly[0].sentence),)


def labelled_ages(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give the ages in numbers of a name ("Over 60s' lunch"), or a description as short, where nothing speaks of anybody else."""
    short = service.description if len(service.description.split()) <= HEADING else ""
    label = next((one for one in (service.name, short) if DIGIT.search(one)), "")
    ranges = _numbers_in(fold(label)) if label else ()
    told = told_in(service.description)
    if not ranges or _is_open(told):
        return ()
    ages = Ages(min(low for low, _ in ranges), max(high for _, high in ranges))
    return () if _others_than(ages).search(GROWN_UP.sub("", f"{fold(service.name)}. {told.words}")) else ((ages, label),)


@lru_cache(maxsize=4096)
def bare_ages(description: str) -> tuple[tuple[Ages, str], ...]:
    """Give the ages of a sentence of a description that says nothing else: "Adults only.", "18+.".

    In words it counts where no others are spoken of, and never as a heading.
    """
    words = fold(description)
    if not BARE_AGE.may_be_in(words):
        return ()
    bare = [one for one in sentences_of(description) if BARE_AGE.whole.fullmatch(fold(one))]
    found = [(ages, one) for one in bare if (ages := read_ages(one))]
    plain = all(DIGIT.search(one) or (one.endswith(".") and not _others_than(ages).search(words)) for ages, one in found)
    return tuple(found) if plain and len(found) == 1 else ()


BARE_AGE = Telling(
    r"(?:(?:open to|for|must be|suitable for) )?(?:adults?(?: only)?|(?:adults? |women |men |aged? |ages )?"
    r"(?:(?:over|under)[ -]\d\ds?|\d\d ?(?:\+|(?:years? )?(?:old )?(?:and|or) (?:over|older|above)))"
    r"(?: years?(?: old)?)?(?: only)?)[.!\s]*",
    needs="adult|over|under|+|older|above",
)
"""A sentence that is nothing but an age."""


def _is_open(told: Told) -> bool:
    """Say whether everybody is let in; everybody of an age is not."""
    return told.is_open and bool(OPEN_TO_ALL.search(OF_AN_AGE.sub("", told.words)))


def _ages_named(people: str) -> list[Range]:
    """Give the ages of people that are named: in numbers, or in words that say nothing but their age."""
    if _has_exceptions(people):
        return []
    if numbers := _numbers_in(people):
        return numbers
    parts = [part for part in ENUMERATED.split(HEAD_ENDS.sub("", people)) if part]
    if not parts or not all(map(NOTHING_BUT_AGE.match, parts)):
        return []
    return [ages for pattern, ages in AGES_IN_WORDS for part in parts if pattern.search(part)]


def _numbers_in(words: str) -> list[Range]:
    """Give the ages in numbers that are plainly ages: prose is full of other numbers."""
    return _in_order(ages(*match.groups()) for ages, match in _ages_in_numbers(words) if _is_an_age(match, match.string))


def _in_order(ranges: Iterable[Range]) -> list[Range]:
    """Leave out what cannot be: "ages 65-18" is some slip, and no age at all."""
    return [(low, high) for low, high in ranges if low <= high]


def _ages_in_numbers(words: str) -> Iterator[tuple[Callable[..., Range], re.Match[str]]]:
    """Give what looks like ages in numbers, where there is any number."""
    words = turned_round(words)
    if DIGIT.search(words):
        yield from ((ages, match) for pattern, ages in AGES_IN_NUMBERS for match in pattern.finditer(words))


def _is_an_age(match: re.Match[str], words: str) -> bool:
    said = bool(GROUP_OF_AN_AGE.match(match[0]) or AGE_SAID.search(words[max(0, match.start() - 5) : match.end() + 16]))
    return said or bool(AFTER_PEOPLE.search(words[max(0, match.start(1) - 30) : match.start(1)]))


def _others_than(ages: Ages) -> re.Pattern[str]:
    """Give the words that speak of people of other ages than these."""
    if ages.high <= YOUNG_ONLY:
        return OTHERS_THAN_YOUNG
    return OTHERS_THAN_OLD if ages.is_of_the_old else OTHERS_THAN_ADULT
