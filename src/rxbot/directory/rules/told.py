"""Read from a description what it says plainly of who may come: many directories say it nowhere else.

A certain no is only taken from it where all of the description speaks of the same people. The ages of small children are
never one: they are brought by their families, who may be the ones asking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.rules.alternatives import PEOPLE
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.stems import fold

FOR = r"for|to|with|of|serv(?:es?|ing|ices?)|help(?:s|ing)?|assist(?:s|ing)?|support(?:s|ing)?|empower(?:s|ing)?|target(?:s|ing)?"
SOMEBODY = (
    rf"{PEOPLE}|clients?|patients?|victims?|survivors?|veterans?|immigrants?|refugees?|inmates?|students?|parents?|caregivers?"
    r"|elders?|home ?owners?|tenants?|workers?|job seekers?|newcomers?|sufferers?"
)
PUBLIC = re.compile(rf"\b(?:{FOR})\s+((?:(?!(?:for|to|with|of)\s)[\w'’&/-]+,?\s+){{0,7}}?(?:{SOMEBODY})\b[^.;:]*)")
GIVEN_TO = re.compile(
    rf"^(?:[\w'’-]+ ){{0,6}}?(?:provid|offer|giv|engag|serv|hous|shelter|train|teach|reach)(?:e?s|ing)"
    rf" ((?:(?!(?:for|to|with|of|and)\s)[\w'’&/-]+ ){{0,3}}(?:{PEOPLE}|elders?|veterans?)\b(?! (?:care|services?)\b)[^.;:]*)"
)
"""Whom a sentence names right after what is done: "provides older persons with meals"."""
INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b|\s)")
"""The points of "D.C." end no sentence."""
ASIDE = re.compile(r"\([^)\d]*\)|,? (?:including|such as|especially|particularly|e\.g\.).*")
"""What is named by the way or for example."""
TELLS_FOR_WHOM = re.compile(
    r"(?:for|serves?|serving|open to|available to|eligib|must|participants|clients|applicants|patients|members|limited to)\b"
    r"|(?:the |this |these |our |all )?(?:services?|programs?|programmes?|groups?|classes) (?:is|are) (?:\w+ )?(?:available|open"
    r"|provided|offered|designed|intended|limited|restricted|for)\b"
)
OPEN_TO_ALL = re.compile(
    r"\b(?:any ?one|any ?body|every ?one|every ?body|general public|open to (?:the )?(?:public|all|any)|all ages|any age"
    r"|all (?:individuals|persons|people|residents)|people of all|(?:community|neighbou?rhood) (?:members|residents|at large)"
    r"|(?:open to|available to|for|serv(?:es?|ing)) (?:the |our |its )?(?:whole |entire |local |surrounding |greater )?"
    r"(?:public|communit(?:y|ies))\b(?! [a-z])"
    r"|visitors|all members of)\b"
)
"""Words that let everybody in, wherever in a description they stand."""


HEADING = 6
"""So many words without a full stop, before the first sentence, are a heading."""


@dataclass(frozen=True)
class Named:
    """What a sentence names of people, folded, and the sentence."""

    people: str
    sentence: str


@dataclass(frozen=True)
class Told:
    """Whom a description is about: what its plain sentences name, what any sentence of it does, and all its words."""

    plainly: tuple[Named, ...] = ()
    anywhere: tuple[Named, ...] = ()
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether it lets everybody in."""
        return bool(OPEN_TO_ALL.search(self.words))


@lru_cache(maxsize=4096)
def told_in(description: str) -> Told:
    """Read whom a description names: its headings and first sentence, and others that tell for whom it is, do so plainly."""
    sentences = [(one, INITIALS.sub(r"\1", ASIDE.sub("", fold(one)))) for one in sentences_of(description)]
    first = next((place for place, (one, _) in enumerate(sentences) if not _is_heading(one)), 0)
    named = [[Named(people, one) for people in _named(words)] for one, words in sentences]
    plain = [place <= first or bool(TELLS_FOR_WHOM.match(words)) for place, (_, words) in enumerate(sentences)]
    return Told(
        tuple(one for all_of_it, is_plain in zip(named, plain, strict=True) if is_plain for one in all_of_it),
        tuple(one for all_of_it in named for one in all_of_it),
        fold(description),
    )


def _is_heading(sentence: str) -> bool:
    return len(sentence.split()) <= HEADING and not sentence.rstrip().endswith((".", "!", "?"))


def _named(sentence: str) -> Iterator[str]:
    """Give all that a sentence names of people."""
    yield from (found.group(1) for found in GIVEN_TO.finditer(sentence))
    yield from (found.group(1) for found in PUBLIC.finditer(sentence))
