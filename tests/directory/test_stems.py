"""The endings of words, taken off alike wherever they are read."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rxbot.directory.stems import STEMS, stem, stems

BEGINNINGS = "commun relat nation organ beaut hous train friend bereav counsel"
ENDINGS = "ing ed ation ities fulness ements ers"
WORDS = " ".join(begin + end for begin in BEGINNINGS.split() for end in ENDINGS.split())


@pytest.fixture
def threads_take_turns_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_take_turns_often")
def test_words_that_several_threads_ask_for_at_once_are_not_mixed_up() -> None:
    def afresh(_: int) -> list[str]:
        STEMS.clear()
        return stems(WORDS)

    alone = afresh(0)
    with ThreadPoolExecutor(8) as threads:
        assert all(found == alone for found in threads.map(afresh, range(200)))


def test_a_walk_in_clinic_is_no_walk() -> None:
    assert stem("walking") not in stems("Walk-in clinic. Walk-ins are welcome.")
    assert stem("walking") in stems("A walk in the park")
