"""Choose the few best services among candidates, and say why each one and what to ask before going.

Only a certain no takes a service away: not offered, the wrong age or gender, not what must be. What is unknown ranks
lower and is shown as a question. The rank is `fit` times `ease`: what a record speaks of, and how likely it is that
this person gets there and is taken. Nothing in `ease` is above one, so that `fit` and the distance alone say how high a
candidate can come at most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from math import inf, sqrt

from rxbot.directory.capacity import Capacity, is_full
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.grid import km_between, km_to
from rxbot.directory.index import Phrase, Rarity, Vote, categories_wanted, keys_of, phrase, phrases_wanted, speaks_of
from rxbot.directory.model import Location, Need, Place, Service
from rxbot.directory.outcomes import NOBODY_TOLD, Outcomes
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.area import UNCHARTED, Around, area_rule
from rxbot.directory.rules.circumstances import CONDITIONS, Known
from rxbot.directory.rules.cost import Cost, cost_of
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.language import language_rule
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.rules.turning import Fact, facts_open
from rxbot.directory.rules.whom import whom_rule
from rxbot.directory.standards import NOTHING_KNOWN, Standing

EVIDENCE_SHOWN = 2


class Must(StrEnum):
    """What a person cannot do without."""

    FREE = "free"
    FREE_OR_SLIDING = "free_or_sliding"
    STEP_FREE = "step_free"
    ONLINE = "online"
    WITHOUT_GOING = "without_going"
    EVENING = "evening"


class Travel(StrEnum):
    """How a person gets about, and with it how far: the kilometres, as the crow flies, that take about half an hour."""

    WALKING = "walking"
    BUS = "bus"
    CAR = "car"

    @property
    def reach_km(self) -> float:
        """Give how far this goes."""
        return {Travel.WALKING: 2.0, Travel.BUS: 8.0, Travel.CAR: 20.0}[self]


@dataclass(frozen=True)
class Wish:
    """What a person said would help most: an id to name it by, and what directories call it.

    Of somebody's own words some will do (`in_part`); what an author wrote as a pair has to stand together.
    """

    id: str
    words: tuple[str, ...]
    in_part: bool = False

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Give what to look for: any of these says the same."""
        return tuple(map(phrase, self.words))

    def found(self, hits: Mapping[str, float], rare: Rarity) -> float:
        """Say how much a record speaks of it."""
        return max((one.found(hits, rare) for one in self.phrases if self.in_part or one.is_whole(hits)), default=0.0)


NOBODY = Known()


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: any of the needs, near a place, for a person of whom this is known; all but the needs may be left out.

    Where nothing is in reach, it is looked for as far as `else_km`. `focus` is what would help most.
    """

    needs: tuple[Need, ...]
    focus: tuple[Wish, ...] = ()
    place: Place | None = None
    reach_km: float = 10.0
    else_km: float = 0.0
    language: str | None = None
    age: tuple[int, int] | None = None
    gender: Gender | None = None
    known: Known = NOBODY
    must: frozenset[Must] = frozenset()
    limit: int = 3
    now: date
    home_language: str = "en"

    @cached_property
    def keys(self) -> frozenset[str]:
        """Give every key that speaks for a service."""
        sought = [*self.phrases, *(one for wish in self.focus for one in wish.phrases)]
        words = (key for one in sought for key in (*one.words, *one.pairs))
        return frozenset((*words, *(key for vote in self.votes for key in vote.keys)))

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Give the words that speak for the needs."""
        return tuple(one for need in self.needs for one in phrases_wanted(need))

    @cached_property
    def votes(self) -> tuple[Vote, ...]:
        """Give the categories that speak for the needs."""
        return tuple(vote for need in self.needs for vote in categories_wanted(need))

    @cached_property
    def phrases_with(self) -> Mapping[str, tuple[int, ...]]:
        """Give which of the needs' phrases hold a word or a pair, by its key."""
        return _holding(((*one.words, *one.pairs), place) for place, one in enumerate(self.phrases))

    @cached_property
    def votes_with(self) -> Mapping[str, tuple[int, ...]]:
        """Give which votes a key is one of."""
        return _holding((vote.keys, place) for place, vote in enumerate(self.votes))

    @cached_property
    def wished(self) -> frozenset[str]:
        """Give the keys of the words of what would help most."""
        return frozenset(word for wish in self.focus for one in wish.phrases for word in one.words)

    @property
    def for_another(self) -> bool:
        """Say whether the person asks for somebody they care for, or offers their own help: then a record is not about them."""
        return bool(self.needs) and {need.id for need in self.needs} <= ABOUT_OTHERS


def _holding(parts: Iterable[tuple[Iterable[str], int]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for keys, place in parts:
        for key in dict.fromkeys(keys):
            found[key] = (*found.get(key, ()), place)
    return found


ABOUT_OTHERS = frozenset({"carers", "volunteering"})


def alike(_key: str) -> float:
    """Take every key to be as telling as any other, where nobody has counted."""
    return 1.0


@dataclass(frozen=True)
class Candidate:
    """A service that may fit, at one of its locations or none, with the keys that found it and their weights."""

    service: Service
    location: Location | None
    hits: Mapping[str, float]
    rules: Rules = field(default_factory=Rules)
    capacity: Capacity | None = None
    outcomes: Outcomes = NOBODY_TOLD

    @classmethod
    def of(cls, service: Service, location: Location | None) -> "Candidate":
        """Make one from a record alone."""
        return cls(service, location, keys_of(service), read_rules(service))

    @classmethod
    def all_of(cls, service: Service) -> "tuple[Candidate, ...]":
        """Give a service at each of its places, and at none where it can be had without going there."""
        here = cls.of(service, None)
        away = (here,) if not service.locations or here.rules.is_had_without_going else ()
        return (*(replace(here, location=location) for location in service.locations), *away)


@dataclass(frozen=True)
class Match:
    """A service to offer: where, how far, why, and what to ask before going.

    With it, how it stands as a place to refer to, and what was told of its room. `turns_on` are the facts about the person that
    nobody knows and that would say whether they can come, each with our guess of how many of all people can.
    """

    service: Service
    location: Location | None
    distance_km: float | None
    reasons: tuple[Reason, ...]
    unknowns: tuple[Ask, ...]
    standing: Standing = NOTHING_KNOWN
    capacity: Capacity | None = None
    turns_on: Mapping[Fact, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """What a rank needs to know of a service at one of its places: no more than an index holds."""

    id: str
    place: Place | None
    rules: Rules
    hits: Mapping[str, float]
    capacity: Capacity | None = None
    outcomes: Outcomes = NOBODY_TOLD


@dataclass(frozen=True)
class Scored:
    """How a service ranks at a place, and the parts of it: `fit` times `near` times every factor of `ease`."""

    fit: float
    near: float
    ease: Mapping[str, float]

    @property
    def score(self) -> float:
        """Give the whole."""
        whole = self.fit * self.near
        for factor in self.ease.values():
            whole *= factor
        return whole

    def order(self, day: date, service: str) -> tuple[float, bytes]:
        """Give what to sort by. Equals are shuffled anew each day, so that no provider is always first."""
        return -round(self.score, 3), sha256(f"{day} {service}".encode()).digest()


@dataclass(frozen=True)
class Explained:
    """A match with its workings: the parts of its score, and the keys of the search that its record speaks of, weighed."""

    match: Match
    scored: Scored
    spoken_of: tuple[tuple[str, float], ...]


def rank(search: Search, candidates: Iterable[Candidate], rare: Rarity = alike, around: Around = UNCHARTED) -> tuple[Match, ...]:
    """Give the best matches, each service once, never more than the limit. Ties take turns from day to day."""
    return tuple(one.match for one in explain(search, candidates, rare, around))


def explain(search: Search, candidates: Iterable[Candidate], rare: Rarity, around: Around) -> tuple[Explained, ...]:
    """Give the best matches with the workings."""
    known = [(scored, one) for one in candidates if (scored := score(search, _spot(one), rare, around))]
    known.sort(key=lambda pair: pair[0].order(search.now, _id(pair[1].service)))
    best: dict[str, tuple[Scored, Candidate]] = {}
    for scored, one in known:
        if scored.score >= LEAST_OF_BEST * known[0][0].score:
            best.setdefault(_id(one.service), (scored, one))
    return tuple(
        Explained(_match(search, one, rare, around), scored, tuple((key, one.hits[key]) for key in search.keys & one.hits.keys()))
        for scored, one in list(best.values())[: search.limit]
    )


LEAST_OF_BEST = 0.25
"""What is worth less than this share of the best is not shown: a few right ones are better than five."""


def seen_by(search: Search, service: Service, rare: Rarity = alike, around: Around = UNCHARTED) -> Match:
    """Give a service that was chosen already as it looks to this person: at its nearest place, with what to ask first."""
    spots = [Candidate.of(service, spot) for spot in service.locations or (None,)]
    near = min(spots, key=lambda candidate: km if (km := _km(search.place, candidate.location)) is not None else inf)
    return _match(search, near, rare, around)


def score(search: Search, spot: Spot, rare: Rarity, around: Around = UNCHARTED) -> Scored | None:
    """Weigh a service at one of its places; None when nothing speaks for it, or something certain speaks against it."""
    return weigh(search, spot, fit(search, spot.hits, rare), around)


def weigh(search: Search, spot: Spot, matched: float, around: Around = UNCHARTED) -> Scored | None:
    """Weigh a service of which the fit is known: that one is the same whoever searches."""
    if not matched or not _may_come(search, spot.rules) or is_full(spot.capacity, search.now):
        return None
    near = nearness(search, spot, around)
    return (
        Scored(matched, near, {**ease(search, spot.rules), "room": room(spot.capacity), "outcomes": spot.outcomes.worth})
        if near
        else None
    )


def is_for(search: Search, one: Candidate) -> bool:
    """Say whether a record speaks of one of the needs and may be shown, wherever one lives and whoever one is."""
    return any(speaks_of(need, one.hits) for need in search.needs) and one.rules.offered and one.rules.for_people


def is_near(search: Search, one: Candidate) -> bool:
    """Say whether a service may be shown to somebody who lives there."""
    return nearness(search, _spot(one)) > 0


# Fit: what the record speaks of


def fit(search: Search, hits: Mapping[str, float], rare: Rarity) -> float:
    """Say how much a record speaks of what is looked for: first of what would help most, then of the needs.

    What speaks of none of several wishes counts half: it is about the same part of life, and not what was asked.
    """
    wishes = _decayed((wish.found(hits, rare) for wish in search.focus), WISH_DECAY)
    spoken_of = (search.phrases[one] for one in _held(search.phrases_with, hits))
    needs = _decayed((one.found(hits, rare) for one in spoken_of if one.is_whole(hits)), NEED_DECAY)
    votes = sum(search.votes[one].weight(hits) for one in _held(search.votes_with, hits))
    whole = wishes + NEED * needs + CATEGORY * votes
    return whole if wishes or not search.focus else BESIDE_THE_WISH * whole


def _held(places: Mapping[str, tuple[int, ...]], hits: Mapping[str, float]) -> list[int]:
    """Give the places of what a record speaks of at all, in order."""
    return sorted({place for key in hits if key in places for place in places[key]})


def most(search: Search, rare: Rarity) -> Mapping[str, float]:
    """Give the most that each key can add to a fit, for one whose weight is 1.

    What is found of many words together is never more than what is found of each by itself: so the sum is a bound.
    """
    return {key: _most(search, key, rare) for key in search.keys}


def _most(search: Search, key: str, rare: Rarity) -> float:
    wishes = (max((_at_most(one, key, rare) for one in wish.phrases), default=0.0) for wish in search.focus)
    needs = (search.phrases[place].at_most(key, rare) for place in search.phrases_with.get(key, ()))
    votes = len(search.votes_with.get(key, ()))
    return _decayed(wishes, WISH_DECAY) + NEED * _decayed(needs, NEED_DECAY) + CATEGORY * votes


def _at_most(one: Phrase, key: str, rare: Rarity) -> float:
    return one.at_most(key, rare) if key in one.words or key in one.pairs else 0.0


NEED, CATEGORY, BESIDE_THE_WISH = 0.45, 1.0, 0.5
WISH_DECAY, NEED_DECAY = 0.7, 0.5
"""The second best wish adds seven tenths of what the best does; of a need's many words each next one adds half."""


def _decayed(found: Iterable[float], decay: float) -> float:
    whole, share = 0.0, 1.0
    for weight in sorted(found, reverse=True):
        whole += weight * share
        share *= decay
    return whole


# Nearness


def nearness(search: Search, spot: Spot, around: Around = UNCHARTED) -> float:
    """Say how near a service is: 1 next door, 0.7 at the edge of the reach, 0 beyond it; the first kilometre is felt most.

    Without a place it counts by its area: as if at the edge where nobody has to travel or the area is served, and least
    where nothing is known. What has places, all out of reach, comes only where the area is said to be served.
    """
    km = km_between(search.place, spot.place) if search.place and spot.place else None
    served = spot.rules.serves(search.place, around)
    if served is Answer.NO:
        return 0.0
    if km is not None:
        return _by_distance(search, km)
    if spot.rules.has_place and search.place and served is not Answer.YES:
        return 0.0
    return NO_PLACE[served] if spot.rules.given is Given.UNKNOWN else NOBODY_TRAVELS[served]


def nearest(search: Search, place: Place | None) -> float:
    """Say how near a service at this place is, at most: whatever it says of the area it serves."""
    if search.place and place:
        return _by_distance(search, km_between(search.place, place))
    return max(NOBODY_TRAVELS.values())


def nearest_in(search: Search, cell: int) -> float:
    """Say how near a service found in a cell is, at most."""
    if search.place and cell >= 0:
        return _by_distance(search, km_to(search.place, cell))
    return max(NOBODY_TRAVELS.values())


def _by_distance(search: Search, km: float) -> float:
    return 1 - 0.3 * sqrt(km / max(search.reach_km, 1.0)) if km <= search.reach_km else 0.0


NO_PLACE = {Answer.YES: 0.4, Answer.UNKNOWN: 0.35}
NOBODY_TRAVELS = {Answer.YES: 0.6, Answer.UNKNOWN: 0.4}


# Ease: how likely it is that this person is taken


def _may_come(search: Search, rules: Rules) -> bool:
    """Say whether nothing certain speaks against it."""
    return (
        rules.offered
        and rules.for_people
        and (search.for_another or rules.age(search.age) is not Answer.NO)
        and (search.for_another or rules.gender(search.gender) is not Answer.NO)
        and (search.for_another or not any(map(search.known.is_left_out, rules.asked)))
        and all(MUSTS[must](rules) is not Answer.NO for must in search.must)
    )


def _is_free(rules: Rules) -> Answer:
    return {Cost.FREE: Answer.YES, Cost.DONATION: Answer.YES, Cost.FIXED: Answer.NO}.get(rules.cost, Answer.UNKNOWN)


def _is_free_or_sliding(rules: Rules) -> Answer:
    return Answer.YES if rules.cost is Cost.SLIDING else _is_free(rules)


def _is_online(rules: Rules) -> Answer:
    return Answer.YES if rules.given in (Given.ONLINE, Given.BY_PHONE) else Answer.UNKNOWN


MUSTS: Mapping[Must, Callable[[Rules], Answer]] = {
    Must.FREE: _is_free,
    Must.FREE_OR_SLIDING: _is_free_or_sliding,
    Must.STEP_FREE: lambda rules: rules.step_free,
    Must.ONLINE: _is_online,
    Must.WITHOUT_GOING: lambda rules: Answer.UNKNOWN if rules.given is Given.UNKNOWN else Answer.YES,
    Must.EVENING: lambda rules: rules.evening,
}


def room(told: Capacity | None) -> float:
    """Say how likely there is room: a wait of half a year halves it. What was full a while ago is shown, and comes later."""
    if told is None:
        return ROOM["capacity"]
    return max(0.5, 1 - (told.weeks or 4) / 52) if told.code == "waitlist" else ROOM[told.code]


ROOM = {"capacity": 1.0, "additional-assessment-required": 0.9, "no-capacity": 0.6}


def easiest(rules: Rules) -> float:
    """Say how likely anybody at all gets in and is helped, at most: what of an ease holds whoever searches."""
    return (1.0 if rules.for_everybody else SOME_ONLY) * cost(rules) * ENTRY[rules.entry] * (NOTICE if rules.alert else 1.0)


def ease(search: Search, rules: Rules) -> Mapping[str, float]:
    """Say how likely it is that this person gets in and is helped, as factors of at most one each."""
    least = LEAST if not search.for_another or search.known.has & CONDITIONS else FOR_ANOTHER
    chance = max(rules.chance(search.known), least)
    return {
        "age": (AGE_OF_ANOTHER if search.for_another else AGE)[rules.age(search.age)] if search.age else 1.0,
        "whom": chance ** (WHOM_EXPONENT if chance >= RARE else RARE_EXPONENT),
        "seems": 1.0 if search.for_another or rules.seems_for(search.age, search.gender) else SEEMS_FOR_OTHERS,
        "seems_whom": max(rules.seeming_chance(search.known), least) ** SEEMING_EXPONENT,
        "language": LANGUAGE[rules.language(search.language or search.home_language, search.home_language)],
        "limits": 1.0 if rules.for_everybody else SOME_ONLY,
        "cost": cost(rules),
        "entry": ENTRY[rules.entry],
        "must": UNSURE_MUST ** sum(MUSTS[must](rules) is Answer.UNKNOWN for must in search.must),
        "fresh": FRESHNESS[freshness_of(rules.checked, search.now)],
        "notice": NOTICE if rules.alert else 1.0,
    }


AGE = {Answer.YES: 1.0, Answer.UNKNOWN: 0.85}
AGE_OF_ANOTHER = {Answer.YES: 1.0, Answer.UNKNOWN: 1.0, Answer.NO: 0.7}
LANGUAGE = {Answer.YES: 1.0, Answer.UNKNOWN: 0.75, Answer.NO: 0.5}
COST = {
    Cost.FREE: 1.0,
    Cost.DONATION: 1.0,
    Cost.SLIDING: 1.0,
    Cost.INSURANCE: 0.85,
    Cost.UNKNOWN: 0.9,
    Cost.MEMBERSHIP: 0.85,
}
SMALL, LARGE = 5, 500
"""In the currency of the place: what one pays like a bus fare, and what few people who are referred can pay at all."""


def cost(rules: Rules) -> float:
    """Say how likely somebody can pay."""
    if rules.cost is not Cost.FIXED:
        return COST[rules.cost]
    amount = rules.amount or SMALL + 1
    return 0.95 if amount <= SMALL else 0.8 if amount <= LARGE else 0.5


ENTRY = {Entry.WALK_IN: 1.0, Entry.SELF_REFERRAL: 1.0, Entry.UNKNOWN: 0.95, Entry.REFERRAL: 0.75}
UNSURE_MUST, NOTICE = 0.8, 0.75
FRESHNESS = {Freshness.FRESH: 1.0, Freshness.AGEING: 0.97, Freshness.STALE: 0.92, Freshness.UNKNOWN: 0.92}
WHOM_EXPONENT, LEAST, FOR_ANOTHER = 0.25, 0.01, 0.4
"""A service for one in twenty-five of us is not worth a twenty-fifth: who looks for it is likelier to be one of them."""
RARE, RARE_EXPONENT = 0.06, 0.4
"""What is true of fewer than one in sixteen, and nobody has told, counts against a service more: it is asked first."""
SEEMS_FOR_OTHERS, SEEMING_EXPONENT, SOME_ONLY = 0.4, 0.15, 0.97


def _spot(one: Candidate) -> Spot:
    return Spot(_id(one.service), one.location.place if one.location else None, one.rules, one.hits, one.capacity, one.outcomes)


def _id(service: Service) -> str:
    return service.key or service.id


def _km(here: Place | None, location: Location | None) -> float | None:
    return km_between(here, location.place) if here and location and location.place else None


# What is said of a match


@dataclass(frozen=True)
class Facts:
    """What the rules found out about one candidate, with the sentences it was read from."""

    candidate: Candidate
    evidence: tuple[Reason, ...]
    helps_with: tuple[str, ...]
    km: float | None
    age: Finding[Answer]
    whom: Finding[Answer]
    language: Finding[Answer]
    area: Finding[Answer]
    cost: Finding[Cost]
    entry: Finding[Entry]
    freshness: Freshness
    turns_on: Mapping[Fact, float]


def _match(search: Search, candidate: Candidate, rare: Rarity, around: Around) -> Match:
    facts = _facts(search, candidate, rare, around)
    return Match(
        candidate.service,
        candidate.location,
        facts.km,
        tuple(_reasons(search, facts)),
        tuple(_unknowns(search, facts)),
        capacity=candidate.capacity,
        turns_on=facts.turns_on,
    )


def _facts(search: Search, candidate: Candidate, rare: Rarity, around: Around) -> Facts:
    """Find out what counts."""
    service = candidate.service
    return Facts(
        candidate,
        _evidence(search, candidate.hits, rare),
        _helps_with(search, candidate.hits, rare),
        _km(search.place, candidate.location),
        age_rule(service, search.age) if search.age else UNKNOWN,
        whom_rule(service, search.place),
        language_rule(service, search.language or search.home_language, search.home_language),
        area_rule(service, search.place, around) if search.place else UNKNOWN,
        cost_of(service),
        entry_of(service),
        freshness_of(service.checked, search.now),
        _turns_on(search, candidate),
    )


def _turns_on(search: Search, candidate: Candidate) -> Mapping[Fact, float]:
    """Say which facts about the person would decide. Stairs, and a way that is too far to walk, can only take it away."""
    rules, km = candidate.rules, _km(search.place, candidate.location)
    whom = {} if search.for_another else facts_open(rules, search.known, search.gender, search.age)
    stairs = rules.step_free is Answer.NO and Must.STEP_FREE not in search.must
    far = km is not None and km > Travel.WALKING.reach_km
    return {**whom, **({Fact.STEP_FREE: 0.0} if stairs else {}), **({Fact.TRAVEL: 0.0} if far else {})}


def _helps_with(search: Search, hits: Mapping[str, float], rare: Rarity) -> tuple[str, ...]:
    """Name the wishes whose words are all there. That alone is not enough: it has to fit one of the needs as well."""
    if not _evidence(search, hits, rare):
        return ()
    return tuple(wish.id for wish in search.focus if any(one.is_whole(hits) for one in wish.phrases))


def _evidence(search: Search, hits: Mapping[str, float], rare: Rarity) -> tuple[Reason, ...]:
    """Give what speaks for the needs, categories and words, the strongest first."""
    votes = ((CATEGORY * weight, Reason(Why.TERM_FITS, (vote.value,))) for vote in search.votes if (weight := vote.weight(hits)))
    words = ((NEED * one.found(hits, rare), Reason(Why.WORDS_FIT, (one.text,))) for one in search.phrases if one.is_whole(hits))
    return tuple(dict.fromkeys(reason for _, reason in sorted((*votes, *words), key=lambda pair: -pair[0])))


def _reasons(search: Search, facts: Facts) -> Iterator[Reason]:
    service = facts.candidate.service
    yield from (Reason(Why.HELPS_WITH, (wish,)) for wish in facts.helps_with)
    yield from facts.evidence[:EVIDENCE_SHOWN]
    if facts.km is not None:
        yield Reason(Why.NEAR, (f"{facts.km:.1f}",))
    elif (given := given_rule(service).value) in GIVEN_REASONS:
        yield Reason(GIVEN_REASONS[given])
    if facts.area.value is Answer.YES:
        yield Reason(Why.COVERS_AREA, (facts.area.sentence,))
    if facts.language.value is Answer.YES and facts.language.sentence:
        yield Reason(Why.SPEAKS, (search.language or search.home_language,))
    if facts.age.value is Answer.YES:
        yield Reason(Why.AGE_FITS)
    yield from (Reason(why) for why in _meets(search, facts.candidate.rules))
    if facts.cost.value in COST_REASONS:
        yield Reason(COST_REASONS[facts.cost.value])
    if facts.entry.value in ENTRY_REASONS:
        yield Reason(ENTRY_REASONS[facts.entry.value])
    if facts.freshness is Freshness.FRESH:
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


def _unknowns(search: Search, facts: Facts) -> Iterator[Ask]:
    open_questions = (
        (Ask.WHOM, facts.whom.value is Answer.UNKNOWN),
        (Ask.AGE, search.age is not None and facts.age.value is Answer.UNKNOWN and facts.whom.value is Answer.YES),
        *((Ask(fact), True) for fact in facts.turns_on if fact in ASKED_ABOUT),
        (Ask.STEP_FREE, Must.STEP_FREE in search.must and facts.candidate.rules.step_free is Answer.UNKNOWN),
        (Ask.LANGUAGE, facts.language.value is not Answer.YES),
        (Ask.AREA, search.place is not None and facts.km is None and facts.area.value is Answer.UNKNOWN),
        (Ask.COST, facts.cost.value in NO_PRICE_SAID),
        (Ask.ENTRY, facts.entry.value is Entry.UNKNOWN),
        (Ask.REFERRAL, facts.entry.value is Entry.REFERRAL),
        (Ask.ALERT, bool(facts.candidate.service.alert)),
        (Ask.CHECKED, facts.freshness in (Freshness.STALE, Freshness.UNKNOWN)),
    )
    yield from (code for code, is_open in open_questions if is_open)


ASKED_ABOUT = frozenset(Fact) - {Fact.STEP_FREE, Fact.TRAVEL}
"""What the provider can be asked; whether stairs or the way are too much, only the person knows."""
NO_PRICE_SAID = (Cost.UNKNOWN, Cost.INSURANCE, Cost.MEMBERSHIP)
