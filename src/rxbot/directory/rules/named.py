"""Find which circumstances a text names: word by word, the longest first, so that a "senior citizen" is no citizen."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.circumstances import OF_FEW, SHARES_AND_WORDS
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import STEMS, fold, words_of


@lru_cache(maxsize=4096)  # categories and groups of people come again and again
def _stems(text: str) -> tuple[str, ...]:
    """Give every word: "on benefits" is not "benefits"."""
    return tuple(map(STEMS.__getitem__, words_of(text)))


WORDS: Mapping[tuple[str, ...], str] = {
    _stems(words): id for id, (_, listed) in SHARES_AND_WORDS.items() for words in listed.split(",") if words
}
LENGTHS: Mapping[str, tuple[int, ...]] = {
    first: tuple(sorted({len(words) for words in WORDS if words[0] == first}, reverse=True)) for first, *_ in WORDS
}
"""How many words what begins with a word has, the most first."""


@lru_cache(maxsize=4096)  # names of providers, and groups of people, come again and again
def named_in(text: str) -> tuple[str, ...]:
    """Give the circumstances that a text names."""
    return tuple(_named(_read(text)))


def _read(text: str) -> tuple[str, ...]:
    words = fold(text)
    words = WHICH_JAIL.sub("released from ", words) if "released from" in words else words
    return _stems(EACH_KIND.sub(_each_kind, words))


WHICH_JAIL = re.compile(r"\breleased from (?:[\w'’]+ ){1,5}?(?=(?:jails?|prisons?|custody|incarceration)\b)")
"""A jail that is named with its place is a jail."""
KIND = (
    r"\b(?:physical|sensory|mental health|mental|emotional|psychiatric|psychological|behaviou?ral|cognitive|intellectual|learning"
    r"|developmental|hearing|visual)(?:ly)?\b"
)
EACH_KIND = Telling(
    rf"((?:{KIND}(?: ?[,/]| and/or\b| and\b| or\b| &)+ ?)+{KIND}) "
    r"(disabilit(?:y|ies)|disabled|impair(?:ed|ments?)|handicap(?:s|ped)?|challenge[ds]?|disorders?)\b",
    needs="disab|impair|handicap|challenge|disorder",
)


def _each_kind(found: re.Match[str]) -> str:
    """Give each kind of what is said of several: "emotional or learning disabilities" are emotional ones, or learning ones."""
    return " ".join(f"{kind} {found[2]}" for kind in ONE_KIND.findall(found[1]))


ONE_KIND = re.compile(KIND)


def _named(words: tuple[str, ...]) -> Iterator[str]:
    ends = 0
    for at, first in enumerate(words):
        if first in LENGTHS and at >= ends and (long := _longest(words, at)):
            ends = at + long
            yield WORDS[words[at:ends]]


def _longest(words: tuple[str, ...], at: int) -> int:
    """Say how many words from here on are one of ours, at most; 0 where none are."""
    for many in LENGTHS[words[at]]:
        if words[at : at + many] in WORDS:
            return many
    return 0


def without(text: str, circumstances: Collection[str]) -> tuple[str, ...]:
    """Give the stems of a text without the words that name one of these circumstances."""
    words, left, at = _stems(text), [], 0
    while at < len(words):
        long = next((n for n in LENGTHS.get(words[at], ()) if WORDS.get(words[at : at + n]) in circumstances), 0)
        left += [] if long else [words[at]]
        at += long or 1
    return tuple(left)


def named_anywhere(service: Service) -> tuple[str, ...]:
    """Give what few people are and a record speaks of, wherever it does: it asks nothing, and knows them."""
    texts = (service.name, service.description, service.eligibility_description, *service.audience, *service.categories)
    return tuple(sorted(OF_FEW.intersection(_named(tuple(chain.from_iterable(map(_read, texts)))))))
