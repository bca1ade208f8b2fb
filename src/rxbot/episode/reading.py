"""What an event means where the person is now: the name of an event of the lifecycle, with the answer kept."""

from rxbot.episode.events import (
    CheckInDue,
    ClinicDue,
    CloseDue,
    Edited,
    LinkOpened,
    Located,
    NudgeDue,
    OutageOver,
    PlacesFound,
    SentMedia,
    ServicesFound,
    Tapped,
    Typed,
    Unreadable,
)
from rxbot.episode.model import Turn
from rxbot.episode.reading_taps import of_tap
from rxbot.episode.reading_words import of_location, of_places, of_words
from rxbot.safety.model import is_red_flag


def meaning(turn: Turn) -> str:
    """Name what happened, as the lifecycle knows it."""
    match turn.event:
        case LinkOpened(guess=guess):
            turn.change(guess=turn.episode.guess or guess or "")
            return "link_opened"
        case Tapped():
            return of_tap(turn, turn.event)
        case Typed():
            return of_words(turn, turn.event)
        case SentMedia(words=words):
            return "red_flag_seen" if is_red_flag(words, turn.content.lexicons.values()) else "sent_media"
        case Located():
            return of_location(turn, turn.event)
        case Edited(words=words):
            return "red_flag_seen" if is_red_flag(words, turn.content.lexicons.values()) else "message_edited"
        case CheckInDue():
            return "check_in_due"
        case NudgeDue():
            return "nudge_due"
        case OutageOver():
            return "outage_over"
        case Unreadable():
            return "unreadable"
        case ClinicDue():
            return "clinic_due"
        case CloseDue():
            return "close_due"
        case PlacesFound():
            return of_places(turn, turn.event)
        case ServicesFound():
            return "services_found"
        case _:
            raise TypeError(f"{type(turn.event).__name__} is an event of the handoff, not of the episode.")
