"""Read the criteria of one sentence on who may come: the circumstances it asks for, of which one has to be true, at a time."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from rxbot.directory.rules.alternatives import GOES_ON, WITH, alternatives, is_for_everybody, names_people
from rxbot.directory.rules.answers import Asked
from rxbot.directory.rules.circumstances import CONDITIONS, HURT
from rxbot.directory.rules.close_ones import CLOSE_ONES
from rxbot.directory.rules.let_in import asking
from rxbot.directory.rules.named import named_in
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

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
CARERS = r"(?:care-?givers?|carers?)"
OF_ONE = r"\b(?: \([^)]*\))?,? (?:who are )?(?:of|for|caring for|who care for)\b"
FOR_CARERS = re.compile(rf"(?!parent|mother|father|guardian)(?:[\w-]+ )?{CARERS}{OF_ONE}")
THEIR_CARERS = re.compile(rf"\b(?:their|and|&|or) (?:[\w-]+ ){{0,3}}{CARERS}\b(?! (?:to|of|for|who)\b)")
"""Those who care for somebody, and those who come with the people that are named."""
AND = re.compile(r"\band\b")
Groups = Sequence[tuple[str, frozenset[str]]]
"""Groups of people that a sentence names, each with what is asked of them."""


@lru_cache(maxsize=20_000)
def read_asked(sentence: str) -> tuple[Asked, ...]:
    """Read one sentence. It asks for nothing when it lets everybody in, or names people of whom nothing is asked."""
    if is_for_everybody(sentence) or YOUNGER_IF.search(fold(sentence)):
        return ()
    if OLD_OR_DISABLED.search(sentence):
        return (Asked(IN_NEED_OF_AID, sentence), *read_asked(OLD_OR_DISABLED.sub(" ", sentence)))
    named = _named_by_parts(sentence)
    found = frozenset(one for _, some in named for one in some)
    small = "pregnant" in found and bool(THEIR_SMALL_ONES.search(fold(sentence)))
    any_of = (found | ({"has_children"} if small else set())) - EACH_A_MUST
    leaves_open = any(not some and names_people(part) and not (small and A_SMALL_ONE.match(part)) for part, some in named)
    kinds = _kinds_of(any_of, named) if any_of and not leaves_open else ()
    return tuple(Asked(one, sentence) for one in (*_musts(found, named), *kinds))


def _named_by_parts(sentence: str) -> Groups:
    """Give each group of people that a sentence names, with what is asked of them."""
    parts = [(part, _named_in_part(part)) for part in alternatives(asking(sentence))]
    tied = any(some & CONDITIONS for _, some in parts)
    return tuple((part, (_but_carers(part, some) if tied else some) - {"anybody"}) for part, some in parts)


def _musts(found: frozenset[str], named: Groups) -> Iterator[frozenset[str]]:
    """Give each that is asked beside whatever else is: to care for somebody, where whom they care for has to have something."""
    yield from (frozenset({one}) for one in sorted(found & EACH_A_MUST))
    care = all("carer" not in some and FOR_CARERS.match(part) for part, some in named if some)
    if found & CONDITIONS and care:
        yield frozenset({"carer"})


def _kinds_of(any_of: frozenset[str], named: Groups) -> Iterator[frozenset[str]]:
    """Give what is asked together: what every group is told by, each by itself, and all the rest, of which one is enough."""
    noun = frozenset(named_in(_noun_of(tuple(part for part, _ in named)))) & any_of
    apart = [kind & any_of for kind in KINDS if kind & any_of and all(_says(kind, part) for part, _ in named)]
    apart += [noun] if noun and noun not in apart else []
    yield from filter(None, (*apart, any_of.difference(*apart)))


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


LOSSES = frozenset({"lost_a_child", "lost_to_suicide", "widowed"})


def _says(kind: Collection[str], part: str) -> bool:
    """Say whether every group that a part names is told by something of this kind."""
    if len(pieces := part.split(GOES_ON)) > 1:
        return not {*named_in(WITH.split(pieces[0])[0])}.isdisjoint(kind) or all(_says(kind, piece) for piece in pieces)
    groups = ((group, set(named_in(group))) for group in AND.split(OF_OTHERS.sub("", part)))
    return all(not named.isdisjoint(kind) for group, named in groups if named or names_people(group))
