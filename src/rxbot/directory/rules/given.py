"""Read how a service is given where nobody has to travel: by phone, online, or at home."""

import re
from enum import StrEnum
from itertools import islice

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold

BY_PHONE = re.compile(r"\b(?:help|hot)-?line\b|\b(?:tele)?phone\b|\bline$", re.IGNORECASE)
ONLINE = re.compile(r"\b(?:online|on-line|virtual)\b", re.IGNORECASE)
HOME = r"(?:the |your |their |a )?(?:own )?(?:homes?|homebound|door(?:step)?s?)\b"
AT_HOME = Telling(
    r"\bto your door(?:step)?\b|\b(?:come|comes|brought) to your (?:own )?home\b|\bmeals on wheels\b"
    r"|\bhome[- ]deliver(?:y|ed|ies)\b"
    rf"|\bdeliver(?:s|ed|ing|y)? (?:of )?(?:[\w-]+ ){{0,5}}(?:directly )?to {HOME}"
    r"|\bvisits? (?:you|them|people|clients|seniors|older (?:people|adults)) (?:at home|in (?:your|their) (?:own )?homes?)\b"
    r"|\bhome visit(?:s|ing|or|ors)?\b|\bin-home (?:care|respite|support|help|services?|visits?|counsel\w+|therapy)\b",
    needs="deliver|visit|in-home|to your|meals on wheels",
)

WORKS_AT_HOMES = Telling(
    r"\b(?:home|house|household|roof|minor) (?:repairs?|rehabilitation|modifications?|visiting|visits?|visitors?)\b"
    r"(?! loans?| classes| workshops?| center)"
    r"|\bweatheri[sz](?:ation|e|es|ing)\b|\bhandy ?(?:man|men|person|work)\b|\bdoor[- ](?:to|through)[- ]door\b(?! sales)"
    r"|\bcurb[- ]to[- ]curb\b|\bwe (?:can |will )?(?:come|travel|drive) (?:out )?to (?:you|your home)\b"
    r"|\b(?:at|in) (?:the comfort of )?(?:your|their|his or her|one.s) (?:own )?homes?\b"
    r"|\bvisits? (?:[\w-]+ ){0,6}at home\b|\bparatransit\b(?! coordinating| council)|\bdial-a-(?:ride|bus)\b|\bcar scheme\b"
    r"|\b(?:rides|lifts|drives? (?:you|people|patients|seniors)) to (?:the |their |your )?"
    r"(?:medical|doctors?|hospital|clinic|appointments)\b",
    needs="home|house|repair|weatheri|handy|door|curb|come|travel|drive|paratransit|dial|car scheme|rides|lifts",
)
"""Work that is done where people live, and rides that begin there."""
STAYS_AT_HOME = Telling(
    r"\b(?:liv(?:e|es|ing)|stay\w*|remain\w*|maintain\w*|ag(?:e|ing)|keep\w*|safely|independen\w+|safe|be|sleep\w*|return\w*"
    r"|lov\w+|car(?:e|ed|ing) for|parent|child|children|abus\w+|energy|violence|day ?care|business|lead)"
    r" (?:[\w-]+ ){0,4}(?:at|in) (?:your|their) (?:own )?homes?\b",
    needs="home",
)
"""What people do in their homes, or what is there."""
REFERS = re.compile(
    r"\b(?:refer\w*|information|directory|finds?|list|training|volunteers? (?:needed|wanted)|drivers needed|opening"
    r"|services include|congregate|variety)\b"
)
"""What only tells of what is given at homes, looks for somebody to give it, or does much else."""


class Given(StrEnum):
    """How one gets to a service without going anywhere, where the directory says so."""

    BY_PHONE = "by_phone"
    ONLINE = "online"
    AT_HOME = "at_home"
    UNKNOWN = "unknown"


def given_rule(service: Service) -> Finding[Given]:
    """Say whether nobody has to travel. That no place is named says nothing: it may come to the home, or was not filled in.

    A description tells how to ask ("book online", "ring us") more often than how it is given: only the name counts there.
    """
    if ONLINE.search(service.name):
        return Finding(Given.ONLINE, service.name)
    if BY_PHONE.search(service.name):
        return Finding(Given.BY_PHONE, service.name)
    if virtual := next((one for one in service.locations if one.type == "virtual"), None):
        return Finding(Given.BY_PHONE if virtual.phones or service.phones else Given.ONLINE, virtual.type)
    home = next((text for text in (service.name, service.description) if AT_HOME.search(fold(text))), "")
    home = home or (service.description or service.name if comes_to_homes(service) else "")
    return Finding(Given.AT_HOME if home else Given.UNKNOWN, home)


def comes_to_homes(service: Service) -> bool:
    """Say whether what it gives is given at people's homes: by its name, or the first thing its description says.

    What says so further down, or in a longer list, goes out to some.
    """
    first = next((one for one in sentences_of(service.description) if not one.endswith("?")), "")
    return _is_of_homes(fold(service.name)) or _is_of_homes(" ".join(fold(first).split()[:FIRST_WORDS]))


FIRST_WORDS = 16


def _is_of_homes(words: str) -> bool:
    return not REFERS.search(words) and bool(AT_HOME.search(words) or WORKS_AT_HOMES.search(STAYS_AT_HOME.sub(" ", words)))


def is_had_by_phone_too(service: Service) -> bool:
    """Say whether what it gives is given by phone or on-line too, so that its office is as far as nowhere.

    How one asks for it ("call for an appointment") says nothing of that.
    """
    told = (*islice(sentences_of(service.description), FIRST_SENTENCES), *sentences_of(service.eligibility_description))
    return any(TALKS.search(words := fold(one)) and not NOT_BY_PHONE.search(words) for one in told)


FIRST_SENTENCES = 6
HELP = r"(?:advice|advising|consultations?|counsell?ing|support|coaching|referrals?|assistance|visits|classes|sessions)"
BY_WIRE = (
    r"(?:(?:by|over the|via|through the|on the|via the) (?:tele)?phone|virtually(?! all| every)"
    r"|(?:by|via) (?:video|zoom)|over zoom)"
)
TALKS = Telling(
    r"\b(?:tele)?phone (?:(?:resource|legal|crisis|peer|nurse|health|support|emotional) )?"
    r"(?:consultations?|counsell?ing|advice|coaching|befriending|visits)\b"
    rf"|\b(?:provid\w+|offer\w*|giv\w+|held|available) (?:[\w-]+,? ){{0,10}}?{HELP}(?: (?:[\w-]+,? ){{0,4}}?|,? ){BY_WIRE}\b"
    r"|\b(?:offered|held|meets?|meetings|provided|available|given|classes|groups) (?:\w+ ){0,2}?"
    r"(?:virtually(?! all| every)|(?:via|over|on) zoom)\b"
    r"|\bon-?line support groups?\b|\btele-?health (?:services|visits|appointments|sessions|counsell?ing)\b"
    r"|\bapplications? (?:can be |may be |is |are )?(?:\w+ )?(?:over the|by) (?:tele)?phone\b"
    r"|\b(?:is|operates|runs|staffs|answers) an? (?:[\w-]+,? ){0,8}?(?:hot-?line|help-?line|warm-?line)\b",
    needs="phone|virtual|zoom|video|line|health",
)
"""How a record says that one speaks with it from home."""
NOT_BY_PHONE = re.compile(
    r"\b(?:not|no longer|no)\b[^.;]{0,30}\b(?:phone|telephone|line|on-?line|virtual)|\brefer(?:red)? (?:by|through)\b"
    r"|\b(?:book|register|sign(?:ing)? up)\b"
)
