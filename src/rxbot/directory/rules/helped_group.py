"""Read which group alone is helped, where a name or a first sentence names it: those without a home, survivors, inpatients."""

from collections.abc import Iterator
from itertools import chain

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import PEOPLE
from rxbot.directory.rules.answers import Asked
from rxbot.directory.rules.circumstances import HURT
from rxbot.directory.rules.named import named_in
from rxbot.directory.rules.sentences import first_sentence_of, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

FEW_COMMAS = (
    r"^(?!.*\b(?:general public|any ?one|every ?one|community at large|information and referral|prevention of|in the areas?"
    r"|including|such as)\b)[^,;]*(?:,[^,;]*)?"
)
OF_THE_HURT = Telling(
    rf"{FEW_COMMAS}\b(?:to|for|serves|serving|helps|assists|supports|protects|represents) (?:the |all |our )?(?:[\w/-]+ ){{0,3}}?"
    r"(?:victims|survivors)(?: \([^)]*\))? of ((?:[\w/-]+,? ){0,8}?"
    r"(?:domestic (?:violence|abuse)|sexual|violence|rape|intimate partner|human trafficking)\b[^.;]*)",
    needs="victims|survivors",
)
OTHERWISE_TOO = Telling(r"\b(?:physical|emotional|domestic)\w*(?:,| and| or|/)")
WHO_FLEE = Telling(
    r"\b(?:women|men|families|people|persons|individuals|anyone|children|those)(?: and their children)?,? (?:who are )?"
    r"(?:escaping|fleeing) (?:from )?(?:domestic |an )?(?:abuse|violence|abusive)\b",
    needs="escaping|fleeing",
)
THEIR_HOUSE = Telling(
    r"\b(?:shelter|refuge|safe house|haven|housing) for (?:abused|battered)\b"
    r"|\b(?:domestic (?:violence|abuse)|(?:battered|abused) women'?s?) "
    r"(?:shelter|refuge|support group|safe house|survivors?|victims?)\b"
    r"|\ban? (?:[\w/-]+,? ){0,3}domestic (?:violence|abuse) (?:center|centre|shelter|refuge|agency)\b",
    needs="abused|battered|domestic",
)
THEIR_SHELTER = "domestic violence shelters"
HARMED = frozenset({"crime_victim"})
"""Whoever was hurt by somebody at home, or by violence, is one."""
OTHERS_TOO = (
    r"^(?!.*\b(?:at[- ]risk|risk of|low[- ]income|in need|needy|hungry|poor|poverty|unstably|near|residents?|any ?one|every ?one"
    r"|community members|veterans?|elderly|information|prevent\w*)\b)"
)
GROUPS = rf"(?:(?:single|adult|young|pregnant|unaccompanied|parenting|teen|male|female),? )*(?:{PEOPLE}|males|females|infants)"
TO_THE_HOMELESS = Telling(
    rf"{OTHERS_TOO}.*\b(?:to|for|serves|serving|houses|shelters|feeds) (?:(?:the|all|our|single|adult|chronically|currently) )*"
    rf"(?:homeless|unhoused)(?: {GROUPS}(?:(?:,? and|,? or|/|,) ?(?:their )?{GROUPS})*(?! \w*s?ing the)|(?= ?[.;:(]|$))",
    needs="homeless|unhoused",
)
FOR_THE_HOMELESS = Telling(
    r"\bfor (?:the )?(?:homeless|unhoused)\b(?! (?:veterans|prevention|services?|programs?|policy))", needs="homeless|unhoused"
)
HOMELESS = frozenset({"homeless", "near_homeless"})
FROM_A_WARD = Telling(
    r"\breferr(?:al|ed)s? (?:only )?(?:from|by) (?:an? |the )?(?:acute |inpatient |county )*(?:psychiatric|hospital) "
    r"(?:unit|ward|inpatient|psychiatrist)\b",
    needs="referr",
)


def helped_groups(service: Service) -> Iterator[Asked]:
    """Give each group that alone is helped."""
    first = first_sentence_of(service.description)
    yield from chain(_hurt(service, first), _homeless(service, first))
    if ward := next((one for one in sentences_of(service.application_process) if FROM_A_WARD.search(fold(one))), ""):
        yield Asked(frozenset({"inpatient"}), ward)


def _hurt(service: Service, first: str) -> Iterator[Asked]:
    words, name = fold(first), fold(service.name)
    if found := OF_THE_HURT.search(words):
        hurt = frozenset(named_in(found[1])) & HURT
        yield Asked(hurt if len(hurt) == 1 and not OTHERWISE_TOO.search(found[1]) else HARMED, first)
    house = THEIR_HOUSE.search(words)
    if WHO_FLEE.search(words) or (house and words[: house.start()].count(",") <= 1):
        yield Asked(HARMED, first)
    if THEIR_HOUSE.search(name) or any(fold(one) == THEIR_SHELTER for one in service.categories):
        yield Asked(HARMED, service.name)


def _homeless(service: Service, first: str) -> Iterator[Asked]:
    name, provider = fold(service.name), fold(service.organization.name)
    if TO_THE_HOMELESS.search(fold(first)):
        yield Asked(HOMELESS, first)
    if FOR_THE_HOMELESS.search(name):
        yield Asked(HOMELESS, service.name)
    elif FOR_THE_HOMELESS.search(provider) and "homeless" in (told := fold(service.description)) and "low-" not in told:
        yield Asked(HOMELESS, service.organization.name)
