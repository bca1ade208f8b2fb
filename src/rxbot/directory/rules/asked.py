"""Read which circumstances a record asks for of the people it is for: one set of them, of which one has to be true, at a time."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import GOVERNS, alternatives, is_for_everybody, names_people, whom_sentences
from rxbot.directory.rules.answers import Asked
from rxbot.directory.rules.anyone import had_by_anyone
from rxbot.directory.rules.circumstances import COMMUNITIES, CONDITIONS, IN_NAMES
from rxbot.directory.rules.criteria import AND, THEIR_SMALL_ONES, read_asked
from rxbot.directory.rules.headed import eligibility_of
from rxbot.directory.rules.helped_group import helped_groups
from rxbot.directory.rules.let_in import CLOSE_TO_ONE, with_close_ones
from rxbot.directory.rules.named import named_in, without
from rxbot.directory.rules.phrasing import phrasings_in
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.theirs import own_people_in, own_people_told
from rxbot.directory.rules.told import OPEN_TO_ALL, Told, told_in
from rxbot.directory.rules.whom import LIMITS_NOBODY
from rxbot.directory.stems import SILENT_STEMS, fold

BLINDS = re.compile(r"\bblinds\b")
"""Those of a window are no people."""
BESIDE = re.compile(r"(?:their|the|other) |famil(?:y|ies)$")
CLIENT_ALREADY = frozenset({"client_already"})
Reader = Callable[[Service], Iterable[Asked]]
"""Reads one part of a record for what it asks."""


def asked_of(service: Service) -> tuple[Asked, ...]:
    """Give what a record asks of the people it is for: each sentence on who may come, and all its audience as one.

    What a description tells is beside that, but for what the fields let in already, wholly or with others.
    """
    fields = tuple(_by_each(FIELDS, service))
    said = (*_with_close_ones(fields), *_by_each(BESIDE_FIELDS, service))
    if any(is_for_everybody(one) and not ANY_AGE.fullmatch(fold(one)) for one in whom_sentences(service)):
        return said
    known = frozenset(one for asked in said for one in asked.any_of)
    return (*_but_wider(said), *(asked for asked in told_asked(service.description) if known.isdisjoint(asked.any_of)))


def _but_wider(said: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Leave out that somebody has to be pregnant where a sentence lets in who has small children as well."""
    either = any({"pregnant", "has_children"} <= one.any_of and THEIR_SMALL_ONES.search(fold(one.sentence)) for one in said)
    return tuple(one for one in said if not (either and one.any_of == {"pregnant"}))


def asked_alone(service: Service) -> tuple[str, ...]:
    """Give the circumstance that all a record writes of whom it is for asks for, and nothing else: "Veteran"."""
    text = service.eligibility_description
    asked = read_asked(text) if len((*sentences_of(text),)) == 1 else ()
    alone = asked[0].any_of if len(asked) == 1 else frozenset[str]()
    if len(alone) != 1 or alone <= LEFT_OPEN:
        return ()
    parts = [part for part in alternatives(text) if not OF_AN_AGE.match(part)]
    groups = [one for one in (*parts, *AND.split(fold(text))) if names_people(one) and not BESIDE.match(one)]
    left = [
        word for word in without(" ".join(parts), alone) if word not in SILENT_STEMS | LIMITS_NOBODY and not word[0].isdigit()
    ]
    return tuple(alone) if all(map(named_in, groups)) and len(left) <= BESIDE_ONE else ()


LEFT_OPEN = frozenset({"musician", "volunteer", "uninsured", "in_business", "home_owner", "of_one_employer"})
"""What one can learn, may well be without having said it, or is named beside others in words that we do not know."""
OF_AN_AGE = re.compile(r"(?:(?:adults?|persons?|children|child|youth|women|men) )?(?:age|over|older|above|under|younger|\d)")
BESIDE_ONE = 7
"""So many words say no more of it: "honorably discharged veteran", "must be raising the child of a relative"."""


def _with_close_ones(said: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Add those who are close to somebody where a sentence lets them in: to all that names no more than it does."""
    widened = [with_close_ones(one.any_of, one.sentence) for one in said]
    let_in = [any_of for any_of in widened if any_of >= CLOSE_TO_ONE]
    return tuple(
        Asked(one.any_of | CLOSE_TO_ONE, one.sentence) if any(one.any_of <= any_of for any_of in let_in) else one for one in said
    )


def _in_eligibility(service: Service) -> Iterator[Asked]:
    for sentence in sentences_of(eligibility_of(service)):
        yield from read_asked(sentence)
        if BECAUSE_OF_HEALTH.search(fold(sentence)):
            yield Asked(ILL, sentence)


def _of_its_own(service: Service) -> Iterator[Asked]:
    if own := own_people_in(service):
        yield Asked(CLIENT_ALREADY, own)


def _in_audience(service: Service) -> Iterator[Asked]:
    if service.eligibility_description or not DOORS_OPEN.search(fold(service.description)):
        yield from read_asked("; ".join(_but_ages_and_genders(service)))


def _in_name(service: Service) -> Iterator[Asked]:
    if found := frozenset(named_in(service.name)) & IN_NAMES - (PREVENTED if PREVENTS.search(fold(service.name)) else set()):
        yield Asked(found, service.name)
    if found := _had_by_people_of(service.name) - {*named_in(service.eligibility_description)}:
        yield Asked(found, service.name)


def _in_provider(service: Service) -> Iterator[Asked]:
    if OF_VETERANS.search(fold(service.organization.name)) and not told_in(service.description).is_open:
        yield Asked(frozenset({"veteran"}), service.organization.name)


FIELDS: tuple[Reader, ...] = (_in_eligibility, _of_its_own, _in_audience, _in_name, _in_provider)
"""What fields and names say of who may come."""


def _in_phrasings(service: Service) -> Iterator[Asked]:
    yield from (Asked(one.any_of, text) for one, text in phrasings_in(service) if one.sure)


def _of_their_relatives(service: Service) -> Iterator[Asked]:
    """Give what those have whose relatives a text is for: "families of people with dementia"."""
    for one, text in phrasings_in(service):
        found = one.written.search(fold(text)) if one.sure and "relative_of_one" in one.any_of else None
        named = frozenset(named_in(CLAUSE_ENDS.split(fold(text)[found.start() :])[0])) if found else frozenset[str]()
        if of := (named | {WIDER_FOR_RELATIVES[one] for one in named & WIDER_FOR_RELATIVES.keys()}) & CONDITIONS:
            yield Asked(of, text)


WIDER_FOR_RELATIVES = {"serious_mental_illness": "mental_illness"}
"""What relatives say of one of theirs: how grave it is, they are not asked."""
CLAUSE_ENDS = re.compile(r"[.;(]")
BESIDE_FIELDS: tuple[Reader, ...] = (_in_phrasings, _of_their_relatives, had_by_anyone, helped_groups)
"""What is told by ways of writing that say it wherever they stand."""


def _by_each(readers: Iterable[Reader], service: Service) -> Iterator[Asked]:
    return chain.from_iterable(read(service) for read in readers)


def _but_ages_and_genders(service: Service) -> tuple[str, ...]:
    """Leave out of what is picked from a list the ages and genders beside the rest: "Homeless" and "Men" are men without a home.

    Beside those who come with somebody they are others who may come: "Parents" and "Teens" are either. So they are beside a
    community, which says for whom something was made and turns few others away.
    """
    rest = tuple(one for one in service.audience if not AGE_OR_GENDER.fullmatch(fold(one)))
    either = any(WITH_SOMEBODY.search(fold(one)) for one in (service.name, *rest)) or OF_A_COMMUNITY & {
        *named_in("; ".join(rest))
    }
    return rest if rest and not either else service.audience


OF_A_COMMUNITY = COMMUNITIES | {"lgbtq", "trans"}


AGE_OR_GENDER = re.compile(
    r"(?:(?:young |older )?adults?|seniors|elderly|(?:wo)?m[ae]n|(?:fe)?males?|boys|girls|(?:young )?children|youth|teens"
    r"|adolescents|infants|toddlers|infants and toddlers)(?: ?(?:/|,|and) ?(?:women|men|females|males|boys|girls|toddlers))*"
    r"(?: \(\d{1,2}(?:\+|-\d{1,2})\))?|(?:ages? )?\d{1,2}(?:\+|-\d{1,2}| (?:and|or) (?:over|older))"
)
WITH_SOMEBODY = re.compile(r"parent|famil|carer|care-?giver|mother|father|household|couple")


def _had_by_people_of(name: str) -> frozenset[str]:
    """Give what those have whom a name names: "adults with disabilities"."""
    people = PEOPLE_WITH.search(fold(name))
    return frozenset(named_in(people[1])) & CONDITIONS - IN_NAMES if people else frozenset()


@lru_cache(maxsize=4096)
def told_asked(description: str) -> tuple[Asked, ...]:
    """Give what a description plainly asks for, where it names nobody else."""
    told = told_in(description)
    asked = (
        ()
        if (told.is_open and OPEN_TO_ALL.search(OF_ANY_AGE.sub("", told.words)))
        or any(_names_others(one.people) for one in told.plainly)
        else read_asked(BLINDS.sub("", "; ".join(one.people for one in told.plainly)))
    )
    ruled = () if asked or told.is_open else _ruled(told)
    own = own_people_told(description)
    theirs = (Asked(CLIENT_ALREADY, own),) if own else ()
    plainly = tuple(Asked(one.any_of, told.plainly[0].sentence) for one in asked)
    return (*theirs, *(one for one in (*plainly, *ruled) if one.any_of <= TOLD_PLAINLY))


def _ruled(told: Told) -> tuple[Asked, ...]:
    """Give what a sentence asks for that speaks of all that is given, whomever the others name."""
    ruling = [one for one in told.plainly if OF_ALL_THAT_IS_GIVEN.match(one.sentence) and not _names_others(one.people)]
    return tuple(Asked(asked.any_of, one.sentence) for one in ruling for asked in read_asked(one.people))


OF_ALL_THAT_IS_GIVEN = re.compile(
    r"(?:the |this |these |our |all )(?:of our )?(?:services?|programs?|programmes?|groups?|classes) (?:is|are) "
    r"(?:\w+ (?:and )?)?(?:available|open|limited|restricted|provided|offered) (?:only )?(?:to|for)\b",
    re.IGNORECASE,
)


def _names_others(people: str) -> bool:
    """Say whether people are named, beside others, of whom nothing is asked: "veterans and individuals in need"."""
    groups = [
        group
        for group in map(str.strip, AND.split(BARE_LIST.sub("", people)))
        if not BESIDE.match(group) and not GOVERNS.search(group)
    ]
    return any((names_people(group) or "those " in group) and not any(named_in(group)) for group in groups)


PREVENTS = Telling(r"\b(?:prevent\w*|screenings?|awareness)\b", needs="prevent|screening|aware")
PREVENTED = frozenset({"one_illness"})
"""What a name speaks of, and those who come do not have."""
ILL = frozenset({"chronic_illness", "disability", "mental_illness"})
BECAUSE_OF_HEALTH = re.compile(
    r"\b(?:because of|due to|owing to|through) (?:their |your |an? )?(?:own |poor |ill[- ])?"
    r"(?:health|illness|sickness|disability|health condition)\b"
)
"""How a sentence asks for an illness beside what it asks for: "out of work because of their health" is both."""
EITHER_SEX_OR_AGE = (
    r"(?:young )?(?:adults|people|persons|individuals|youths?|teens|teenagers|adolescents|children|kids|women|men|girls|boys"
    r"|couples|(?:fe)?males)"
)
BARE_LIST = re.compile(
    rf"\b(?:{EITHER_SEX_OR_AGE},? )+and (?={EITHER_SEX_OR_AGE} (?:who (?:are|have)|living with|with)\b(?!.*\bphysical))"
)
"""People of whom is said together what they have: "men, women and children who are deaf"."""
ANY_AGE = re.compile(r"(?:all ages|any age)\W*")
OF_ANY_AGE = Telling(r"\b(?:of |for )?(?:all ages|any age)\b", needs="all ages|any age")
"""What speaks of age alone."""
DOORS_OPEN = Telling(
    r"\b(?:groups?|classes|courses|computers|pantry|services?|programs?|programmes?|doors) (?:is|are) open to (?:all|every ?one"
    r"|every ?body|any ?one|any ?body|the (?:general )?public)(?:[.,;!]|$| \(| (?:people|persons|individuals)(?:[.,;!]|$)"
    r"| (?:[\w.]+ )?residents\b)",
    needs="open to",
)
"""So a sentence lets everybody in to what is given, whatever kinds of people are picked from a list for it."""
PEOPLE_WITH = Telling(
    r"(?<!parents of )(?<!families of )\b(?:adults|people|persons|individuals|youth|teens|students|women|men)"
    r" (?:living )?with (.*)",
    needs=" with ",
)
"""Those whom a name says to have something. Who comes with a child that has something is somebody else."""
OF_VETERANS = re.compile(r"\bveterans?'? (?:affairs|administration|health)\b")
"""What a state has for those who were soldiers alone."""
TOLD_PLAINLY = IN_NAMES | {
    "refugee", "dementia", "domestic_violence", "sexual_assault_survivor", "crime_victim", "ex_offender", "lgbtq",
    "trans", "home_owner", "pregnant", "health_plan_member", "of_one_employer", "farm_worker", "trauma_of_war",
    "adopts_or_fosters", "raises_a_relative", "in_business", "musician",
}  # fmt: skip
"""What the description of a service says plainly: whoever works with these people names them first.
Want, illness and origin are named of most who are helped, so that they only make a service seem for them."""
