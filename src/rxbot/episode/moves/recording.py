"""What a worker records beside the talk: a signpost, a note for the closing."""

import re

from rxbot.episode import phrases, screens
from rxbot.episode.effects import Record
from rxbot.episode.events import NoteKept, Signposted
from rxbot.episode.model import Note, Turn
from rxbot.episode.moves.offering import card
from rxbot.episode.moves.talking import keep_promise
from rxbot.message import verbatim
from rxbot.referral.model import Signpost

CONTACT = re.compile(r"(.+?)[\s,;:]+(\+?\d[\d\s()./-]{5,}|\S+@\S+)", re.DOTALL)


def signpost(turn: Turn) -> None:
    """Give the person the name and contact of a place; they get in touch themselves."""
    assert isinstance(turn.event, Signposted)
    give_signpost(turn, turn.event)


def give_signpost(turn: Turn, event: Signposted) -> None:
    """Say the name and contact, under the number the person knows it by, and note it."""
    name, phone = (event.name, screens.phone_of(event.match)) if event.match else _apart(event.name)
    turn.change(signposts=(*turn.episode.signposts, Signpost(event.service, name, event.worker, event.at, phone)))
    lines = card(turn, event.match) if event.match else (verbatim(event.name),)
    turn.do(Record("signposted", {"service": event.service}))
    keep_promise(turn)
    turn.say(phrases.SIGNPOST(worker=event.worker), *lines, urgency="relay")
    unchecked = event.match is not None and event.match.standing.suspended
    told = (phrases.SIGNPOST_NOTED(name=event.name), *((phrases.GIVEN_UNCHECKED(name=event.name),) if unchecked else ()))
    turn.say(*told, to="topic", urgency="relay")


def _apart(words: str) -> tuple[str, str]:
    """Tell a name from the contact a worker wrote behind it: the person is asked about the place by its name alone."""
    found = CONTACT.fullmatch(words.strip())
    return (found[1], found[2]) if found else (words, "")


def keep_note(turn: Turn) -> None:
    """Keep a worker's words for the closing message."""
    event = turn.event
    assert isinstance(event, NoteKept)
    turn.change(notes=(*turn.episode.notes, Note(event.worker, event.at, event.words)))
    turn.do(Record("note_kept"))
    turn.say(phrases.NOTE_KEPT(), to="topic", urgency="relay")
