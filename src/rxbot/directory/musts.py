"""Whether a record has what a person cannot do without, and what it is worth where it does not say."""

from collections.abc import Callable, Mapping
from math import prod

from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.given import Given
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Must, Search


def is_lacking(search: Search, rules: Rules) -> bool:
    """Say whether it certainly has not what must be."""
    return any(MUSTS[must](rules) is Answer.NO for must in search.must)


def unsure(search: Search, rules: Rules) -> float:
    """Say how likely it has all of what must be that it does not speak of."""
    return prod(UNSURE[must] for must in search.must if MUSTS[must](rules) is Answer.UNKNOWN)


def _is_free(rules: Rules) -> Answer:
    if rules.purpose is Purpose.TRADE or (rules.never_free and rules.cost in (Cost.SLIDING, Cost.UNKNOWN, Cost.MEMBERSHIP)):
        return Answer.NO
    return {Cost.FREE: Answer.YES, Cost.DONATION: Answer.YES, Cost.FIXED: Answer.NO}.get(rules.cost, Answer.UNKNOWN)


def _is_free_or_sliding(rules: Rules) -> Answer:
    return {Cost.SLIDING: Answer.YES, Cost.MEMBERSHIP: Answer.UNKNOWN}.get(rules.cost) or _is_free(rules)


def _is_online(rules: Rules) -> Answer:
    return Answer.YES if rules.given in (Given.ONLINE, Given.BY_PHONE) else Answer.UNKNOWN


def _is_without_going(rules: Rules) -> Answer:
    return Answer.YES if rules.comes_from or rules.given is not Given.UNKNOWN else Answer.UNKNOWN


MUSTS: Mapping[Must, Callable[[Rules], Answer]] = {
    Must.FREE: _is_free,
    Must.FREE_OR_SLIDING: _is_free_or_sliding,
    Must.STEP_FREE: lambda rules: rules.step_free,
    Must.ONLINE: _is_online,
    Must.WITHOUT_GOING: _is_without_going,
    Must.EVENING: lambda rules: rules.evening,
}
UNSURE = {
    Must.FREE: 0.7,
    Must.FREE_OR_SLIDING: 0.7,
    Must.STEP_FREE: 0.8,
    Must.EVENING: 0.8,
    Must.ONLINE: 0.5,
    Must.WITHOUT_GOING: 0.5,
}
"""What must be and is not known: that one has to go there is what records say least, and is mostly so."""
