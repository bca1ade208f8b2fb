"""Whether there is room: what counts of all that was told, and when full means that nobody is sent there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rxbot.directory.candidate import Candidate
from rxbot.directory.capacity import CODES, Capacity, capacity_of, is_full
from rxbot.directory.model import Need, Service
from rxbot.directory.rank import rank
from rxbot.directory.search import Search

TODAY = date(2026, 3, 31)
YESTERDAY = TODAY - timedelta(days=1)


def test_the_newest_word_counts_and_of_one_day_the_last() -> None:
    told = [Capacity("capacity", TODAY), Capacity("no-capacity", YESTERDAY), Capacity("waitlist", TODAY, 6)]
    assert capacity_of(told) == Capacity("waitlist", TODAY, 6)
    assert capacity_of([]) is None


@pytest.mark.parametrize(("days", "full"), [(0, True), (30, True), (31, False)])
def test_full_counts_for_thirty_days(days: int, full: bool) -> None:
    assert is_full(Capacity("no-capacity", TODAY - timedelta(days=days)), TODAY) is full


def test_only_full_is_full() -> None:
    assert [code for code in CODES if is_full(Capacity(code, TODAY), TODAY)] == ["no-capacity"]
    assert not is_full(None, TODAY)


def test_what_is_full_gives_its_place_to_the_next_and_a_wait_comes_later() -> None:
    need = Need("food", "Food", keywords=("food bank",))
    old = Capacity("no-capacity", TODAY - timedelta(days=31))
    told = {"a": None, "b": Capacity("no-capacity", TODAY), "c": old, "d": Capacity("waitlist", TODAY, 8)}
    bank = Candidate.of(Service("s", "Food Bank"), None)
    known = [replace(bank, service=replace(bank.service, key=key), capacity=room) for key, room in told.items()]
    found = rank(Search(needs=(need,), now=TODAY), known)
    assert [(one.service.key, one.capacity) for one in found] == [("a", None), ("d", told["d"]), ("c", old)]
