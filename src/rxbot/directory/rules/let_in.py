"""Read whom a sentence lets in beside those it names ("veterans and their families"), and of whom it asks nothing."""

import re

from rxbot.directory.rules.circumstances import CONDITIONS, HURT
from rxbot.directory.rules.close_ones import CLOSE_ONES, CLOSE_ONES_NEEDED
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

CLOSE = rf"(?:{CLOSE_ONES}|carers?|care-?givers?|supporters|dependents|dependants?)"
WELCOME = rf"(?:dads|fathers|siblings|grandparents|others|every ?one else|any ?one else|{CLOSE})"
CLOSE_TO_THEM = Telling(
    rf"(?:\band|\bor|&|/|,) ?(?:(?:all|also|for) )*(?:(?:their|his|her|your|the) (?:[\w-]+ ){{0,2}}?)?{CLOSE}\b"
    r"(?! (?:(?:of|with|who|in|at|affected|impacted)\b|\w+ing\b))"
    rf"|\b(?:and|or|&) (?:for )?(?:all )?(?:those|people|any ?one|any ?body|every ?one|{CLOSE}) (?:who |that )?"
    r"(?:cares?|caring|looks?|looking|supports?|supporting) (?:for |after )?(?:them|him or her|someone|somebody|him|her)\b"
    rf"|\b{WELCOME}(?: (?:and|or|&) {WELCOME})* (?:(?:are|is) )?(?:also |very |always |most )*welcome\b",
    needs=f"{CLOSE_ONES_NEEDED}|care|support|depend|dads|father|sibling|grandp|other|else|look",
)
"""Those who come beside somebody who is named, or by themselves."""
OF_ONE_ALONE = CONDITIONS | HURT | {
    "veteran", "detained", "ex_offender", "lgbtq", "trans", "pregnant", "student", "of_one_employer", "foster_youth",
    "serious_mental_illness",
}  # fmt: skip
"""What may be true of somebody and of nobody else at home; all of a household are poor, or without a home."""


CLOSE_TO_ONE = frozenset({"close_to_one"})


def with_close_ones(any_of: frozenset[str], sentence: str) -> frozenset[str]:
    """Give what a sentence asks for; where it lets in those who are close to somebody of whom it is true, with that."""
    lets_in = not any_of.isdisjoint(OF_ONE_ALONE) and CLOSE_TO_THEM.search(fold(sentence))
    return any_of | CLOSE_TO_ONE if lets_in else any_of


NOT_FIT_FOR = Telling(
    r"\b(?:[Nn]ot|[Uu]n)[ -]?(?:currently |yet |really |fully )?(?:suitable|suited|accessible|adapted|appropriate|recommended"
    r"|advised|equipped|able to (?:take|accept|accommodate|support|help|admit))\b(?: (?:for|to|by))?[^.;,]*",
    needs="uit|access|adapt|approp|recomm|advised|equip|able to",
)
"""Those for whom something is not fit are not those it is for."""
OR_ELSE_THAN_OF_AN_AGE = Telling(
    r"(\b(?:over|above|at least|aged?)? ?\d\d(?:\+| plus)?(?: years?)?(?: of age| old)?"
    r"(?: (?:or|and) (?:over|older|above|up))?),? or (?:(?:who|they|people|those|anyone) )*"
    r"(?:has|have|having|is|are|living|with)(?: living)?(?: with)? [^,;.]*",
    needs=" or ",
)
"""What those have who are not of that age: of whoever is, it is not asked."""


def asking(sentence: str) -> str:
    """Give the words of a sentence that ask something of those who come."""
    return OR_ELSE_THAN_OF_AN_AGE.sub(_of_that_age, NOT_FIT_FOR.sub(" ", sentence))


def _of_that_age(found: re.Match[str]) -> str:
    return found[1] if AN_AGE.search(found[1]) else found[0]


AN_AGE = re.compile(r"over|above|at least|age|old|year|\+|plus|older|up")
