"""How hard English is to read: the Flesch-Kincaid grade and the length of sentences, counted with pyphen's syllables."""

import re
from collections.abc import Sequence
from functools import cache

import pyphen

MOST_GRADE = 5.0  # a school year: what a tired person reads at once
MOST_WORDS = 15  # in a sentence
SENTENCE = re.compile(r"(?<=[.!?:])\s+")
WORD = re.compile(r"[A-Za-z']+")
PLACE = re.compile(r"\{\w+\}|<[^>]+>")


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences; what is filled in later counts as no word."""
    return [part for part in SENTENCE.split(PLACE.sub(" ", text)) if words(part)]


def words(text: str) -> list[str]:
    """Give the words of a text."""
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Count a word's syllables; hyphenation leaves out single letters, so it counts a little low."""
    return len(_hyphens().positions(word)) + 1


def grade(texts: Sequence[str]) -> float:
    """Give the Flesch-Kincaid grade of some texts together: the school year in which they can be read."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    said = [word for part in parts for word in words(part)]
    return 0.39 * len(said) / len(parts) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")  # it reads its dictionary now: nothing but a check needs it
