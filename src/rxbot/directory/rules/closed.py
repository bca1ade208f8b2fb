"""Read whether a record says that it takes nobody new for now, and whom it takes all the same."""

import re
from dataclasses import dataclass
from itertools import islice

from rxbot.directory.model import Service
from rxbot.directory.rules.named import named_in
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

WHO_COMES = (
    r"(?:patients?|clients?|members?|referrals?|applications?|applicants|requests?|participants?|students?|families|people|cases"
    r"|adults|children|residents?|bookings?|admissions?|enrol+ment)"
)
TAKES_NONE = Telling(
    r"\b(?:not|n't|no longer|cannot|can't|unable to) (?:(?:currently|presently|at present|able to|now|being|be) )*"
    r"(?:tak(?:e|ing)(?: on)?|accept(?:ing|ed)?|admit(?:ting)?|enrol+(?:ing)?|register(?:ing)?) (?:any )?"
    rf"(?:new|more|further|additional) (?:[\w-]+ ){{0,2}}?{WHO_COMES}\b"
    rf"|\b(?:are|is) (?:currently |now |temporarily )?not (?:(?:currently|presently|being) )*accept(?:ing|ed) {WHO_COMES}\b"
    rf"|\bclosed (?:to|for) (?:all )?(?:new |further )?(?:[\w-]+ )?{WHO_COMES}\b"
    r"|\blists? (?:is|are) (?:(?:currently|now|temporarily|presently) )*closed\b"
    r"|\b(?:program(?:me)?|service|fund|scheme|applications?|referrals?|enrol+ment|intake|clinic)s? "
    r"(?:is|are) (?:(?:currently|now|temporarily|presently) )+(?:closed|suspended|on hold)\b"
    r"|\bfund(?:s|ing)?(?: for [\w ]+)? (?:(?:is|are|has been|have been) )?(?:now |currently |all |fully )*"
    r"(?:spent|exhausted|depleted|used up)\b"
    r"|\bfully booked (?:until|till)\b",
    needs="new |more |further |additional |accept|closed|suspend|on hold|spent|exhausted|depleted|used up|fully booked",
)
"""What a record says of itself where it takes nobody for now."""
A_PART = Telling(
    r"\bbedroom\b|\bsection 8\b|\bfor (?!new|all|further|now\b|this|the (?:year|season|moment|time|rest))|\b(?:when|once) "
)
"""What a sentence says of a part of it only, or of what may come."""
EXCEPTED = Telling(
    r"\b(?:unless|except(?:ions?)?|apart from|other than|but|only|(?:is|are|still|remains?) open (?:for|to)) ([^.;]*)",
    needs="unless|except|apart|other|but|only|open",
)
CHILDREN = re.compile(r"\b(?:children|under[- ]1[68]s?|young people)\b")


@dataclass(frozen=True)
class Closed:
    """It takes nobody new, but for whoever is one of these."""

    but_for: tuple[str, ...] = ()


def closed_rule(service: Service) -> Closed | None:
    """Say that it takes nobody new, where it says so of itself as a whole; and whom it names that it takes."""
    texts = (service.alert, service.description, service.application_process, service.eligibility_description)
    return next((closed for text in texts if (closed := _read(text))), None)


def _read(text: str) -> Closed | None:
    if not TAKES_NONE.search(fold(text)):
        return None
    told = [fold(one) for one in sentences_of(text)]
    at = next((at for at, one in enumerate(told) if TAKES_NONE.search(one) and not A_PART.search(one)), None)
    return None if at is None else Closed(tuple(dict.fromkeys(one for two in islice(told, at, at + 2) for one in _excepted(two))))


def _excepted(words: str) -> tuple[str, ...]:
    """Give whom a sentence excepts."""
    people = " ".join(EXCEPTED.findall(words))
    return (*named_in(people), *(("child",) if CHILDREN.search(people) else ()))
