"""Choose the few best services among candidates.

The rank is `fit` times `nearness` times `ease`: what a record speaks of, how far it is, and how likely it is that this person
is taken and helped. Nothing in the last two is above one, so that the fit alone says how high a candidate can come at most.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from math import inf
from typing import TypeVar

from rxbot.directory.candidate import Candidate
from rxbot.directory.capacity import Capacity, is_full, room
from rxbot.directory.ease import Ease, ease
from rxbot.directory.fit import fits, need_fit
from rxbot.directory.index import Rarity, alike
from rxbot.directory.match import Match, km_of, match_of
from rxbot.directory.model import Place, Service
from rxbot.directory.nearness import nearness
from rxbot.directory.outcomes import NOBODY_TOLD, Outcomes
from rxbot.directory.region import FAR_KM, Region
from rxbot.directory.rules.around import UNCHARTED, Around
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Search

One = TypeVar("One")

LEAST_FIT = 0.4
"""What fits less has one weak word of a need somewhere: no answer is better, and a link worker looks."""


@dataclass(frozen=True)
class Scored:
    """How a service ranks at a place, and what of: the product of it all."""

    fit: float
    near: float
    ease: Ease
    room: float = 1.0
    outcomes: float = 1.0

    @property
    def score(self) -> float:
        """Give the whole."""
        return self.fit * self.near * self.ease.whole * self.room * self.outcomes

    @property
    def factors(self) -> Mapping[str, float]:
        """Give all that makes it harder to get in and be helped, by name."""
        return {**self.ease.factors, "room": self.room, "outcomes": self.outcomes}

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
    return tuple(one.match for one in explain(search, tuple(candidates), rare, around))


def explain(search: Search, candidates: Sequence[Candidate], rare: Rarity, around: Around) -> tuple[Explained, ...]:
    """Give the best matches with the workings."""
    matched = zip(candidates, fits(search, [one.hits for one in candidates], rare), strict=True)
    known = [(scored, one) for one, fit in matched if (scored := weigh(search, spot_of(one, fit), around))]
    first = best_first(search, known, lambda one: one.id)[: search.limit]
    most = max((scored.score for scored, _ in first), default=0.0)
    return tuple(_explained(search, *one, around, most) for one in first)


def best_first(search: Search, weighed: Iterable[tuple[Scored, One]], service: Callable[[One], str]) -> list[tuple[Scored, One]]:
    """Give what was weighed, the best first, each `service` once: at its best place."""
    best: dict[str, tuple[Scored, One]] = {}
    for scored, one in sorted(weighed, key=lambda pair: pair[0].order(search.now, service(pair[1]))):
        best.setdefault(service(one), (scored, one))
    return list(best.values())


def _explained(search: Search, scored: Scored, one: Candidate, around: Around, most: float) -> Explained:
    spoken_of = tuple((key, one.hits[key]) for key in sorted(search.keys & one.hits.keys()))
    return Explained(replace(match_of(search, one, around), worth=scored.score / most), scored, spoken_of)


def seen_by(search: Search, service: Service, region: Region | None = None, around: Around = UNCHARTED) -> Match:
    """Give a service that was chosen already as it looks to this person: at its nearest place, with what to ask first.

    Where all are so far away that nobody goes there, it is seen at none: `region` says how far that is for its publisher.
    """
    spots = [Candidate.of(service, spot, region) for spot in service.locations or (None,)]
    near = min(spots, key=lambda candidate: inf if (km := km_of(search, candidate)) is None else km)
    km, far_km = km_of(search, near), region.far_km if region else FAR_KM
    is_far = near.rules.afar or (km is not None and km > far_km)
    return match_of(search, Candidate.of(service, None, region) if is_far else near, around)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rank needs to know of a service at one of its places: how well it fits, and no more than an index holds.

    It `speaks` of the wish where words of what would help most stand together in its record.
    """

    service: str
    fit: float
    place: Place | None
    rules: Rules
    capacity: Capacity | None = None
    outcomes: Outcomes = NOBODY_TOLD
    speaks: bool = False


def spot_of(one: Candidate, fit: float) -> Spot:
    """Give what counts of a candidate whose fit is known."""
    return Spot(one.id, fit, one.place, one.rules, one.capacity, one.outcomes)


def weigh(search: Search, spot: Spot, around: Around = UNCHARTED) -> Scored | None:
    """Weigh a service at one of its places; None when nothing speaks for it, or something certain speaks against it."""
    eased = ease(search, spot.rules) if spot.fit else None
    return score(search, spot, eased, around) if eased else None


def score(search: Search, spot: Spot, eased: Ease, around: Around) -> Scored | None:
    """Weigh it for whom it is so easy; None when it is full or out of reach."""
    near = nearness(search, spot.rules, spot.place, around)
    if spot.fit < LEAST_FIT or not near or is_full(spot.capacity, search.now):
        return None
    return Scored(spot.fit, near, eased, room(spot.capacity), spot.outcomes.worth)


def is_for(search: Search, one: Candidate) -> bool:
    """Say whether a record speaks of one of the needs and may be shown, wherever one lives and whoever one is."""
    return any(need_fit(wanted, one.hits) for wanted in search.wanted) and one.rules.offered and one.rules.for_people


def is_near(search: Search, one: Candidate) -> bool:
    """Say whether a service may be shown to somebody who lives there."""
    return nearness(search, one.rules, one.place) > 0
