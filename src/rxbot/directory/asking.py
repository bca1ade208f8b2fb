"""Which facts about a person are worth a question: those whose answer changes which services they are shown, and no others.

Each answer that could be given is tried beforehand, with the search that would follow, on the services that may come to the
top with any of them: so that what is held back only by what nobody knows is asked about too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rxbot.directory.rank import Spot, best_first, weigh
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.around import Around
from rxbot.directory.rules.turning import Fact, facts_open
from rxbot.directory.search import Search
from rxbot.directory.showing import in_reach_or_further, nearest_to_the_wish, worth_showing

LOOKED_AT = 10  # of the best of each part of life
TRIED = 30  # of those that an answer may bring
AT_MOST = 3  # questions to one person before their first services: more than that is a form
LATER = 1  # when they look again
WORTH = 0.02  # by how much more what is shown has to be worth with one of the answers
FAR = 0.3  # and with how far they go, as is to be expected
GOOD = 0.5  # of the best fit that is shown: for less nobody is asked whether it is for them
INTIMATE = frozenset({Fact.PREGNANT, Fact.INCOME, Fact.PAPERS})
"""Of these no more than one is asked in one go."""


@dataclass(frozen=True)
class If:
    """One answer that may be given about a fact, our guess of how many would give it, and the search that would follow."""

    fact: Fact
    share: float
    search: Search


@dataclass(frozen=True)
class Unasked:
    """What may be asked before services are shown: how many are shown of a part of life, and which were before."""

    ifs: tuple[If, ...] = ()
    shown: int = 3
    before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Gain:
    """How much better is what is shown once a fact is known, as a share of its worth: at most, and as is to be expected."""

    most: float = 0.0
    expected: float = 0.0


Deciding = Mapping[Fact, Gain]
"""The facts that what is shown depends on."""


def facts_needed(
    deciding: Sequence[Deciding], asked: Collection[Fact] = (), just_asked: Collection[Fact] = (), at_most: int = AT_MOST
) -> tuple[Fact, ...]:
    """Give the facts to ask for, the most telling first; `just_asked` are those that were asked in this go.

    How far somebody goes comes last: it says nothing of who may come.
    """
    worth = {fact: _of_all([one.get(fact, Gain()) for one in deciding]) for fact in Fact if fact not in asked}
    needed = [fact for fact, gain in worth.items() if (gain.expected >= FAR if fact is Fact.TRAVEL else gain.most >= WORTH)]
    needed.sort(key=lambda fact: (fact is Fact.TRAVEL, -round(worth[fact].expected, 3)))
    intimate = [fact for fact in (*just_asked, *needed) if fact in INTIMATE]
    few = [fact for fact in needed if fact not in intimate[1:]]
    return tuple(few[: max(0, at_most - len(just_asked))])


def _of_all(gains: Sequence[Gain]) -> Gain:
    """Take parts of life together: an answer has to change one of them, and counts by what it changes of all."""
    return Gain(max((one.most for one in gains), default=0.0), sum(one.expected for one in gains) / (len(gains) or 1))


def searches_for(search: Search, ifs: Sequence[If]) -> tuple[Search, ...]:
    """Give the searches that find what any answer may bring: with all taken as true, and as near and as far as they may go."""
    has = search.known.has.union(*(one.search.known.has for one in ifs))
    said = search.known.said.union(*(one.search.known.said for one in ifs))
    known = replace(search.known, has=has, has_not=search.known.has_not - has, said=said)
    ways = sorted(one.search.reach_km for one in ifs if one.fact is Fact.TRAVEL)
    far = [replace(search, reach_km=km, limit=LOOKED_AT) for km in dict.fromkeys((*ways[:1], *ways[-1:]))]
    further = (replace(wider, limit=LOOKED_AT) for wider in search.further)
    return (replace(search, limit=LOOKED_AT), replace(search, known=known, limit=TRIED), *far, *further)


def deciding(search: Search, spots: Iterable[Spot], unasked: Unasked, around: Around) -> Deciding:
    """Try every answer on these spots, and give how much better than what is shown now are those that would be shown."""
    found = [spot for spot in spots if spot.service not in unasked.before]
    now = {one.service for one in _shown(search, _best(search, found, around), unasked.shown)}
    good = GOOD * max((spot.fit for spot in found if spot.service in now), default=0.0)
    held_back = (spot for spot in found if spot.fit >= good or spot.service in now)
    facts = {fact for spot in held_back for fact in _open(search, spot, shown=spot.service in now)}
    gains: dict[Fact, Gain] = {}
    for tried in unasked.ifs:
        if tried.fact in facts:
            best = _best(tried.search, found, around)
            gain, known = _gain(now, best, _shown(tried.search, best, unasked.shown)), gains.get(tried.fact, Gain())
            gains[tried.fact] = Gain(max(gain, known.most), known.expected + tried.share * gain)
    return gains


class Tried(NamedTuple):
    """A service at its best place, as one answer has it ranked: see `showing.Ranked`."""

    service: str
    score: float
    worth: float
    speaks: bool
    is_for_their_town: bool
    is_in_person: bool


def _gain(now: Collection[str], best: Sequence[Tried], then: Sequence[Tried]) -> float:
    """Say how much less what is shown now is worth than what would be shown, or how much of it would certainly be in vain."""
    worth = {one.service: one.score for one in best}
    whole = sum(one.score for one in then)
    less = 1 - sum(worth.get(id, 0.0) for id in now) / whole if whole else 0.0
    return max(less, sum(id not in worth for id in now) / (len(now) or 1))


def _open(search: Search, spot: Spot, shown: bool) -> Iterator[Fact]:
    """Give the facts that would say whether they may come. Steps can only take a service away."""
    yield Fact.TRAVEL
    if not search.for_another:
        yield from facts_open(spot.rules, search.known, search.gender, search.age)
    if shown and spot.rules.step_free is Answer.NO:
        yield Fact.STEP_FREE


def _shown(search: Search, best: Sequence[Tried], count: int) -> Sequence[Tried]:
    """Give those of the best that would be shown, as `showing.few_of` chooses them; who has branches is not known here."""
    few = worth_showing(best)[:count]
    return nearest_to_the_wish(few) if search.focus else few


def _best(search: Search, found: Sequence[Spot], around: Around) -> Sequence[Tried]:
    """Give all that may be shown, the best first."""
    return in_reach_or_further(search, lambda reach: _weighed(reach, found, around))


def _weighed(search: Search, found: Sequence[Spot], around: Around) -> Sequence[Tried]:
    weighed = [(scored, spot) for spot in found if (scored := weigh(search, spot, around))]
    most = max((scored.score for scored, _ in weighed), default=0.0)
    return [_tried(search, spot, scored.score, most) for scored, spot in best_first(search, weighed, lambda one: one.service)]


def _tried(search: Search, spot: Spot, score: float, most: float) -> Tried:
    rules = spot.rules
    town, in_person = rules.is_for_the_town_of(search.place), rules.is_in_person_at(spot.place)
    return Tried(spot.service, score, score / most, spot.speaks, town, in_person)
