"""What is said of a service that is offered: why this one, and what to ask before going."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rxbot.directory.candidate import Candidate
from rxbot.directory.capacity import Capacity
from rxbot.directory.fit import helps_with
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.grid import km_between
from rxbot.directory.index import Phrase, Vote
from rxbot.directory.model import Location, Service
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.region import Region
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.area import area_rule
from rxbot.directory.rules.around import Around
from rxbot.directory.rules.cost import cost_of
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.language import language_rule
from rxbot.directory.rules.met import is_met
from rxbot.directory.rules.record import Rules
from rxbot.directory.rules.turning import Fact, facts_open
from rxbot.directory.rules.whom import whom_rule
from rxbot.directory.search import Must, Search, Travel
from rxbot.directory.standards import NOTHING_KNOWN, Standing

EVIDENCE_SHOWN = 2


@dataclass(frozen=True)
class Match:
    """A service to offer: where, how far, why, and what to ask before going.

    With it, how it stands as a place to refer to, and what was told of its room. `turns_on` are the facts about the person that
    nobody knows and that would say whether they can come, each with our guess of how many of all people can. `region` is where
    its publisher's services are, of one that was chosen. One that was found is `worth` this share of the best beside it; it
    `is_for_their_town` where their very town is named, and `is_in_person` where one can go there or it comes to one's home.
    """

    service: Service
    location: Location | None
    distance_km: float | None
    reasons: tuple[Reason, ...]
    unknowns: tuple[Ask, ...]
    standing: Standing = NOTHING_KNOWN
    capacity: Capacity | None = None
    turns_on: Mapping[Fact, float] = field(default_factory=dict)
    region: Region | None = None
    worth: float = 1.0
    is_for_their_town: bool = False
    is_in_person: bool = False

    @property
    def speaks(self) -> bool:
        """Say whether words of what would help most stand together in its record."""
        return any(reason.code is Why.HELPS_WITH for reason in self.reasons)


@dataclass(frozen=True)
class Findings:
    """What the rules found out about one candidate, with the sentences it was read from."""

    candidate: Candidate
    evidence: tuple[Reason, ...]
    helps_with: tuple[str, ...]
    km: float | None
    age: Finding[Answer]
    whom: Finding[Answer]
    language: Finding[Answer]
    area: Finding[Answer]
    hardly_served: bool
    cost: Finding[Cost]
    entry: Finding[Entry]
    freshness: Freshness
    turns_on: Mapping[Fact, float]


def match_of(search: Search, candidate: Candidate, around: Around) -> Match:
    """Give a candidate as it looks to this person."""
    found = _findings(search, candidate, around)
    return Match(
        candidate.service,
        candidate.location,
        found.km,
        tuple(_reasons(search, found)),
        tuple(_unknowns(search, found)),
        capacity=candidate.capacity,
        turns_on=found.turns_on,
        is_for_their_town=candidate.rules.is_for_the_town_of(search.place),
        is_in_person=candidate.rules.is_in_person_at(candidate.place),
    )


def km_of(search: Search, candidate: Candidate) -> float | None:
    """Say how far it is, as the crow flies; None where one of the places is not known."""
    return km_between(search.place, candidate.place) if search.place and candidate.place else None


def _findings(search: Search, candidate: Candidate, around: Around) -> Findings:
    """Find out what counts."""
    service, evidence = candidate.service, _evidence(search, candidate.hits)
    return Findings(
        candidate=candidate,
        evidence=evidence,
        helps_with=helps_with(search, candidate.hits),
        km=km_of(search, candidate),
        age=age_rule(service, search.age) if search.age else UNKNOWN,
        whom=_whom(search, candidate),
        language=_language(search, candidate),
        area=area_rule(service, search.place, around) if search.place else UNKNOWN,
        hardly_served=candidate.rules.hardly_serves(search.place, around),
        cost=cost_of(service),
        entry=entry_of(service),
        freshness=freshness_of(service.checked, search.now),
        turns_on=_turns_on(search, candidate),
    )


def _whom(search: Search, candidate: Candidate) -> Finding[Answer]:
    """Say whether it is for anybody, or for people of whom this one is known to be, by what they said, chose or need."""
    words = (wish.words for wish in search.focus)
    met = is_met(candidate.service, candidate.rules, search.known, search.gender, search.needs, words)
    return Finding(Answer.YES) if met else whom_rule(candidate.service, search.place)


def _language(search: Search, candidate: Candidate) -> Finding[Answer]:
    home = search.home_language
    return language_rule(candidate.service, search.language or home, "" if home in candidate.rules.unspoken else home)


def _turns_on(search: Search, candidate: Candidate) -> Mapping[Fact, float]:
    """Say which facts about the person would decide. Stairs, and a way that is too far to walk, can only take it away."""
    rules, km = candidate.rules, km_of(search, candidate)
    whom = {} if search.for_another else facts_open(rules, search.known, search.gender, search.age)
    stairs = rules.step_free is Answer.NO and Must.STEP_FREE not in search.must
    far = km is not None and km > Travel.WALKING.reach_km
    return {**whom, **({Fact.STEP_FREE: 0.0} if stairs else {}), **({Fact.TRAVEL: 0.0} if far else {})}


def _evidence(search: Search, hits: Mapping[str, float]) -> tuple[Reason, ...]:
    """Give what speaks for the needs, categories and words, the strongest first."""
    found = sorted((one for wanted in search.wanted for one in wanted.evidence(hits)), key=lambda pair: -pair[0])
    return tuple(dict.fromkeys(Reason(SPEAKS_FOR[type(one)], (one.text,)) for _, one in found))


SPEAKS_FOR: Mapping[type[Phrase | Vote], Why] = {Phrase: Why.WORDS_FIT, Vote: Why.TERM_FITS}


def _reasons(search: Search, found: Findings) -> Iterator[Reason]:
    service, given = found.candidate.service, found.candidate.rules.given
    yield from (Reason(Why.HELPS_WITH, (wish,)) for wish in found.helps_with)
    yield from found.evidence[:EVIDENCE_SHOWN]
    if found.km is not None:
        yield Reason(Why.NEAR, (f"{found.km:.1f}",))
    elif given in GIVEN_REASONS:
        yield Reason(GIVEN_REASONS[given])
    if found.area.value is Answer.YES:
        yield Reason(Why.COVERS_AREA, (found.area.sentence,))
    if found.language.value is Answer.YES and found.language.sentence:
        yield Reason(Why.SPEAKS, (search.language or search.home_language,))
    if found.age.value is Answer.YES:
        yield Reason(Why.AGE_FITS)
    yield from (Reason(why) for why in _meets(search, found.candidate.rules))
    if found.cost.value in COST_REASONS:
        yield Reason(COST_REASONS[found.cost.value])
    if found.entry.value in ENTRY_REASONS:
        yield Reason(ENTRY_REASONS[found.entry.value])
    if found.freshness is Freshness.FRESH:
        yield Reason(Why.CHECKED_RECENTLY, (str(service.checked),))


def _meets(search: Search, rules: Rules) -> Iterator[Why]:
    """Name what it is for that the person said of themselves."""
    told = {one for asked in rules.asked for one in asked} & search.known.said
    yield from (why for one, why in WHOM_REASONS.items() if one in told)
    yield from (GENDER_REASONS[only] for only in dict.fromkeys(rules.genders) if only is search.gender and only in GENDER_REASONS)
    if Must.STEP_FREE in search.must and rules.step_free is Answer.YES:
        yield Why.STEP_FREE


WHOM_REASONS = {
    "has_children": Why.FOR_CHILDREN,
    "pregnant": Why.FOR_PREGNANT,
    "citizen": Why.FOR_PAPERS,
    "low_income": Why.FOR_LOW_INCOME,
    "insured": Why.FOR_INSURED,
    "uninsured": Why.FOR_UNINSURED,
    "veteran": Why.FOR_VETERANS,
}
GENDER_REASONS = {Gender.FEMALE: Why.FOR_WOMEN, Gender.MALE: Why.FOR_MEN}
GIVEN_REASONS = {Given.BY_PHONE: Why.BY_PHONE, Given.ONLINE: Why.ONLINE}
COST_REASONS = {Cost.FREE: Why.FREE, Cost.DONATION: Why.DONATION, Cost.SLIDING: Why.SLIDING}
ENTRY_REASONS = {Entry.WALK_IN: Why.WALK_IN, Entry.SELF_REFERRAL: Why.SELF_REFERRAL}


def _unknowns(search: Search, found: Findings) -> Iterator[Ask]:
    open_questions = (
        (Ask.WHOM, found.whom.value is Answer.UNKNOWN),
        (Ask.AGE, search.age is not None and found.age.value is Answer.UNKNOWN and found.whom.value is Answer.YES),
        *((Ask(fact), True) for fact in found.turns_on if fact in ASKED_ABOUT),
        (Ask.STEP_FREE, Must.STEP_FREE in search.must and found.candidate.rules.step_free is Answer.UNKNOWN),
        (Ask.LANGUAGE, found.language.value is not Answer.YES),
        (Ask.AREA, found.hardly_served or _may_be_outside(search, found)),
        (Ask.COST, found.cost.value in NO_PRICE_SAID),
        (Ask.ENTRY, found.entry.value is Entry.UNKNOWN),
        (Ask.REFERRAL, found.entry.value is Entry.REFERRAL),
        (Ask.ALERT, found.candidate.rules.alert or found.candidate.rules.closed is not None),
        (Ask.CHECKED, found.freshness in (Freshness.STALE, Freshness.UNKNOWN)),
    )
    yield from (code for code, is_open in open_questions if is_open)


def _may_be_outside(search: Search, found: Findings) -> bool:
    """Say whether nobody knows if a person's area is served, where that is no matter of the way there."""
    unknown = search.place is not None and found.area.value is Answer.UNKNOWN
    return unknown and (found.km is None or found.candidate.rules.served.is_for_residents)


ASKED_ABOUT = frozenset(Fact) - {Fact.STEP_FREE, Fact.TRAVEL}
"""What the provider can be asked; whether stairs or the way are too much, only the person knows."""
NO_PRICE_SAID = (Cost.UNKNOWN, Cost.INSURANCE, Cost.MEMBERSHIP)
