"""Read from its name, and from the first sentence of its description, whom a service seems to be for.

Many records say it nowhere else. It takes nothing away: a centre that "serves seniors" may well have a course for others.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.age import NO_LIMIT, Ages, read_ages
from rxbot.directory.rules.alternatives import PEOPLE
from rxbot.directory.rules.circumstances import IN_NAMES, named_in, read_asked
from rxbot.directory.rules.gender import Gender, only_for
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.stems import fold

FOR = r"for|to|with|of|serv(?:es?|ing|ices?)|help(?:s|ing)?|assist(?:s|ing)?|support(?:s|ing)?|empower(?:s|ing)?|target(?:s|ing)?"
SOMEBODY = (
    rf"{PEOPLE}|clients?|patients?|victims?|survivors?|veterans?|immigrants?|refugees?|inmates?|students?|parents?|caregivers?"
    r"|elders?|home ?owners?|tenants?|workers?|job seekers?|newcomers?|sufferers?"
)
PUBLIC = re.compile(rf"\b(?:{FOR})\s+((?:(?!(?:for|to|with|of)\s)[\w'’&/-]+,?\s+){{0,7}}?(?:{SOMEBODY})\b[^.;:]*)")
INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b|\s)")
"""The points of "D.C." end no sentence."""
YOUNG_NAMES = re.compile(
    r"\b(?:youth|teens?|kids?|child(?:ren)?(?:'?s)?|adolescents?|boys|girls|babies|infants?|toddlers?|pre-?school|head start"
    r"|pre-?k|after[- ]?school|summer camp|day ?care|child care|elementary|middle school|high school|kindergarten|pediatrics?"
    r"|juvenile|early (?:steps|learning|childhood|intervention)|nursery|scouts?"
    r"|(?<!king )juniors?(?! (?:league|college))|under[- ]?(?:[5-9]|1\d|2[01])s?|u(?:[5-9]|1\d)s?)\b"
)
OLD_NAMES = re.compile(r"\b(?:seniors?|elder(?:s|ly)?|aging|ageing|older (?:adults?|people)|over (?:50|55|60)s?|pensioners?)\b")
FOR_THE_OLD = re.compile(r"\b(?:for|of) (?:the )?(?:elderly|aged|elders|seniors|older (?:adults|people|persons))\b")
"""What the name of a provider says of the people of all its services."""
EVERY_AGE = re.compile(
    r"\b(?:adults?|famil(?:y|ies)|parents?|parenting|mothers?|fathers?|all ages|people of all|community|caregivers?)\b"
)
ASIDE = re.compile(r"\([^)]*\)|,? (?:including|such as|especially|particularly|e\.g\.).*")
"""What is named by the way or for example."""
TELLS_FOR_WHOM = re.compile(
    r"(?:for|serves?|serving|open to|available to|eligib|must|participants|clients|applicants|patients|members)\b"
    r"|(?:the )?(?:services?|programs?|programmes?|groups?|classes) (?:is|are) (?:\w+ )?(?:available|open|provided|offered"
    r"|designed|for)\b"
)


@lru_cache(maxsize=4096)
def _public_of(description: str) -> str:
    """Give all that the first sentence, and others that tell for whom it is, name of people: each beside the others."""
    first, *rest = (*(ASIDE.sub("", fold(one)) for one in sentences_of(description)), "")
    told = (first, *(one for one in rest if TELLS_FOR_WHOM.match(one)))
    return "; ".join(found.group(1) for one in told for found in PUBLIC.finditer(INITIALS.sub(r"\1", one)))


def seeming_public(service: Service) -> str:
    """Give the words of its description that name whom it is for, empty where it names nobody."""
    return _public_of(service.description)


def seeming_ages(service: Service) -> tuple[Ages, ...]:
    """Give the ages it seems to be for."""
    return tuple(_ages(service))


def _ages(service: Service) -> Iterator[Ages]:
    name = fold(service.name)
    if YOUNG_NAMES.search(name) and not EVERY_AGE.search(name):
        yield Ages(0.0, 21.0, sure=False)
    if (OLD_NAMES.search(name) and not EVERY_AGE.search(name)) or FOR_THE_OLD.search(fold(service.organization.name)):
        yield Ages(50.0, NO_LIMIT, sure=False)
    if (public := seeming_public(service)) and (ages := read_ages(public)) and ages.sure:
        yield ages


def seeming_genders(service: Service) -> tuple[Gender, ...]:
    """Give the gender it seems to be for alone."""
    only = only_for(seeming_public(service))
    return () if only is None else (only,)


def seeming_asked(service: Service) -> tuple[tuple[str, ...], ...]:
    """Give the circumstances it seems to ask for, by its description or its provider's name: one of each has to be true."""
    told = (asked.any_of for asked in read_asked(seeming_public(service)))
    named = frozenset(named_in(service.organization.name)) & IN_NAMES
    return tuple(dict.fromkeys(tuple(sorted(one)) for one in (*told, named) if one))
