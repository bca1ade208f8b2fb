"""Read whom a record is for at all: people or organizations, anybody or some only."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rxbot.directory.model import Place, Service
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.area import area_rule
from rxbot.directory.rules.areas import areas_of
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold, stems

NOT_FOR_A_PERSON = re.compile(
    r"private use\b|(?:not open|closed) to the public\b|members of the (?:council|board|committee|commission) must\b|"
    r"must have (?:a )?501\(c\)|(?:available )?only (?:available )?to (?:teachers|professionals|agencies|non-?profits)\b|"
    r"(?:must be an? |any |public or |private or |public |tax-exempt |registered |local |established |community |city |county "
    r"|state |municipal |(?:non-?)?government(?:al)?,? |and |disaster response )*"
    r"(?:non-?profits?\b|501\(c\)|agenc(?:y|ies)\b|organi[sz]ations?\b|business(?:es)?\b|compan(?:y|ies)\b|schools? or agenc"
    r"|school districts?\b|(?:health|care|legal)? ?professionals\b|practitioners?\b|employers?\b|teachers?\b|educators?\b"
    r"|attorneys?\b|governments\b"
    r"|charit(?:y|ies)\b"
    r"|(?:voluntary |community )?groups? (?:and|or) organi[sz]ations?)"
)
A_PERSON_TOO = re.compile(
    r"individual|persons?\b|people|anyone|famil|public\b(?! agenc)|resident|consumer|patient|volunteer|women|youth|student"
)
WHOM_THEY_SERVE = re.compile(
    r"\b(?:serving|(?:that|which|who) (?:serve|provide|feed|give|distribute|offer|help|assist|support)s?"
    r"|(?:that |who )?work(?:s|ing)? with)\b(?:(?! or )[^,;.])*"
)
"""Those an organization is there for do not come themselves."""


FEW = 3
WHO_HELP = (
    r"(?:professionals|practitioners|clinicians|physicians|educators|teachers|providers|caterers|grantmakers|funders|non-?profits"
    r"|(?:non-?profit|charitable|human service|member|community-based) (?:organi[sz]ations|agencies))"
)
TO_PROFESSIONALS = Telling(
    rf"\b(?:for|assists?|helps?|trains?|offers?|represents?|represent(?:s|ing)|(?:trainings?|classes|workshops|grants"
    rf"|education|in-?services) to)"
    rf" (?:the |all )?(?:[\w'’/-]+ ){{0,2}}?{WHO_HELP}\b(?! (?:that|who|which|services)\b)",
    needs="professionals|practitioners|clinicians|physicians|educators|teachers|providers|caterers|grantmakers|funders|profits"
    "|organi|agencies",
)
TO_AGENCIES = Telling(
    r"\b(?:distribut|provid|deliver|suppl|giv|donat|award|allocat|offer)(?:es?|ies|s|ing) (?:(?!to |for )[\w'’/,&-]+ ){1,6}?to "
    r"(?:the |other |local |various |member |partner |qualified |eligible |public |over |more than |\d+ )*"
    r"(?:agencies|charities|(?:non-?profit|charitable|community|private|public|partner|community-based) (?:\w+ )?"
    r"(?:agencies|organi[sz]ations|groups)|non-?profits|organi[sz]ations)\b",
    needs="agencies|charities|profit|organi|groups",
)
"""What is given to those who give it on: "distributes food to agencies"."""
IN_BRACKETS = re.compile(r"\([^)]*\)")
A_PERSON_ANYWHERE = re.compile(
    r"individual|persons?\b|people|any ?one|every ?one|famil|public\b|resident|consumer|patient|volunteer|wom[ae]n|youth"
    r"|student|client"
    r"|child|adult|senior|elder|veteran|victim|survivor|immigrant|refugee|citizen|parent|neighbo|\bmen\b|\bboys|girls"
    r"|tenant|home ?owner"
    r"|worker|\byou\b|your\b|member|communit(?:y|ies)\b(?! (?:organi|based|partner|agenc|college))|guests?\b|those\b"
    r"|teens?\b|kids?\b"
    r"|visitor|customer|participant|donor|donat|hotline|homeless|poor|needy|hungry|disabled|the blind|the deaf|referral|animal"
    r"|job ?seekers?|employee|candidate|artist|musician|borrower|buyer|applicant|entrepreneur|business|survivors|learner"
    r"|graduate|inmate"
)


def people_rule(service: Service) -> Finding[Answer]:
    """Say whether a person may come at all: no, when a record is for organizations or professionals only."""
    for text in whom_texts(service):
        words = fold(text)
        if NOT_FOR_A_PERSON.match(words) and not A_PERSON_TOO.search(WHOM_THEY_SERVE.sub("", words)):
            return Finding(Answer.NO, text)
    return UNKNOWN if any(whom_texts(service)) else _told(service.description)


def _told(description: str) -> Finding[Answer]:
    """Read it from a description: no, where it begins with those who help others and speaks of nobody else."""
    first = next((one for one in sentences_of(description) if len(one.split()) > FEW), "")
    words = fold(description)
    if TO_PROFESSIONALS.search(fold(first)) and not A_PERSON_ANYWHERE.search(words):
        return Finding(Answer.NO, first)
    if TO_AGENCIES.search(fold(first)) and not A_PERSON_ANYWHERE.search(WHOM_THEY_SERVE.sub("", IN_BRACKETS.sub("", words))):
        return Finding(Answer.NO, first)
    return UNKNOWN


def seems_for_helpers(service: Service) -> bool:
    """Say whether a description begins with those who help others, and no person beside them: others hardly come for it."""
    first = fold(next((one for one in sentences_of(service.description) if len(one.split()) > FEW), ""))
    to_helpers = any(pattern.search(first) for pattern in (TO_PROFESSIONALS, TO_AGENCIES, WITH_ORGANIZATIONS))
    return to_helpers and not A_PERSON_ANYWHERE.search(WHOM_THEY_SERVE.sub("", IN_BRACKETS.sub("", first)))


WITH_ORGANIZATIONS = Telling(
    r"\b(?:works? with|consults? (?:with|to)|consultation to|technical assistance to) (?:[\w'’/-]+ ){0,3}?"
    r"(?:coalitions|agencies|organi[sz]ations|non-?profits|professionals|businesses|employers|governments?)\b",
    needs="work with|works with|consult|technical assistance",
)


LIMITS_NOBODY = frozenset(
    stems(
        "anyone anybody everyone everybody none no person people public general individual adult open welcome must "
        "restriction requirement eligibility age aged year yr old older younger under above below least minimum maximum "
        "senior elderly pensioner live living resident"
    )
)
"""Words about whom a service is for that leave out nobody, but for their age and where they live: other rules know those."""


SAID_BY_THE_WAY = Telling(
    r",? ?\b(?:whatever|whoever|wherever|however|regardless of|no matter)\b[^.;,]*"
    r"|\b(?:children|under[ -]\d+s) (?:(?:are )?welcome )?(?:with|accompanied by) (?:an adult|a parent)\b",
    needs="whatever|whoever|wherever|however|regardless of|no matter|with a|accompanied by",
)
"""What follows leaves out nobody."""
WOMEN_AND_MEN = Telling(
    r"\b(?:(?:wo)?m[ae]n|(?:fe)?males?) (?:and|or|&) (?:(?:wo)?m[ae]n|(?:fe)?males?)\b", needs="men |man |male"
)


def whom_rule(service: Service, place: Place | None) -> Finding[Answer]:
    """Say whether anybody of the right age may come. Whatever else limits it ("women", "residents of") is left open.

    Nobody was asked for their gender, their illness or their papers, so that only they can tell.
    """
    served = place is not None and area_rule(service, place).value is Answer.YES
    known = LIMITS_NOBODY | set(stems(" ".join(areas_of(service))) if served else ())
    texts = tuple(whom_texts(service))
    limit = next(
        (text for text in texts if any(word not in known and not word[0].isdigit() for word in _limiting(text))),
        "",
    )
    return Finding(Answer.YES, texts[0]) if texts and not limit else Finding(Answer.UNKNOWN, limit)


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def _limiting(text: str) -> tuple[str, ...]:
    return tuple(stems(WOMEN_AND_MEN.sub("", SAID_BY_THE_WAY.sub("", fold(text)))))


def whom_texts(service: Service) -> Iterator[str]:
    """Give each text on whom a service is for."""
    yield from filter(None, (service.eligibility_description, *service.audience))
