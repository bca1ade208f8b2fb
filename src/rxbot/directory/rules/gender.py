"""Read whether a record is for women or for men only: from whom it is for, and from its name."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import NAMES_PEOPLE, alternatives, is_for_everybody, whom_sentences
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold


class Gender(StrEnum):
    """What somebody says of their gender, in the codes of FHIR."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


WORDS = {
    Gender.FEMALE: re.compile(
        r"\b(?:wom[aey]n|womxn|females?|ladies|girls?|mothers?|moms?|mums?|daughters?|sisters?|grandmothers?)\b"
    ),
    Gender.MALE: re.compile(r"\b(?:m[ae]n|males?|gentlem[ae]n|boys?|fathers?|dads?|sons?|brothers?|grandfathers?)\b"),
}
THE_NAME = {
    Gender.FEMALE: re.compile(r"\b(?:wom[ae]n(?! voters)|womxn|females?|ladies|girls?|mothers|moms|mums)(?:['’]?s)?\b"),
    Gender.MALE: re.compile(r"\b(?:men|males?|gentlemen|boys?|fathers|dads)(?:['’]?s)?\b"),
}
PREGNANT = Telling(
    r"\bpregnan\w+|\bexpectant mother|\bnursing mother|\bmaternity\b", needs="pregnan|expectant mother|nursing mother|maternity"
)
OF_SOMEBODY = re.compile(
    r"\bpregnan\w+ (?:prevention|test)|\b(?:with|have|having|of|their) (?:\w+ )?(?:sons?|daughters?|boys?|girls?)\b"
)
CHILDREN_TOO = re.compile(
    r"^(?:and )?(?:their |the |young |minor )*(?:child(?:ren)?|kids?|infants?|babies|teens?|adolescents?|dependents?)\b"
)
"""Children come with the women or the men who are named."""


OTHERS_TOO = re.compile(
    r"\b(?:famil(?:y|ies)|partners?|husbands?|wives|spouses?|couples|parents|youths?|teens|young (?:people|persons|adults)"
    r"|both (?:sexes|genders)|(?:any|all) genders?|any (?:[\w-]+ ){0,4}person)\b"
)
SOME_MEN_OR_WOMEN = {
    Gender.FEMALE: re.compile(r"\b(?:wom[ae]n|females?|ladies|girls|mothers|moms|daughters)\b"),
    Gender.MALE: re.compile(r"\b(?:men|males?|gentlemen|boys|fathers|dads|sons)\b(?!'?s? violence)"),
}


def genders_of(service: Service) -> tuple[tuple[Gender, str], ...]:
    """Give each gender that the record is said to be for alone, with the sentence."""
    if any(_is_for_both(text) for text in whom_sentences(service)):
        return ()
    said = [(only, text) for text in _telling(service) if (only := only_for(text)) is not None]
    if len({only for only, _ in said}) > 1:
        return ()
    named = [one for one, pattern in THE_NAME.items() if pattern.search(fold(service.name))]
    by_name = tuple((one, service.name) for one in named if len(named) == 1 and _is_meant(one, service))
    if not said and not by_name and (alone := _alone_in_a_sentence(service.description)):
        return (alone,)
    open_to_all = any(map(is_for_everybody, whom_sentences(service)))
    return (*said, *by_name) or (() if open_to_all else told_genders(service.description))


def _telling(service: Service) -> Iterator[str]:
    """Give each sentence on whom it is for that may tell a gender: not what is picked from a list beside families or parents."""
    picked = any(FAMILIES.fullmatch(fold(one)) for one in service.audience)
    yield from (text for text in whom_sentences(service) if not picked or len(text.split()) > PICKED)


FAMILIES = re.compile(r"families(?: with children)?|parents|care-?givers|couples")
PICKED = 3
"""So few words are a category."""


def _is_for_both(sentence: str) -> bool:
    """Say whether women and men are named as two who may come: "woman or man age 18 or over"."""
    return bool(WOMEN_OR_MEN.search(fold(sentence)))


WOMEN_OR_MEN = re.compile(
    r"\b(?:wom[ae]n|females?|girls?|mothers?) (?:and|or|&) (?:m[ae]n|males?|boys?|fathers?)\b"
    r"|\b(?:m[ae]n|males?|boys?|fathers?) (?:and|or|&) (?:wom[ae]n|females?|girls?|mothers?)\b"
)


def _alone_in_a_sentence(description: str) -> tuple[Gender, str] | None:
    """Give the gender that a sentence names as the only one: "Women only, confidential"."""
    if not ONLY_THEY.may_be_in(words := fold(description)) or MEN_TOO.search(words):
        return None
    told = next((one for one in sentences_of(description) if ONLY_THEY.match(fold(one))), "")
    found = ONLY_THEY.match(fold(told))
    return (Gender.FEMALE if found and WORDS[Gender.FEMALE].search(found[0]) else Gender.MALE, told) if found else None


ONLY_THEY = Telling(
    r"(?:this is (?:a |an )?|we are |for )?(?:wom[ae]n|m[ae]n|ladies|girls|boys)[- ]only"
    r"(?: (?:space|group|service|project|cent(?:re|er)|organi[sz]ation))?"
    r"(?:,(?! (?:mon|tue|wed|thu|fri|sat|sun))[^.;:\d]*)?[.!]?$",
    needs="only|-only",
)
MEN_TOO = re.compile(r"\b(?:men and women|women and men|mixed|both sexes|everyone|all genders|other (?:sessions|groups|days))\b")


def _is_meant(only: Gender, service: Service) -> bool:
    """Say whether a gender in a name is whom it is for: its fields name it too, or its description plainly names nobody else."""
    if any(WORDS[only].search(fold(text)) for text in whom_sentences(service)):
        return True
    told = told_in(service.description)
    others = (one.people for one in told.plainly if SOME_OTHERS.search(one.people) and not WORDS[only].search(one.people))
    return not any(others) and not FOR_A_FAMILY.search(told.words)


SOME_OTHERS = re.compile(
    r"\b(?:famil(?:y|ies)|parents|citizens|students|people|persons|individuals|adults|residents|everybody|everyone|anyone)\b"
)
FOR_A_FAMILY = Telling(
    r"\bfamily (?:primary care|medicine|practice)\b|\bpediatrics\b|\bmothers, fathers\b"
    r"|\bfathers (?:\w+ ){0,4}(?:welcome|invited)",
    needs="family |pediatrics|fathers",
)


@lru_cache(maxsize=4096)
def told_genders(description: str) -> tuple[tuple[Gender, str], ...]:
    """Give the gender that a description is plainly for alone, where all of it speaks of the same people."""
    told = told_in(description)
    said = {only_for(one.people) for one in told.plainly}
    if told.is_open or len(said) != 1 or (only := said.pop()) is None:
        return ()
    other = Gender.MALE if only is Gender.FEMALE else Gender.FEMALE
    besides = OTHERS_TOO.search(told.words) or SOME_MEN_OR_WOMEN[other].search(told.words)
    others = any(NAMES_PEOPLE.search(one) and only_for(one) is not only for one in told.anywhere)
    return () if besides or others else ((only, told.plainly[0].sentence),)


def takes(only: Gender, gender: Gender) -> Answer:
    """Say whether what is for one gender alone takes another."""
    if gender is Gender.OTHER:
        return Answer.UNKNOWN
    return Answer.YES if only is gender else Answer.NO


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def only_for(sentence: str) -> Gender | None:
    """Give the gender a sentence is for, when it names no other people."""
    if is_for_everybody(sentence):
        return None
    parts = alternatives(sentence)
    theirs = parts[1:] if parts and OF_WHOM.search(parts[0]) else parts[:-1] if _are_of_the_last(parts) else ()
    said = {
        _gender_of(one)
        for one in parts
        if not _is_beside(one) and not (one in theirs and (GOES_ON.match(one) or BARE.fullmatch(one)))
    }
    return said.pop() if len(said) == 1 else None


def _are_of_the_last(parts: Sequence[str]) -> bool:
    """Say whether all parts but the last only say which women or men it names: "Black, Asian and minoritised women"."""
    return len(parts) > 1 and bool(WHICH.match(parts[-1])) and all(map(BARE.fullmatch, parts[:-1]))


ONE_WORD = (  # that says which, and names nobody by itself
    r"(?:young|older|single|pregnant|homeless|black|white|asian|latin[\w]*|hispanic|african|caribbean|muslim|jewish|christian|deaf"
    r"|disabled|lesbian|gay|bisexual|trans|queer|refugee|immigrant|migrant|indigenous|native|minoriti[sz]ed|[a-z]+ish|[a-z]{3,}ian"
    r"|[a-z]{3,}ese|[a-z]{3,}-american)"
)
BARE = re.compile(ONE_WORD)
WHICH = re.compile(
    rf"(?:{ONE_WORD} (?:and|or|&) )?{ONE_WORD} (?:wom[ae]n|m[ae]n|girls|boys)"
    r"(?: (?:in|who|with|from|aged?|over|living|of|and)\b|\W*$)"
)
OF_WHOM = re.compile(r"\b(?:wom[ae]n|m[ae]n) who (?:are|is|have|has)\b")
GOES_ON = re.compile(r"(?:who )?(?:have|has|are|is|had|were)\b")
"""What goes on so is still said of the same: "women who are pregnant or have a child under 2"."""


def _is_beside(part: str) -> bool:
    """Say whether a part of a sentence is no other people: children who come along, or how old they all are."""
    return bool(CHILDREN_TOO.match(part) or ONLY_AN_AGE.fullmatch(part))


ONLY_AN_AGE = re.compile(
    r"(?:must be |who are )?(?:ages?|aged|over|under|between)?:? ?\d{1,2}(?:\+| ?(?:[-–]|to|and) ?\d{1,2}"
    r"|(?: years?)?(?: of age| old)? (?:and|or) (?:over|older|above|under|younger|up))?(?: years?(?: old| of age)?)?"
    r"|over|older|above|up|under|younger|below"
)


def _gender_of(part: str) -> Gender | None:
    if OF_SOMEBODY.search(part) or "transgender" in part:
        return None
    if PREGNANT.search(part):
        return Gender.FEMALE
    named = {one for one, pattern in WORDS.items() if pattern.search(part)}
    return named.pop() if len(named) == 1 else None
