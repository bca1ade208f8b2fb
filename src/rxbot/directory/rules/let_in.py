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


OR_ELSE_THAN_OF_AN_AGE = Telling(
    r"((?:\b(?:over|above|at least|aged?) ?)?(?:(?<![\d.,$£€])\d\d|[Ee]lderly|[Ss]eniors?)(?:\+| plus)?,?"
    r"(?: years?)?(?: of age| old)?(?: (?:or|and) (?:over|older|above|up))?),? or "
    r"(?:(?:(?:who|they|people|those|anyone) )*(?:has|have|having|is|are|living|with) "
    r"|(?:be )?(?:an? )?(?:(?:any|all) ages? (?:with|in|who|if|living|having)|(?:younger|under \d\d) with"
    r"|blind|disabled|handicapped|homebound|home ?owners?|veterans?)\b)[^,;.]*",
    needs=" or ",
)
"""What those have who are not of that age: of whoever is, it is not asked."""
AN_AGE = re.compile(r"over|above|at least|age|old|year|\+|plus|older|up|[Ee]lderly|[Ss]enior|[5-9]\d")
DECIDED_APART = Telling(
    r"[^,.;]*\b(?:case[- ]by[- ]case|(?:is|are) (?:not|never) (?:asked|checked|required|needed|considered))\b[^,.;]*",
    needs="case|not |never ",
)
"""Of whom it is decided one by one, and what is not looked at: it is asked of nobody."""
NOT_ASKED = Telling(
    r"\b(?:[Nn]ot|[Uu]n)[ -]?(?:currently |yet |really |fully )?(?:suitable|suited|accessible|adapted|appropriate|recommended"
    r"|advised|equipped|able to (?:take|accept|accommodate|support|help|admit))\b(?: (?:for|to|by))?[^.;,]*"
    r"|\b(?:[Nn]ot (?:currently |necessarily |be |been )*"
    r"(?:eligible|on|in|receiving|enrolled|insured|covered|fleeing|indigent|restricted|using|abusing)"
    r"|(?:with )?[Nn]o (?:minimum |current |prior |history of |active )*"
    r"(?:income|age limit|criminal|violent|felony|substance|drugs?|alcohol|domestic|affil\w+|conviction)"
    r"|without (?:medi-?cal|medicaid|medicare|conviction|a criminal|children))\b[^,.;()]*",
    needs="uit|access|adapt|approp|recomm|advised|equip|able to|ot |o |ithout ",
)
"""Those for whom something is not fit, and what nobody who comes may be, or need not be: "not on probation or parole"."""


def asking(sentence: str) -> str:
    """Give the words of a sentence that ask something of those who come."""
    return NOT_ASKED.sub(" ", DECIDED_APART.sub(" ", OR_ELSE_THAN_OF_AN_AGE.sub(_of_that_age, sentence)))


def _of_that_age(found: re.Match[str]) -> str:
    return found[1] if AN_AGE.search(found[1]) else found[0]
