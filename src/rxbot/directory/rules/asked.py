"""Read which circumstances a record asks for of the people it is for: one set of them, of which one has to be true, at a time."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import (
    GOES_ON,
    GOVERNS,
    WITH,
    alternatives,
    is_for_everybody,
    names_people,
    whom_sentences,
)
from rxbot.directory.rules.answers import Asked
from rxbot.directory.rules.anyone import had_by_anyone
from rxbot.directory.rules.circumstances import COMMUNITIES, CONDITIONS, HURT, IN_NAMES
from rxbot.directory.rules.close_ones import CLOSE_ONES
from rxbot.directory.rules.helped_group import helped_groups
from rxbot.directory.rules.let_in import CLOSE_TO_ONE, asking, with_close_ones
from rxbot.directory.rules.named import named_in, without
from rxbot.directory.rules.phrasing import phrasings_in
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.theirs import own_people_in, own_people_told
from rxbot.directory.rules.told import OPEN_TO_ALL, Told, told_in
from rxbot.directory.rules.whom import LIMITS_NOBODY
from rxbot.directory.stems import SILENT_STEMS, fold

EACH_A_MUST = frozenset({"citizen", "english_speaker", "health_plan_member"})
"""These are asked beside whatever else a sentence names: "low-income U.S. citizen" means both."""


WHO_SOMEBODY_IS = frozenset({
    "veteran", "lgbtq", "trans", "deaf", "visual_impairment", "hiv", "home_owner", "student", "in_business",
    "of_one_employer", "farm_worker", "musician",
})  # fmt: skip
KINDS = (WHO_SOMEBODY_IS, HURT)
"""Where each group that is named is one of a kind, it is asked beside the rest: "low-income homeowners" are both.
A community and faith are not among them: they say for whom a service was made, and few turn others away."""
OF_OTHERS = re.compile(r"\bwith (?:[\w-]+ ){0,3}(?:tenants|clients|employees|students|patients|inmates)\b")
"""Those whom the person deals with: what is said of them is not asked of the person."""
BLINDS = re.compile(r"\bblinds\b")
"""Those of a window are no people."""
CARERS = r"(?:care-?givers?|carers?)"
OF_ONE = r"\b(?: \([^)]*\))?,? (?:who are )?(?:of|for|caring for|who care for)\b"
FOR_CARERS = re.compile(rf"(?!parent|mother|father|guardian)(?:[\w-]+ )?{CARERS}{OF_ONE}")
THEIR_CARERS = re.compile(rf"\b(?:their|and|&|or) (?:[\w-]+ ){{0,3}}{CARERS}\b(?! (?:to|of|for|who)\b)")
"""Those who care for somebody, and those who come with the people that are named."""
AND = re.compile(r"\band\b")
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
    for sentence in sentences_of(service.eligibility_description):
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
        if found and (of := frozenset(named_in(CLAUSE_ENDS.split(fold(text)[found.start() :])[0])) & CONDITIONS):
            yield Asked(of, text)


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


@lru_cache(maxsize=20_000)
def read_asked(sentence: str) -> tuple[Asked, ...]:
    """Read one sentence. It asks for nothing when it lets everybody in, or names people of whom nothing is asked."""
    if is_for_everybody(sentence) or YOUNGER_IF.search(fold(sentence)):
        return ()
    if OLD_OR_DISABLED.search(sentence):
        return (Asked(IN_NEED_OF_AID, sentence), *read_asked(OLD_OR_DISABLED.sub(" ", sentence)))
    parts = [(part, _named_in_part(part)) for part in alternatives(asking(sentence))]
    tied = any(circumstances & CONDITIONS for _, circumstances in parts)
    named = [(part, _but_carers(part, circumstances) if tied else circumstances) for part, circumstances in parts]
    found = frozenset(one for _, circumstances in named for one in circumstances) - {"anybody"}
    cares = all("carer" not in circumstances and FOR_CARERS.match(part) for part, circumstances in named if circumstances)
    musts = tuple(
        Asked(frozenset({one}), sentence)
        for one in (*sorted(found & EACH_A_MUST), *(("carer",) if found & CONDITIONS and cares else ()))
    )
    small = "pregnant" in found and bool(THEIR_SMALL_ONES.search(fold(sentence)))
    rest = (found | ({"has_children"} if small else set())) - EACH_A_MUST
    theirs = A_SMALL_ONE if small else NOBODY
    if not rest or any(not some - {"anybody"} and names_people(part) and not theirs.match(part) for part, some in named):
        return musts
    noun = frozenset(named_in(_noun_of(tuple(part for part, _ in named)))) & rest
    apart = [kind & rest for kind in KINDS if kind & rest and all(_says(kind, part) for part, _ in named)]
    apart += [noun] if noun and noun not in apart else []
    beside = rest.difference(*apart)
    return (*musts, *(Asked(one, sentence) for one in (*apart, beside) if one))


OLD_OR_DISABLED = Telling(
    r"\b(?:[Aa]ged|[Ee]lderly|[Ss]eniors?),? (?:and |or )?[Bb]lind,?(?: and/or| and| or)? [Dd]isabled\b", needs="lind"
)
"""The three whom aid is given to by law in the United States, whatever else is asked: "low-income, aged, blind or disabled"."""
IN_NEED_OF_AID = frozenset({"retired", "visual_impairment", "disability"})
YOUNGER_IF = Telling(r"\b(?:younger|under (?:age )?[56]\d)\b[^.;]{0,12}\bif\b", needs="younger|under ")


def _noun_of(parts: tuple[str, ...]) -> str:
    """Give the people whom a list of what they are ends in: all of "poor, blind or disabled immigrants" are immigrants."""
    noun = ENDS_IN_NOUN.search(parts[-1]) if len(parts) > 1 else None
    others = any(SOME_NOUN.search(part) or part.endswith("s") for part in parts[:-1])
    return noun[1] if noun and not others and not AND.search(parts[-1]) else ""


ENDS_IN_NOUN = re.compile(
    r"^(?!.*\b(?:with|who|of|for|to|in)\b).*[\w-] (immigrants?|refugees?|veterans?|home ?owners?|inmates?|ex-offenders?)$"
)
SOME_NOUN = re.compile(
    r"\b(?:adults|people|persons?|individuals?|famil(?:y|ies)|residents?|seniors?|elders|youth|teens|children|wom[ae]n|men|man"
    r"|parents|mothers|students?|citizens|victims?|survivors?|clients?|patients?|tenants?|refugees?|immigrants?|veterans?|asylees?"
    r"|parolees?|workers?|owners?|with|who|speakers?|asylum seekers?|spouses?|widows?|carers?|care-?givers?|members?|newcomers?"
    r"|offenders?|inmates?|others|those)\b"
)


def _named_in_part(part: str) -> frozenset[str]:
    """Give what is asked of the people whom a part of a sentence names."""
    if OF_SOMEONE_ELSE.search(part):
        return frozenset({"relative_of_one"})
    return _narrowest(frozenset(named_in(OF_OTHERS.sub("", part))))


OF_SOMEONE_ELSE = Telling(
    r"\b(?:affected|impacted) by (?:(?:someone|somebody|another)(?: else| person)?['’]s\b"
    rf"|(?:an? |the )?(?:[\w-]+ ){{1,4}}(?:in|of) an? {CLOSE_ONES}\b|an? {CLOSE_ONES}['’]s\b)",
    needs="ed by",
)
"""What somebody else has: whose life it touches is who is close to them."""


THEIR_SMALL_ONES = Telling(
    r"\b(?:pregnan\w+|postpartum|breast-?feeding)\b.*(?:,| and| or|/|&) ?(?:their )?"
    r"(?:infants?|babies|toddlers|(?:young |small )?children)\b",
    needs="infant|babies|toddlers|children",
)
"""Those who have small children may come as well as who is pregnant: "pregnant women, infants and children"."""
A_SMALL_ONE = re.compile(r"(?:and |or )?(?:(?:young|small|their) )*(?:infants|babies|toddlers|children)\b(?! with)")
NOBODY = re.compile(r"(?!)")


def _narrowest(named: frozenset[str]) -> frozenset[str]:
    """Leave out what is only a wider word for the same people: "people grieving the loss of a child" are those who lost one.

    Of those who wish to help, leave out what is true of those whom they help.
    """
    if "volunteer" in named:
        return named & (EACH_A_MUST | {"volunteer"})
    return named - {"bereaved"} if named & LOSSES else named


def _but_carers(part: str, named: frozenset[str]) -> frozenset[str]:
    """Leave out those who care for people of whom a condition is named: whom they care for has to have it."""
    tied = THEIR_CARERS.search(part) or (named & CONDITIONS and FOR_CARERS.search(part))
    return named - {"carer"} if tied else named


LOSSES = frozenset({"lost_a_child", "lost_to_suicide"})


def _names_others(people: str) -> bool:
    """Say whether people are named, beside others, of whom nothing is asked: "veterans and individuals in need"."""
    groups = [
        group
        for group in map(str.strip, AND.split(BARE_LIST.sub("", people)))
        if not BESIDE.match(group) and not GOVERNS.search(group)
    ]
    return any((names_people(group) or "those " in group) and not any(named_in(group)) for group in groups)


def _says(kind: Collection[str], part: str) -> bool:
    """Say whether every group that a part names is told by something of this kind."""
    if len(pieces := part.split(GOES_ON)) > 1:
        return not {*named_in(WITH.split(pieces[0])[0])}.isdisjoint(kind) or all(_says(kind, piece) for piece in pieces)
    groups = ((group, set(named_in(group))) for group in AND.split(OF_OTHERS.sub("", part)))
    return all(not named.isdisjoint(kind) for group, named in groups if named or names_people(group))


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
