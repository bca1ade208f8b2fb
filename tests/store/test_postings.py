"""What is kept of words is what was put there, however large the numbers are, and nothing is left of what is taken away."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from sqlalchemy import select

from rxbot.store import postings
from rxbot.store.directory_tables import match_posting
from rxbot.store.postings import Entries
from rxbot.store.unit import Store, Unit

Posting = tuple[int, int, int, int, int]


@pytest.fixture
def unit(store: Store) -> Iterator[Unit]:
    with store.begin() as unit:
        yield unit


def entries(some: Sequence[Posting]) -> Entries:
    return Entries(*np.array(some, int).reshape(-1, 5).T)


def kept(unit: Unit) -> list[Posting]:
    read = postings.read([(row.id, row.spots) for row in unit.execute(select(match_posting))])
    return sorted(zip(*(column.tolist() for column in read.columns), strict=True))


def posted(dice: random.Random, slots: int, most: int) -> list[Posting]:
    """Make up postings: cells on the map and off it, words of few spots and of many, single ones and pairs."""
    cells, words = (-2_100_000_000, -1, 0, 2_000_000_000), (1, 2, 2**31 - 1)
    return [
        (cell, word, slot, dice.randint(1, most), dice.choice((0, most)) if word == 2 else 0)
        for cell in cells
        for word in words
        for slot in sorted(dice.sample(range(slots), dice.choice((1, 7, min(slots, 400)))))
    ]


@pytest.mark.parametrize(("slots", "most"), [(400, 200), (3_000, 5_000), (1_000_000, 100_000)])
def test_what_is_added_is_kept_and_what_is_removed_is_gone(unit: Unit, slots: int, most: int) -> None:
    dice = random.Random(slots)
    every = posted(dice, slots, most)
    dice.shuffle(every)
    first, then = every[: len(every) // 2], every[len(every) // 2 :]
    postings.add(unit, entries(first), ())
    postings.add(unit, entries(then), {cell for cell, *_ in first})
    assert kept(unit) == sorted(every)
    postings.remove(unit, entries(first))
    assert kept(unit) == sorted(then)
    postings.remove(unit, entries(then))
    assert not unit.execute(select(match_posting)).all()


def test_a_long_row_takes_little_room(unit: Unit) -> None:
    postings.add(unit, entries([(0, 1, slot, 100 + slot % 3, 0) for slot in range(0, 9_000, 3)]), ())
    [row] = unit.execute(select(match_posting.c.spots)).scalars()
    assert len(row) < 3_000 / 8
