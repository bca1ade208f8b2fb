"""Which of the best services a person is shown: a few for each part of life, each once, and only what is about their wish.

A few right ones are better than three: who reads of help that is none stops reading.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence, Sized
from enum import Enum, auto
from itertools import chain, islice
from math import inf
from typing import Protocol, TypeAlias, TypeVar

from rxbot.directory.match import Match
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.sentences import first_sentence_of
from rxbot.directory.search import Search
from rxbot.directory.stems import fold

Sought = TypeVar("Sought", bound=Hashable)

Found: TypeAlias = tuple[tuple[Sought, tuple[Match, ...]], ...]
"""The best services for each of what is sought, the best first."""
FoundForDomains: TypeAlias = Found[str]
"""The same, for each part of life."""

IN_ALL = 6  # services shown in one go: more than that nobody reads
A_NEED = 3
LEAST_WORTH = 0.1
"""What is worth less than this share of the best is no help beside it."""
WORDS = 6
"""A first sentence that is shorter ("Wellness visits") may open what is something else each time."""


def each_of(sought: Sized) -> int:
    """Say how many services are shown of each of so many."""
    return max(1, min(A_NEED, IN_ALL // len(sought))) if sought else 0


def few_of(ranked: Found[Sought], wished: Collection[Sought] = ()) -> Found[Sought]:
    """Take at most three for each and six in all; a service that is among the best for two comes first, under the first.

    Of one service at several branches the nearest is taken, and of one door two. In those that are `wished`, the person said
    what would help most. One for which nothing was found stays, so that this is said; one whose services all stand above goes.
    """
    found = tuple((sought, worth_showing(matches)) for sought, matches in ranked)
    each = each_of(found)
    few: list[tuple[Sought, tuple[Match, ...]]] = []
    taken: set[tuple[str, ...]] = set()
    twice = _good_for_two(found)
    for sought, matches in found:
        fresh: dict[tuple[str, ...], Match] = {}
        for match in sorted(matches, key=lambda match: match.service.key not in twice):
            if (service := at_all_branches(match.service)) not in taken:
                fresh[service] = _better_branch(fresh.get(service, match), match)
        best = tuple(_two_of_a_door(islice(fresh.values(), min(each, IN_ALL - len(taken)))))
        shown = nearest_to_the_wish(best) if sought in wished else best
        taken |= {at_all_branches(match.service) for match in shown}
        if shown or not matches:
            few.append((sought, shown))
    return tuple(few)


def _two_of_a_door(matches: Iterable[Match]) -> Iterator[Match]:
    """Leave out what would be the third of one organization at one place: who knocks there for one hears of the others."""
    doors = Counter[tuple[str, Place | None]]()
    for match in matches:
        door = fold(match.service.organization.name), match.location.place if match.location else None
        if not all(door) or doors[door] < OF_A_DOOR:
            yield match
        doors[door] += 1


OF_A_DOOR = 2


class Ranked(Protocol):
    """A service that was found, beside others."""

    @property
    def worth(self) -> float:
        """Give what it is worth, as a share of the best."""

    @property
    def speaks(self) -> bool:
        """Say whether words of what would help most stand together in its record."""

    @property
    def is_for_their_town(self) -> bool:
        """Say whether the very town of the person is named."""

    @property
    def is_in_person(self) -> bool:
        """Say whether one can go there, or it comes to one's home."""


One = TypeVar("One", bound=Ranked)


def worth_showing(ranked: Iterable[One]) -> tuple[One, ...]:
    """Leave out what is worth too little to be any help beside the best."""
    return tuple(one for one in ranked if one.worth >= LEAST_WORTH)


def nearest_to_the_wish(best: Sequence[One]) -> tuple[One, ...]:
    """Leave out what only has a word in common with what somebody wished for, but for what is for their town and nearly the best.

    Where nothing speaks of it, give the best alone.
    """
    spoken = any(one.speaks for one in best)
    return tuple(one for one in best if one.speaks or _stands_fast(one)) if spoken else tuple(best[:1])


def _stands_fast(one: Ranked) -> bool:
    return one.is_for_their_town and one.worth >= NEARLY


NEARLY = 0.75


def in_reach_or_further(search: Search, look: Callable[[Search], Sequence[One]]) -> Sequence[One]:
    """Look in reach; where nothing is there that speaks of the wish, look further, and give what is there if it does.

    What one has to go for, nothing meets that has no place and does not come.
    """

    def meets(one: Ranked) -> bool:
        return (one.speaks or not search.focus) and (one.is_in_person or not search.in_person)

    near = look(search)
    looked = chain([near], (look(wider) for wider in search.further))
    return next((found for found in looked if any(map(meets, found[:A_NEED]))), near)


class Meets(Enum):
    """What is met by what is shown."""

    WISH = auto()
    WISH_FURTHER_AWAY = auto()
    """Further than they go."""
    NEED_ONLY = auto()
    """It is not what they wish for, and nothing comes nearer to that."""


def met_by(shown: Sequence[Match], search: Search) -> Meets:
    """Say what of a search is met, so that nobody is told of help that is none."""
    if search.focus and not any(one.speaks for one in shown):
        return Meets.NEED_ONLY
    is_far = all(one.distance_km is not None and one.distance_km > search.reach_km for one in shown)
    return Meets.WISH_FURTHER_AWAY if is_far else Meets.WISH


def _better_branch(one: Match, other: Match) -> Match:
    """Take the nearer of two branches: what else tells them apart is mostly their names."""
    return other if one.speaks == other.speaks and _km(other) < _km(one) else one


def _km(match: Match) -> float:
    return inf if match.distance_km is None else match.distance_km


def at_all_branches(service: Service) -> tuple[str, ...]:
    """Name the service of which this is one branch, by who gives it, and how it is described or how that begins.

    Many publishers keep each branch as a service of its own. What is not described stands alone.
    """
    whole, first = fold(service.description).strip(), fold(first_sentence_of(service.description))
    told = first if len(first.split()) >= WORDS and not first.endswith(":") else whole
    return (fold(service.organization.name), told) if told else (service.key or service.id,)


def _good_for_two(found: Found[Sought]) -> frozenset[str]:
    """Name the services that are among the best few for more than one of these: one way there is easier than two."""
    best = Counter(match.service.key for _, matches in found for match in matches[:A_NEED])
    return frozenset(key for key, times in best.items() if times > 1)
