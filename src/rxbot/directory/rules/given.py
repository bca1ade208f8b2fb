"""Read how a service is given where nobody has to travel: by phone, online, or at home."""

import re
from enum import StrEnum

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
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
    return Finding(Given.AT_HOME if home else Given.UNKNOWN, home)
