"""Read from a description what it says plainly of who may come: many directories say it nowhere else.

A certain no is only taken from it where all of the description speaks of the same people. The ages of small children are
never one: they are brought by their families, who may be the ones asking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.rules.alternatives import ONE_THAT_HAS, PEOPLE
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Either, Telling
from rxbot.directory.stems import fold

FOR = (
    r"for|to|with|of|serv(?:es?|ing|ices?)|help(?:s|ing)?|assist(?:s|ing)?|support(?:s|ing)?|empower(?:s|ing)?|target(?:s|ing)?"
    r"|allow(?:s|ing)?|lets?|aids|tutor(?:s|ing)|teaches"
)
SOMEBODY = (
    rf"{PEOPLE}|clients?|patients?|victims?|survivors?|veterans?|immigrants?|refugees?|inmates?|students?|pupils|parents?|caregivers?"
    r"|elders?|home ?owners?|tenants?|workers?|job seekers?|newcomers?|sufferers?|those|ex-?(?:offender|convict|prisoner)s?"
    r"|populations?(?! (?:control|growth|health))|(?:(?:any|every) ?(?:one|body)|all)"
    r"(?=,? (?:who (?:is|are) )?(?:(?:aged?|over|under|above|below|of|from|between|the) ){0,3}\d\d(?!\d))"
    r"|(?:over|under)[ -]\d\ds|(?<=for )\d\d(?:[ -]?plus|,? (?:and|or) (?:over|above|up))|pensioners?|oaps?"
)
PUBLIC = re.compile(rf"\b(?:{FOR})\s+(?:the\s+)?((?:(?!(?:for|to|with|of)\s)[\w'’&/+-]+,?\s+){{0,7}}?(?:{SOMEBODY})\b[^.;:]*)")
GIVEN_TO = re.compile(
    rf"^(?:[\w'’-]+ ){{0,6}}?(?:provid|offer|giv|engag|serv|hous|shelter|train|teach|reach)(?:e?s|ing)"
    rf" ((?:(?!(?:for|to|with|of|and)\s)[\w'’&/-]+ ){{0,3}}(?:{PEOPLE}|elders?|veterans?)\b(?! (?:care|services?)\b)[^.;:]*)"
)
"""Whom a sentence names right after what is done: "provides older persons with meals"."""
PROVIDES = re.compile(r"\bprovid(?:es|ing)\b")
WHAT_IS_GIVEN = re.compile(
    r" with (?!(?:[\w-]+ ){0,3}(?:disabilit\w+|needs|illness(?:es)?|disorders?|conditions?|limitations?|impairments?|incomes?"
    r"|dementia|autism|child(?:ren)?)\b)"
)
"""What follows is given to them: "provides young people with meals"."""
INITIALS = re.compile(r"\.(?<=\b[a-z]\.)(?=[a-z]\b|\s)")
"""The points of "D.C." end no sentence."""
ASIDE = Telling(
    r"\([^)\d]*\)|,? (?:including|such as|especially|particularly|e\.g\.)"
    r"(?:(?!, (?:to|for) (?:\w+,? ){0,6}(?:who|with|living) )[^.;])*(?:(?=, (?:to|for))|.*)",
    needs="(|including|such as|especially|particularly|e.g.",
)
"""What is named by the way or for example, up to those who are given it: "counselling, including for debt, to men who ..."."""
TELLS_FOR_WHOM = re.compile(
    r"(?:for|serves?|serving|open to|available to|eligib|must|participants|clients|applicants|patients|members|limited to)\b"
    r"|(?:the |this |these |our |all )?(?:services?|programs?|programmes?|groups?|classes) (?:is|are) "
    r"(?:\w+ (?:and )?)?(?:available|open"
    r"|provided|offered|designed|intended|limited|restricted|for)\b",
    re.IGNORECASE,
)
OPEN_TO_ALL = Either((
    Telling(
        r"\b(?:any ?one|any ?body|every ?one|every ?body|general public|open to (?:the )?(?:public|all|any)|all ages|any age"
        r"|all (?:individuals|persons|people|residents)|people of all|(?:community|neighbou?rhood) at large"
        r"|(?:to|for|serv\w+|all) (?:the |our |all )?(?:community|neighbou?rhood) (?:members|residents)"
        r"|visitors|all members of)\b",
        needs="anyone|any one|anybody|any body|everyone|every one|everybody|every body|general public|open to |any age|all ages"
        "|all individuals|all persons|all people|all residents|people of all|at large|y members|y residents|hood members"
        "|hood residents|visitors|all members of",
    ),
    Telling(
        r"\b(?:open to|available to|for|serv(?:es?|ing)) (?:the |our |its )?(?:whole |entire |local |surrounding |greater )?"
        r"(?:public|communit(?:y|ies))\b(?! [a-z])",
        needs="communit|public",
    ),
))  # fmt: skip
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
    """Whom a description is about: what its plain sentences name, the rest of its sentences, all its words.

    It `is_open` where it lets everybody in.
    """

    plainly: tuple[Named, ...] = ()
    others: tuple[str, ...] = ()
    words: str = ""
    is_open: bool = False

    @property
    def anywhere(self) -> Iterator[str]:
        """Give all that any sentence names of people."""
        yield from (one.people for one in self.plainly)
        yield from (people for one in self.others for people in _named(_cleared(one)))


@lru_cache(maxsize=4096)
def told_in(description: str) -> Told:
    """Read whom a description names: its headings and first sentence, and others that tell for whom it is, do so plainly."""
    sentences = tuple(sentences_of(description))
    first = next((place for place, one in enumerate(sentences) if not is_heading(one)), 0)
    plain = [place <= first or bool(TELLS_FOR_WHOM.match(one)) for place, one in enumerate(sentences)]
    words = fold(description)
    both = tuple(zip(sentences, plain, strict=True))
    return Told(
        tuple(Named(people, one) for one, is_plain in both if is_plain for people in _named(_cleared(one))),
        tuple(one for one, is_plain in both if not is_plain),
        words,
        bool(OPEN_TO_ALL.search(ONE_THAT_HAS.sub("", words))),
    )


def _cleared(sentence: str) -> str:
    """Give the words of a sentence without what is said by the way."""
    return INITIALS.sub("", ASIDE.sub("", fold(sentence)))


def is_heading(sentence: str) -> bool:
    """Say whether a line is a heading and no sentence."""
    return len(sentence.split()) <= HEADING and not sentence.rstrip().endswith((".", "!", "?"))


def _named(sentence: str) -> Iterator[str]:
    """Give all that a sentence names of people."""
    yield from (
        WHAT_IS_GIVEN.split(found[1])[0] if PROVIDES.search(found[0]) else found[1] for found in GIVEN_TO.finditer(sentence)
    )
    yield from (found.group(1) for found in PUBLIC.finditer(sentence))
