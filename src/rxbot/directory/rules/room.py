"""Read whether a record says that there is room, or how long one waits."""

import re
from enum import Enum, auto

from rxbot.directory.model import Service
from rxbot.directory.stems import fold


class Room(Enum):
    """Whether somebody can come now. What varies is not known."""

    NOW = auto()
    WAITING = auto()
    UNKNOWN = auto()


NO_WAIT = re.compile(r"(?:usually |generally )?(?:no|none|without)\b(?: wait.*)?|immediate(?:ly)?\b.*")
WAIT = re.compile(r"\b(?:days?|weeks?|months?|years?|wait(?:ing)?[- ]?list|closed to new|full)\b")


def room_of(service: Service) -> Room:
    """Say whether there is room, as far as the record tells."""
    told = fold(service.wait_time).strip(" .")
    if NO_WAIT.fullmatch(told):
        return Room.NOW
    return Room.WAITING if WAIT.search(told) and "no wait" not in told else Room.UNKNOWN
