"""Read from its name, and from the first sentence of its description, whom a service seems to be for.

Many records say it nowhere else. It takes nothing away: a centre that "serves seniors" may well have a course for others.
"""

import re
from collections.abc import Iterator

from rxbot.directory.model import Service
from rxbot.directory.rules.age import NO_LIMIT, Ages, read_ages, told_ages
from rxbot.directory.rules.circumstances import IN_NAMES, named_in, read_asked, told_asked
from rxbot.directory.rules.gender import Gender, only_for
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold

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


FOR_THE_YOUNG = Telling(
    r"\b(?:summer camp|after[- ]?school"
    r"|youth (?:[\w-]+ ){0,2}(?:programs?|programmes?|projects?|league|clubs?|choir|orchestra|sports)"
    r"|(?:for|to) (?:[\w/()-]+ ){0,5}(?:children|youths?|teens|teenagers|kids|adolescents|boys|girls))\b"
)
"""What a first sentence says of the people of a service, where it speaks of nobody older."""
OTHERS_TOO = re.compile(r"\bwith (?:[\w-]+ ){0,2}(?:children|kids)\b|\b(?:people|residents|individuals|persons|women|seniors)\b")


def seeming_public(service: Service) -> str:
    """Give the words of its description that name whom it is for, empty where it names nobody."""
    return "; ".join(one.people for one in told_in(service.description).plainly)


def seeming_ages(service: Service) -> tuple[Ages, ...]:
    """Give the ages it seems to be for."""
    return tuple(_ages(service))


def _ages(service: Service) -> Iterator[Ages]:
    name = fold(service.name)
    if (YOUNG_NAMES.search(name) and not EVERY_AGE.search(name)) or _is_for_the_young(service):
        yield Ages(0.0, 21.0, sure=False)
    if (OLD_NAMES.search(name) and not EVERY_AGE.search(name)) or FOR_THE_OLD.search(fold(service.organization.name)):
        yield Ages(50.0, NO_LIMIT, sure=False)
    if (public := seeming_public(service)) and (ages := read_ages(public)) and ages.sure:
        yield ages
    else:
        yield from (ages for ages, _ in told_ages(service.description))


def _is_for_the_young(service: Service) -> bool:
    if not YOUNG.search(service.description):
        return False
    first = fold(next(sentences_of(service.description), ""))
    return bool(FOR_THE_YOUNG.search(first)) and not EVERY_AGE.search(first) and not OTHERS_TOO.search(first)


YOUNG = Telling(r"child|youth|teen|kid|adolesc|boys|girls|camp|school", re.IGNORECASE)


def seeming_genders(service: Service) -> tuple[Gender, ...]:
    """Give the gender it seems to be for alone."""
    only = only_for(seeming_public(service))
    return () if only is None else (only,)


def seeming_asked(service: Service) -> tuple[tuple[str, ...], ...]:
    """Give the circumstances it seems to ask for, by its description or its provider's name: one of each has to be true."""
    plain = {asked.any_of for asked in told_asked(service.description)}
    told = (asked.any_of for asked in read_asked(seeming_public(service)) if asked.any_of not in plain)
    named = frozenset(named_in(service.organization.name)) & IN_NAMES
    return tuple(dict.fromkeys(tuple(sorted(one)) for one in (*told, named) if one))
