"""How well services can suit somebody at most, by the little of their rules that an index keeps, and a search reads of all.

`ease` and `nearness` say it exactly, of the few that come into question. What makes a service easier to get for some people than
for others is known here for certain, or taken to be so: the closer this comes, the fewer are looked at.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntFlag, auto
from functools import lru_cache, reduce
from itertools import chain
from math import ceil
from operator import or_
from typing import Any
from zlib import crc32

import numpy as np

from rxbot.directory.ease import (
    AGE,
    ENTRY,
    FRESHNESS,
    LANGUAGE,
    NOT_NAMED,
    NOTICE,
    SOME_ONLY,
    cost,
    least_chance,
    whom,
)
from rxbot.directory.fit import Column
from rxbot.directory.freshness import AGEING_DAYS, FRESH_DAYS, TOMORROW, Freshness
from rxbot.directory.languages import kin_of
from rxbot.directory.musts import MUSTS, UNSURE
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.areas import names_of, towns_of
from rxbot.directory.rules.circumstances import OF_FEW
from rxbot.directory.rules.known import Known
from rxbot.directory.rules.record import Rules
from rxbot.directory.search import Must, Search


class Unsaid(IntFlag):
    """What a record says nothing of, or nothing certain."""

    AGES = auto()
    LANGUAGES = auto()
    FREE = auto()
    FREE_OR_SLIDING = auto()
    STEP_FREE = auto()
    ONLINE = auto()
    WITHOUT_GOING = auto()
    EVENING = auto()
    EDGES = auto()
    """Where what it serves ends: that is told by no names, or not by names alone."""


SUITS = np.dtype([("easiest", "u1"), ("strangers", "u1"), ("unsaid", "<u2"), ("checked", "<u2"), ("names", "<u4")])
"""What tells how well a service can suit somebody.

How easy it can be for anybody at most, and how likely a stranger is one of those it is for: in hundredths, rounded up. Then
what its record leaves unsaid, when it was checked, and the names in it of people, languages and areas, as by `bits_of`.
"""


def suits_of(rules: Rules) -> bytes:
    """Give what of these rules tells how well they can suit somebody, as one of `SUITS`."""
    at_most = (ceil(share * HUNDREDTHS) for share in (_easiest(rules), rules.chance(STRANGER)))
    return np.array((*at_most, _unsaid(rules), _days_of(rules.checked), bits_of(_names(rules))), SUITS).tobytes()


STRANGER = Known()
HUNDREDTHS = 100


def _easiest(rules: Rules) -> float:
    """Say how likely anybody at all gets in and is helped, at most: what of an ease holds whoever searches."""
    return (1.0 if rules.for_everybody else SOME_ONLY) * cost(rules) * ENTRY[rules.entry] * (NOTICE if rules.alert else 1.0)


def _unsaid(rules: Rules) -> int:
    """Name what a record says nothing certain of."""
    musts = (Unsaid[must.name] for must in Must if MUSTS[must](rules) is Answer.UNKNOWN)
    languages = {*rules.spoken, *rules.partly}
    left_open = (
        (Unsaid.AGES, not rules.ages),
        (Unsaid.LANGUAGES, not languages or "" in languages or rules.interpreted or bool(rules.partly)),
        (Unsaid.EDGES, rules.served.everywhere or bool(rules.served.outlines)),
    )
    return sum((*musts, *(one for one, is_open in left_open if is_open)))


def _names(rules: Rules) -> Iterator[str]:
    yield from chain(rules.named, *rules.asked)
    yield from map(_in_language, rules.spoken)
    yield from map(_at, rules.served.names)


def _in_language(code: str) -> str:
    return f"in {code}"


def _at(name: str) -> str:
    return f"at {name}"


def bits_of(names: Iterable[str]) -> int:
    """Give a bit for each of these names. Two may share one: who lacks it has neither."""
    return reduce(or_, map(_bit, names), 0)


BITS = 32


@lru_cache(maxsize=4096)
def _bit(name: str) -> int:
    return 1 << crc32(name.encode()) % BITS


def _days_of(checked: date | None) -> int:
    """Give a day as a number that takes little room; none is zero."""
    return min(max((checked - DAY_ZERO).days, 1), 0xFFFF) if checked else 0


DAY_ZERO = date(1970, 1, 1)


def easiest_for(search: Search, suits: Any) -> Column:
    """Say how likely this person gets in and is helped at most, of many records, whose `Suits` are given in columns."""
    easy: Column = suits["easiest"] / HUNDREDTHS * _freshness(suits["checked"], _days_of(search.now))
    easy *= _whom(search, suits) * _named(search, suits["names"]) * _language(search, suits)
    for one, factor in _unsure(search):
        easy[_has(suits["unsaid"], one)] *= factor
    return easy


def may_serve(search: Search, suits: Any) -> Any:
    """Say of many records whether their areas may be said to hold the place of a search."""
    names = bits_of(map(_at, names_of(search.place))) if search.place else 0
    return _has(suits["names"], names) | (bool(search.place) & _has(suits["unsaid"], Unsaid.EDGES))


def may_be_for_town(search: Search, suits: Any) -> Any:
    """Say of many records whether they may name the town of a search, and not only what it lies in."""
    return _has(suits["names"], bits_of(map(_at, towns_of(search.place))) if search.place else 0)


def _has(bits: Any, some: int) -> Any:
    """Say where any of some bits is."""
    return (bits & bits.dtype.type(some)) > 0


def _freshness(checked: Any, today: int) -> Any:
    """Say what `FRESHNESS` says of `freshness_of`."""
    days = today - checked.astype(int)
    fresh, ageing, stale, unknown = (FRESHNESS[one] for one in Freshness)
    known = stale + (ageing - stale) * (days <= AGEING_DAYS) + (fresh - ageing) * (days <= FRESH_DAYS)
    return unknown + (known - unknown) * ((checked > 0) & (days >= -TOMORROW.days))


def _unsure(search: Search) -> Iterator[tuple[Unsaid, float]]:
    if search.age and not search.for_another:
        yield Unsaid.AGES, AGE[Answer.UNKNOWN]
    yield from ((Unsaid[must.name], UNSURE[must]) for must in search.must)


def _whom(search: Search, suits: Any) -> Any:
    """Who has nothing of what is asked, or of a wider word for it, is as likely one of those it is for as a stranger."""
    for_strangers = _for_strangers(least_chance(search))[suits["strangers"]]
    return np.where(_has(suits["names"], bits_of(search.known.likelier)), 1.0, for_strangers)


@lru_cache(maxsize=2)
def _for_strangers(least: float) -> Column:
    return np.array([whom(max(chance / HUNDREDTHS, least)) for chance in range(HUNDREDTHS + 1)])


def _named(search: Search, names: Any) -> Any:
    said = search.known.said & OF_FEW
    spoken_of = sum(_has(names, _bit(one)).astype(int) for one in said)
    return NOT_NAMED ** (1 - spoken_of / len(said)) if said else 1.0


def _language(search: Search, suits: Any) -> Any:
    wanted = search.language or search.home_language
    if wanted == search.home_language:
        return 1.0
    kin = _has(suits["names"], bits_of(map(_in_language, kin_of(wanted)))) | _has(suits["unsaid"], Unsaid.LANGUAGES)
    if_not = np.where(kin, LANGUAGE[Answer.UNKNOWN], LANGUAGE[Answer.NO])
    return np.where(_has(suits["names"], _bit(_in_language(wanted))), LANGUAGE[Answer.YES], if_not)
