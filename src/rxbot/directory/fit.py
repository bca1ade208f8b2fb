"""Fit: how much a record speaks of what is looked for, first of what would help most, then of the needs.

It is worked out for many records at once, in columns: a search looks at thousands, and shows five.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rxbot.directory.index import Rarity, Wanted
from rxbot.directory.search import Search

Column = NDArray[np.float64]
"""A number for each record."""
WISH_DECAY, NEEDS_DECAY = 0.7, 0.5
"""The second best wish adds seven tenths of what the best does; what fits a second need as well, half of it."""
BESIDE_THE_WISH = 0.5
"""What speaks of none of several wishes counts half: it is about the same part of life, and not what was asked."""
BESIDE_THE_NEED = 0.3
"""So does, still less, what has the words of a wish and is about none of the needs: a sight loss group is no help with grief."""


def fits(search: Search, records: Sequence[Mapping[str, float]], rare: Rarity) -> list[float]:
    """Say how well each record fits, of which the keys that it is found by are given with their weights."""
    if not records:
        return []
    words = {key: np.array([hits.get(key, 0.0) for hits in records]) for key in search.wished}
    needs = {one.key: np.array([need_fit(one, hits) for hits in records]) for one in search.wanted}
    found: list[float] = np.broadcast_to(in_columns(search, words | needs, rare), len(records)).tolist()
    return found


def need_fit(wanted: Wanted, hits: Mapping[str, float]) -> float:
    """Say how much a record speaks of a need: as an index knows it, or as its words say."""
    return hits[wanted.key] if wanted.key in hits else wanted.fit(hits)


def helps_with(search: Search, hits: Mapping[str, float]) -> tuple[str, ...]:
    """Name the wishes whose words stand together in a record with these keys; none where it is about none of the needs."""
    if not any(need_fit(wanted, hits) for wanted in search.wanted):
        return ()
    return tuple(dict.fromkeys(wish.id for wish in search.focus if wish.phrase.is_whole(hits)))


def in_columns(search: Search, columns: Mapping[str, Column], rare: Rarity) -> Column:
    """Say how well many records fit: for each key of a wish's words, and for each need's key, there is a column at most."""
    needs = _decayed([columns[one.key] for one in search.wanted if one.key in columns], NEEDS_DECAY)
    if not search.focus:
        return needs
    spoken_of = _decayed([wish.phrase.found(columns, rare) for wish in search.focus], WISH_DECAY)
    wishes = spoken_of * _about(search, needs)
    return np.where(wishes > 0, wishes + needs, BESIDE_THE_WISH * needs)


def _about(search: Search, needs: Column) -> Column:
    """Say what the words of wishes count in each record: they are meant of the needs that they are told with."""
    beside = 0.0 if search.offers_help else BESIDE_THE_NEED  # a garden is no help wanted in it
    return np.where((needs > 0) | (not search.wanted), 1.0, beside)


def _decayed(found: Sequence[Column], decay: float) -> Column:
    """Add these up for each record, the largest whole, each next one by so much less."""
    return sum((row * decay**place for place, row in enumerate(_largest_first(found))), np.zeros(1))


def _largest_first(columns: Sequence[Column]) -> Iterator[Column]:
    """Sort each record's numbers. They are two or three, of very many records: comparing whole columns is soonest done."""
    left = list(columns)
    while left:
        for place in range(len(left) - 1, 0, -1):
            one, other = left[place - 1], left[place]
            left[place - 1], left[place] = np.maximum(one, other), np.minimum(one, other)
        yield left.pop(0)
