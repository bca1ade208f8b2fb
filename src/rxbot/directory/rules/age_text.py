"""Read which ages a text is open to, and for which a description is plainly."""

import re
from functools import lru_cache
from itertools import takewhile

from rxbot.directory.model import Service
from rxbot.directory.rules.age_numbers import DIGIT, ages_in_numbers, counted_ages, gaps_in, in_order
from rxbot.directory.rules.age_words import AGES_IN_WORDS, CHILDREN, ENUMERATED, NOTHING_BUT_AGE, PUPILS, YOUNG, others_than
from rxbot.directory.rules.ages import (
    COME_ALONE,
    GROWN,
    LITTLE,
    NO_LIMIT,
    OF_PUPILS,
    OF_THE_YOUNG,
    YOUNG_ONLY,
    Ages,
    Range,
    all_of,
)
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import HEADING, OPEN_TO_ALL, Told, told_in
from rxbot.directory.rules.turned_round import turned_round, with_its_rule
from rxbot.directory.stems import fold

NO_RULE = re.compile(r"none\b(?! for)")
FOR_EVERYONE = re.compile(r"^(?:anyone|everyone|all|open to (?:all|any|every)|general public)|\b(?:any|all) ages?\b")
OF_AN_AGE = Telling(
    r"\b(?:any ?one|any ?body|every ?one|every ?body|open to (?:all|any)|all(?: ages)?)(?: people| adults| persons)?"
    r"(?=,? (?:who (?:is|are) )?(?:(?:aged?|over|under|above|below|(?:older|younger) than|from|between|the|of|at least) ){0,3}"
    r"\d\d?(?!\d))",
    needs="any|every|open to|all",
)
"""Everybody of an age is not everybody."""
NO_YOUNGER = Telling(r"\b(?:no|not) younger\b|\byounger than\b", needs="younger")
EXCEPTIONS = re.compile(
    r"\bor (?:\w+ ){0,3}(?:disab|blind|handicap|homebound|visually|frail|impair|famil)|exempt|younger|any age|no age|spouse"
    r"|\bsome\b|\bmost\b|prefer|priorit|\bvar(?:y|ies)|\bdepend(?:s|ing)\b|unless|except|accompan|limits on|usually|mainly"
    r"|primarily|focus|permission|concurrent|also serve|none for|before age|open to all|everyone|all ages|general public"
    r"|through (?:the )?(?:seniors|elderly)|(?:\band|&|;|,)\s+(?:(?:other|concerned|some|any)\s+)*"
    r"(?:adults?|famil|parents|carers|caregivers|volunteers|teachers|persons|people|disabled|ethnic|survivors)"
)
"""Words that let other people in, so that an age given can never be a certain no."""
MOSTLY = Telling(
    r"\bfor (?:most|some) (?!of (?:whom|them))|\b(?:mostly|mainly|primarily|usually)\b", needs="for |most|main|prim|usua"
)
"""Words of an exception that is one: something is open to others, and hardly what they come for."""
ABOUT_A_CHILD = Telling(
    r"famil|parent|guardian|mother|father|carer|caregiver|custod|wom[ae]n|pregnan|household|foster|adopt|raising"
    r"|\b(?:of|with|have|has) (?:a |an |their |at least one |\d )?(?:young )?(?:child|youth\b|teens?\b|teenagers?\b)",
    needs="famil|parent|guardian|mother|father|carer|caregiver|custod|wom|pregnan|household|foster|adopt|raising|child|youth|teen",
)
"""A child of whoever comes may be meant, so that an age of a child says nothing about the person."""
OF_THEIR_OWN_AGE = Telling(
    r"\b(?:(?:teen|young|pregnant|single|new) )?(?:parents?|mothers?|fathers?|wom[ae]n)(?: who are)?,? \(?"
    r"(?:(?:aged?|ages|(?:under|over)(?: the age of)?|between(?: the)? ages(?: of)?|between) \(?)?\d\d",
    needs="parent|mother|father|wom",
)
"""How a parent is told by their own years, and not by those of a child."""
A_CHILD_COMES = re.compile(rf"(?:[\w-]+ )?(?:{YOUNG}|{CHILDREN}|{PUPILS}|student|pupil|juvenile)")


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def read_ages(text: str) -> Ages | None:
    """Read the ages a text is open to, over all its clauses; None when it does not speak of age."""
    words = WITHOUT_CHILDREN.sub("", turned_round(with_its_rule(fold(text).strip())))
    if NO_RULE.match(words):
        return Ages(0.0, NO_LIMIT)
    family = ABOUT_A_CHILD.search(OF_THEIR_OWN_AGE.sub("", words)) and not A_CHILD_COMES.match(words)
    counted = in_order(ages(*match.groups()) for ages, match in ages_in_numbers(words))
    numbers = [(low, high) for low, high in counted if high > OF_THE_YOUNG or not family]
    implied = [] if family or MEN_AND_BOYS.search(words) else [ages for pattern, ages in AGES_IN_WORDS if pattern.search(words)]
    if not (numbers or implied):
        return Ages(0.0, NO_LIMIT) if FOR_EVERYONE.search(words) else None
    low, high = all_of(numbers or implied)
    if numbers and high <= OF_PUPILS and GROWN_UP_OF_ANY_AGE.search(words):
        return Ages(min(low, GROWN), NO_LIMIT, sure=False)
    plain = bool(numbers) or all(map(NOTHING_BUT_AGE.match, ENUMERATED.split(words)))
    return Ages(
        low,
        high,
        sure=plain and not _has_exceptions(words),
        mostly=bool(numbers and MOSTLY.search(words)),
        gaps=gaps_in(words, (low, high)),
        brought=high < LITTLE and "their" in words,
    )


WITHOUT_CHILDREN = Telling(
    r"\b(?:without|who have no) (?:[\w-]+ ){0,2}?(?:child(?:ren)?|kids)\b|\bchildless\b", needs="without|who have no|childless"
)
"""Those whom somebody has not got say nothing of their age."""
MEN_AND_BOYS = Telling(r"\bm[ae]n(?:,? (?:and|or|&) | ?/ ?)boys?\b|\bboys?(?:,? (?:and|or|&) | ?/ ?)m[ae]n\b", needs="boy")
"""Boys beside men are of any age; women and girls are, too."""
GROWN_UP_OF_ANY_AGE = Telling(
    r"(?:^|[;,.] |\b(?:and|or) )(?:(?!young\b|older\b|of\b|with\b|by\b|if\b)[\w-]+ ){0,2}adults?\b"
    r"(?!,? \(?(?:age|\d|from|between|over|under|who (?:are|is) ))",
    needs="adult",
)
"""Where these come too, ages of children are those of the children: "adult who cannot read, or child in 1st-12th grade"."""


def _has_exceptions(words: str) -> bool:
    return bool(EXCEPTIONS.search(NO_YOUNGER.sub("", OF_AN_AGE.sub("", words))))


# What a description tells

HEAD_ENDS = re.compile(
    r"[\s,]*(?:\b(?:with|who|whose|that|in|at|through|by|from|living|residing|while|as|so|via|on|regardless|to|throughout|during"
    r"|which|into|using|free|across|after|when|where|experiencing|suffering|needing|seeking|facing|affected|under|over)\b|[(-]).*"
)
GROWN_UP = Telling(
    r"\b(?:young|caring|supportive|trusted|positive|responsible|other|with an|by an|of an) adults?\b|into adults?\b"
    r"|adult (?:volunt|ment)\w+",
    needs="adult",
)
THEY_COME_TOO = re.compile(
    r"\b(?:and|for|with|to|or) (?:their |the |young |all )*(?:famil(?:y|ies)|parents|guardians|care-?givers|adults"
    r"|mothers|fathers)\b"
)


@lru_cache(maxsize=4096)
def told_ages(description: str) -> tuple[tuple[Ages, str], ...]:
    """Give the ages that a description is plainly for, where all of it speaks of the same people."""
    told = told_in(description)
    read = () if _is_open(told) else tuple(takewhile(bool, (_ages_named(one.people) for one in told.plainly)))
    if not read or len(read) < len(told.plainly):
        return ()
    ranges = [*(each for ranges in read for each in ranges), *counted_ages(told.words)]
    ages = Ages(*all_of(ranges))
    counted = ages.low >= COME_ALONE and any(counted_ages(one.people) for one in told.plainly)
    others = THEY_COME_TOO if counted and ages.high <= YOUNG_ONLY else others_than(ages)
    return () if others.search(GROWN_UP.sub("", told.words)) else ((ages, told.plainly[0].sentence),)


def labelled_ages(service: Service) -> tuple[tuple[Ages, str], ...]:
    """Give the ages in numbers of a name ("Over 60s' lunch"), or a description as short, where nothing speaks of anybody else."""
    short = service.description if len(service.description.split()) <= HEADING else ""
    label = next((one for one in (service.name, short) if DIGIT.search(one)), "")
    ranges = counted_ages(fold(label)) if label else ()
    told = told_in(service.description)
    if not ranges or _is_open(told):
        return ()
    ages = Ages(*all_of(ranges))
    return () if others_than(ages).search(GROWN_UP.sub("", f"{fold(service.name)}. {told.words}")) else ((ages, label),)


@lru_cache(maxsize=4096)
def bare_ages(description: str) -> tuple[tuple[Ages, str], ...]:
    """Give the ages of a sentence of a description that says nothing else: "Adults only.", "18+.".

    In words it counts where no others are spoken of, and never as a heading.
    """
    words = fold(description)
    if not BARE_AGE.may_be_in(words):
        return ()
    bare = [one for one in sentences_of(description) if BARE_AGE.whole.fullmatch(fold(one))]
    found = [(ages, one) for one in bare if (ages := read_ages(one))]
    plain = all(DIGIT.search(one) or (one.endswith(".") and not others_than(ages).search(words)) for ages, one in found)
    return tuple(found) if plain and len(found) == 1 else ()


BARE_AGE = Telling(
    r"(?:(?:open to|for|must be|suitable for) )?(?:adults?(?: only)?|(?:adults? |women |men |aged? |ages )?"
    r"(?:(?:over|under)[ -]\d\ds?|\d\d ?(?:\+|(?:years? )?(?:old )?(?:and|or) (?:over|older|above)))"
    r"(?: years?(?: old)?)?(?: only)?)[.!\s]*",
    needs="adult|over|under|+|older|above",
)
"""A sentence that is nothing but an age."""


def _is_open(told: Told) -> bool:
    """Say whether everybody is let in; everybody of an age is not."""
    return told.is_open and bool(OPEN_TO_ALL.search(OF_AN_AGE.sub("", told.words)))


def _ages_named(people: str) -> list[Range]:
    """Give the ages of people that are named: in numbers, or in words that say nothing but their age."""
    if _has_exceptions(people):
        return []
    if numbers := counted_ages(people):
        return numbers
    parts = [part for part in ENUMERATED.split(HEAD_ENDS.sub("", people)) if part]
    if not parts or not all(map(NOTHING_BUT_AGE.match, parts)):
        return []
    return [ages for pattern, ages in AGES_IN_WORDS for part in parts if pattern.search(part)]
