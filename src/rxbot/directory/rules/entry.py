"""Read how a person gets in, and whether an appointment is needed first."""

import re
from enum import StrEnum
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.sentences import is_english, sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold


class Entry(StrEnum):
    """How a person gets in."""

    WALK_IN = "walk_in"
    SELF_REFERRAL = "self_referral"
    REFERRAL = "referral"
    UNKNOWN = "unknown"


BY_ONESELF = Telling(
    r"self[- ]?refer|refer(?:s|red)? (?:yoursel|themsel|onesel|himsel|hersel)|\bno referrals?\b|without a? ?referral"
    r"|referrals? (?:(?:from|by) (?:[\w'’/-]+,? ){1,6}?)?(?:is |are )?(?:not|never) (?:needed|required|necessary)"
    r"|(?:do not|don't|does not) (?:need|require) (?:a "
    r"|any )?referral"
    r"|referr\w+ (?:by|from) (?:self|anyone|any source|famil|friends|individuals)",
    needs="refer",
)
SENT = Telling(
    r"(?:must|need to|needs to|have to|has to|should|can only|only|are|is|be)(?: first"
    r"| either)? (?:be )?referred (?:\w+ )?(?:by|from|through|to us by)"
    r"|must be (?:\w+ )?referred\b(?! to\b(?! (?:our|the|this) (?:\w+ )?program(?:me)?\b))"
    r"|\breferred by (?:an?|the|their|your|his|her|local)?"
    r"|\b(?:by|on|upon|through|with) (?:\w+ ){0,3}referrals?\b(?! (?:line|service|to))"
    r"|referrals? (?:is |are |must be |may be )?(?:made |accepted |received |taken |coming )?(?:\w+ )?"
    r"(?:only\b|necessary|required|needed|by\b|from\b|through\b|come from|comes from)"
    r"|(?:requires?|requiring|needs?|obtain|receive|have|get|first get|accepts?|bring|with|written|physician|medical) (?:an? "
    r"|the |your |all )?"
    r"(?:\w+ ){0,2}referrals?\b(?! (?:line|service|to\b|information|agenc))"
    r"|(?:gp|doctor|physician|court|agency|provider|worker|officer|teacher|school|hospital)(?:'s|s)? (?:referral|must refer|must)"
    r"|referral letter|\bin[- ]hand referral\b|\breferral in hand\b"
    r"|^(?:please )?(?:contact|see|ask|speak|go) .*\bfor (?:a )?referral\b(?! to)|court[- ](?:ordered"
    r"|directed|mandated)|\bmust refer\b"
    r"|speak (?:with|to) your (?:doctor|gp|physician|case ?worker|social worker)|sponsor(?:ed|ing) (?:of"
    r"|by) (?:a )?(?:current )?member|\bmust be sponsored by\b",
    needs="refer|must|court|speak|sponsor",
)
EITHER_WAY = re.compile(
    r"\b(?:walk[- ]?in|drop[- ]?in|call|phone|e-?mail|apply|online|in person)\b[^.;]*? or (?:be |get |are )?(?:referred\b"
    r"|(?:by|through|via|on) (?:\w+ ){0,3}referrals?\b|(?:\w+ )?referrals?\b)"
)
"""Whoever may ask by themselves needs nobody to send them: "apply by phone or be referred by a doctor"."""
IN_PART = re.compile(r"\b(?:some|certain|may|if|most|unless|preferred|recommended|encouraged|however|or self|except|also)\b")
PAYING_TOO = Telling(
    r",?;? ?(?:private|self)[- ]pay (?:is )?also\b[^.;]*|,?;? ?also (?:private|self)[- ]pay\b[^.;]*", needs="pay"
)
"""Who pays for it alone is no part of those who are sent."""
OTHERS_SENT = Telling(r"^(?:all )?others (?:may |will |must |do |have to )?(?:need|require) an? referral\b", needs="others")
FOR_A_PART = re.compile(
    r"\breferr\w+ [^,]*\bfor (?!application|appl|admission|enrol|intake|all|services?\b|information|(?:the )?program)"
)
BY_WALKING_IN = re.compile(r"(?:just |please )?(?:walk|drop|call|phone|apply|come|contact|visit)\b")
OF_A_PART = re.compile(
    r"(?!all\b|clients?\b|patients?\b|participants?\b|applicants?\b)(?:[\w'’-]+ ){1,5}?(?:services|programs?|classes|groups?)"
    r" (?:(?:are|is|must be) )?referred\b"
)
"""Where one begins by asking oneself, a part of it that others are referred to does not shut the door."""
SHUT_DOOR = re.compile(
    r"\bno[t]?(?: an?| accept(?:ing)?)? (?:walk|drop)[- ]?ins?"
    r"|(?:walk|drop)[- ]?ins?['’]?s? (?:are |is |will )?(?:not|n[o']t|cannot|can't)"
    r"|(?:do not|don't|cannot) (?:accept|take|walk|drop)"
    r"|\b(?:walk|drop)[- ]?in (?:only )?(?:if|when|in case|for (?:an? )?(?:emergenc|cris[ie]s))"
)
OPEN_DOOR = Telling(
    r"\b(?:walk|drop)(?:s|ping|ing)?[- ]?ins?\b(?! for (?:brochure|information|an? appl|appl))|just (?:come|turn up|show up)"
    r"|\bturn up\b"
    r"|\bshow up\b|no (?:appointments?|booking|registration|reservations?|rsvp) (?:is |are )?(?:needed|necessary|required)"
    r"|no need to book"
    r"|^no appointment|without an? appointment|\bfirst[- ]come|^(?:just )?attend (?:an?|the|our|any|meetings?|one)\b"
    r"|come to (?:a|the|any|our) meeting",
    needs="walk|drop|just|turn up|show up|no |without a|first|attend|come to",
)
ASKING = re.compile(
    r"\b(?:call|phone|ring|telephone|text|e-?mail|website|web ?site|web page|online|on-line|apply|applications?|write|book"
    r"|visit|join"
    r"|contact|register|registration|enroll?|sign[- ]?ups?|fill out|complete|appointments?|reservations?|schedule|attend"
    r"|go to|log on)\b"
)
NOT_NOW = Telling(
    r"not (?:currently |being )*accept(?:ed|ing)|(?:list|enrol\w+|applications?) (?:is |are )?(?:\w+ )?closed"
    r"|temporarily (?:closed|suspended|on hold|unavailable)",
    needs="accept|closed|temporarily",
)

APPOINTMENT = re.compile(
    r"(?:appointments?|booking|reservations?|pre-?registration) (?:is |are |must be |be )?(?:always |first )?(?:necessary"
    r"|required|needed|only|made)"
    r"|\bby appointments?\b|(?:must|need to|have to) (?:first )?(?:call (?:\w+ )?(?:to |and )?)?(?:(?:make|schedule|set ?up"
    r"|have|book) )+(?:an? )?"
    r"(?:\w+ )?appointment|\bappointments? necessary"
    r"|^(?:please |must )?(?:call|phone|ring|apply by phone|email|contact us|visit)[^.;]*? (?:for|to (?:make|schedule|set ?up"
    r"|book|request)|and (?:make|schedule)) "
    r"(?:an? )?(?:\w+ )?appointments?\b|^(?:make|schedule|book) an? appointment|requires? an? (?:\w+ )?appointment"
)
APPOINTMENT_IN_PART = re.compile(
    r"\b(?:some|certain|preferred|recommended|advis\w+|suggested|encouraged|available|if|may|or|most"
    r"|appointments? (?:\w+ )?for (?!application|appl"
    r"|an?\b|all"
    r"|intake|information|the intake|services?\b))\b"
)
ALSO_OPEN = re.compile(r"(?:walk|drop)[- ]?ins? (?:are |is |also )*(?:accept|welcom|available|allowed|taken|too)")
NO_APPOINTMENT = re.compile(
    r"no (?:appointments?|booking|reservations?) (?:is |are )?(?:needed|necessary|required)|no need to book"
    r"|without an? appointment"
    r"|^no appointments?\b|appointments? (?:is |are )?not (?:needed|necessary|required)"
)


def entry_of(service: Service) -> Finding[Entry]:
    """Say how a person gets in."""
    return Finding(read_entry(service.application_process), service.application_process)


@lru_cache(maxsize=4096)  # many records of a directory say it in the same words
def read_entry(text: str) -> Entry:
    """Read how one gets in: who must be sent is told first, an open door counts only where no appointment is needed."""
    parts = [fold(part) for part in sentences_of(text)]
    if any(map(BY_ONESELF.search, parts)):
        return Entry.UNKNOWN if any(map(OTHERS_SENT.search, parts)) else Entry.SELF_REFERRAL
    begins = bool(parts) and bool(BY_WALKING_IN.match(parts[0])) and not SENT.search(parts[0])
    sent = [
        part for part in parts if SENT.search(part) and not EITHER_WAY.search(part) and not (begins and OF_A_PART.match(part))
    ]
    asked = any(ASKING.search(part) or _opens(part) for part in parts if part not in sent)
    if sent:
        whole = any(not IN_PART.search(PAYING_TOO.sub("", part)) and not (asked and FOR_A_PART.search(part)) for part in sent)
        return Entry.REFERRAL if whole else Entry.UNKNOWN
    if any(NOT_NOW.search(SHUT_DOOR.sub("", part)) for part in parts):  # who takes no walk-ins takes others
        return Entry.UNKNOWN
    if any(map(_opens, parts)) and read_appointment(text) is not Answer.YES:
        return Entry.WALK_IN
    return Entry.SELF_REFERRAL if asked else Entry.UNKNOWN


def appointment_rule(service: Service) -> Finding[Answer]:
    """Say whether an appointment is needed before one goes there."""
    answer = read_appointment(service.application_process)
    return UNKNOWN if answer is Answer.UNKNOWN else Finding(answer, service.application_process)


def read_appointment(text: str) -> Answer:
    """Read whether an appointment is needed; where it is for some only, or walking in will do as well, it is open or no."""
    if not is_english(text):
        return Answer.UNKNOWN
    parts = [fold(part) for part in sentences_of(text)]
    if any(map(NO_APPOINTMENT.search, parts)):
        return Answer.NO
    needed = [part for part in parts if APPOINTMENT.search(part)]
    if any(not APPOINTMENT_IN_PART.search(part) and not _opens(part) for part in needed):
        return Answer.UNKNOWN if any(map(ALSO_OPEN.search, parts)) else Answer.YES
    if any(map(_opens, parts)) and not any("appointment" in part and not _opens(part) for part in parts):
        return Answer.NO
    return Answer.UNKNOWN


def _opens(part: str) -> bool:
    """Say whether a sentence lets people come as they are."""
    return bool(OPEN_DOOR.search(part)) and not SHUT_DOOR.search(part)
