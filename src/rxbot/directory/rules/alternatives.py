"""Take apart whom a text is for: "homeless persons, families with children or veterans" names three who may come.

A list that ends in "who ..." or "with ..." is one: in "women and teens who were hurt" the ending holds for both.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.headed import eligibility_of
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.turned_round import with_its_rule
from rxbot.directory.stems import fold

PEOPLE = (
    r"adults?|people|persons?|individuals?|famil(?:y|ies)|residents?|seniors?|elderly|youths?|teens?|teenagers?|adolescents?"
    r"|child(?:ren)?|kids?|wom[ae]n|m[ae]n|girls?|boys?|parents?|citizens|couples?|singles?|men|households?|neighbors|students?"
    r"|(?:fe)?males?"
)
WHO_ELSE = (
    r"clients?|patients?|victims?|survivors?|veterans?|immigrants?|refugees?|inmates?|care-?givers?|carers?|elders?"
    r"|home ?owners?|tenants?|workers?|job seekers?|newcomers?|sufferers?|those|grandparents?|mothers?|fathers?|infants?"
    r"|public|an(?:yone|ybody)|every(?:one|body)|others|asylum seekers|offenders?|members?|minors?|pregnant|homeless|disabled"
)
SOMEBODY = re.compile(rf"\b(?:{PEOPLE}|{WHO_ELSE})\b")
GOES_ON = " / "
"""Stands in a group where what somebody has is listed: each of it may be so."""
WITH = re.compile(r"\b(?:with|who|suffering|experiencing|affected)\b")
NAMES_PEOPLE = re.compile(rf"\b(?:{PEOPLE})\b")
ONE_WHO_HAS = (
    r" ?(?:one|body)(?!(?: aged \d+(?: (?:or|and) \w+)?)? (?:with|on) (?:an? |children)"
    r"| whose\b| (?:who (?:is|are|has been) )?(?:affected|impacted) by)"
)
EVERYBODY = Telling(
    rf"\b(?:any{ONE_WHO_HAS}|every ?one|every ?body|(?:general )?public\b(?!/private| (?:assist|housing|agenc|benefit|and private"
    r"|or private|sector|school|transport|college|universit|hospital|law|defender))|any person"
    r"|all (?:ages|are|people|persons|individuals|residents|who)|open to all|no (?:eligibility|requirement|restriction)s?"
    r"|community (?:members|at large|residents)|regardless|general population|not limited)\b|^none\b|^all$|^open\b",
    needs="any|every|public|all|open|no |none|community|regardless|general population|not limited",
)
"""Words that let everybody in, whoever else the sentence names; "anyone with a child" is not anybody."""
ONE_THAT_HAS = Telling(
    r"\b(?:(?:open|available) to )?(?:(?:any|every) ?(?:one|body)|(?:any|all|every|each) (?!of )(?:[\w-]+ )?"
    r"(?:persons?|people|individuals?|residents?|adults?|child(?:ren)?))(?: of (?:any|all) ages?)? "
    r"(?:(?:living )?with|having|who (?:has|have|is|are|lives? with)) (?!(?:and|or) without\b)(?:an? |any |either )?"
    r"(?:[\w-]+(?:,|/)? ){0,5}?(?:disabilit(?:y|ies)|disabled|impairments?|impaired|handicap(?:s|ped)?|blind|deaf"
    r"|hard of hearing|(?:hearing|sight|vision) loss|dementia|autism|cerebral palsy|brain injury)\b"
    r"(?:[^.;]*\bregardless of [^.;]*)?",
    needs="disab|impair|handicap|blind|deaf|hearing|loss|dementia|autis|palsy|injury",
)
"""All those who have something are not everybody: "any child with a hearing impairment"."""
OF_A_CONDITION = r"frail|disabled|handicapped|homebound|housebound|blind|deaf|needy|poor|low[- ]income|homeless"
OR_RESIDENT = Telling(
    rf"\bor (?:an? )?(?:(?!legal|permanent|{OF_A_CONDITION})[\w-]+ ){{0,3}}residents?\b|\bself[- ]refer",
    needs="resident|self refer|self-refer",
)
"""A resident as the other choice, or whoever asks by themselves, may be anybody; "disabled or frail residents" are one or the
other."""
ONLY_FOR_EXAMPLE = re.compile(r"\b(?:especially|particularly|including|such as|e\.?g\.|priority|preference|preferred|focus)\b")
"""What follows these is not a condition."""
GOVERNS = re.compile(r"\b(?:with|who|whose|that|in need of|needing|experiencing|suffering|at risk|affected|living|facing|from)\b")
LIMITED = re.compile(rf"{GOVERNS.pattern}|\d")
ONLY_WHERE = re.compile(r"\bresidents?\b|^(?:must be )?age")
BETWEEN = re.compile(r"\s*[;,/]\s*|\s+(?:or|and/or)\s+")
COME_ALONG = re.compile(
    r"^(?:and |or )*(?:(?:to|for|with) their|their|the) |^(?:and )?(?:friends|relatives|famil(?:y|ies))\b"
    r"(?! (?:with|who (?:are|have)|exiting|leaving|fleeing|escaping|facing|experiencing|transitioning)\b)"
    r"|professionals|providers"
)
"""Those who come along with somebody named before."""


def whom_sentences(service: Service) -> Iterator[str]:
    """Give each sentence on whom a service is for."""
    for text in (eligibility_of(service), *service.audience):
        yield from sentences_of(text)


@lru_cache(maxsize=4096)  # one rule after another asks it of the same sentences
def is_for_everybody(sentence: str) -> bool:
    """Say whether a sentence lets everybody in."""
    words = with_its_rule(ONE_THAT_HAS.sub("", fold(sentence)))
    return bool(EVERYBODY.search(words) or OR_RESIDENT.search(words))


def names_people(part: str) -> bool:
    """Say whether a part names people, and not only where they live or how old they are."""
    return bool(NAMES_PEOPLE.search(part)) and not ONLY_WHERE.search(part)


def _continued(parts: Iterable[str]) -> Iterator[str]:
    """Put what goes on with what somebody has to them: "veterans with debts or without a home" are all veterans."""
    begun = ""
    for part in parts:
        goes_on = WITH.search(begun) and SOMEBODY.search(begun) and not SOMEBODY.search(part)
        if goes_on and not part.startswith("without"):
            begun = f"{begun}{GOES_ON}{part}"
        else:
            yield from filter(None, (begun,))
            begun = part
    yield from filter(None, (begun,))


@lru_cache(maxsize=4096)
def alternatives(sentence: str) -> tuple[str, ...]:
    """Give each group of people that a sentence names, folded; examples and those who come along are left out."""
    said = ONLY_FOR_EXAMPLE.split(fold(sentence).strip(" ."))[0]
    parts = [part for part in BETWEEN.split(said) if part and not COME_ALONG.search(part)]
    joined: list[str] = []
    for part in reversed(tuple(_continued(parts))):
        if joined and GOVERNS.search(joined[-1]) and NAMES_PEOPLE.search(part) and not LIMITED.search(part):
            joined[-1] = f"{part}, {joined[-1]}"
        else:
            joined.append(part)
    return tuple(reversed(joined))
