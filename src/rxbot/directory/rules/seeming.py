"""Read from its name, and from the first sentence of its description, whom a service seems to be for.

Many records say it nowhere else. It takes nothing away: a centre that "serves seniors" may well have a course for others.
The ages stand first, with the words they are read from; then the gender; then the circumstances, of which several readers each
give some: its public, its name, its provider's name and what that is there for, its categories, and `phrasing`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.age_text import labelled_ages, read_ages, told_ages
from rxbot.directory.rules.age_words import STAGES_OF_SCHOOL
from rxbot.directory.rules.ages import A_KID, ELEMENTARY, HIGH, NO_LIMIT, OF_THE_YOUNG, OF_YOUNG_ADULTS, OLD, Ages
from rxbot.directory.rules.alternatives import is_for_everybody, whom_sentences
from rxbot.directory.rules.asked import told_asked
from rxbot.directory.rules.circumstances import COMMUNITIES, CONDITIONS, HURT, IN_NAMES
from rxbot.directory.rules.criteria import read_asked
from rxbot.directory.rules.gender import Gender, only_for
from rxbot.directory.rules.named import named_in
from rxbot.directory.rules.phrasing import phrasings_in
from rxbot.directory.rules.sentences import first_sentence_of, sentences_of
from rxbot.directory.rules.stages import picked_old, picked_young
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold

YOUNG_NAMES = re.compile(
    r"\b(?:youth|teens?|kids?|child(?:ren)?(?:'?s)?|adolescents?|boys|girls|babies|infants?|toddlers?|pre-?school|head start"
    r"|pre-?k|after[- ]?school|summer camp|day ?care|child care|elementary|middle school|high school|kindergarten|pediatrics?"
    r"|juvenile|truan(?:cy|ts?)|school attendance|early (?:steps|learning|childhood|intervention)|nursery|scouts?"
    r"|(?<!king )juniors?(?! (?:league|college))|under[- ]?(?:[5-9]|1\d|2[01])s?|u(?:[5-9]|1\d)s?)\b"
)
PAID_CHILD_CARE = Telling(
    r"\b(?:child ?care|day ?care) (?:[\w/&-]+ ){0,2}?(?:assistance|subsid\w+|vouchers?|payments?|financ\w+|referrals?|resources?"
    r"|licen\w+|coordinating|connection)\b"
    r"|\b(?:help pay for|paying for|subsidi[sz]ed|finding) (?:child ?care|day ?care)\b",
    needs="care",
)
"""What is paid or found for a child is sought by whoever brings it up."""
OLD_NAMES = Telling(
    r"\b(?:seniors?(?! high\b)|elder(?:s|ly)?|aging|ageing|older (?:adults?|people)|over (?:50|55|60)s?|pensioners?)\b",
    needs="senior|elder|aging|ageing|older|over |pensioner",
)
FOR_THE_OLD = re.compile(r"\b(?:for|of) (?:the )?(?:elderly|aged|elders|seniors|older (?:adults|people|persons))\b")
"""What the name of a provider says of the people of all its services."""
YOUNG_ADULTS = Telling(r"\byoung adults?\b", needs="young adult")
EVERY_AGE = Telling(
    r"\b(?:adults?|famil(?:y|ies)|parents?|parenting|mothers?|fathers?|mums?|moms?|mams?|dads?|all ages|people of all|community"
    r"|carers?|caregivers?)\b",
    needs="adult|famil|parent|mother|father|mum|mom|mam|dad|all ages|people of all|community|carer|caregiver",
)


FOR_THE_YOUNG = Telling(
    r"\b(?:summer camp|after[- ]?school"
    r"|youth (?:[\w-]+ ){0,2}(?:programs?|programmes?|projects?|league|clubs?|choir|orchestra|sports)"
    r"|(?:for|to|ensures? that|ensures?|enables?|prepares?|empowers?) (?:[\w/()-]+ ){0,5}"
    r"(?:children|youths?|teens|teenagers|kids|adolescents|boys|girls)"
    r"|(?:introduces?|teach(?:es)?|inspires?|engages?|immerses?|exposes?) (?:[\w/()-]+ ){0,2}"
    r"(?:children|youths?|teens|teenagers|kids|adolescents|boys|girls|(?:elementary|middle|high) school students))\b",
    needs="child|youth|teen|kid|adolesc|boys|girls|camp|school",
)
"""What a first sentence says of the people of a service, where it speaks of nobody older."""
OTHERS_TOO = Telling(
    r"\bwith (?:[\w-]+ ){0,2}(?:children|kids)\b|\b(?:people|residents|individuals|persons|women|seniors|holders)\b",
    needs="children|kids|people|residents|individuals|persons|women|seniors|holders",
)


def seeming_public(service: Service) -> str:
    """Give the words of its description that name whom it is for, empty where it names nobody."""
    return "; ".join(one.people for one in told_in(service.description).plainly)


def seeming_ages(service: Service) -> tuple[Ages, ...]:
    """Give the ages it seems to be for: what is only called after the young is for those of them whom it names more exactly."""
    found = tuple(dict.fromkeys(_ages(service))) or _grown_up(service)
    exact = any(one.high <= OF_THE_YOUNG and one != SOME_YOUNG for one in found)
    return tuple(one for one in found if one != SOME_YOUNG or not exact)


def _grown_up(service: Service) -> tuple[Ages, ...]:
    """Give the ages of grown-ups, where a description begins with them and it speaks of nobody younger."""
    told = [fold(one) for one in sentences_of(service.description)]
    younger = YOUNGER_TOO.search(fold(f"{service.name} {service.description} {service.eligibility_description}"))
    for_adults = any(map(TO_ADULTS.search, told[:1])) or any(one.strip(" .!") in ("adults", "adults only") for one in told)
    return (GROWN_UP,) if for_adults and not younger and not service.audience else ()


GROWN_UP = Ages(18.0, NO_LIMIT, sure=False)
TO_ADULTS = Telling(
    r"\b(?:for|to|helps|serves) (?:all )?adults (?:with|who|living|in need|experiencing|recovering)\b", needs="adults"
)
YOUNGER_TOO = Telling(
    r"\b(?:child\w*|kids?|youths?|teen\w*|adolescen\w+|young|younger|famil(?:y|ies)|minors?|students?|pupils|school\w*|infants?|babies"
    r"|all ages|any age|1[0-7](?:\+| ?(?:-|–|to|or|and|years)))",
)


def _ages(service: Service) -> Iterator[Ages]:
    name = fold(service.name)
    if helped := HELPERS.match(fold(first_sentence_of(service.description))):
        yield from _of_the_helped(helped[1])
        return
    yield from _in_the_name(name)
    older = EVERY_AGE.search(name) or OLD_NAMES.search(name)
    named_young = YOUNG_NAMES.search(PAID_CHILD_CARE.sub("", name)) and not older
    if named_young or _is_for_the_young(service):
        yield SOME_YOUNG
    yield from _picked(service)
    told = (first_sentence_of(service.description), *(one.sentence for one in told_in(service.description).plainly))
    yield from _first_of(_of_some_of_the_young(fold(one)) for one in dict.fromkeys(told))
    if YOUNG_ADULTS.search(name):
        yield Ages(*OF_YOUNG_ADULTS, sure=False)
    yield from filter(None, map(_but_for_exceptions, whom_sentences(service)))
    if (OLD_NAMES.search(name) and not EVERY_AGE.search(name)) or FOR_THE_OLD.search(fold(service.organization.name)):
        yield Ages(_old_for(service), NO_LIMIT, sure=False)
    if (public := seeming_public(service)) and (ages := read_ages(public)) and ages.is_certain:
        yield ages
    else:
        yield from (ages for ages, _ in told_ages(service.description) or labelled_ages(service))


HELPERS = Telling(
    r"(?:[\w'’-]+ ){0,4}?(?:students|pupils|teens|teenagers|youths?|young people|young volunteers|scouts)(?: volunteers)?"
    r" (?:who )?(?:help|teach|visit|tutor|mentor|read to|coach|assist|call|ring|befriend)(?! (?:themselves|each other|and\b))"
    r"(?: and [\w ]{0,12}?)? ([^.;]*)",
    needs="students|pupils|teens|teenagers|youth|young|scouts",
)
"""Who helps is not who is helped: "high school students help older neighbors"."""
HELPED_OLD = re.compile(
    r"(?:(?:our|local|the|all|their) )*(?:seniors|elders|elderly|older (?:adults|people|neighbou?rs|persons|residents))\b"
)
HELPED_YOUNG = re.compile(
    r"(?:(?:our|local|the|all|their|younger|elementary|primary|school) )*(?:children|kids|pupils|students)\b"
)


def _of_the_helped(people: str) -> Iterator[Ages]:
    """Give the ages of those whom the young help."""
    if HELPED_OLD.match(people):
        yield Ages(OLD, NO_LIMIT, sure=False)
    elif HELPED_YOUNG.match(people):
        yield SOME_YOUNG


IN_A_NAME = Telling(r"\b([5-9]|1\d|2\d) ?(?:-|–|to) ?(1\d|2\d)(?:['’]?s\b|\)?$)", needs="-|–|to")
TEEN_PARENTS = Telling(
    r"\b(?:teen(?:-?age|aged|s)?|adolescent|school[- ]age) (?:(?:alliance|program|class|course|group|support)\w* (?:for|in|of) "
    r"(?:\w+ )?parenting|parenting|parents?|mothers?|moms?|mums?|fathers?|dads?)\b"
    r"(?!,? (?:and|or) (?:all )?other)"
    r"|\b(?:pregnant|expectant)(?: and| or|/| &) ?parenting (?:[\w-]+ ){0,3}?(?:teens|teenagers|youth|students|adolescents)\b",
    needs="teen|adolescent|school|parenting",
)
OF_TEEN_PARENTS = Ages(11.0, 22.0, sure=False)


def _in_the_name(name: str) -> Iterator[Ages]:
    """Give the ages that a name ends in ("Springboard 16-24"), and those of parents who are young themselves."""
    if (found := IN_A_NAME.search(name)) and int(found[1]) < int(found[2]):
        yield Ages(float(found[1]), float(found[2]), sure=False)
    if TEEN_PARENTS.search(name):
        yield OF_TEEN_PARENTS


SOME_YOUNG = Ages(0.0, A_KID, sure=False)
YOUNG_OF_AN_AGE = Telling(
    r"(?<!with )\b(?:children|kids|youths?|young people|teens|teenagers|adolescents|boys|girls|students|young adults"
    r"|(?:young )?(?:wo)?men)"
    r",? \(?(?:between )?(?:the )?ages? (?:of |between )?(\d{1,2})(?: ?[-–] ?| to | through | and )(\d{1,2})\b(?! months)",
    needs="age",
)
HELPED_YOUNG_ADULTS = Telling(
    r"\b(?:assists?|serves?|helps?|supports?|for|prepares?|empowers?) (?:[\w-]+ ){0,2}young adults\b", needs="young adults"
)


def _first_of(found: Iterable[Iterable[Ages]]) -> Iterable[Ages]:
    """Give the first of these that has any."""
    return next(filter(None, map(tuple, found)), ())


def _of_some_of_the_young(first: str) -> Iterator[Ages]:
    """Give the ages of the young that a first sentence names in numbers or by their school, where it speaks of nobody older."""
    if EVERY_AGE.search(YOUNG_ADULTS.sub("", first)) or OLDER_TOO.search(first):
        return
    counted = [Ages(float(low), float(high), sure=False) for low, high in YOUNG_OF_AN_AGE.findall(first)]
    staged = [Ages(*ages, sure=False) for stage, ages in STAGES_OF_SCHOOL if stage.search(first)]
    if found := [ages for ages in counted or staged if ages.low <= ages.high]:
        yield Ages(min(ages.low for ages in found), max(ages.high for ages in found), sure=False)
    elif HELPED_YOUNG_ADULTS.search(first):
        yield Ages(*OF_YOUNG_ADULTS, sure=False)


OLDER_TOO = Telling(
    r"\b(?:college|university|volunt\w+|mentors?|teachers?|educators?|schools? to|seniors|people of)\b",
    needs="college|university|volunt|mentor|teacher|educator|school|seniors|people of",
)


def _old_for(service: Service) -> float:
    """Give from which age its provider takes those it calls old: "seniors, 60 and older". Its own words come first."""
    said = OLD_FROM.search(fold(service.organization.description))
    own = [ages.low for text in whom_sentences(service) if (ages := read_ages(text)) and ages.is_of_the_old]
    return min((float(said[1]) if said else OLD, *own))


OLD_FROM = Telling(
    r"\b(?:seniors|elders|elderly|older (?:adults|people|persons))(?: citizens)?,? \(?(?:aged? )?([56]\d)(?:\+| ?plus\b"
    r"| (?:and|or|&) (?:older|over|above|up))"
)


def _but_for_exceptions(sentence: str) -> Ages | None:
    """Give the ages of a sentence that lets others in by way of an exception, in brackets."""
    ages = read_ages(IN_BRACKETS.sub("", sentence)) if IN_BRACKETS.search(sentence) else None
    return ages if ages and ages.is_certain else None


IN_BRACKETS = re.compile(r"\([^)]*\b(?:exempt|exception|waiver)[^)]*\)", re.IGNORECASE)


def _is_for_the_young(service: Service) -> bool:
    first = fold(first_sentence_of(service.description))
    of_school = PUPILS.search(first) and SCHOOLS.search(fold(f"{service.organization.name}; {first}"))
    if of_school and not EVERY_AGE.search(first) and not GROWN_UP_PUPILS.search(fold(f"{service.name}; {first}")):
        return True
    return bool(FOR_THE_YOUNG.search(first)) and not EVERY_AGE.search(first) and not OTHERS_TOO.search(first)


def _picked(service: Service) -> Iterator[Ages]:
    """Give the ages of those that are picked from a list, where the beginning speaks of nobody else."""
    words = THEIR_PART.sub("", fold(f"{service.name}; {first_sentence_of(service.description)}"))
    others = EVERY_AGE.search(words) or OTHERS_TOO.search(words) or GROWN_UP_PUPILS.search(words)
    yield from filter(None, (None if others else _with_pupils(picked_young(service), words), picked_old(service)))


def _with_pupils(ages: Ages | None, words: str) -> Ages | None:
    """Give ages that are picked, with those of the pupils that the words name beside them."""
    if not ages:
        return None
    low = min(ages.low, ELEMENTARY[0]) if LITTLE_PUPILS.search(words) else ages.low
    return replace(ages, low=low, high=max(ages.high, HIGH[1]) if BIG_PUPILS.search(words) else ages.high)


LITTLE_PUPILS = Telling(r"\b(?:elementary|kindergarten|k-\d+)\b", needs="elementary|kindergarten|k-")
BIG_PUPILS = Telling(r"\b(?:high schools?|senior high|k-12|teens?|teenagers?|adolescents?)\b", needs="high|k-12|teen|adolesc")
THEIR_PART = Telling(
    r"\b(?:family|parent(?:al)?|community) (?:involvement|engagement|participation)\b"
    r"|(?:,| and|/| &) ?(?:their (?:famil(?:y|ies)|parents)|family services)\b",
    needs="involvement|engagement|participation|their famil|their parent|family services",
)
"""That families have a part in it does not make it theirs."""
PUPILS = Telling(r"\bstudents\b", needs="students")
SCHOOLS = re.compile(r"\b(?:public schools?(?! of)|school districts?|elementary|middle schools?|high schools?)\b")
GROWN_UP_PUPILS = Telling(
    r"\b(?:college|university|vocational|technical|ged|esol|esl|graduates?|employment|jobs?|careers?|trade|english|continuing"
    r"|every ?one|all ages)\b",
    needs="college|university|vocational|technical|ged|esol|esl|graduate|employment|job|career|trade|english|continuing|every"
    "|all ages",
)
"""A school has pupils; what it has for others says so."""


def seeming_genders(service: Service) -> tuple[Gender, ...]:
    """Give the gender it seems to be for alone."""
    only = only_for(seeming_public(service))
    return () if only is None else (only,)


def seeming_asked(service: Service) -> tuple[tuple[str, ...], ...]:
    """Give the circumstances it seems to ask for, by its description or its provider's name: one of each has to be true."""
    plain = {asked.any_of for asked in told_asked(service.description)}
    told = (asked.any_of for asked in read_asked(seeming_public(service)) if asked.any_of not in plain)
    named = (frozenset(named_in(service.organization.name)) & IN_NAMES) | _ill_of(service.organization.name)
    ours = (
        frozenset[str]() if _is_open_to_all(service) else _community_of(service.name) or _community_of(service.organization.name)
    )
    likely = (one.any_of for one, _ in phrasings_in(service) if not one.sure)
    ill = _ill_of(service.name) | _has_aids(service)
    found = (*told, named, ours, ill, _groups_of(service), *likely, *_by_provider_and_category(service))
    return tuple(dict.fromkeys(tuple(sorted(one)) for one in found if one))


def _by_provider_and_category(service: Service) -> Iterator[frozenset[str]]:
    """Give what those have whom a provider says first that it is there for, where a category of a record names it too."""
    if service.eligibility_description or told_in(service.description).is_open:
        return
    helped = _helped_by(service.organization.description)
    named = named_in("; ".join(service.categories)) if helped else ()
    yield from (any_of for any_of in helped if not any_of.isdisjoint(named))


@lru_cache(maxsize=4096)  # many records of a directory have the same provider
def _helped_by(description: str) -> tuple[frozenset[str], ...]:
    """Give what those have whom a provider says first that it is there for, where it is for nobody else."""
    told = told_in(description)
    helped = read_asked(told.plainly[0].people) if told.plainly and not told.is_open else ()
    return tuple(one.any_of for one in helped if one.any_of <= NO_TOPIC)


NO_TOPIC = (CONDITIONS - {"substance_use", "mental_illness"}) | HURT | {"homeless", "veteran", "foster_youth", "lgbtq", "trans"}
"""What a category names because of those who have it: others stand there as what something is about."""


def _ill_of(name: str) -> frozenset[str]:
    """Give the illnesses of a name, where nothing beside them says that nobody has to have them."""
    named = frozenset(named_in(name)) & DIAGNOSES
    return frozenset() if named and FOR_THE_WELL.search(fold(name)) else named


def _has_aids(service: Service) -> frozenset[str]:
    """Give the illness of a name in capitals, where the description speaks of it too: it may have a shop for anybody."""
    names = f"{service.name} / {service.organization.name}"
    spoken_of = "HIV" in service.description or "AIDS" in service.description
    return frozenset({"hiv"}) if spoken_of and AIDS.search(names) and not FOR_THE_WELL.search(fold(names)) else frozenset()


AIDS = Telling(
    r"(?<!HEARING )(?<!VISUAL )(?<!MOBILITY )(?<!WALKING )(?<!LIVING )(?<!LEARNING )(?<!DISABILITY )(?<!HEALTH )(?<!NURSING )"
    r"(?<!TEACHING )(?<!VISION )(?<!TECHNICAL )(?<!READING )(?<!BATHING )(?<!TRAINING )\bAIDS\b(?! (?:AND|&) ADAPT)",
    needs="AIDS",
)
"""In capitals it is the illness, but for what is written in capitals throughout: "HEARING AIDS"."""


def _is_open_to_all(service: Service) -> bool:
    """Say whether anything lets everybody in. That nothing is required ("None") does not."""
    return told_in(service.description).is_open or any(map(is_for_everybody, service.audience))


def _community_of(name: str) -> frozenset[str]:
    """Give the people after whom a name is called, where it is no place to see how they live."""
    named = frozenset(named_in(name)) & COMMUNITIES - {"african_american"}
    return frozenset() if named and FOR_VISITORS.search(fold(name)) else named


FOR_VISITORS = Telling(
    r"\b(?:museum|histor\w+|arts?|dance\w*|music|taiko|stud(?:y|ies)|garden|restaurant|chamber|bar association|library|consulate"
    r"|church|baptist|methodist|lutheran|presbyterian|temple|film|theater|theatre|cultur\w+)\b"
)
DIAGNOSES = frozenset({"chronic_illness", "dementia"})
FOR_THE_WELL = re.compile(r"\b(?:prevent\w*|screening\w*|research|detection|education|awareness|challenge|care-?givers?)\b")
"""What stands in a name beside an illness where nobody has to have it."""
GROUP = re.compile(
    r"(?:[\w'’-]+[ /]){0,4}(?:veterans|refugees|entrants|asylees|inmates|(?:ex-)?offenders|immigrants|survivors|victims"
    r"|delinquents|parents|people|persons|men|women|families|youth|teens|children|adults|individuals|seniors|couples)"
)
GROUPS = frozenset({"veteran", "refugee", "detained", "ex_offender", "domestic_violence", "sexual_assault_survivor", "lgbtq"})


def _groups_of(service: Service) -> frozenset[str]:
    """Give what is true of the people that its categories name, where each names such a group, and its beginning does so too."""
    named = [group for one in service.categories if (group := _group_in(one)) is not None]
    if not named or not all(named) or told_in(service.description).is_open:
        return frozenset()
    found = frozenset[str]().union(*named)
    first = first_sentence_of(service.description)
    return found if found & {*named_in(f"{service.name}; {first}")} else frozenset()


@lru_cache(maxsize=4096)  # the same categories are named again and again
def _group_in(category: str) -> frozenset[str] | None:
    """Give what is true of the people that a category names; None where it names no people."""
    return frozenset(named_in(category)) & GROUPS if GROUP.fullmatch(fold(category)) else None
