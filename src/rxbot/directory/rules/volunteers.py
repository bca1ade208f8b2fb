"""Read whether a record looks for people who help others, or is what volunteers give to those whom they help."""

import re

from rxbot.directory.model import Service
from rxbot.directory.rules.sentences import first_sentence_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.stems import fold


def wants_nothing_but_volunteers(service: Service) -> bool:
    """Say whether a record looks for people who help, and offers nothing else: it is no help for who needs it."""
    name, first = fold(service.name), fold(first_sentence_of(service.description))
    plainly = VOLUNTEERS_WANTED.search(name) or BEGINS_WITH_VOLUNTEERS.match(first)
    return bool(plainly or ((HELPERS_WANTED.search(name) or SPARE_AN_HOUR.match(first)) and not _is_paid(service)))


VOLUNTEERS_WANTED = re.compile(
    r"\bvolunteers?\b.*\b(?:wanted|needed)\b|\b(?:wanted|needed)\b.*\bvolunteers?\b"
    r"|^(?:\w+ )?volunteers$|\bvolunteer opportunit\w+$"
)
BEGINS_WITH_VOLUNTEERS = re.compile(r"volunteers (?:are )?(?:always )?(?:needed|wanted)\b|volunteering\b")
WHO_HELPS = (
    r"(?:befrienders?|mentors?|(?:literacy |reading |english )?tutors?|drivers?|visitors?|helpers?|coaches|coach|trustees?"
    r"|listeners?|budd(?:y|ies)|walkers?)"
)
HELPERS_WANTED = Telling(
    rf"^{WHO_HELPS}(?: are)? (?:urgently |always )?(?:wanted|needed)\b"
    rf"|^(?:become|train (?:to be|as)|be) an? (?:volunteer )?{WHO_HELPS}\b"
    r"|^(?:become|be) a volunteer\b",
    needs="wanted|needed|become|train|be a",
)
SPARE_AN_HOUR = Telling(
    r"(?:could|can|would) you (?:spare|give) |do you have (?:an hour|some time|time to)\b|help us (?!help|to help)\w+ (?!you\b)",
    needs="you |help us",
)
"""How a record begins that asks for somebody's time."""
PAID = Telling(
    r"\b(?:per hour|an hour pay|salar(?:y|ies)|wages?|vacanc(?:y|ies)|recruit\w*|employ\w*)\b|[$£€]\s?\d[\d.]* ?(?:/|an? |per )h",
)


def _is_paid(service: Service) -> bool:
    return bool(PAID.search(fold(service.description)))


def is_volunteering(service: Service) -> bool:
    """Say whether a record is named after helping others, or begins with it: whoever needs help is hardly meant."""
    name, first = fold(service.name), fold(first_sentence_of(service.description))
    return bool(TO_VOLUNTEER.search(name) or BEGINS_WITH_HELPING.search(first))


TO_VOLUNTEER = Telling(
    r"\bvolunteer(?:s|ing)? (?:services?|program(?:me)?s?|opportunit\w+|roles?|training|connect\w*"
    r"|cent(?:re|er)|bureau|days?|corps)$"
    r"|\bvolunteering (?:roles?|days)\b|\bvolunteering$|\b(?:tutor|mentor|befriender|listener) training$",
    needs="volunteer|training",
)
BEGINS_WITH_HELPING = Telling(
    r"^(?:we|the center|the centre)? ?(?:are |is )?(?:always )?(?:seeking|looking for|need|recruit\w*) (?:\d+ )?(?:[\w-]+ ){0,3}?"
    r"(?:volunteers|tutors|mentors|drivers|befrienders|grown-ups)\b"
    r"|^provides (?:an |many |meaningful )?(?:volunteer )?opportunit(?:y|ies) (?:for|to) (?:[\w-]+ ){0,5}?volunteers?\b",
    needs="seeking|looking for|need|recruit|opportunit",
)


def is_given_by_volunteers(service: Service) -> bool:
    """Say whether all that its prose and categories say of volunteers is that they give it: who wants to be one is not meant."""
    words = fold(service.description)
    if not GIVEN_BY_THEM.search(words) or SOUGHT.search(words):
        return False
    named = (GIVEN_BY_NAME.sub("", fold(service.name)), *service.filed_under)
    return not any("volunteer" in fold(one) for one in named)


GIVEN_BY_THEM = Telling(
    r"\b(?:an?|our|the|one of our|trained|local|friendly|by|of|from|with|these|qualified|vetted|dedicated|and)"
    r" (?:[\w-]+ ){0,3}?volunteers?,?(?: who)?"
    r" (?:will |can |then |also |regularly )?(?:meets?|sits?|visits?|phones?|rings?|drives?|calls?|takes?|brings?|helps?"
    r"|provides?|delivers?|teach(?:es)?|tutors?|assists?|offers?|comes? to|stays?|reads? to|collects?|fetch(?:es)?|listens?)\b"
    r"|(?:^|[;:.!?] )volunteers (?:will |can )?(?:meet|sit|visit|phone|ring|drive|call|take|bring|help|provide|deliver|teach"
    r"|tutor|offer|fill (?:out|in)|answer|prepare|see|look at)\b|\b(?:staffed|run) by [\w ,-]*volunteers\b"
    r"|(?<!governed )(?<!led )\bby (?:an? |our |the )?(?:[\w-]+ ){0,3}?volunteers?\b(?! board)"
    r"|\b(?:trained|friendly|experienced) (?:[\w-]+ )?volunteers\b"
    r"|\bvolunteer (?:[\w-]+ )?(?:tutors?|drivers?|attorneys?|lawyers?|mentors?|doctors?|physicians|dentists?|counsell?ors?"
    r"|advis[eo]rs?|staff|visitors?|nurses|solicitors?|professionals|companions?)\b",
    needs="volunteer",
)
GIVEN_BY_NAME = Telling(
    r"\bvolunteers? (?:income tax|lawyers?|attorneys?|legal|drivers? (?:scheme|service|program)|transport\w*"
    r"|(?:help)?line|lifts)\b",
    needs="volunteer",
)
SOUGHT = Telling(
    r"\bvolunteers? (?:\w+ )?(?:is |are |were )?(?:always |also |urgently )?(?:needed|wanted|welcome|sought|encouraged)\b"
    r"|\bvolunteer(?:ing)? (?:opportunit\w+|roles?|positions?|work|training|placements?|programs?|programmes?|hours"
    r"|assignments|service)\b"
    r"|\b(?:to|for|as|can|may|who|also|and|or) volunteer\b(?! (?:tutor|driver|attorney|lawyer|mentor|doctor|dentist"
    r"|advis|counsel|visit|staff))"
    r"|\bas (?:an? )?(?:\w+ )?volunteers?\b|\bvolunteering\b"
    r"|\bopportunit(?:y|ies) (?:for|to) (?:\w+ )?volunteers?\b|\b(?:for|to|recruits?|recruited|recruiting|trains|training|seeks?"
    r"|seeking|places|matches|organizes|mobiliz\w+|mobilis\w+|engages|brings|more|new|additional) (?:[\w-]+ ){0,3}?volunteers?\b"
    r"|\bvolunteers? (?:come|must|should|sign|apply|may|need|are trained|receive|arrive|set up)\b"
    r"|\b(?:becom(?:e|ing)|train to be|join as|be) an? \w+|\bcould you\b|\bhelp us\b|\bnew drivers\b"
    r"|\bget involved\b|\bgive back\b"
    r"|\bwe need\b|\bservice learning\b",
)
