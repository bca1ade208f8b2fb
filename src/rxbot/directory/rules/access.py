"""Read whether a place can be used with a wheelchair, without hearing, or by car: from its rows, then from prose."""

import re
from collections.abc import Iterator
from enum import StrEnum

from rxbot.directory.model import Location, Service
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.language import languages_of
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold


class Access(StrEnum):
    """What somebody may need to be able to come."""

    STEP_FREE = "step_free"
    TOILET = "toilet"
    PARKING = "parking"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"


WHEELS = r"(?:wheel-?chairs?|step[- ]?free|level access|disabled|disability|handicap(?:ped)?|ada\b|mobility)"
IN_A_ROW = {
    Access.STEP_FREE: Telling(
        rf"{WHEELS}[- ](?:access\w*|friendly|entrance|complian\w+)|^wheel-?chair$|^(?:fully )?accessible$|fully accessible"
        rf"|step[- ]?free"
        r"|level access|\bramps?\b|accessible (?:entrance|building|entry|premises|facility)|access (?:is possible )?(?:for"
        r"|by) wheel"
        r"|wheel-?chair access|accessible (?:to|for|by) (?:people|persons|those|all|wheel|the disabled)|flat access|no steps"
    ),
    Access.TOILET: Telling(
        r"^(?:accessible |disabled )?(?:rest ?rooms?|toilets?|wc)\b|(?:accessible|disabled|adapted) (?:rest ?room|toilet|wc|bath)"
    ),
    Access.PARKING: Telling(
        r"(?:special|disabled|accessible|handicap\w*|reserved|blue badge)[ _-]parking|^parking\b|parking (?:is )?available"
        r"|car park|parking (?:lot|space)"
    ),
    Access.HEARING_LOOP: Telling(
        r"(?:hearing|induction|audio)[ -](?:aid )?loops?|loop system|t-coil|assistive listening|infra-?red (?:hearing|system)"
    ),
    Access.SIGN_LANGUAGE: Telling(
        r"sign(?:ed)? language|\b(?:bsl|asl)\b|interpreters? for the deaf|deaf interpret|sign interpret|signer"
    ),
}
IN_PROSE = {
    Access.STEP_FREE: Telling(
        rf"{WHEELS}[- ]access\w*|fully accessible|step[- ]?free|level access|accessible (?:to|for|by) (?:people|persons"
        rf"|those) (?:with|in|who)"
        r"|access (?:for|by) wheel|ada (?:accessible|compliant)|accessible (?:entrance|building|venue|premises)",
        needs="access|step|complian",
    ),
    Access.TOILET: Telling(r"(?:accessible|disabled|adapted) (?:rest ?room|toilet|wc|bathroom)"),
    Access.PARKING: Telling(
        r"(?:disabled|accessible|handicap\w*|blue badge|free|on-?site|ample|plenty of|street|visitor|limited) parking"
        r"|parking (?:is )?available|\bcar park\b|parking lot\b"
    ),
    Access.HEARING_LOOP: IN_A_ROW[Access.HEARING_LOOP],
    Access.SIGN_LANGUAGE: Telling(
        r"(?:interpret\w*|available|provided|fluent|speaks?|staff|services?|offered) (?:\w+ ){0,4}(?:sign language|asl\b|bsl\b)"
        r"|(?:sign language|asl|bsl) (?:interpret\w*|services?|is |are |available|provided|fluent|users?|speaking)"
        r"|interpreters? for the deaf"
    ),
}
"""A row speaks of the place; prose may speak of a van, of a home to be made fit, or of a class, so that it must be plainer."""
MUST_CLIMB = (
    r"\b(?:must|should|need to|have to)\b[^.;]*\bable to (?:walk up|climb|use|manage|go up|exit by)(?: and down)? "
    r"(?:the |some |\w+ flights? of )?(?:stairs?|steps|staircase)\b"
    r"|\bmust (?:be able to )?(?:manage|climb) (?:the |\w+ flights? of )?(?:stairs|steps)\b"
)
NEVER = {
    Access.STEP_FREE: Telling(
        r"\bnot (?:\w+ )?(?:wheel-?chair|handicap\w*|disabled|step[- ]free|accessible|suitable for wheel|fully accessible)"
        r"|\b(?:no|without|lacks?) (?:\w+ )?(?:wheel-?chair access|step[- ]free|level access|ramps?|lift|elevators?"
        r"|disabled access)"
        r"|in-?accessible|(?:only|up|flight\w* of|steep) (?:\w+ )?(?:stairs|steps|staircase)\b|(?:stairs|steps|staircase) only"
        r"|\bup (?:a|one|two|three|four|several|\d)(?: \w+)? flights?\b"
        r"|\b(?:only|just) an? (?:\w+ )?(?:staircase|flight)\b"
        r"|\b(?:reached|accessed|entered) (?:only )?(?:by|via|up) (?:\w+ ){0,2}?(?:stairs|staircase|steps|flight)\b"
        r"|\b(?:stairs|steps|step) (?:(?:lead(?:ing)?|up|down) )?(?:to|at) (?:the )?(?:(?:front|main) )?(?:door|entrance)\b"
        r"(?!.*\bramp)"
        rf"|\bwalk[- ]up (?:building|apartment|flat|office)s?\b|{MUST_CLIMB}",
        needs="wheel|handicap|disabled|access|step|stair|ramp|lift|elevator|flight|walk",
    ),
    Access.TOILET: Telling(r"\bno (?:accessible |disabled |public )?(?:rest ?rooms?|toilets?|wc)"),
    Access.PARKING: Telling(r"\bno (?:\w+ |on-?site )?(?:car )?parking|parking (?:is )?not|\bno car park|without parking"),
    Access.HEARING_LOOP: Telling(r"\bno (?:hearing|induction) loop"),
    Access.SIGN_LANGUAGE: Telling(r"\b(?:no|not) (?:\w+ )?(?:sign language|signing|bsl|asl)\b"),
}
IN_PART = re.compile(
    r"\bvar(?:y|ies)|\bmost\b|\bsome\b|\bcall\b|\bask\b|partial|partly|limited|\bvans?\b|vehicles?|\bbus(?:es)?\b"
    r"|lift-equipped|transport"
    r"|arrange|except|\bmeetings\b|depend|ground floor|in advance|on request|upon request|\bif\b|\bmay\b|home modif"
    r"|\bbuilds?\b|install"
    r"|equipment|apartments?|units?\b|homes?\b|housing|class(?:es)?\b|learn|street|meter|paid|\bfee\b|permit"
)
ELSEWHERE = re.compile(
    r"\btrails?\b|playground|picnic|workstation|computer|directory|\blists?\b|program|devices|demonstration|applicants|residence"
    r"|works to|purchase|[$£€]\s?\d"
)
"""What is spoken of beside the place itself."""


def access_rule(service: Service, wanted: Access, location: Location | None = None) -> Finding[Answer]:
    """Say whether a service can be used by somebody who needs this, at one place or at any of its places.

    With several places, no is certain only where every one says so.
    """
    if wanted is Access.STEP_FREE and (shut_out := _shuts_out_wheels(service)):
        return Finding(Answer.NO, shut_out)
    if wanted is Access.SIGN_LANGUAGE and (signed := _signed(service)):
        return signed
    places = (location,) if location else service.locations
    found = [_at(place, wanted) for place in places]
    told = next((finding for finding in found if finding.value is Answer.YES), None)
    if told:
        return told
    if found and all(finding.value is Answer.NO for finding in found):
        return found[0]
    partly = next((finding.sentence for finding in found if finding.sentence), "")
    return Finding(Answer.UNKNOWN, partly) if partly else _told(service.description, wanted)


def _shuts_out_wheels(service: Service) -> str:
    """Give the sentence on whom it is for that says it is not for who comes in a wheelchair."""
    texts = (service.eligibility_description, service.description)
    told = (one for text in texts if NO_WHEELS.search(fold(text)) for one in sentences_of(text))
    return next((one for one in told if NO_WHEELS.search(fold(one))), "")


NO_WHEELS = Telling(
    r"\b(?:not|un)[ -]?(?:suitable|suited|accessible|adapted|appropriate|equipped|able to (?:take|accept|accommodate|admit))"
    r" (?:(?:for|to|by|people|persons|those|anyone|who|are|in|using|with|an?|use|users|of) )*wheel-?chair"
    r"|\b(?:can ?not|can't|do not|does not|don't) (?:take|accept|accommodate|admit) (?:\w+ ){0,4}wheel-?chair"
    rf"|{MUST_CLIMB}",
    needs="wheelchair|wheel-chair|stair|steps",
)


def _at(place: Location, wanted: Access) -> Finding[Answer]:
    """Read the rows of one place, then what is written about it."""
    rows = [row.replace("_", " ").strip() for text in place.accessibility for row in _rows_of(text)]
    told = _read(rows, IN_A_ROW[wanted], NEVER[wanted])
    return told if told.sentence else _told(place.description, wanted)


def _rows_of(text: str) -> list[str]:
    """Take the rows of a text apart; a ramp belongs to the steps it stands beside."""
    return re.split(r";" if STEPS_BESIDE_A_RAMP.search(fold(text)) else r"[,;]", text)


STEPS_BESIDE_A_RAMP = Telling(r"\b(?:steps?|stairs)\b.*\bramp|\bramp\b.*\b(?:steps?|stairs)\b", needs="ramp")


def _told(text: str, wanted: Access) -> Finding[Answer]:
    """Answer from prose, which mostly speaks of something else."""
    has, never, words = IN_PROSE[wanted], NEVER[wanted], fold(text)
    return _read(sentences_of(text), has, never) if has.may_be_in(words) or never.may_be_in(words) else UNKNOWN


def _read(sentences: Iterator[str] | list[str], has: Telling, never: Telling) -> Finding[Answer]:
    """Answer from sentences: a plain no counts most, then a plain yes, then whatever holds in part only."""
    telling = [(sentence, fold(sentence)) for sentence in sentences]
    denied = next((one for one, words in telling if never.search(words) and not ELSEWHERE.search(words)), "")
    if denied:
        return Finding(Answer.NO, denied)
    having = [(one, bool(IN_PART.search(words) or ELSEWHERE.search(words))) for one, words in telling if has.search(words)]
    whole = next((sentence for sentence, partly in having if not partly), "")
    return Finding(Answer.YES, whole) if whole else Finding(Answer.UNKNOWN, having[0][0]) if having else UNKNOWN


def _signed(service: Service) -> Finding[Answer] | None:
    """Answer from the languages of a service, where one of them is signed."""
    signed = next((row for row in languages_of(service) if row.code in SIGNED), None)
    if signed is None:
        return None
    return Finding(Answer.UNKNOWN if signed.note else Answer.YES, signed.name)


SIGNED = frozenset({"sgn", "ase", "bfi", "isg", "fsl"})
