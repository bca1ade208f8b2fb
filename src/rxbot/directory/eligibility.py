"""Read what a record says about age, whom else it is for, language, area, price and entry: fields and plain English prose.

Three values: yes, no, unknown. Unknown is not no; each finding keeps the sentence it came from, for a worker to judge.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rxbot.directory.model import Place, Service
from rxbot.directory.stems import fold, stems

T = TypeVar("T")
NO_LIMIT = 200.0


class Answer(StrEnum):
    """Whether a person fits what a record says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Cost(StrEnum):
    """What kind of price a service has."""

    FREE = "free"
    DONATION = "donation"
    SLIDING = "sliding"
    FIXED = "fixed"
    UNKNOWN = "unknown"


class Entry(StrEnum):
    """How a person gets in."""

    WALK_IN = "walk_in"
    SELF_REFERRAL = "self_referral"
    REFERRAL = "referral"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding(Generic[T]):
    """What was read, and the sentence it was read from (empty: from a field, or from silence)."""

    value: T
    sentence: str = ""


UNKNOWN = Finding(Answer.UNKNOWN)


# Age


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
    (re.compile(r"\bbirth\s*(?:-|–|to|through)\s*(?:age\s*)?(\d{1,2})\b"), _to),
    (re.compile(rf"{N}(?:\s*\+|{YEARS}\s*(?:or|and|&)\s+(?:over|older|above|up)\b)"), _from),
    (re.compile(rf"\b(?:over|from)[\s-]+(?:the )?age (?:of )?(\d{{2}})\b{NOT_UNITS}"), _from),
    (re.compile(rf"\bover[\s-]+(?:the )?(\d{{2}})s?\b{NOT_UNITS}"), _from),
    (re.compile(rf"{N}{YEARS}\s*(?:or|and|&)\s+(?:under|younger|below)\b"), _to),
    (re.compile(rf"\bunder[\s-]+(?:the )?(?:age (?:of )?)?(\d{{1,2}})s?\b{NOT_UNITS}"), _under),
    (re.compile(rf"\bup to (?:the )?age (?:of )?(\d{{1,2}})\b{NOT_UNITS}"), _to),
)
"""Ways to write ages in numbers. Money, weights and hours look alike and are kept out."""
SENIORS = r"seniors?\b|older (?:people|adults?|persons?)\b|elderly\b|pensioners?\b|retired (?:people|persons?)\b"
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


def age_rule(service: Service, band: tuple[int, int]) -> Finding[Answer]:
    """Say whether a service takes this age band: first by its fields, then by each sentence on whom it is for."""
    low, high = service.minimum_age, service.maximum_age
    if low is not None or high is not None:
        return Finding(Ages(low or 0.0, NO_LIMIT if high is None else high).takes(band))
    findings = [Finding(ages.takes(band), text) for text in _whom(service) if (ages := read_ages(text))]
    return next((f for worst in (Answer.NO, Answer.UNKNOWN, Answer.YES) for f in findings if f.value is worst), UNKNOWN)


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


def _whom(service: Service) -> Iterator[str]:
    yield from filter(None, (service.eligibility_description, *service.audience))


# Whom it is for at all

NOT_FOR_A_PERSON = re.compile(
    r"(?:must be an? |any |public or |private or |public |tax-exempt |registered |local |established |community )*"
    r"(?:non-?profits?\b|501\(c\)|agenc(?:y|ies)\b|organi[sz]ations?\b|business(?:es)?\b|compan(?:y|ies)\b|schools? or agenc"
    r"|school districts?\b|(?:health|care|legal)? ?professionals\b|practitioners?\b|employers?\b|teachers?\b|charit(?:y|ies)\b"
    r"|(?:voluntary |community )?groups? (?:and|or) organi[sz]ations?)"
)
A_PERSON_TOO = re.compile(
    r"individual|persons?\b|people|anyone|famil|public\b(?! agenc)|resident|consumer|patient|volunteer|women|youth|student"
)


def people_rule(service: Service) -> Finding[Answer]:
    """Say whether a person may come at all: no, when a record is for organizations or professionals only."""
    for text in _whom(service):
        words = fold(text)
        if NOT_FOR_A_PERSON.match(words) and not A_PERSON_TOO.search(words):
            return Finding(Answer.NO, text)
    return UNKNOWN


LIMITS_NOBODY = frozenset(
    stems(
        "anyone anybody everyone everybody none no person people public general individual adult open welcome must "
        "restriction requirement eligibility age aged year yr old older younger under above below least minimum maximum "
        "senior elderly pensioner live living resident"
    )
)
"""Words about whom a service is for that leave out nobody, but for their age and where they live: other rules know those."""


def whom_rule(service: Service, place: Place | None) -> Finding[Answer]:
    """Say whether anybody of the right age may come. Whatever else limits it ("women", "residents of") is left open.

    Nobody was asked for their gender, their illness or their papers, so that only they can tell.
    """
    served = place is not None and area_rule(service, place).value is Answer.YES
    known = LIMITS_NOBODY | set(stems(" ".join(_areas(service))) if served else ())
    texts = tuple(_whom(service))
    limit = next((text for text in texts if any(word not in known and not word[0].isdigit() for word in stems(text))), "")
    return Finding(Answer.YES, texts[0]) if texts and not limit else Finding(Answer.UNKNOWN, limit)


# Language


def language_rule(service: Service, wanted: str, home: str) -> Finding[Answer]:
    """Say whether a language is spoken; the home language always is. Interpreters leave it open, and so does silence."""
    rows = (*service.languages, *(language for location in service.locations for language in location.languages))
    spoken = {language.code for language in rows}
    if wanted in spoken or wanted == home:
        return Finding(Answer.YES, "; ".join(language.name for language in rows if language.code == wanted))
    if spoken and not service.interpretation and "" not in spoken:
        return Finding(Answer.NO, "; ".join(language.name for language in rows))
    return Finding(Answer.UNKNOWN, service.interpretation)


# Where

BY_PHONE = re.compile(r"\b(?:help|hot)-?line\b|\b(?:tele)?phone\b|\bline$", re.IGNORECASE)
ONLINE = re.compile(r"\b(?:online|on-line|virtual)\b", re.IGNORECASE)
AT_HOME = re.compile(
    r"\bto your door(?:step)?\b|\b(?:come|comes|brought|delivered) to your (?:own )?home\b"
    r"|\bvisits? you (?:at home|in your (?:own )?home)\b",
    re.IGNORECASE,
)


class Given(StrEnum):
    """How one gets to a service without going anywhere, where the directory says so."""

    BY_PHONE = "by_phone"
    ONLINE = "online"
    AT_HOME = "at_home"
    UNKNOWN = "unknown"


def given_rule(service: Service) -> Finding[Given]:
    """Say whether nobody has to travel. That no place is named says nothing: it may come to the home, or was not filled in.

    A description tells how to ask ("book online", "ring us") more often than how it is given: only the name counts there.
    """
    if ONLINE.search(service.name):
        return Finding(Given.ONLINE, service.name)
    if BY_PHONE.search(service.name):
        return Finding(Given.BY_PHONE, service.name)
    if virtual := next((one for one in service.locations if one.type == "virtual"), None):
        return Finding(Given.BY_PHONE if virtual.phones or service.phones else Given.ONLINE, virtual.type)
    home = next((text for text in (service.name, service.description) if AT_HOME.search(text)), "")
    return Finding(Given.AT_HOME if home else Given.UNKNOWN, home)


# Area

WHOLE_COUNTRY = re.compile(
    r"(?:all of |across |whole of )?(?:the )?"
    r"(?:nation-?wide|national|nationally|world-?wide|state-?wide|country-?wide|uk-?wide|anywhere|everywhere|online"
    r"|united kingdom|uk|great britain|england(?: and wales)?|united states|usa|whole country)"
)
"""Areas that have no edges for us."""


def serves_anywhere(service: Service) -> bool:
    """Say whether a service names the whole country, or more, as its area."""
    return any(_is_whole_country(area) for area in _areas(service))


def area_rule(service: Service, place: Place) -> Finding[Answer]:
    """Say whether a place is served: by name, or because everywhere is. Other names leave it open."""
    names = {fold(part).strip() for part in place.label.split(",")} - {""}
    for area in _areas(service):
        if fold(area).strip() in names or _is_whole_country(area):
            return Finding(Answer.YES, area)
    return UNKNOWN


def _is_whole_country(area: str) -> bool:
    return bool(WHOLE_COUNTRY.fullmatch(fold(area).strip()))


def _areas(service: Service) -> tuple[str, ...]:
    return (*service.areas, *(area for location in service.locations for area in location.areas))


# Price

MEANS = r"sliding|according to income|based on income|by income|ability to pay|means[- ]tested"
PARTLY = r"^none for\b|^(?:none|free)\b.*\b(?:except|most|some|many|unless)\b|\b(?:most|some)\b.*\bfree\b"
COSTS: tuple[tuple[Cost, re.Pattern[str]], ...] = (
    (Cost.SLIDING, re.compile(MEANS)),
    (Cost.DONATION, re.compile(r"donat|voluntary contribution|what you can")),
    (Cost.UNKNOWN, re.compile(PARTLY)),
    (Cost.FIXED, re.compile(r"[$£€]\s?\.?\d|\d\s?(?:pounds?|dollars?|euros?|p)\b")),
    (Cost.FREE, re.compile(r"^none\b|\bfree\b|\bno (?:fees?|charges?|costs?)\b|\bwithout charge\b")),
)
"""Ways to write prices in prose, the first that fits: "free, donations welcome" is a donation."""


def cost_of(service: Service) -> Finding[Cost]:
    """Say what kind of price a service has: by its prose, which knows the exceptions, then by its cost options."""
    text = fold(service.fees_description).strip()
    told = next((cost for cost, pattern in COSTS if pattern.search(text)), Cost.UNKNOWN)
    amounts = [option.amount for option in service.costs if option.amount is not None]
    if told is Cost.UNKNOWN and amounts:
        return Finding(Cost.FIXED if max(amounts) > 0 else Cost.FREE)
    return Finding(told, service.fees_description)


# Entry

SENT = (
    r"must be referred|referred by|by referral|referrals? (?:is |are )?(?:only|necessary|required|needed|by|from|through)"
    r"|(?:gp|doctor|physician|court)(?:'s)? (?:referral|must)|referral letter"
)
OPEN_DOOR = r"(?<!no )(?:walk|drop)[- ]?in|just (?:come|turn up)|turn up|no appointment|no booking|no need to book"
ASKING = r"\b(?:call|phone|ring|telephone|text|e-?mail|website|web site|online|apply|write|book|visit|join)\b"
ENTRIES: tuple[tuple[Entry, re.Pattern[str]], ...] = (
    (Entry.SELF_REFERRAL, re.compile(r"self[- ]refer|refer yourself|no referral|without a referral")),
    (Entry.REFERRAL, re.compile(SENT)),
    (Entry.WALK_IN, re.compile(OPEN_DOOR)),
    (Entry.SELF_REFERRAL, re.compile(ASKING)),
)
"""Ways to write how one gets in, the first that fits."""


def entry_of(service: Service) -> Finding[Entry]:
    """Say how a person gets in."""
    text = fold(service.application_process)
    told = next((entry for entry, pattern in ENTRIES if pattern.search(text)), Entry.UNKNOWN)
    return Finding(told, service.application_process)
