"""Choose the few best services among candidates, and say why each one and what to ask before going.

Only a certain no takes a service away: not offered, the wrong age, for organizations only. What is unknown ranks lower.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import inf, prod, sqrt

from rxbot.directory.capacity import Capacity
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.grid import km_between
from rxbot.directory.index import Vote, keys_of, vote_for, votes_of
from rxbot.directory.model import Location, Need, Place, Service
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.area import area_rule
from rxbot.directory.rules.cost import Cost, cost_of
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.language import language_rule
from rxbot.directory.rules.whom import people_rule, whom_rule
from rxbot.directory.standards import NOTHING_KNOWN, Standing

EVIDENCE_SHOWN = 2


@dataclass(frozen=True)
class Wish:
    """What a person said would help most: an id to name it by, and what directories call it."""

    id: str
    words: tuple[str, ...]

    @property
    def votes(self) -> tuple[Vote, ...]:
        """Everything that would speak for a service."""
        return tuple(map(vote_for, self.words))


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: any of the needs, near a place, for a person of this language and age band.

    `focus` is what would help most: each of its words is a vote beside the need's.
    """

    needs: tuple[Need, ...]
    focus: tuple[Wish, ...] = ()
    place: Place | None = None
    reach_km: float = 10.0
    language: str | None = None
    age: tuple[int, int] | None = None
    limit: int = 3
    now: date
    home_language: str = "en"

    @property
    def votes(self) -> tuple[Vote, ...]:
        """Everything that would speak for a service."""
        return (*(vote for wish in self.focus for vote in wish.votes), *self.need_votes)

    @property
    def need_votes(self) -> tuple[Vote, ...]:
        """Everything that would speak for a service even if nobody had said what would help most."""
        return tuple(vote for need in self.needs for vote in votes_of(need))


@dataclass(frozen=True)
class Candidate:
    """A service that may fit, at one of its locations or none, with the keys that found it and their weights."""

    service: Service
    location: Location | None
    hits: Mapping[str, float]


@dataclass(frozen=True)
class Match:
    """A service to offer: where, how far, why, and what to ask before going.

    With it, how it stands as a place to refer to, and what was told of its room.
    """

    service: Service
    location: Location | None
    distance_km: float | None
    reasons: tuple[Reason, ...]
    unknowns: tuple[Ask, ...]
    standing: Standing = NOTHING_KNOWN
    capacity: Capacity | None = None


@dataclass(frozen=True)
class Facts:
    """What the rules found out about one candidate."""

    candidate: Candidate
    evidence: tuple[tuple[Vote, float], ...]
    helps_with: tuple[str, ...]
    km: float | None
    age: Finding[Answer]
    whom: Finding[Answer]
    language: Finding[Answer]
    area: Finding[Answer]
    cost: Finding[Cost]
    entry: Finding[Entry]
    freshness: Freshness


def rank(search: Search, candidates: Iterable[Candidate]) -> tuple[Match, ...]:
    """Give the best matches, each service once, never more than the limit. Ties take turns from day to day."""
    votes = search.votes
    known = [_facts(search, votes, candidate) for candidate in candidates if _may_fit(search, votes, candidate)]
    known.sort(key=lambda facts: (-round(score(search, facts), 2), _turn(search.now, facts.candidate)))
    best: dict[str, Facts] = {}
    for facts in known:
        best.setdefault(facts.candidate.service.key or facts.candidate.service.id, facts)
    return tuple(_match(search, facts) for facts in list(best.values())[: search.limit])


def seen_by(search: Search, service: Service) -> Match:
    """Give a service that was chosen already as it looks to this person: at its nearest place, with what to ask first."""
    spots = [Candidate(service, spot, keys_of(service)) for spot in service.locations or (None,)]
    near = min(spots, key=lambda candidate: km if (km := _km(search, candidate)) is not None else inf)
    return _match(search, _facts(search, search.votes, near))


def score(search: Search, facts: Facts) -> float:
    """Weigh a candidate: how well it fits the needs, more or less by how easy it is to use; first what would help most.

    Fit: votes add up, but never beyond certainty. Distance: up to a half at the edge of the reach, and the first
    kilometre is felt most; without a place it costs a good third when the area is served, and a half when we cannot
    tell. A language that is not spoken outweighs any distance. Whatever is unknown stands below what is known to fit
    and above what is known not to. Speaking of what would help most outweighs a category and all that is easy.
    """
    fit = 1 - prod(1 - weight for _, weight in facts.evidence)
    return (HELPS_MOST if facts.helps_with else 0.0) + fit * (
        1
        - 0.5 * sqrt(_away(search, facts))
        + LANGUAGE[facts.language.value]
        + AGE[facts.age.value]
        + WHOM[facts.whom.value]
        + ENTRY[facts.entry.value]
        + COST[facts.cost.value]
        + FRESHNESS[facts.freshness]
        - (0.25 if facts.candidate.service.alert else 0.0)
    )


HELPS_MOST = 1.0
LANGUAGE = {Answer.YES: 0.0, Answer.UNKNOWN: -0.35, Answer.NO: -0.55}
AGE = {Answer.YES: 0.1, Answer.UNKNOWN: 0.0}
WHOM = {Answer.YES: 0.1, Answer.UNKNOWN: 0.0}
ENTRY = {Entry.WALK_IN: 0.05, Entry.SELF_REFERRAL: 0.05, Entry.UNKNOWN: 0.0, Entry.REFERRAL: -0.15}
FRESHNESS = {Freshness.FRESH: 0.05, Freshness.AGEING: 0.0, Freshness.STALE: -0.1, Freshness.UNKNOWN: -0.1}
COST = {Cost.FREE: 0.05, Cost.DONATION: 0.05, Cost.SLIDING: 0.03, Cost.UNKNOWN: 0.0, Cost.FIXED: -0.05}


def _away(search: Search, facts: Facts) -> float:
    if facts.km is not None:
        return facts.km / max(search.reach_km, 1.0)
    return 0.5 if facts.area.value is Answer.YES and not facts.candidate.service.locations else 1.0


def _turn(day: date, candidate: Candidate) -> bytes:
    """Give a number that shuffles equals anew each day, so that no provider is always first."""
    place = candidate.location.id if candidate.location else ""
    return sha256(f"{day} {candidate.service.key or candidate.service.id} {place}".encode()).digest()


def _may_fit(search: Search, votes: Iterable[Vote], candidate: Candidate) -> bool:
    """Say whether anything speaks for it, and nothing certain against it."""
    service = candidate.service
    return (
        _speaks_of(votes, candidate)
        and (_km(search, candidate) or 0) <= search.reach_km
        and not _is_elsewhere(search, candidate)
        and service.offered
        and people_rule(service).value is not Answer.NO
        and (search.age is None or age_rule(service, search.age).value is not Answer.NO)
    )


def _is_elsewhere(search: Search, candidate: Candidate) -> bool:
    """Say whether a service that was found by its area has places, all of them out of reach, and does not say it comes here."""
    places = [location.place for location in candidate.service.locations]
    if search.place is None or candidate.location is not None or not places:
        return False
    far = all(place is not None and km_between(search.place, place) > search.reach_km for place in places)
    return far and area_rule(candidate.service, search.place).value is not Answer.YES


def _facts(search: Search, votes: Iterable[Vote], candidate: Candidate) -> Facts:
    """Find out what counts."""
    service = candidate.service
    return Facts(
        candidate,
        _evidence(votes, candidate.hits),
        _helps_with(search, candidate),
        _km(search, candidate),
        age_rule(service, search.age) if search.age else UNKNOWN,
        whom_rule(service, search.place),
        language_rule(service, search.language or search.home_language, search.home_language),
        area_rule(service, search.place) if search.place else UNKNOWN,
        cost_of(service),
        entry_of(service),
        freshness_of(service.checked, search.now),
    )


def _km(search: Search, candidate: Candidate) -> float | None:
    spot = candidate.location
    return km_between(search.place, spot.place) if search.place and spot and spot.place else None


def _helps_with(search: Search, candidate: Candidate) -> tuple[str, ...]:
    """Name the wishes a service speaks of. A word alone is not enough: it has to fit one of the needs as well."""
    if not _speaks_of(search.need_votes, candidate):
        return ()
    return tuple(wish.id for wish in search.focus if _speaks_of(wish.votes, candidate))


def _speaks_of(votes: Iterable[Vote], candidate: Candidate) -> bool:
    return any(candidate.hits.get(key) for vote in votes for key in vote.keys)


def _evidence(votes: Iterable[Vote], hits: Mapping[str, float]) -> tuple[tuple[Vote, float], ...]:
    """Give the votes for a service, the strongest first. A vote counts once, however many of its keys were found."""
    weighed = ((vote, max(hits.get(key, 0.0) for key in vote.keys)) for vote in votes)
    return tuple(sorted((pair for pair in weighed if pair[1]), key=lambda pair: -pair[1]))


def _match(search: Search, facts: Facts) -> Match:
    service, spot = facts.candidate.service, facts.candidate.location
    return Match(service, spot, facts.km, tuple(_reasons(search, facts)), tuple(_unknowns(search, facts)))


def _reasons(search: Search, facts: Facts) -> Iterator[Reason]:
    service = facts.candidate.service
    yield from (Reason(Why.HELPS_WITH, (wish,)) for wish in facts.helps_with)
    yield from dict.fromkeys(Reason(vote.code, (vote.value,)) for vote, _ in facts.evidence[:EVIDENCE_SHOWN])
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
    if facts.cost.value in COST_REASONS:
        yield Reason(COST_REASONS[facts.cost.value])
    if facts.entry.value in ENTRY_REASONS:
        yield Reason(ENTRY_REASONS[facts.entry.value])
    if facts.freshness is Freshness.FRESH:
        yield Reason(Why.CHECKED_RECENTLY, (str(service.checked),))


GIVEN_REASONS = {Given.BY_PHONE: Why.BY_PHONE, Given.ONLINE: Why.ONLINE}
COST_REASONS = {Cost.FREE: Why.FREE, Cost.DONATION: Why.DONATION, Cost.SLIDING: Why.SLIDING}
ENTRY_REASONS = {Entry.WALK_IN: Why.WALK_IN, Entry.SELF_REFERRAL: Why.SELF_REFERRAL}


def _unknowns(search: Search, facts: Facts) -> Iterator[Ask]:
    open_questions = (
        (Ask.WHOM, facts.whom.value is Answer.UNKNOWN),
        (Ask.AGE, search.age is not None and facts.age.value is Answer.UNKNOWN and facts.whom.value is Answer.YES),
        (Ask.LANGUAGE, facts.language.value is not Answer.YES),
        (Ask.AREA, search.place is not None and facts.km is None and facts.area.value is Answer.UNKNOWN),
        (Ask.COST, facts.cost.value is Cost.UNKNOWN),
        (Ask.ENTRY, facts.entry.value is Entry.UNKNOWN),
        (Ask.REFERRAL, facts.entry.value is Entry.REFERRAL),
        (Ask.ALERT, bool(facts.candidate.service.alert)),
        (Ask.CHECKED, facts.freshness in (Freshness.STALE, Freshness.UNKNOWN)),
    )
    yield from (code for code, is_open in open_questions if is_open)
