"""Which facts about a person are worth a question: those that the services they may be shown depend on, and no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from rxbot.directory.match import Match
from rxbot.directory.rules.turning import Fact

LOOKED_AT = 10  # of the best of each part of life
SHOWN = 3  # of these, unless an answer lets another one in
AT_MOST = 3  # questions to one person: more than that is a form
WORTH = 1.0  # as much as one service that is shown


def facts_needed(
    found: Iterable[Sequence[Match]], asked: Collection[Fact] = (), never: Collection[Fact] = (), at_most: int = AT_MOST
) -> tuple[Fact, ...]:
    """Give the facts to ask for, the one that decides on most services first; `asked` are those that were asked already.

    How far somebody goes comes last: it says nothing of who may come.
    """
    worth = _worth(found)
    needed = [fact for fact in Fact if worth[fact] >= WORTH and fact not in asked and fact not in never]
    needed.sort(key=lambda fact: (fact is Fact.TRAVEL, -worth[fact]))
    return tuple(needed[: max(0, at_most - len(asked))])


def _worth(found: Iterable[Sequence[Match]]) -> Mapping[Fact, float]:
    """Count for each fact the services that it decides on: those shown whole, those behind them by how many may come."""
    most: dict[tuple[str, Fact], float] = {}
    for matches in found:
        for place, match in enumerate(matches[:LOOKED_AT]):
            for fact, share in match.turns_on.items():
                key = match.service.key or match.service.id, fact
                most[key] = max(most.get(key, 0.0), 1.0 if place < SHOWN else share)
    worth: dict[Fact, float] = defaultdict(float)
    for (_, fact), share in most.items():
        worth[fact] += share
    return worth
