"""Read how a person gets in."""

import re
from enum import StrEnum

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Finding
from rxbot.directory.stems import fold


class Entry(StrEnum):
    """How a person gets in."""

    WALK_IN = "walk_in"
    SELF_REFERRAL = "self_referral"
    REFERRAL = "referral"
    UNKNOWN = "unknown"


SENT = (
    r"must be referred|referred by|by referral|referrals? (?:is |are )?(?:only|necessary|required|needed|by|from|through)"
    r"|(?:gp|doctor|physician|court)(?:'s)? (?:referral|must)|referral letter"
)
OPEN_DOOR = r"(?<!no )(?:walk|drop)[- ]?in|just (?:come|turn up)|turn up|no appointment|no booking|no need to book"
ASKING = r"\b(?:call|phone|ring|telephone|text|e-?mail|website|web site|online|apply|write|book|visit|join)\b"
ENTRIES: tuple[tuple[Entry, re.Pattern[str]], ...] = (
    (Entry.SELF_REFERRAL, re.compile(r"self[- ]refer|refer yourself|no referral|without a referral")),
    (Entry.REFERRAL, re.compile(SENT)),
    (Entry.WALK_IN, re.compile(OPEN_DOOR)),
    (Entry.SELF_REFERRAL, re.compile(ASKING)),
)
"""Ways to write how one gets in, the first that fits."""


def entry_of(service: Service) -> Finding[Entry]:
    """Say how a person gets in."""
    text = fold(service.application_process)
    told = next((entry for entry, pattern in ENTRIES if pattern.search(text)), Entry.UNKNOWN)
    return Finding(told, service.application_process)
