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


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("neighbourhood centres", "neighborhood centers"),
        ("counsellors' programme", "counselors' program"),
        ("specialised paediatric advisors", "specialized pediatric advisers"),
        ("naturalisation licences", "naturalization licenses"),
        ("mums, mould and grey jewellery", "moms, mold and gray jewelry"),
        ("leukaemia, oedema and foetal medicine", "leukemia, edema and fetal medicine"),
        ("theatres, fibre and metres", "theaters, fiber and meters"),
    ],
)
def test_british_and_american_spellings_are_one(british: str, american: str) -> None:
    assert stems(british) == stems(american)


@pytest.mark.parametrize("word", ["care", "more", "fire", "hours", "tour", "museum", "fence", "science", "disease", "israel"])
def test_what_only_looks_british_keeps_its_letters(word: str) -> None:
    assert word.startswith(stem(word))


def test_what_some_write_as_two_words_others_write_as_one() -> None:
    assert stems("Job centre, child-care, Day care and food banks") == stems("Jobcenter, childcare, daycare and foodbanks")
    assert stems("We care for a child") == stems("we care, a child")


def test_what_fits_is_no_fitness_and_who_does_not_mind_is_not_mindful() -> None:
    assert stem("fitness") not in stems("Take what fits.")
    assert stem("mindfulness") not in stems("A volunteer who does not mind simple questions")
    assert stem("mindful") == stem("mindfulness")


def test_advice_on_credit_is_no_counselling() -> None:
    assert stem("counseling") not in stems("Credit Counseling")
    assert stems("Credit Counseling") == stems("credit counsellors")
    assert stem("counselling") in stems("Grief counselling")


def test_whoever_is_naturalized_is_not_in_nature() -> None:
    assert stem("nature") not in stems("Naturalization: how to be naturalized")
    assert stem("natural") == stem("nature")
    assert stems("naturalise, naturalisation") == stems("naturalize, naturalization")


def test_a_golf_course_is_no_course() -> None:
    assert stem("course") not in stems("Golf course. Golf courses and a ropes course.")
    assert stem("golf") in stems("Golf course")
    assert stem("course") in stems("A course in golf")


def test_a_martial_art_is_no_art() -> None:
    assert stem("art") not in stems("Martial arts, language arts")
    assert stem("art") in stems("Performing arts")
    assert stems("Martial art") == stems("martial arts")


def test_a_meal_that_is_brought_hot_is_no_hot_meal_to_come_to() -> None:
    assert "hot" not in stems("Home delivered hot meals for elders")
    assert "hot" not in stems("Delivers a hot meal to the door")
    assert "hot" not in stems("Hot lunches are delivered on weekdays")
    assert "hot" in stems("Hot lunch at noon. Groceries are delivered")
